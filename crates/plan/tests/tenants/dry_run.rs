//! What a dry run says: which steps would fail, all of them, and that nothing was sent.

use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{Fault, run},
    on_serde::plan,
};

fn client(names: &[&str]) -> Client {
    let mut client = Client::of(&json!({ "phones": [], "groups": [], "scripts": [], "greetings": [] }));
    let speech = json!({ "greeting_name": "Hello", "text": "Hello", "speed": "0", "voice": "banmai" });
    let greeting = client.call("greetings.textToSpeech", &[speech]).unwrap()["file"]["_id"].clone();
    for name in names {
        let script = json!({ "script_name": name, "greeting_id": greeting, "max_failure": 3, "time_out": 5, "scripts": [] });
        client.call("ivrScripts.create", &[script]).unwrap();
    }
    client.changes.clear();
    client
}

fn change(client: &mut Client, script: &Value) {
    let mut request = script.clone();
    request["time_out"] = json!(7);
    let request = ["script_name", "greeting_id", "max_failure", "time_out", "scripts"]
        .map(|field| (field.to_owned(), request[field].clone()));
    client.call("ivrScripts.update", &[script["_id"].clone(), request.into_iter().collect()]).unwrap();
    client.changes.clear();
}

fn statuses(result: &Value) -> Vec<&str> {
    result["steps"].as_array().unwrap().iter().map(|outcome| outcome["status"].as_str().unwrap()).collect()
}

#[test]
fn a_dry_run_names_all_conflicts() {
    let mut client = client(&["One", "Two", "Three", "Four", "Five"]);
    let before = client.snapshot();
    let scripts = before["scripts"].as_array().unwrap();
    let mut desired = before.clone();
    for script in desired["scripts"].as_array_mut().unwrap() {
        script["max_failure"] = json!(4);
    }
    desired["scripts"].as_array_mut().unwrap().truncate(3);
    let there = plan(&before, &desired, &json!({ "allowDelete": true })).unwrap();
    for place in [0, 2, 4] {
        change(&mut client, &scripts[place]);
    }
    let dry = run(&mut client, &there, &json!({ "dryRun": true }), None);
    let of = |dry: &Value| -> Vec<String> {
        let steps = there["steps"].as_array().unwrap().iter().zip(statuses(dry));
        steps.map(|(step, status)| format!("{} {status}", step["name"].as_str().unwrap())).collect()
    };
    let found = of(&dry);
    for (name, status) in [
        ("One", "failed"),
        ("Two", "not-tried"),
        ("Three", "failed"),
        ("Four", "not-tried"),
        ("Five", "failed"),
    ] {
        assert!(found.contains(&format!("{name} {status}")), "{found:?}");
    }
    assert_eq!((&dry["ok"], &dry["dryRun"]), (&json!(false), &json!(true)));
    assert!(client.changes.is_empty());
}

#[test]
fn a_dry_run_looks_at_what_needs_new_records_too() {
    let mut client = client(&["One", "Two"]);
    let before = client.snapshot();
    let mut desired = before.clone();
    let greeting = json!({ "_id": "bbbbbbbbbbbbbbbbbbbbbbb9", "greeting_name": "New", "content": "New", "voice": "banmai", "speed": 0 });
    desired["greetings"].as_array_mut().unwrap().push(greeting);
    for script in desired["scripts"].as_array_mut().unwrap() {
        script["greeting_id"] = json!("bbbbbbbbbbbbbbbbbbbbbbb9");
    }
    let mut third = desired["scripts"][0].clone();
    third["_id"] = json!("ccccccccccccccccccccccc9");
    third["script_name"] = json!("Three");
    desired["scripts"].as_array_mut().unwrap().push(third.clone());
    let there = plan(&before, &desired, &json!({})).unwrap();
    let dry = |client: &mut Client| {
        let result = run(client, &there, &json!({ "dryRun": true }), None);
        let steps = there["steps"].as_array().unwrap().iter().zip(statuses(&result));
        steps.map(|(step, status)| format!("{} {status}", step["name"].as_str().unwrap())).collect::<Vec<_>>()
    };
    // That they lead elsewhere now does not mean that they lead to the new greeting.
    assert_eq!(dry(&mut client), ["New not-tried", "Three not-tried", "Two not-tried", "One not-tried"]);
    change(&mut client, &before["scripts"][0]);
    // It has all but the greeting, which is not there yet.
    third["greeting_id"] = before["greetings"][0]["_id"].clone();
    let request = ["script_name", "greeting_id", "max_failure", "time_out", "scripts"]
        .map(|field| (field.to_owned(), third[field].clone()));
    client.call("ivrScripts.create", &[request.into_iter().collect()]).unwrap();
    assert_eq!(dry(&mut client), ["New not-tried", "Three failed", "Two failed", "One not-tried"]);
}

#[test]
fn a_dry_run_that_finds_nothing_wrong_is_ok() {
    let mut client = client(&["One"]);
    let before = client.snapshot();
    let mut desired = before.clone();
    desired["scripts"][0]["max_failure"] = json!(4);
    let there = plan(&before, &desired, &json!({})).unwrap();
    let saved = run(&mut client, &there, &json!({}), Some((0, Fault::ClosedBefore)));
    let dry = |client: &mut Client, retry: bool| {
        let options = json!({ "dryRun": true, "resumeFrom": saved, "retryUnknown": retry });
        run(client, &there, &options, None)
    };
    let stopped = dry(&mut client, false);
    assert_eq!((&stopped["ok"], statuses(&stopped)), (&json!(false), vec!["unknown"]));
    let error = &stopped["steps"][0]["error"];
    assert_eq!((&error["code"], &error["kind"]), (&json!("sent-before"), &json!("network")));
    // It would be sent again.
    let retried = dry(&mut client, true);
    assert_eq!((&retried["ok"], statuses(&retried)), (&json!(true), vec!["not-tried"]));
    assert_eq!(retried["steps"][0]["error"], Value::Null);
    // Whoever goes on from there would not know any more that it was sent.
    let machine = crate::on_serde::Apply::new(&there, &json!({ "resumeFrom": retried }));
    assert_eq!(machine.err().unwrap().path, "/dryRun");
}

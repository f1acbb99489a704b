//! What an undo takes back, what it leaves, and what it says about it.

use omicall_issues::Language;
use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{Fault, apply, run},
    on_serde::{describe, plan},
};

/// A tenant whose groups have what no request takes.
fn client() -> Client {
    let members = |seconds: [u32; 2]| {
        json!([
            { "agent_id": "b00000000000000000000001", "timeout": seconds[0] },
            { "agent_id": "b00000000000000000000002", "timeout": seconds[1] },
        ])
    };
    let phone = |sip_user: &str, agent_id: &str| json!({ "sip_user": sip_user, "agent_id": agent_id, "full_name": "An", "password": "secret-password" });
    Client::of(&json!({
        "phones": [phone("101", "b00000000000000000000001"), phone("102", "b00000000000000000000002")],
        "groups": [
            {
                "group_name": "Sales", "strategy": "rollover", "members": members([20, 20]),
                "ring_back_id": "c00000000000000000000001", "criterias": ["x"],
            },
            { "group_name": "Night", "strategy": "rollover", "members": members([20, 30]) },
            { "group_name": "Ghosts", "strategy": "rollover", "members": [{ "agent_id": "b00000000000000000000009", "timeout": 20 }] },
        ],
    }))
}

fn changed(before: &Value) -> Value {
    let mut desired = before.clone();
    for member in desired["groups"][0]["members"].as_array_mut().unwrap() {
        member["timeout"] = json!(25);
    }
    desired["groups"].as_array_mut().unwrap().truncate(1);
    desired
}

#[test]
fn an_undo_names_what_it_cannot_bring_back() {
    let mut client = client();
    let before = client.snapshot();
    let there = plan(&before, &changed(&before), &json!({ "allowDelete": true })).unwrap();
    let result = apply(&mut client, &there);
    assert_eq!(result["ok"], true, "{:#}", result["steps"]);
    let limit = |name: &str, fields: &[&str]| json!({ "code": "not-sent", "kind": "group", "name": name, "fields": fields });
    assert_eq!(
        result["undo"]["cannot"],
        json!([
            limit("Night", &["members/timeout"]),
            limit("Ghosts", &["members"]),
            limit("Sales", &["ring_back_id", "criterias"])
        ])
    );
    let sentences: Vec<String> =
        there["steps"].as_array().unwrap().iter().map(|step| describe(step, Language::English)).collect();
    assert_eq!(
        sentences,
        [
            "Change group “Sales”: seconds for each member 20 → 25. It loses ring_back_id, criterias, which no request takes.",
            "Delete group “Ghosts”. It loses members, which no request takes.",
            "Delete group “Night”. It loses members/timeout, which no request takes.",
        ]
    );
    assert_eq!(apply(&mut client, &result["undo"])["ok"], true);
}

#[test]
fn an_undo_tells_the_values_that_it_brings_back() {
    let mut client = client();
    let before = client.snapshot();
    let result = apply(&mut client, &plan(&before, &changed(&before), &json!({})).unwrap());
    let sentence = "Change group “Sales”: seconds for each member 25 → 20.";
    assert_eq!(describe(&result["undo"]["steps"][0], Language::English), sentence);
}

#[test]
fn an_undo_leaves_what_somebody_else_has_made() {
    let mut client = client();
    let before = client.snapshot();
    let there = plan(&before, &changed(&before), &json!({ "allowDelete": true })).unwrap();
    let [update, delete, _] = there["steps"].as_array().unwrap().as_slice() else { panic!("{there}") };
    client.call("groups.update", &[update["record"].clone(), update["request"].clone()]).unwrap();
    let closed = run(&mut client, &there, &json!({}), Some((0, Fault::ClosedBefore)));
    assert_eq!(closed["steps"][0]["already"], true);
    // It is still known after the page was closed. The delete was sent, so that it counts as made by this plan.
    client.call("groups.delete", &[delete["record"].clone()]).unwrap();
    let result = run(&mut client, &there, &json!({ "resumeFrom": closed }), None);
    assert_eq!(result["ok"], true);
    assert_eq!(
        (&result["steps"][0]["already"], &result["steps"][1]["already"]),
        (&json!(true), &Value::Null)
    );
    let undone: Vec<&Value> =
        result["undo"]["steps"].as_array().unwrap().iter().map(|step| &step["name"]).collect();
    assert_eq!(undone, ["Night", "Ghosts"]);
}

/// A tenant with two greetings, a group that leads to one of them, and scripts that lead to the group and one of them.
fn with_scripts() -> (Client, Value) {
    let mut client = client();
    let speech =
        |name: &str| json!({ "greeting_name": name, "text": "Xin chào", "speed": "0", "voice": "banmai" });
    let [one, two] = ["One", "Two"]
        .map(|name| client.call("greetings.textToSpeech", &[speech(name)]).unwrap()["file"]["_id"].clone());
    let group = client.list("groups", "Sales")[0]["_id"].clone();
    for (name, greeting) in [("First", &one), ("Second", &one), ("Third", &two)] {
        let keys = json!([{ "ivr": "1", "action_type": "Ring_group", "action": group }]);
        let script = json!({ "script_name": name, "greeting_id": greeting, "max_failure": 3, "time_out": 5, "scripts": keys });
        client.call("ivrScripts.create", &[script]).unwrap();
    }
    let request = json!({
        "group_name": "Sales", "strategy": "rollover", "sip_members": ["101", "102"], "timeout": 20,
        "target_timeout_type": "Recording", "target_timeout": one,
    });
    client.call("groups.update", &[group, request]).unwrap();
    client.changes.clear();
    let before = client.snapshot();
    (client, before)
}

fn named<'r>(snapshot: &'r Value, list: &str, name: &str) -> &'r Value {
    let records = snapshot[list].as_array().unwrap();
    records.iter().find(|record| record.as_object().unwrap().values().any(|value| value == name)).unwrap()
}

fn remove(snapshot: &mut Value, list: &str, name: &str) {
    snapshot[list]
        .as_array_mut()
        .unwrap()
        .retain(|record| record.as_object().unwrap().values().all(|value| value != name));
}

#[test]
fn an_undo_does_not_lead_to_what_somebody_else_has_deleted() {
    let (mut client, before) = with_scripts();
    let mut desired = before.clone();
    let two = named(&before, "greetings", "Two")["_id"].clone();
    for script in desired["scripts"].as_array_mut().unwrap() {
        script["greeting_id"] = two.clone();
        script["scripts"] = json!([]);
    }
    for (list, name) in [("greetings", "One"), ("groups", "Sales")] {
        remove(&mut desired, list, name);
    }
    let there = plan(&before, &desired, &json!({ "allowDelete": true })).unwrap();
    let steps: Vec<Value> =
        there["steps"].as_array().unwrap().iter().map(|step| json!([step["action"], step["name"]])).collect();
    assert_eq!(
        json!(steps),
        json!([
            ["update", "Third"],
            ["update", "Second"],
            ["update", "First"],
            ["delete", "Sales"],
            ["delete", "One"]
        ])
    );
    let saved = run(&mut client, &there, &json!({}), Some((3, Fault::Refused)));
    client.call("groups.delete", &[named(&before, "groups", "Sales")["_id"].clone()]).unwrap();
    client.call("greetings.delete", &[named(&before, "greetings", "One")["_id"].clone()]).unwrap();
    let result = run(&mut client, &there, &json!({ "resumeFrom": saved }), None);
    assert_eq!((&result["ok"], &result["steps"][4]["already"]), (&json!(true), &json!(true)));
    let undo = &result["undo"];
    assert_eq!(undo["steps"], json!([]));
    let limits: Vec<String> =
        undo["cannot"].as_array().unwrap().iter().map(|limit| describe(limit, Language::English)).collect();
    assert_eq!(
        limits,
        [
            "The script “First” needs what is not there: One, Sales.",
            "The script “Second” needs what is not there: One, Sales.",
            "The script “Third” needs what is not there: Sales.",
        ]
    );
    assert_eq!(apply(&mut client, undo)["ok"], true);
}

#[test]
fn an_undo_deletes_nothing_that_what_stays_still_uses() {
    let (mut client, before) = with_scripts();
    let mut desired = before.clone();
    let mut new = named(&before, "greetings", "Two").clone();
    new["_id"] = json!("bbbbbbbbbbbbbbbbbbbbbbb9");
    new["greeting_name"] = json!("New");
    remove(&mut desired, "greetings", "Two");
    desired["greetings"].as_array_mut().unwrap().push(new);
    let third = desired["scripts"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|script| script["script_name"] == "Third")
        .unwrap();
    third["greeting_id"] = json!("bbbbbbbbbbbbbbbbbbbbbbb9");
    let there = plan(&before, &desired, &json!({ "allowDelete": true })).unwrap();
    assert_eq!(there["steps"].as_array().unwrap().len(), 3);
    // Somebody else deletes the old greeting, so that the script cannot lead to it again.
    let saved = run(&mut client, &there, &json!({}), Some((2, Fault::Refused)));
    client.call("greetings.delete", &[named(&before, "greetings", "Two")["_id"].clone()]).unwrap();
    let result = run(&mut client, &there, &json!({ "resumeFrom": saved }), None);
    assert_eq!((&result["ok"], &result["steps"][2]["already"]), (&json!(true), &json!(true)));
    let undo = &result["undo"];
    let limits: Vec<Value> = undo["cannot"]
        .as_array()
        .unwrap()
        .iter()
        .map(|limit| json!([limit["code"], limit["name"], limit["names"]]))
        .collect();
    assert_eq!(json!(limits), json!([["needs", "Third", ["Two"]], ["in-use", "New", ["Third"]]]));
    assert_eq!(undo["steps"], json!([]));
}

#[test]
fn a_group_that_is_created_again_tells_where_it_will_lead() {
    let (mut client, before) = with_scripts();
    let mut desired = before.clone();
    desired["scripts"] = json!([]);
    remove(&mut desired, "groups", "Sales");
    let there =
        plan(&before, &desired, &json!({ "allowDelete": true, "only": { "kinds": ["group", "script"] } }))
            .unwrap();
    let result = apply(&mut client, &there);
    let sentences: Vec<String> = result["undo"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| describe(step, Language::English))
        .collect();
    let one = named(&before, "greetings", "One")["_id"].as_str().unwrap();
    assert_eq!(
        sentences[..2],
        [
            "Create group “Sales”.".to_owned(),
            format!("Change group “Sales”: when nobody answers none → greeting “{one}”.")
        ]
    );
}

#[test]
fn a_recording_that_is_lost_is_told_without_a_file() {
    let limit = json!({ "code": "recording", "kind": "greeting", "name": "Music" });
    assert_eq!(describe(&limit, Language::English), "The recording of greeting “Music” cannot be read.");
    assert_eq!(describe(&limit, Language::Vietnamese), "Không đọc được tệp ghi âm của lời chào “Music”.");
}

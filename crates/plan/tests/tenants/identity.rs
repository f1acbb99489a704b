//! A plan is for one tenant, and progress is of one plan: nothing is sent for another.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{Fault, apply, run, try_run},
    on_serde::{Apply, plan},
    world::{World, picture, world},
};

const OTHER_TENANT: &str = "65a0c0de65a0c0de65a0c0de";

/// The client of a tenant with another `tenant_id`.
fn other_client(world: &World, skipped: usize) -> Client {
    let phones = Client::default().list("phones", "");
    let marked = [json!({ "group_name": "x", "tenant_id": OTHER_TENANT })];
    world.fill(Client::of(&json!({ "phones": phones, "groups": marked })), true, skipped)
}

fn by_name() -> Value {
    json!({ "allowDelete": true, "matchBy": "name" })
}

/// Whether applying the plan is refused, and nothing was sent.
fn is_refused(client: &mut Client, plan: &Value, options: &Value, path: &str) {
    let before = picture(&client.snapshot());
    let error = try_run(client, plan, options, None).unwrap_err();
    assert_eq!(error.path, path, "{error}");
    assert_eq!(picture(&client.snapshot()), before);
    assert!(client.changes.is_empty(), "{:?}", client.changes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_refused_by_another_tenant(one in world(), other in world(), at in 0_usize..30, foreign in 0_usize..3) {
        let (one, other) = (one.without_namesakes(), other.without_namesakes());
        let (mut client, mut pattern) = (one.client(true, 0), other.client(false, 40));
        let there = plan(&client.snapshot(), &pattern.snapshot(), &by_name()).unwrap();
        prop_assert!(there["current"]["tenantId"].is_string());
        let steps = there["steps"].as_array().unwrap();
        // The other tenant may have the same records, some of them, or none.
        let some = World { greetings: one.greetings.clone(), groups: Vec::new(), scripts: Vec::new() };
        let nothing = World { greetings: Vec::new(), ..some.clone() };
        let mut foreign = other_client([&nothing, &some, &one][foreign], 80);
        let path = "/current/tenantId";
        if !steps.is_empty() {
            is_refused(&mut foreign, &there, &json!({}), path);
            is_refused(&mut foreign, &there, &json!({ "dryRun": true }), path);
        }
        let progress = match steps.len() {
            0 => run(&mut client, &there, &json!({}), None),
            count => run(&mut client, &there, &json!({}), Some((at % count, Fault::Refused))),
        };
        let is_left = progress["steps"].as_array().unwrap().iter().any(|step| step["status"] != "done");
        if is_left {
            is_refused(&mut foreign, &there, &json!({ "resumeFrom": progress }), path);
        }
        if progress["undo"]["steps"] != json!([]) {
            is_refused(&mut foreign, &progress["undo"], &json!({}), path);
        }
    }

    #[test]
    fn progress_of_another_plan_is_refused(one in world(), other in world(), at in 0_usize..30) {
        let (one, other) = (one.without_namesakes(), other.without_namesakes());
        let (mut client, mut pattern) = (one.client(true, 0), other.client(false, 40));
        let (before, desired) = (client.snapshot(), pattern.snapshot());
        let there = plan(&before, &desired, &by_name()).unwrap();
        let steps = there["steps"].as_array().unwrap();
        prop_assume!(!steps.is_empty());
        let at = at % steps.len();
        let saved = run(&mut client, &there, &json!({}), Some((at, Fault::ClosedBefore)));
        client.changes.clear();
        // Planned again from a later snapshot, or with another request.
        let mut later = there.clone();
        later["current"]["takenAt"] = json!(5);
        let mut edited = there.clone();
        edited["steps"][at]["name"] = json!("another");
        let mut without = saved.clone();
        without["steps"][at].as_object_mut().unwrap().remove("digest");
        for (plan, progress) in [(&later, &saved), (&edited, &saved), (&there, &without)] {
            let error = try_run(&mut client, plan, &json!({ "resumeFrom": progress }), None).unwrap_err();
            prop_assert!(error.path.starts_with("/steps/"), "{}", error);
        }
        prop_assert!(client.changes.is_empty());
        // The order in which members were saved says nothing.
        let turned: Value = serde_json::from_str(&turned_round(&there)).unwrap();
        run(&mut client, &turned, &json!({ "resumeFrom": saved }), None);
    }
}

/// A document whose objects have their members in the opposite order.
fn turned_round(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members =
                members.iter().rev().map(|(name, value)| format!("{}:{}", json!(name), turned_round(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(turned_round).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[test]
fn a_tenant_that_was_emptied_is_filled_again() {
    let world = World { greetings: Vec::new(), groups: Vec::new(), scripts: Vec::new() };
    let mut client = world.client(true, 0);
    let greeting = json!({ "greeting_name": "Hello", "text": "Hello", "speed": "0", "voice": "banmai" });
    client.call("greetings.textToSpeech", &[greeting]).unwrap();
    let before = client.snapshot();
    let empty = json!({ "greetings": [], "groups": [], "scripts": [] });
    let there = plan(&before, &empty, &json!({ "allowDelete": true })).unwrap();
    let result = run(&mut client, &there, &json!({}), None);
    assert_eq!(client.snapshot()["greetings"], json!([]));
    assert_eq!(run(&mut client, &result["undo"], &json!({}), None)["ok"], true);
    assert_eq!(picture(&client.snapshot()), picture(&before));
}

const TENANT: &str = "65a0c0de65a0c0de65a0c0d0";
const PATH: &str = "/current/tenantId";

/// A tenant that has these greetings and nothing else.
fn with_greetings(tenant_id: &str, names: &[&str]) -> Client {
    let names = names.iter().chain(&["x"]);
    let greetings: Vec<Value> = names
        .map(|name| json!({ "greeting_name": name, "content": name, "voice": "banmai", "speed": 0, "tenant_id": tenant_id }))
        .collect();
    let mut client =
        Client::of(&json!({ "phones": [], "groups": [], "scripts": [], "greetings": greetings }));
    // A tenant without records has an id too.
    let greetings = client.list("greetings", "");
    let other = greetings.iter().find(|greeting| greeting["greeting_name"] == "x").unwrap();
    client.call("greetings.delete", &[other["_id"].clone()]).unwrap();
    client.changes.clear();
    client
}

/// The plan that deletes all greetings but the first ones.
fn without_greetings(current: &Value, kept: usize) -> Value {
    let mut desired = current.clone();
    desired["greetings"].as_array_mut().unwrap().truncate(kept);
    plan(current, &desired, &json!({ "allowDelete": true })).unwrap()
}

#[test]
fn an_empty_tenant_refuses_what_is_for_another() {
    let mut client = with_greetings(TENANT, &["Hello", "Bye"]);
    let mut empty = with_greetings(OTHER_TENANT, &[]);
    let there = without_greetings(&client.snapshot(), 1);
    for options in [json!({}), json!({ "dryRun": true })] {
        is_refused(&mut empty, &there, &options, PATH);
    }
    let result = apply(&mut client, &there);
    assert_eq!(result["ok"], true, "{result:#}");
    is_refused(&mut empty, &result["undo"], &json!({}), PATH);
    // Nor does it go on with what was begun elsewhere.
    let begun =
        json!({ "format": "omicall-result", "version": 1, "steps": [{ "step": 1, "status": "not-tried" }] });
    is_refused(&mut empty, &there, &json!({ "resumeFrom": begun }), PATH);
    assert_eq!(apply(&mut client, &result["undo"])["ok"], true);
}

#[test]
fn a_plan_that_has_emptied_the_tenant_goes_on() {
    for fault in [Fault::AbortedAfter, Fault::ClosedAfter] {
        let mut client = with_greetings(TENANT, &["Hello", "Bye"]);
        let before = client.snapshot();
        let there = without_greetings(&before, 0);
        let saved = run(&mut client, &there, &json!({}), Some((1, fault)));
        assert_eq!(client.snapshot()["greetings"], json!([]));
        let result = run(&mut client, &there, &json!({ "resumeFrom": saved }), None);
        assert_eq!(result["ok"], true, "{result:#}");
        // Its undo may be closed as well.
        let closed = run(&mut client, &result["undo"], &json!({}), Some((0, Fault::ClosedBefore)));
        let again = json!({ "resumeFrom": closed, "retryUnknown": true });
        let filled = run(&mut client, &result["undo"], &again, None);
        assert_eq!(filled["ok"], true, "{filled:#}");
        assert_eq!(picture(&client.snapshot()), picture(&before));
        // What is taken back of that empties the tenant again.
        let emptied = apply(&mut client, &filled["undo"]);
        assert_eq!(apply(&mut client, &emptied["undo"])["ok"], true);
        assert_eq!(picture(&client.snapshot()), picture(&before));
    }
}

#[test]
fn the_undo_of_a_plan_for_an_empty_tenant_is_for_that_tenant() {
    let mut client = with_greetings(TENANT, &[]);
    let mut desired = with_greetings(OTHER_TENANT, &["Hello", "Bye"]);
    let there = plan(&client.snapshot(), &desired.snapshot(), &json!({})).unwrap();
    assert_eq!(there["current"]["tenantId"], Value::Null);
    let result = apply(&mut client, &there);
    assert_eq!(result["undo"]["current"]["tenantId"], TENANT);
    is_refused(&mut desired, &result["undo"], &json!({}), PATH);
    // Also after it was resumed, and what it sent has arrived.
    apply(&mut client, &result["undo"]);
    let closed = run(&mut client, &there, &json!({}), Some((1, Fault::ClosedAfter)));
    is_refused(&mut desired, &there, &json!({ "resumeFrom": closed }), PATH);
    // Even if nothing can be read any more.
    let mut machine = Apply::new(&there, &json!({ "resumeFrom": closed })).unwrap();
    machine.next(&json!({})).unwrap();
    let finished = machine.next(&json!({ "failed": { "kind": "aborted", "message": "" } })).unwrap();
    let undo = &finished["result"]["undo"];
    assert_eq!((&undo["current"]["tenantId"], undo["steps"].as_array().unwrap().len()), (&json!(TENANT), 1));
    let result = run(&mut client, &there, &json!({ "resumeFrom": closed }), None);
    is_refused(&mut desired, &result["undo"], &json!({}), PATH);
    client.changes.clear();
    assert_eq!(apply(&mut client, &result["undo"])["ok"], true);
    assert_eq!(client.changes.len(), 2);
}

//! A plan is for one tenant, and progress is of one plan: nothing is sent for another.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{Fault, run, try_run},
    on_serde::plan,
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
        let is_empty = foreign == 0;
        let mut foreign = other_client([&nothing, &some, &one][foreign], 80);
        let path = "/current/tenantId";
        // What is to be changed or deleted is not there, so that nothing is sent either.
        if steps.first().is_some_and(|step| !is_empty || step["action"] == "create") {
            is_refused(&mut foreign, &there, &json!({}), path);
            is_refused(&mut foreign, &there, &json!({ "dryRun": true }), path);
        }
        let progress = match steps.len() {
            0 => run(&mut client, &there, &json!({}), None),
            count => run(&mut client, &there, &json!({}), Some((at % count, Fault::Refused))),
        };
        let is_left = progress["steps"].as_array().unwrap().iter().any(|step| step["status"] != "done");
        if is_left && !is_empty {
            is_refused(&mut foreign, &there, &json!({ "resumeFrom": progress }), path);
        }
        if !is_empty && progress["undo"]["steps"] != json!([]) {
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

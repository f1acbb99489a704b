//! What holds for plans between any two tenants.

use omicall_checks::{
    payload,
    rules::text_to_speech::TextToSpeechDraft,
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
    },
};
use omicall_issues::Severity;
use omicall_schema::{draft::parse, draft_json::encode, output::Serialized};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{apply, run},
    hostile::{damage, dangle, harm},
    on_serde::{diff, plan},
    world::{World, picture, world},
};

/// The new ids of the second tenant begin here, so that no id is in both.
const SKIPPED: usize = 40;

fn steps(plan: &Value) -> &Vec<Value> {
    plan["steps"].as_array().unwrap()
}

fn must_succeed(client: &mut Client, plan: &Value) -> Value {
    let result = apply(client, plan);
    let is_done = |entry: &&Value| entry["status"] == "done";
    let first =
        result["steps"].as_array().unwrap().iter().zip(steps(plan)).find(|(entry, _)| !is_done(entry));
    assert!(first.is_none(), "{:#?}", first.map(|(entry, step)| [entry.to_string(), step.to_string()]));
    assert_eq!(result["ok"], true);
    result
}

fn ids(snapshot: &Value) -> Vec<String> {
    let lists = ["greetings", "groups", "scripts"].into_iter();
    lists
        .flat_map(|list| snapshot[list].as_array().unwrap())
        .map(|record| record["_id"].as_str().unwrap().to_owned())
        .collect()
}

fn by_name() -> Value {
    json!({ "allowDelete": true, "matchBy": "name" })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Names tell all records: then one tenant becomes the other, and itself again.
    #[test]
    fn a_tenant_becomes_another_and_itself_again(one in world(), other in world()) {
        let (one, other) = (one.without_namesakes(), other.without_namesakes());
        let (mut client, mut pattern) = (one.client(true, 0), other.client(false, SKIPPED));
        let (before, desired) = (client.snapshot(), pattern.snapshot());
        let there = plan(&before, &desired, &by_name()).unwrap();
        prop_assert_eq!(&there["ambiguous"], &json!([]));
        prop_assert_eq!(&there["cannot"], &json!([]));
        let result = must_succeed(&mut client, &there);
        let after = client.snapshot();
        prop_assert_eq!(picture(&after), picture(&desired));
        prop_assert_eq!(client.changes.len(), steps(&there).len(), "each step is sent once");

        let again = plan(&after, &desired, &by_name()).unwrap();
        prop_assert_eq!(steps(&again), &Vec::<Value>::new());
        prop_assert_eq!(&diff(&after, &desired, &json!({ "matchBy": "name" })).unwrap()["changes"], &json!([]));

        let tenant_ids = [there.to_string(), after.to_string()].concat();
        for id in ids(&desired) {
            prop_assert!(!tenant_ids.contains(&id), "{} leaks", id);
        }

        prop_assert_eq!(&result["undo"]["cannot"], &json!([]));
        must_succeed(&mut client, &result["undo"]);
        prop_assert_eq!(picture(&client.snapshot()), picture(&before));

        let there = plan(&client.snapshot(), &desired, &by_name()).unwrap();
        must_succeed(&mut client, &there);
        let back = plan(&client.snapshot(), &before, &json!({ "allowDelete": true })).unwrap();
        must_succeed(&mut client, &back);
        prop_assert_eq!(picture(&client.snapshot()), picture(&before));
    }

    /// Whatever the tenants and options are, a plan does what it says, and only that.
    #[test]
    fn any_plan_does_what_it_says(one in world(), other in world(), allow in any::<bool>(), kind in 0_usize..4) {
        let (mut client, mut pattern) = (one.client(true, 0), other.client(false, SKIPPED));
        let (before, desired) = (client.snapshot(), pattern.snapshot());
        let mut options = json!({ "allowDelete": allow, "matchBy": "name" });
        if let Some(kind) = ["greeting", "group", "script"].get(kind) {
            options["only"] = json!({ "kinds": [kind] });
        }
        let there = plan(&before, &desired, &options).unwrap();
        let result = must_succeed(&mut client, &there);
        let after = client.snapshot();
        let again = plan(&after, &desired, &options).unwrap();
        prop_assert_eq!(steps(&again), &Vec::<Value>::new(), "{:#}", there);

        // What differs still is what the plan named.
        let named: Vec<&Value> = [&there, &again].iter().flat_map(|plan| plan["cannot"].as_array().unwrap()).collect();
        for change in diff(&after, &desired, &json!({ "matchBy": "name" })).unwrap()["changes"].as_array().unwrap() {
            let is_outside = options["only"]["kinds"].as_array().is_some_and(|kinds| !kinds.contains(&change["kind"]));
            let fold = |name: &Value| omicall_plan::matching::fold(name.as_str().unwrap_or_default());
            let is_named = named.iter().any(|limit| {
                let names = limit["names"].as_array().into_iter().flatten();
                limit["kind"] == change["kind"] && names.chain([&limit["name"]]).any(|name| fold(name) == fold(&change["name"]))
            });
            prop_assert!(is_outside || is_named, "{:#} is not in {:#}", change, there["cannot"]);
        }
        // What is outside stays as it was, in every field.
        for (list, kind) in [("greetings", "greeting"), ("groups", "group"), ("scripts", "script")] {
            if options["only"]["kinds"].as_array().is_some_and(|kinds| !kinds.contains(&json!(kind))) {
                prop_assert_eq!(&before[list], &after[list]);
            }
        }
        if result["undo"]["cannot"] == json!([]) {
            must_succeed(&mut client, &result["undo"]);
            prop_assert_eq!(picture(&client.snapshot()), picture(&before));
        }
    }

    /// Whatever a tenant looks like, it is like itself.
    #[test]
    fn a_tenant_does_not_differ_from_itself(one in world(), damage in damage(), by_name in any::<bool>()) {
        let mut tenant = if by_name { one.without_namesakes() } else { one }.client(true, 0).snapshot();
        dangle(&mut tenant, &damage);
        let match_by = if by_name { "name" } else { "id" };
        let options = json!({ "allowDelete": true, "matchBy": match_by });
        prop_assert_eq!(&diff(&tenant, &tenant, &json!({ "matchBy": match_by })).unwrap()["changes"], &json!([]));
        let plan = plan(&tenant, &tenant, &options).unwrap();
        prop_assert_eq!((steps(&plan).len(), &plan["cannot"]), (0, &json!([])));
    }

    /// A record that leads to what is not there is left alone, and the id is named.
    #[test]
    fn ids_that_lead_nowhere_are_named(one in world(), other in world(), damage in damage()) {
        let (one, other) = (one.without_namesakes(), other.without_namesakes());
        let (before, mut desired) = (one.client(true, 0).snapshot(), other.client(false, SKIPPED).snapshot());
        let dangling = dangle(&mut desired, &damage);
        let there = plan(&before, &desired, &by_name()).unwrap();
        let mut named = Vec::new();
        for limit in there["cannot"].as_array().unwrap().iter().filter(|limit| limit["code"] == "needs") {
            let names = limit["names"].as_array().unwrap();
            prop_assert!(!names.is_empty() && names.iter().all(|name| name != ""), "{limit}");
            named.extend(names.iter().filter_map(Value::as_str));
        }
        let text = json!([desired["groups"], desired["scripts"]]).to_string();
        for id in dangling.iter().filter(|id| text.contains(*id)) {
            prop_assert!(named.contains(&id.as_str()), "{id} is not in {:#}", there["cannot"]);
            prop_assert!(!there["steps"].to_string().contains(id), "{id} leaks");
        }
    }

    /// Within a tenant, records keep their ids when they get other names.
    #[test]
    fn names_can_be_exchanged(one in world(), turn in 0_usize..6) {
        let mut client = one.client(true, 0);
        let before = client.snapshot();
        let mut desired = before.clone();
        let names: Vec<Value> = desired["scripts"].as_array().unwrap().iter().map(|script| script["script_name"].clone()).collect();
        for (place, script) in desired["scripts"].as_array_mut().unwrap().iter_mut().enumerate() {
            script["script_name"] = names[(place + turn) % names.len()].clone();
        }
        let there = plan(&before, &desired, &json!({})).unwrap();
        // Scripts that are renamed for now are not taken for changed by somebody else.
        let dry = run(&mut client, &there, &json!({ "dryRun": true }), None);
        prop_assert!(dry["steps"].as_array().unwrap().iter().all(|entry| entry["status"] == "not-tried"), "{:#}", dry);
        let result = must_succeed(&mut client, &there);
        let after = client.snapshot();
        prop_assert_eq!(picture(&after), picture(&desired));
        prop_assert_eq!(ids(&after), ids(&before));
        must_succeed(&mut client, &result["undo"]);
        prop_assert_eq!(picture(&client.snapshot()), picture(&before));
    }
}

/// The errors of the rules about the request of a step, with ids in place of placeholders, and with the phones of the tenant.
fn errors(step: &Value, tenant: &Value) -> Vec<Value> {
    fn with_ids(value: &Value) -> Value {
        match value {
            Value::Object(members) if members.contains_key("$ref") => json!("65a0c0dedeadbeef00000001"),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), with_ids(value))).collect()
            }
            Value::Array(items) => items.iter().map(with_ids).collect(),
            other => other.clone(),
        }
    }
    let known = encode::<Tenant<'_>>(&json!({ "phones": tenant["phones"], "complete": true }));
    let known: Tenant<'_> = parse(&known);
    let request = with_ids(&step["request"]);
    let report = match step["kind"].as_str().unwrap() {
        "group" => payload::check_group(&parse(&encode::<GroupDraft<'_>>(&request)), &known),
        "script" => payload::check_script(&parse(&encode::<ScriptDraft<'_>>(&request)), &known),
        _ => payload::check_text_to_speech(&parse(&encode::<TextToSpeechDraft<'_>>(&request)), &known),
    };
    let errors = report.issues.iter().filter(|issue| issue.severity == Severity::Error);
    errors.map(|issue| serde_json::to_value(Serialized(issue)).unwrap()).collect()
}

/// No step sends what the checks refuse, whatever the tenants hold: it is a limit.
#[test]
fn no_step_sends_what_the_checks_refuse() {
    let worlds = (world(), world(), damage(), damage(), any::<bool>(), 0_usize..6);
    let (mut refused, mut sent) = (0, 0);
    let mut runner = TestRunner::deterministic();
    for _ in 0..150 {
        let (one, other, mut damage, now, is_other, turn) = worlds.new_tree(&mut runner).unwrap().current();
        let mut current = one.client(true, 0).snapshot();
        let mut desired = if is_other { other.client(false, SKIPPED).snapshot() } else { current.clone() };
        // Names that are exchanged are freed first: scripts are sent as they were.
        let scripts = desired["scripts"].as_array_mut().unwrap();
        let names: Vec<Value> = scripts.iter().map(|script| script["script_name"].clone()).collect();
        for (place, script) in scripts.iter_mut().enumerate() {
            script["script_name"] = names[(place + turn) % names.len()].clone();
        }
        harm(&mut current, &now);
        damage.extend(now.iter().skip(2));
        harm(&mut desired, &damage);
        let options = json!({ "allowDelete": true, "matchBy": if is_other { "name" } else { "id" } });
        let plan = plan(&current, &desired, &options).unwrap();
        for step in steps(&plan).iter().filter(|step| step.get("request").is_some()) {
            assert_eq!(errors(step, &current), Vec::<Value>::new(), "{step:#}");
            sent += 1;
        }
        // Each name of a script is given once, and nothing keeps a name for now.
        for (place, step) in
            steps(&plan).iter().enumerate().filter(|(_, step)| step["reason"] == "frees-name")
        {
            let rest = &steps(&plan)[place + 1..];
            assert!(rest.iter().any(|later| later["record"] == step["record"]), "{step:#} is not completed");
        }
        refused +=
            plan["cannot"].as_array().unwrap().iter().filter(|limit| limit["code"] == "refused").count();
    }
    assert!(refused > 100 && sent > 300, "{refused} refused, {sent} sent");
}

/// Each value that the checks refuse becomes a limit.
#[test]
fn what_the_checks_refuse_is_named() {
    // A script whose text has a character that cannot be shown, and a group that rings for no time.
    let world = World { greetings: Vec::new(), groups: Vec::new(), scripts: Vec::new() };
    let mut client = world.client(true, 0);
    let before = client.snapshot();
    let mut desired = before.clone();
    desired["groups"] = json!([{ "_id": "65a0c0de0000000000000001", "group_name": "", "strategy": "rollover", "members": [] }]);
    desired["greetings"] = json!([{ "_id": "65a0c0de0000000000000002", "greeting_name": "Hello", "content": "Hello\u{7}", "voice": "banmai", "speed": 0 }]);
    let plan = plan(&before, &desired, &json!({})).unwrap();
    assert_eq!(plan["steps"], json!([]));
    let codes: Vec<&Value> =
        plan["cannot"].as_array().unwrap().iter().map(|limit| &limit["issues"][0]["code"]).collect();
    assert_eq!(codes, ["text-control-character", "group-name-required"]);
}

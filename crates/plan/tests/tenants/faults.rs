//! Faults at each change of a plan: nothing is done twice, and what the result says is true.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    client::Client,
    driver::{FAULTS, Fault, apply, run},
    on_serde,
    world::{World, picture, world},
};

fn plan(current: &Value, desired: &Value) -> Value {
    let options = json!({ "allowDelete": true, "matchBy": "name" });
    on_serde::plan(current, desired, &options).unwrap()
}

/// Whether the tenant has what the step makes, as the sandbox sees it.
fn is_made(client: &mut Client, step: &Value, outcome: &Value) -> bool {
    let list = format!("{}s", step["kind"].as_str().unwrap());
    let id = if step["record"].is_string() { &step["record"] } else { &outcome["id"] };
    let is_there = client.list(&list, "").iter().any(|record| record["_id"] == *id);
    is_there != (step["action"] == "delete")
}

fn check_fault(one: &World, other: &World, at: usize, fault: Fault) {
    let (mut client, mut pattern) = (one.client(true, 0), other.client(false, 40));
    let (before, desired) = (client.snapshot(), pattern.snapshot());
    let there = plan(&before, &desired);
    let steps = there["steps"].as_array().unwrap();
    let Some(at) = at.checked_rem(steps.len()) else { return };
    let result = run(&mut client, &there, &json!({}), Some((at, fault)));
    let status = result["steps"][at]["status"].as_str().unwrap();
    let expected = match fault {
        Fault::Refused | Fault::LostBefore | Fault::Unauthorized => ["failed", "failed"],
        Fault::LostAfter => ["done", "done"],
        // Nobody knows: the page has ended, or wants no more requests.
        Fault::AbortedBefore | Fault::AbortedAfter | Fault::ClosedBefore | Fault::ClosedAfter => {
            ["unknown", "unknown"]
        }
    };
    assert!(expected.contains(&status), "{fault:?} at {}: {status}", steps[at]);
    for (step, outcome) in steps.iter().zip(result["steps"].as_array().unwrap()) {
        let is_after = step["step"].as_u64().unwrap() > at as u64 + 1;
        if outcome["status"] == "done" && step["action"] != "update" && !is_after {
            // A record that is created here may be deleted by no later step of the same plan.
            assert!(is_made(&mut client, step, outcome), "{step} is not made");
        }
        if is_after && status != "done" {
            assert_eq!(outcome["status"], "not-tried");
        }
    }
    // Begun again from what was saved, it ends as it would have, and each change was made once. What was sent, and is not there, is
    // sent again only if somebody says so.
    let mut second = run(&mut client, &there, &json!({ "resumeFrom": result }), None);
    if matches!(fault, Fault::AbortedBefore | Fault::ClosedBefore) {
        let outcome = &second["steps"][at];
        assert_eq!(
            (&outcome["status"], &outcome["error"]["code"]),
            (&json!("unknown"), &json!("sent-before"))
        );
        assert_eq!(client.changes.len(), at, "{fault:?}: {:#?}", client.changes);
        for later in &second["steps"].as_array().unwrap()[at + 1..] {
            assert_eq!(later["status"], "not-tried");
        }
        let again = json!({ "resumeFrom": second, "retryUnknown": true });
        second = run(&mut client, &there, &again, None);
    }
    assert_eq!(second["ok"], true, "{fault:?} at {at}: {:#}", second["steps"]);
    let is_already = |outcome: &Value| outcome["already"] == true;
    assert!(!second["steps"].as_array().unwrap().iter().any(is_already), "{:#}", second["steps"]);
    assert_eq!(picture(&client.snapshot()), picture(&desired));
    assert_eq!(client.changes.len(), steps.len(), "{fault:?}: {:#?}", client.changes);
    // What was saved may be lost as well.
    let third = run(&mut client, &there, &json!({}), None);
    assert!(
        third["steps"].as_array().unwrap().iter().all(is_already),
        "{:#}\n{:#}",
        third["steps"],
        there["steps"]
    );
    assert_eq!(client.changes.len(), steps.len());
    assert_eq!(third["undo"]["steps"], json!([]), "what was there before is not taken back");
    // And the whole can be taken back.
    let undo = apply(&mut client, &second["undo"]);
    assert_eq!(undo["ok"], true, "{:#}", undo["steps"]);
    assert_eq!(picture(&client.snapshot()), picture(&before));
}

/// One fault after the other: each time the rest is begun again from what was saved.
fn check_faults(one: &World, other: &World, faults: &[(usize, usize, bool)], is_ended: bool) {
    let (mut client, mut pattern) = (one.client(true, 0), other.client(false, 40));
    let (before, desired) = (client.snapshot(), pattern.snapshot());
    let there = plan(&before, &desired);
    let steps = there["steps"].as_array().unwrap();
    let mut options = json!({});
    let mut result = json!({});
    for (at, fault, retry) in faults {
        result = run(&mut client, &there, &options, Some((*at, FAULTS[*fault])));
        let outcomes = result["steps"].as_array().unwrap();
        let count = |status: &str| outcomes.iter().filter(|outcome| outcome["status"] == status).count();
        let (done, unknown) = (count("done"), count("unknown"));
        let made = client.changes.len();
        assert!(done <= made && made <= done + unknown, "{made} changes are {result:#}");
        for (step, outcome) in steps.iter().zip(outcomes) {
            if outcome["status"] == "done" && step["action"] != "update" {
                assert!(is_made(&mut client, step, outcome), "{step} is not made");
            }
        }
        options = json!({ "resumeFrom": result, "retryUnknown": retry });
    }
    options["retryUnknown"] = json!(true);
    let refusal = Some((faults.len(), Fault::Refused)).filter(|_| !is_ended);
    result = run(&mut client, &there, &options, refusal);
    if is_ended {
        assert_eq!(result["ok"], true, "{result:#}");
        assert_eq!(picture(&client.snapshot()), picture(&desired));
        assert_eq!(client.changes.len(), steps.len(), "{:#?}", client.changes);
    }
    let undo = apply(&mut client, &result["undo"]);
    assert_eq!(undo["ok"], true, "{:#}", undo["steps"]);
    assert_eq!(picture(&client.snapshot()), picture(&before));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_fault_at_any_change_is_told_as_it_is(one in world(), other in world(), at in 0_usize..100, fault in 0..FAULTS.len()) {
        check_fault(&one.without_namesakes(), &other.without_namesakes(), at, FAULTS[fault]);
    }

    #[test]
    fn faults_one_after_the_other_are_told_as_they_are(
        one in world(),
        other in world(),
        faults in prop::collection::vec((0_usize..4, 0..FAULTS.len(), any::<bool>()), 1..5),
        is_ended in any::<bool>(),
    ) {
        check_faults(&one.without_namesakes(), &other.without_namesakes(), &faults, is_ended);
    }
}

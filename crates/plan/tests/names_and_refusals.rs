//! Names of scripts that are exchanged, and what the rules refuse, in small tenants.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what is wrong by panicking"
)]

mod on_serde;

use std::cell::Cell;

use omicall_issues::Language;
use omicall_plan::{
    json::Object,
    kind::Kind,
    rules::{Checks, Rules},
};
use on_serde::plan;
use serde_json::{Value, json};

const GREETING: &str = "bbbbbbbbbbbbbbbbbbbbbbb1";

fn id(number: usize) -> String {
    format!("ccccccccccccccccccccccc{number}")
}

/// A tenant with a greeting, and scripts with these names; each leads to those of the given numbers.
fn tenant(scripts: &[(usize, &str, &[usize])]) -> Value {
    let script = |(number, name, targets): &(usize, &str, &[usize])| {
        let keys = targets.iter().enumerate();
        let keys: Vec<Value> = keys
            .map(|(key, target)| json!({ "ivr": key.to_string(), "action_type": "Ivr_menu", "action": id(*target) }))
            .collect();
        json!({ "_id": id(*number), "script_name": name, "greeting_id": GREETING, "max_failure": 3, "time_out": 5, "scripts": keys })
    };
    json!({
        "greetings": [{ "_id": GREETING, "greeting_name": "Hello", "content": "Hello", "voice": "banmai", "speed": 0 }],
        "groups": [],
        "scripts": scripts.iter().map(script).collect::<Vec<_>>(),
    })
}

/// The steps and the limits, each in a few words.
fn words(current: &Value, desired: &Value) -> (Vec<String>, Vec<String>) {
    let plan = plan(current, desired, &json!({ "allowDelete": true })).unwrap();
    let words = |list: &str, field: &str| -> Vec<String> {
        let items = plan[list].as_array().unwrap().iter();
        items
            .map(|item| format!("{} {}", item[field].as_str().unwrap(), item["name"].as_str().unwrap()))
            .collect()
    };
    (words("steps", "reason"), words("cannot", "code"))
}

fn are(found: (Vec<String>, Vec<String>), steps: &[&str], limits: &[&str]) {
    assert_eq!(
        found,
        (steps.iter().map(ToString::to_string).collect(), limits.iter().map(ToString::to_string).collect())
    );
}

#[test]
fn a_name_is_given_up_only_by_what_can_be_sent() {
    let mut current = tenant(&[(1, "One", &[]), (2, "Two", &[])]);
    let desired = tenant(&[(1, "Two", &[]), (2, "One", &[])]);
    let steps = ["frees-name Two", "frees-name One", "changed One", "changed Two"];
    are(words(&current, &desired), &steps, &[]);
    // To get another name for now, it is sent as it is.
    current["scripts"][0]["max_failure"] = json!(0);
    are(words(&current, &desired), &[], &["name-taken Two", "name-taken One"]);
}

#[test]
fn the_name_of_a_script_that_stays_is_not_free() {
    let current = tenant(&[(1, "One", &[]), (2, "Two", &[]), (3, "Three", &[1])]);
    // Three is as it was, so that One is still used.
    let mut desired = tenant(&[(2, "One", &[]), (3, "Three", &[1])]);
    are(words(&current, &desired), &[], &["name-taken One", "in-use One"]);
    desired["scripts"][1]["scripts"] = json!([]);
    are(words(&current, &desired), &["frees-name One", "changed Two", "changed Three", "removed One"], &[]);
}

#[test]
fn a_name_is_given_once() {
    let (current, mut desired) = (tenant(&[]), tenant(&[(1, "One", &[]), (2, "ONE ", &[1])]));
    are(words(&current, &desired), &["added One"], &["name-taken ONE "]);
    // Who needs what is not created is not created either.
    desired["scripts"].as_array_mut().unwrap().push(tenant(&[(3, "Three", &[2])])["scripts"][0].clone());
    are(words(&current, &desired), &["added One"], &["name-taken ONE ", "needs Three"]);
}

#[test]
fn a_greeting_whose_replacement_is_refused_stays() {
    let (current, mut desired) = (tenant(&[(1, "One", &[])]), tenant(&[(1, "One", &[])]));
    desired["greetings"][0]["content"] = json!("Hello\u{7}");
    are(words(&current, &desired), &[], &["refused Hello"]);
    let (current, desired) =
        (tenant(&[]), json!({ "greetings": desired["greetings"], "groups": [], "scripts": [] }));
    are(words(&current, &desired), &[], &["refused Hello"]);
}

#[test]
fn what_cannot_let_go_of_another_stays() {
    let mut current = tenant(&[(1, "One", &[2]), (2, "Two", &[1])]);
    let desired = tenant(&[]);
    are(words(&current, &desired), &["detaches Two", "removed One", "removed Two"], &[]);
    current["scripts"][1]["time_out"] = json!(-1);
    are(words(&current, &desired), &[], &["refused Two", "in-use One"]);
    // Also if nothing else stays.
    let nothing = json!({ "greetings": [], "groups": [], "scripts": [] });
    are(words(&current, &nothing), &[], &["refused Two", "in-use Hello", "in-use One"]);
}

/// The rules, and how often they are asked about a request.
#[derive(Default)]
struct Counted(Cell<usize>);

impl Rules for Counted {
    fn of_request(&self, kind: Kind, request: &Object, language: Language) -> Vec<omicall_plan::json::Value> {
        self.0.set(self.0.get() + 1);
        Checks.of_request(kind, request, language)
    }

    fn of_tenant(&self, _: &Object, _: Language) -> Vec<omicall_plan::json::Value> {
        Vec::new()
    }
}

#[test]
fn the_rules_are_asked_once_about_each_script() {
    let count = 60;
    let tenant = |name: &dyn Fn(usize) -> usize| {
        let names: Vec<String> = (0..=count).map(|number| format!("Menu {number}")).collect();
        let id = |number: usize| format!("{:c<24}", number + 1000);
        let mut tenant = tenant(&[]);
        let script = &self::tenant(&[(1, "One", &[])])["scripts"][0];
        let scripts = (0..=count).map(|number| {
            let mut script = script.clone();
            script["_id"] = json!(id(number));
            script["script_name"] = json!(names[name(number)]);
            script
        });
        tenant["scripts"] = scripts.collect();
        tenant
    };
    // Each gets the name of the next one, but the last keeps its own: so do all, one after the other.
    let (current, desired) = (tenant(&|number| number), tenant(&|number| (number + 1).min(count)));
    let rules = Counted::default();
    let plan = omicall_plan::plan::plan(&(&current).into(), &(&desired).into(), &(&json!({})).into(), &rules);
    let plan = Value::from(&plan.unwrap());
    assert_eq!(
        (plan["steps"].as_array().unwrap().len(), plan["cannot"].as_array().unwrap().len()),
        (0, count)
    );
    assert!(plan["cannot"].as_array().unwrap().iter().all(|limit| limit["code"] == "name-taken"));
    assert!(rules.0.get() <= 2 * count, "{} times for {count} scripts", rules.0.get());
}

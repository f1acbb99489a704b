//! Tenants that nobody would make: ids of records that are gone, and values that the checks refuse.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Puts other values into records: each pair says at which of the places, and which of the values.
pub type Damage = Vec<(usize, usize)>;

pub fn damage() -> impl Strategy<Value = Damage> {
    prop::collection::vec((0_usize..1_000, 0_usize..1_000), 0..8)
}

/// All places of a tenant that name another record.
fn references(tenant: &mut Value) -> Vec<&mut Value> {
    let mut found = Vec::new();
    let (groups, scripts) = {
        let members = tenant.as_object_mut().unwrap();
        let mut lists = members.iter_mut().filter(|(name, _)| ["groups", "scripts"].contains(&name.as_str()));
        let mut next = || lists.next().unwrap().1.as_array_mut().unwrap();
        (next(), next())
    };
    for group in groups {
        found.extend(group.as_object_mut().unwrap().get_mut("target_timeout"));
    }
    for script in scripts {
        for (name, value) in script.as_object_mut().unwrap() {
            match name.as_str() {
                "greeting_id" | "greeting_short_id" | "invalid_sound_id" | "action" => found.push(value),
                "scripts" => {
                    let keys = value.as_array_mut().unwrap().iter_mut();
                    found.extend(keys.filter_map(|key| key.get_mut("action")));
                }
                _ => {}
            }
        }
    }
    found
}

/// Lets references lead to records that are not there. Returns the ids that are named then.
pub fn dangle(tenant: &mut Value, damage: &Damage) -> Vec<String> {
    let mut ids = Vec::new();
    let mut places = references(tenant);
    for (place, number) in damage {
        let count = places.len();
        let Some(place) = place.checked_rem(count).and_then(|place| places.get_mut(place)) else { continue };
        // A place that names nothing has no type either.
        if place.as_str().is_some_and(|id| !id.is_empty()) {
            **place = json!(format!("65a0c0dedead{number:012}"));
            ids.push(place.as_str().unwrap().to_owned());
        }
    }
    ids
}

/// Gives fields values that the checks refuse, or nearly.
pub fn harm(tenant: &mut Value, damage: &Damage) {
    let keys = |count: usize| -> Value {
        (0..count)
            .map(|key| json!({ "ivr": (key % 7).to_string(), "action_type": "", "action": "" }))
            .collect()
    };
    let texts = ["", " ", "a\u{7}b", "Kịch bản ế 1", "x"];
    let numbers = [json!(0), json!(-1), json!(9_999), json!("x"), json!(null), json!(1.5), json!({ "a": 1 })];
    for (place, number) in damage {
        let list = ["greetings", "groups", "scripts"][place % 3];
        let records = tenant[list].as_array_mut().unwrap();
        let count = records.len();
        let Some(record) = (place / 3).checked_rem(count).and_then(|place| records.get_mut(place)) else {
            continue;
        };
        let (text, value) = (texts[number % texts.len()], numbers[number % numbers.len()].clone());
        match (list, number % 5) {
            ("greetings", 0) => record["content"] = json!("a".repeat(number * 10)),
            ("greetings", 1) => record["speed"] = json!(number % 9),
            ("greetings", 2) => record["content"] = json!("\u{7}"),
            ("greetings", _) => record["greeting_name"] = json!(text),
            ("groups", 0) => record["group_name"] = json!(text),
            ("groups", 1) => record["strategy"] = json!(["", "rolover", "random"][number % 3]),
            ("groups", 2) => {
                for member in record["members"].as_array_mut().into_iter().flatten() {
                    member["timeout"] = value.clone();
                }
            }
            ("groups", 3) => {
                if let Some(members) = record["members"].as_array_mut() {
                    members.extend(members.clone());
                }
            }
            ("groups", _) => {
                let members = &["200", "200", "abc", ""][number % 4..];
                *record = json!({
                    "_id": record["_id"], "group_name": record["group_name"], "strategy": "random", "timeout": value,
                    "sip_members": members,
                });
            }
            (_, 0) => record["script_name"] = json!(text),
            (_, 1) => record["scripts"] = keys(number % 12),
            (_, 2) => record[["max_failure", "time_out"][number % 2]] = value,
            (_, 3) => record["ivr_direct_menu_dial"] = json!(["maybe", "TRUE", ""][number % 3]),
            (_, _) => {
                let ivr = ["", "x", "12", "#"][number % 4];
                let key = json!({ "ivr": ivr, "action_type": "Ring_group", "action": "" });
                record["scripts"].as_array_mut().into_iter().for_each(|keys| keys.push(key.clone()));
            }
        }
    }
}

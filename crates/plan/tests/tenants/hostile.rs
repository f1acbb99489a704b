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

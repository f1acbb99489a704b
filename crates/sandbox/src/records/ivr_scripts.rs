//! The IVR scripts of a tenant.

use serde_json::{Value, json};

use super::{Records, payload, set, text};

pub(crate) const LIST: &str = include_str!("../../../../tests/samples/key_interaction_list.json");
pub(crate) const ADD: &str = include_str!("../../../../tests/samples/key_interaction_add.json");

/// The one recorded script.
pub(crate) fn recorded() -> Records {
    Records::recorded(LIST)
}

/// What completes a script: one without keys and greeting.
pub(crate) fn template() -> Value {
    let mut script = payload(ADD);
    set(
        &mut script,
        [
            ("script_name_unsigned", json!("")),
            ("greeting_id", json!("")),
            ("invalid_sound_id", json!("")),
            ("scripts", json!([])),
        ],
    );
    script
}

/// A key, and where it leads.
pub(crate) fn key(ivr: &str, action_type: &str, action: &str) -> Value {
    json!({
        "key": null,
        "action_type": action_type,
        "action": action,
        "action_name": null,
        "ivr": ivr,
    })
}

/// Whether a key of the script, or its fallback, leads to this group, script or greeting.
pub(crate) fn leads_to(script: &Value, id: &str) -> bool {
    let keys = script.get("scripts").and_then(Value::as_array).into_iter().flatten();
    keys.chain([script]).any(|place| text(place, "action") == id)
}

/// Whether the script plays this greeting at any time, also at a key or as its fallback.
pub(crate) fn plays(script: &Value, greeting: &str) -> bool {
    let sounds = ["greeting_id", "greeting_short_id", "invalid_sound_id"];
    leads_to(script, greeting) || sounds.iter().any(|field| text(script, field) == greeting)
}

//! The ring groups of a tenant.

use serde_json::{Value, json};

use super::{Records, payload, set};

pub(crate) const LIST: &str = include_str!("../../../../tests/samples/internal_group_list.json");
pub(crate) const ADD: &str = include_str!("../../../../tests/samples/internal_group_add.json");

/// How long a member rings if nothing says it.
pub(crate) const RING_SECONDS: u64 = 30;

/// The four recorded groups.
pub(crate) fn recorded() -> Records {
    Records::recorded(LIST)
}

/// A member. Its `sip_user` is null, as recorded: only the agent identifies it.
pub(crate) fn member(agent_id: &str, contact_id: &str, timeout: u64) -> Value {
    json!({
        "agent_id": agent_id,
        "contact_id": contact_id,
        "order": 0,
        "view": null,
        "timeout": timeout,
        "sip_user": null,
        "hold_music_id": null,
    })
}

/// The `tenant_id` of the recorded records.
pub(crate) fn tenant_id() -> Value {
    payload(ADD).get_mut("tenant_id").map(Value::take).unwrap_or_default()
}

/// What completes a group: one without members, as it is when it is new.
pub(crate) fn template() -> Value {
    let mut group = payload(ADD);
    if let Some(fields) = group.as_object_mut() {
        fields.shift_remove("sip_members");
        fields.shift_remove("timeout");
    }
    set(&mut group, [("members", json!([])), ("group_name_unsigned", json!(""))]);
    group
}

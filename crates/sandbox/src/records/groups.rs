//! The ring groups of a tenant.

use serde_json::{Value, json};

use super::{Records, payload, set};

pub(crate) const LIST: &str = include_str!("../../../../tests/samples/internal_group_list.json");
pub(crate) const ADD: &str = include_str!("../../../../tests/samples/internal_group_add.json");

/// The four recorded groups.
pub(crate) fn recorded() -> Records {
    Records::recorded(LIST)
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

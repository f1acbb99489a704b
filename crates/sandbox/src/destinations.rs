//! Where phone calls may go: greetings, scripts and groups, which refer to each other.

use serde_json::Value;

use crate::{data::Data, envelope::Failure, records::text};

/// The error for a group that does not exist.
pub(crate) fn unknown_group(id: &str) -> Failure {
    Failure::Payload("group_invalid", format!("Group {id} does not exist"))
}

/// The error for a script that does not exist.
pub(crate) fn unknown_script(id: &str) -> Failure {
    Failure::TopLevel("script_invalid", format!("Script {id} does not exist"))
}

/// The error for a greeting that does not exist.
pub(crate) fn unknown_greeting(id: &str) -> Failure {
    Failure::TopLevel("greeting_invalid", format!("Greeting {id} does not exist"))
}

/// The group whose unanswered calls go to this greeting, script or group.
pub(crate) fn overflowing_to<'a>(data: &'a Data, id: &str) -> Option<&'a Value> {
    data.groups.all().find(|group| text(group, "_id") != id && text(group, "target_timeout") == id)
}

/// Checks that a greeting, script or group exists. The destinations of other kinds are unknown.
pub(crate) fn check_destination(data: &Data, kind: &str, id: &str) -> Result<(), Failure> {
    match kind {
        "Recording" if data.greetings.find(id).is_none() => Err(unknown_greeting(id)),
        "Ivr_menu" if data.scripts.find(id).is_none() => Err(unknown_script(id)),
        "Ring_group" if data.groups.find(id).is_none() => Err(unknown_group(id)),
        _ => Ok(()),
    }
}

//! Errors of steps: what a failed call leaves open, and what is said about a record that somebody else has changed.

use omicall_schema::compact::concat;

use crate::json::{Object, Value, object, text};

/// Whether a change may have been made although its call failed: its response was lost. The server said so itself if it refused
/// the change, the token, or any request for now (429, 503).
pub fn may_have_been_made(error: &Value) -> bool {
    if error.get("attempts").and_then(Value::as_f64) == Some(0.0) {
        return false;
    }
    let status = error.get("status").and_then(Value::as_f64).unwrap_or_default();
    match text(error, "kind") {
        "network" | "timeout" | "aborted" | "decode" => true,
        "http" => status >= 500.0 && status != 503.0,
        _ => false,
    }
}

/// The error for a record that is not as the plan expects it: which fields, by whom and when, as far as the record says.
pub fn changed_meanwhile(message: &str, record: &Value, fields: Vec<String>) -> Object {
    let advice = " Take another snapshot, and plan again.";
    let mut error = object([
        ("kind", "validation".into()),
        ("code", "changed-meanwhile".into()),
        ("message", concat(&[message, advice]).into()),
    ]);
    if !fields.is_empty() {
        error.set("fields", fields);
    }
    let user = ["last_update_by", "last_updated_by"].iter().filter_map(|field| record.get(field));
    if let Some(name) = user.filter_map(|user| user.get("name")).find(|name| name.as_str().is_some()) {
        error.set("by", name.clone());
    }
    if let Some(date) = record.get("last_updated_date").filter(|date| date.as_f64().is_some()) {
        error.set("at", date.clone());
    }
    error
}

//! How one step ended.

use crate::json::{Object, Value, object, text, write};

/// How a step ended, or that it has not begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// It was made.
    Done,
    /// It was not made.
    Failed,
    /// It was not sent.
    #[default]
    NotTried,
    /// It was sent, and nobody knows whether it was made.
    Unknown,
}

impl Status {
    /// The word in the result.
    pub fn word(self) -> &'static str {
        match self {
            Status::Done => "done",
            Status::Failed => "failed",
            Status::NotTried => "not-tried",
            Status::Unknown => "unknown",
        }
    }
}

/// How a step ended, with what is known about it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The id of the record that it created.
    pub id: Option<String>,
    /// Whether it had been made before, so that nothing was sent.
    pub already: bool,
    /// Why it was not made.
    pub error: Option<Value>,
}

impl Outcome {
    /// The entry in the result of the step at this place.
    pub fn entry(&self, place: usize, digest: u32) -> Object {
        let mut entry = object([
            ("step", place.saturating_add(1).into()),
            ("status", self.status.word().into()),
            ("digest", digest.into()),
        ]);
        if let Some(id) = &self.id {
            entry.set("id", id.clone());
        }
        if self.already {
            entry.set("already", true);
        }
        if let Some(error) = &self.error {
            entry.set("error", error.clone());
        }
        entry
    }
}

/// Tells a step of a plan from those of other plans. It says nothing about the order of members, which not everything that saves JSON
/// keeps.
pub fn digest(value: &Value) -> u32 {
    let mixed = |one: u32, other: u32| (one.rotate_left(5) ^ other).wrapping_mul(0x9e37_79b1);
    match value {
        Value::Object(members) => members.iter().fold(1, |sum: u32, (name, value)| {
            sum.wrapping_add(mixed(digest(&name.as_str().into()), digest(value)))
        }),
        Value::Array(items) => items.iter().fold(2, |hash, item| mixed(hash, digest(item))),
        other => write(other).bytes().fold(3, |hash, byte| mixed(hash, byte.into())),
    }
}

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

//! How one step ended.

use crate::json::{Object, Value, object};

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

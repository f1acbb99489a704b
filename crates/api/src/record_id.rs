//! The id of a record.

/// The id of a record, valid as a path segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordId(String);

impl RecordId {
    /// Returns `None` for a blank id, and for `.` and `..`, which URLs drop from their path even if percent-encoded.
    pub fn new(text: String) -> Option<Self> {
        Some(RecordId(text)).filter(|RecordId(text)| !matches!(text.trim_ascii(), "" | "." | ".."))
    }

    /// The id, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

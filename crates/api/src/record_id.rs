//! The id of a record.

/// The id of a record, which can be a segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordId(String);

impl RecordId {
    /// Returns `None` for a text that is blank, and for `.` and `..`, which a URL drops from its path whatever their
    /// encoding.
    pub fn new(text: String) -> Option<Self> {
        Some(RecordId(text)).filter(|RecordId(text)| !matches!(text.trim(), "" | "." | ".."))
    }

    /// Not yet encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

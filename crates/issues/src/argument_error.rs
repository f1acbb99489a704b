//! Input that cannot be checked at all: the caller has to change its code, not its data.

use std::{error::Error, fmt};

use omicall_schema::compact::replaced;

/// An argument, or a member of one, that is not what the function takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentError {
    /// Where, as a JSON pointer into the argument, e.g. `"/scripts"`; `""` for the argument itself.
    pub path: String,
    /// What is wrong and what to pass, e.g. "`tenant.scripts` must be an array of records.".
    pub message: String,
}

impl ArgumentError {
    /// An error about the member of `argument` at `path`; `words` follow its name in the message.
    pub fn new(argument: &str, path: String, words: &[&str]) -> Self {
        let message = [&field_name(argument, &path), " ", &words.concat()].concat();
        ArgumentError { path, message }
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for ArgumentError {}

/// A member of an argument as a developer writes it: `options` and `/auth` give `` `options.auth` ``.
pub fn field_name(argument: &str, path: &str) -> String {
    ["`", argument, &replaced(path, "/", "."), "`"].concat()
}

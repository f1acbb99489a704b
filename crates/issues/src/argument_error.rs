//! Input that cannot be checked at all: the caller must change its code, not its data.

use std::{error::Error, fmt};

use omicall_schema::compact::concat;

/// An argument, or a member of one, that the function does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentError {
    /// Where, as a JSON pointer into the argument, e.g. `"/scripts"`; `""` for the argument itself.
    pub path: String,
    /// What is wrong and what to pass, e.g. "`tenant.scripts` must be an array of records.".
    pub message: String,
}

impl ArgumentError {
    /// An error about the member of `argument` at `path`. The message is its name, followed by `problem`.
    pub fn new(argument: &str, path: String, problem: &[&str]) -> Self {
        let message = concat(&[&field_name(argument, &path), " ", &concat(problem)]);
        ArgumentError { path, message }
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for ArgumentError {}

/// The name of a member of an argument as a developer writes it: `` `options.auth` `` for `options` and `/auth`.
pub fn field_name(argument: &str, path: &str) -> String {
    let path: String = path.chars().map(|char| if char == '/' { '.' } else { char }).collect();
    concat(&["`", argument, &path, "`"])
}

//! The severity of an issue, and the language of its message.

use omicall_schema::draft::Value;

use crate::argument_error::ArgumentError;

omicall_schema::string_enum! {
    /// The language of the messages of `issues`, and of what errors advise about known error codes. Other error messages are English: they
    /// are for developers.
    pub enum Language {
        /// English.
        English = "en",
        /// Vietnamese.
        Vietnamese = "vi",
    }
}

impl Language {
    /// Reads the member `language` of an argument; English if it is absent. `argument` is the argument's name in the error.
    pub fn from_draft(argument: &str, value: Value<'_>) -> Result<Self, ArgumentError> {
        match value {
            Value::Absent | Value::Text("en") => Ok(Language::English),
            Value::Text("vi") => Ok(Language::Vietnamese),
            _ => Err(ArgumentError::new(argument, "/language".into(), &["must be \"en\" or \"vi\"."])),
        }
    }
}

omicall_schema::string_enum! {
    /// How bad an issue is. `"error"`: the server would refuse the payload, or a caller would be lost, so nothing is sent. `"warning"`:
    /// probably a mistake. `"hint"`: worth a look.
    pub enum Severity {
        /// The server would reject it, or a caller would be lost. Nothing is sent.
        Error = "error",
        /// Probably a mistake.
        Warning = "warning",
        /// Worth a look.
        Hint = "hint",
    }
}

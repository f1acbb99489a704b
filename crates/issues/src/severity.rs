//! The severity of an issue, and the language of its message.

omicall_schema::string_enum! {
    /// The language of the messages of `issues`. Error messages are English: they are for developers.
    pub enum Language {
        /// English.
        English = "en",
        /// Vietnamese.
        Vietnamese = "vi",
    }
}

omicall_schema::string_enum! {
    /// How bad an issue is.
    pub enum Severity {
        /// The server would reject it, or a caller would be lost. Nothing is sent.
        Error = "error",
        /// Probably a mistake.
        Warning = "warning",
        /// Worth a look.
        Hint = "hint",
    }
}

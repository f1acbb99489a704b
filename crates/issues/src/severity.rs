//! How bad an issue is, and the language of its sentence.

omicall_schema::string_enum! {
    /// The language of the sentences in `issues`. Messages of errors are English: they are for developers.
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
        /// The vendor would refuse it, or a caller would be lost. Nothing is sent.
        Error = "error",
        /// Probably not meant.
        Warning = "warning",
        /// Worth a look.
        Hint = "hint",
    }
}

//! What is wrong with a payload: issues with a stable code, a path and a sentence in the user's language.

mod messages;
pub mod mp3;

use serde::Serialize;
use tsify::Tsify;

pub use messages::Language;

words! {
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

words! {
    /// Names a rule. A code never changes its meaning.
    pub enum IssueCode {
        /// `page` or `size` of a list is not a whole number of at least 1.
        ListPageInvalid = "list-page-invalid",
        /// The file is not an MP3.
        GreetingNotMp3 = "greeting-not-mp3",
        /// The file holds nothing.
        GreetingEmpty = "greeting-empty",
    }
}

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Issue {
    /// Which rule found it.
    pub code: IssueCode,
    /// How bad it is.
    pub severity: Severity,
    /// Where, as a JSON pointer into what was passed, e.g. `"/page"`.
    pub path: String,
    /// What is wrong and what is allowed, in the client's `language`.
    pub message: String,
    /// What the sentence names, for sentences of your own.
    #[tsify(type = "Record<string, string | number>")]
    pub params: Params,
}

/// The values that a sentence names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(pub Vec<(&'static str, String)>);

impl Serialize for Params {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Params", self.0.len())?;
        for (name, value) in &self.0 {
            object.serialize_field(name, value)?;
        }
        object.end()
    }
}

impl Issue {
    /// An issue of a rule that forbids sending.
    pub fn error(code: IssueCode, path: String, language: Language) -> Self {
        let message = messages::sentence(code, language).into();
        Issue { code, severity: Severity::Error, path, message, params: Params::default() }
    }

    /// With the value of a `{name}` in its sentence.
    pub fn naming(mut self, name: &'static str, value: String) -> Self {
        self.message = self.message.replace(&["{", name, "}"].concat(), &value);
        self.params.0.push((name, value));
        self
    }
}

//! What is wrong with a payload, as data: issues, and the report that holds them.

use std::borrow::Cow;

use omicall_schema::{
    compact::{replaced, signed},
    output::{Members, OutputWriter, ToOutput},
};

use crate::{
    rules::{IssueCode, rule},
    severity::{Language, Severity},
};

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Issue {
    /// Which rule found it.
    pub code: IssueCode,
    /// How bad it is.
    pub severity: Severity,
    /// Where, as a JSON pointer into what was passed, e.g. `"/scripts/0/action"`; `""` for all of it.
    pub path: String,
    /// What is wrong and what is allowed, in the language that was asked for.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub message: Cow<'static, str>,
    /// What the sentence names, for sentences of your own.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string | number>"))]
    pub params: Params,
}

/// The values that a sentence names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(pub Vec<(&'static str, Param)>);

/// A value that a sentence names.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i32),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Param::Text(text.into())
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Param::Text(text)
    }
}

impl From<i32> for Param {
    fn from(number: i32) -> Self {
        Param::Number(number)
    }
}

impl From<usize> for Param {
    fn from(number: usize) -> Self {
        Param::Number(i32::try_from(number).unwrap_or(i32::MAX))
    }
}

impl ToOutput for Param {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        match self {
            Param::Text(text) => out.string(name, text),
            Param::Number(number) => out.number(name, (*number).into()),
        }
    }
}

impl Members for Params {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.0.iter().for_each(|(name, value)| value.write(name, out));
    }
}

impl Members for Issue {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.code.write("code", out);
        self.severity.write("severity", out);
        self.path.write("path", out);
        self.message.write("message", out);
        self.params.write("params", out);
    }
}

impl Members for Report {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.ok.write("ok", out);
        self.issues.write("issues", out);
    }
}

omicall_schema::object_output!([] Params, [] Issue, [] Report);

impl Issue {
    /// An issue of the severity that its rule usually has.
    pub fn new(code: IssueCode, path: String, language: Language) -> Self {
        let rule = rule(code);
        let sentence = match language {
            Language::English => rule.english,
            Language::Vietnamese => rule.vietnamese,
        };
        Issue { code, severity: rule.severity, path, message: sentence.into(), params: Params::default() }
    }

    /// With the value of a `{name}` in its sentence.
    pub fn naming(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.name(name, value.into());
        self
    }

    fn name(&mut self, name: &'static str, value: Param) {
        let text = match &value {
            Param::Text(text) => Cow::from(text.as_str()),
            Param::Number(number) => Cow::from(signed(*number)),
        };
        self.message = replaced(&self.message, &["{", name, "}"].concat(), &text).into();
        self.params.0.push((name, value));
    }

    /// Its sentence in English, whatever language was asked for.
    pub fn in_english(&self) -> String {
        let mut english = Issue::new(self.code, String::new(), Language::English);
        for (name, value) in &self.params.0 {
            english.name(name, value.clone());
        }
        english.message.into()
    }

    /// Of another severity than usual.
    pub fn as_severe_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// What a check found.
///
/// `ok` says that nothing forbids sending; there may be warnings and hints all the same. The order of `issues` is the same
/// whenever the same is passed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Report {
    /// Whether there is no issue of severity `"error"`.
    pub ok: bool,
    /// What was found.
    pub issues: Vec<Issue>,
    /// The language of the sentences.
    #[cfg_attr(feature = "typescript", serde(skip))]
    language: Language,
    /// Whether what the context does not list does not exist.
    #[cfg_attr(feature = "typescript", serde(skip))]
    complete: bool,
}

impl Report {
    /// With nothing in it yet.
    pub fn new(language: Language, complete: bool) -> Self {
        Report { ok: true, issues: Vec::new(), language, complete }
    }

    /// The language of the sentences.
    pub fn language(&self) -> Language {
        self.language
    }

    /// An issue of a rule, to be completed and then [`push`](Report::push)ed; `path` in parts.
    pub fn issue(&self, code: IssueCode, path: &[&str]) -> Issue {
        let issue = Issue::new(code, path.concat(), self.language);
        if rule(code).needs_all && !self.complete { issue.as_severe_as(Severity::Warning) } else { issue }
    }

    /// Takes an issue in.
    pub fn push(&mut self, issue: Issue) {
        self.ok &= issue.severity != Severity::Error;
        self.issues.push(issue);
    }

    /// Takes in an issue whose sentence names nothing.
    pub fn add(&mut self, code: IssueCode, path: &[&str]) {
        let issue = self.issue(code, path);
        self.push(issue);
    }
}

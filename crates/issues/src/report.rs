//! Issues of a payload, and the report that holds them.

use std::borrow::Cow;

use omicall_schema::{
    compact::{concat, i32_to_string, replace_all},
    draft::Value,
    output::{Members, OrderedMap, OutputWriter, ToOutput},
};

use crate::{
    rules::IssueCode,
    severity::{Language, Severity},
};

/// One problem of a payload.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Issue {
    /// The rule that found it.
    pub code: IssueCode,
    /// How bad it is.
    pub severity: Severity,
    /// Where, as a JSON pointer into what was passed, e.g. `"/scripts/0/action"`; `""` for all of it.
    pub path: String,
    /// What is wrong and what is allowed, in the requested language.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub message: Cow<'static, str>,
    /// The values in the message, for messages of your own.
    #[cfg_attr(feature = "typescript", tsify(type = "IssueParams"))]
    pub params: IssueParams,
}

/// The values in a message, by their names in the sentence.
pub type IssueParams = OrderedMap<&'static str, IssueParam>;

/// A value in a message.
#[derive(Debug, Clone, PartialEq)]
pub enum IssueParam {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i32),
}

impl From<&str> for IssueParam {
    fn from(text: &str) -> Self {
        IssueParam::Text(text.into())
    }
}

impl From<String> for IssueParam {
    fn from(text: String) -> Self {
        IssueParam::Text(text)
    }
}

impl From<i32> for IssueParam {
    fn from(number: i32) -> Self {
        IssueParam::Number(number)
    }
}

impl From<usize> for IssueParam {
    fn from(number: usize) -> Self {
        IssueParam::Number(i32::try_from(number).unwrap_or(i32::MAX))
    }
}

impl From<Value<'_>> for IssueParam {
    /// A number of more than 32 bits becomes its digits.
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Int(number) => IssueParam::Number(number),
            other => IssueParam::Text(other.display_text()),
        }
    }
}

impl ToOutput for IssueParam {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        match self {
            IssueParam::Text(text) => out.string(name, text),
            IssueParam::Number(number) => out.number(name, (*number).into()),
        }
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

omicall_schema::object_output!([] Issue, [] Report);

impl Issue {
    /// An issue with the severity of its rule.
    pub fn new(code: IssueCode, path: String, language: Language) -> Self {
        let rule = code.rule();
        let sentence = match language {
            Language::English => rule.english,
            Language::Vietnamese => rule.vietnamese,
        };
        Issue {
            code,
            severity: rule.severity,
            path,
            message: sentence.into(),
            params: IssueParams::default(),
        }
    }

    /// Puts a value in place of `{name}` in the message.
    pub fn with_param(mut self, name: &'static str, value: impl Into<IssueParam>) -> Self {
        self.add_param(name, value.into());
        self
    }

    fn add_param(&mut self, name: &'static str, value: IssueParam) {
        let text = match &value {
            IssueParam::Text(text) => Cow::from(text.as_str()),
            IssueParam::Number(number) => Cow::from(i32_to_string(*number)),
        };
        self.message = replace_all(&self.message, &concat(&["{", name, "}"]), &text).into();
        self.params.push(name, value);
    }

    /// The message in English, whatever the requested language.
    pub fn english_message(&self) -> String {
        let mut english = Issue::new(self.code, String::new(), Language::English);
        for (name, value) in self.params.iter() {
            english.add_param(name, value.clone());
        }
        english.message.into()
    }

    /// Changes the severity from that of the rule.
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// The result of a check.
///
/// `ok` means that the payload may be sent; there may still be warnings and hints. The same input always gives the same
/// order of `issues`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Report {
    /// Whether there is no issue of severity `"error"`.
    pub ok: bool,
    /// The issues found.
    pub issues: Vec<Issue>,
    /// The language of the messages.
    #[cfg_attr(feature = "typescript", serde(skip))]
    language: Language,
    /// Whether the tenant is complete: what it does not list does not exist.
    #[cfg_attr(feature = "typescript", serde(skip))]
    complete_tenant: bool,
}

impl Report {
    /// An empty report. `complete_tenant` says whether what the tenant does not list does not exist.
    pub fn new(language: Language, complete_tenant: bool) -> Self {
        Report { ok: true, issues: Vec::new(), language, complete_tenant }
    }

    /// The language of the messages.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Makes an issue, to be completed and then [`push`](Report::push)ed. The parts of `path` are joined.
    pub fn issue(&self, code: IssueCode, path: &[&str]) -> Issue {
        let issue = Issue::new(code, concat(path), self.language);
        if code.rule().needs_complete_tenant && !self.complete_tenant {
            issue.with_severity(Severity::Warning)
        } else {
            issue
        }
    }

    /// Adds an issue.
    pub fn push(&mut self, issue: Issue) {
        self.ok &= issue.severity != Severity::Error;
        self.issues.push(issue);
    }

    /// Adds an issue whose message quotes these values. It is not inlined, because many rules do this.
    #[inline(never)]
    pub fn add_quoting(&mut self, code: IssueCode, path: &[&str], values: &[(&'static str, Value<'_>)]) {
        let mut issue = self.issue(code, path);
        for (name, value) in values {
            issue.add_param(name, IssueParam::Text(value.display_text()));
        }
        self.push(issue);
    }

    /// Adds an issue with a value in its message, and with another severity than the rule's if one is given.
    #[inline(never)]
    pub fn add_with(
        &mut self,
        code: IssueCode,
        path: &[&str],
        severity: Option<Severity>,
        name: &'static str,
        value: IssueParam,
    ) {
        let mut issue = self.issue(code, path);
        issue.severity = severity.unwrap_or(issue.severity);
        issue.add_param(name, value);
        self.push(issue);
    }

    /// Adds an issue without params, but with another severity than the rule's.
    #[inline(never)]
    pub fn add_as(&mut self, severity: Severity, code: IssueCode, path: &[&str]) {
        let issue = self.issue(code, path);
        self.push(issue.with_severity(severity));
    }

    /// Adds an issue without params.
    pub fn add(&mut self, code: IssueCode, path: &[&str]) {
        let issue = self.issue(code, path);
        self.push(issue);
    }
}

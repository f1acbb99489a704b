//! Errors as data.

use std::rc::Rc;

use omicall_issues::{ArgumentError, Issue, Severity, field_name};
use omicall_schema::output::{Members, OutputWriter, ToOutput};

use crate::secrets::mask_secrets;

omicall_schema::string_enum! {
    /// The kind of an error, by which a page decides what to do.
    ///
    /// | kind | what happened | what helps |
    /// |---|---|---|
    /// | `validation` | the payload breaks a rule; nothing was sent | show `issues` next to the fields |
    /// | `usage` | the SDK was called incorrectly, e.g. with an unknown option | fix the calling code |
    /// | `auth` | there is no access token, or the server refused it | sign in again |
    /// | `api` | the API reported a failure | read `code` |
    /// | `http` | an HTTP error status without an API response, or a redirected change | try again later; see `retryable` |
    /// | `network` | no response, or the browser withheld it (CORS) | check URL and connection |
    /// | `timeout` | no complete response within `timeoutMs` | try again, or raise `timeoutMs` |
    /// | `aborted` | your `signal` was aborted | nothing |
    /// | `decode` | the response is not JSON or does not match its schema | report it with `path` |
    pub enum ErrorKind {
        /// The payload breaks a rule.
        Validation = "validation",
        /// No access token, or the server refused it.
        Auth = "auth",
        /// The API reported a failure.
        Api = "api",
        /// An HTTP error status without an API response, or a redirected change.
        Http = "http",
        /// No response.
        Network = "network",
        /// No complete response within the timeout.
        Timeout = "timeout",
        /// Aborted by the page's signal.
        Aborted = "aborted",
        /// The response is not JSON or does not match its schema.
        Decode = "decode",
        /// The SDK was called incorrectly.
        Usage = "usage",
    }
}

omicall_schema::output! {
    /// The fields of every `OmiCallError`, besides its message. They never contain a token, a key or a password.
    pub struct ErrorFields {
        /// The kind of the error.
        kind: ErrorKind,
        /// How many requests the call sent; `0` if it failed before the first one.
        attempts: u32,
        /// What is wrong with the payload if `kind` is `"validation"`; otherwise empty.
        issues: Vec<Issue>,
        /// Whether the same call may soon succeed.
        retryable: bool,
    }
    optional {
        /// The vendor's error code, e.g. `"extension_invalid"`, if the response has one.
        code: String = "KnownErrorCode | (string & {})",
        /// The server's own sentence about the failure, if the response has one: show it to people. It is in the server's language,
        /// and secrets in it are masked.
        serverMessage: String = "string",
        /// The HTTP status of the last response, e.g. `401`. The vendor sends most failures with `200`.
        status: u16 = "number",
        /// The `status_code` of the response body: `9999` is success, `-9999` failure.
        statusCode: i32 = "number",
        /// The `instance_id` of the response body: which server responded. Quote it to the vendor's support.
        instanceId: String = "string",
        /// Method and path template, e.g. `"GET /api/call_center/internal_phone/list"`; without the query.
        endpoint: String = "string",
        /// Where the error is, as a JSON pointer: into the response if `kind` is `"decode"`, into the argument if it is `"usage"` or
        /// `"validation"`.
        path: String = "string",
        /// `true` if a change may have been made although its call failed: its response was lost. Missing otherwise.
        outcomeUnknown: bool = "true",
    }
}

/// A copy of what was thrown, as JSON that only the binding reads: name, message, code, stack and its own cause. Strings only: the
/// object itself may contain anything, such as a response with passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause(pub String);

impl Cause {
    /// Masks secrets, which the page's own `fetch` may quote.
    pub fn masked(&self, secrets: &[&str]) -> Self {
        Cause(mask_secrets(&self.0, secrets))
    }
}

/// The error of a call. Calls that wait for the same token share its error, which is complete: it can only be changed before.
#[derive(Debug, Clone, PartialEq)]
pub struct Error(Rc<Parts>);

#[derive(Debug, PartialEq)]
struct Parts {
    message: String,
    fields: ErrorFields,
    cause: Option<Cause>,
}

impl Error {
    /// Creates an error; `message` says what happened and what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Rc::new(Parts {
            message: message.into(),
            fields: ErrorFields {
                kind,
                code: None,
                serverMessage: None,
                status: None,
                statusCode: None,
                instanceId: None,
                endpoint: None,
                attempts: 0,
                issues: Vec::new(),
                path: None,
                outcomeUnknown: None,
                retryable: false,
            },
            cause: None,
        }))
    }

    /// Creates an error of kind `usage`.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage, message)
    }

    /// Creates the error for an invalid member of an argument; in the message, `problem` follows its name.
    pub fn invalid_argument(name: &str, path: String, problem: &[&str]) -> Self {
        ArgumentError::new(name, path, problem).into()
    }

    /// Creates the error for a payload that breaks rules; the message names the first issue of severity `error`.
    pub fn validation(name: &str, issues: Vec<Issue>) -> Self {
        let first_error = issues.iter().find(|issue| issue.severity == Severity::Error).cloned();
        let (path, rule) = first_error.map_or_else(Default::default, |issue| {
            (issue.path.clone(), [issue.code.as_str(), ": ", &issue.english_message()].concat())
        });
        let message = [&field_name(name, &path), " breaks the rule ", &rule, ". Nothing was sent."].concat();
        Error::new(ErrorKind::Validation, message).with_fields(|fields| {
            fields.issues = issues;
            fields.path = Some(path);
        })
    }

    /// The fields, without message and cause.
    pub fn fields(&self) -> &ErrorFields {
        &self.0.fields
    }

    /// What happened and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Appends a sentence to the message.
    pub fn with_sentence(self, sentence: &str) -> Self {
        self.change(|parts| parts.message.push_str(sentence))
    }

    /// Sets fields.
    pub fn with_fields(self, set: impl FnOnce(&mut ErrorFields)) -> Self {
        self.change(|parts| set(&mut parts.fields))
    }

    /// Sets the cause: what the platform or the page's code threw.
    pub fn with_cause(self, cause: Option<Cause>) -> Self {
        self.change(|parts| parts.cause = cause)
    }

    /// What the platform or the page's code threw.
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }

    /// Sets the endpoint and puts its name in front of the message, unless the error already has one.
    pub fn with_endpoint(self, endpoint: &str, attempts: u32) -> Self {
        self.change(|parts| {
            if parts.fields.endpoint.is_none() {
                parts.message = [endpoint, ": ", &parts.message].concat();
                parts.fields.endpoint = Some(endpoint.into());
                parts.fields.attempts = attempts;
            }
        })
    }

    /// Replaces the message.
    pub fn with_message(self, message: String) -> Self {
        self.change(|parts| parts.message = message)
    }

    fn change(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        if let Some(parts) = Rc::get_mut(&mut self.0) {
            change(parts);
        }
        self
    }
}

impl Members for Error {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.fields().write_members(out);
        if let Some(cause) = self.cause() {
            cause.0.write("causeJson", out);
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for Error {}

impl From<ArgumentError> for Error {
    fn from(ArgumentError { path, message }: ArgumentError) -> Self {
        Error::usage(message).with_fields(|fields| fields.path = Some(path))
    }
}

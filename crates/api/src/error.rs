//! What can go wrong, as data.

use omicall_issues::{ArgumentError, Issue, Severity, field_name};
use omicall_schema::output::{Members, OutputWriter, ToOutput};

omicall_schema::string_enum! {
    /// What kind of failure it is; decides what a page does about it.
    ///
    /// | kind | what happened | what helps |
    /// |---|---|---|
    /// | `validation` | the payload would be refused; nothing was sent | show `issues` beside the fields |
    /// | `usage` | the SDK was called in a way it cannot work | change the code that called it |
    /// | `auth` | no token, or the server refuses it | sign in again |
    /// | `api` | the server understood and said no | read `code` |
    /// | `http` | an HTTP status without an answer of the API, or a change that was redirected | try again later; see `retryable` |
    /// | `network` | no answer at all, or the browser may not see it (CORS) | check address and connection |
    /// | `timeout` | the deadline of the call passed | try again, or raise `timeoutMs` |
    /// | `aborted` | your `signal` ended the call | nothing |
    /// | `decode` | the answer is not what the API promises | report it with `path` |
    pub enum ErrorKind {
        /// The payload would be refused.
        Validation = "validation",
        /// No token, or a refused one.
        Auth = "auth",
        /// The server said no.
        Api = "api",
        /// An HTTP status without an answer of the API, or a change that was redirected.
        Http = "http",
        /// No answer.
        Network = "network",
        /// Too late.
        Timeout = "timeout",
        /// Ended by the caller.
        Aborted = "aborted",
        /// An answer of another form.
        Decode = "decode",
        /// A wrong call.
        Usage = "usage",
    }
}

omicall_schema::output! {
    /// What every `OmiCallError` tells beside its message. Nothing in it is ever a token, a key or a password.
    pub struct ErrorFields {
        /// What kind of failure it is.
        kind: ErrorKind,
        /// How many requests were sent for the call; `0` if it failed before the first one.
        attempts: u32,
        /// What is wrong with the payload, where `kind` is `"validation"`; otherwise empty.
        issues: Vec<Issue>,
        /// Whether the same call may succeed later without a change.
        retryable: bool,
    }
    optional {
        /// The vendor's own code, e.g. `"extension_invalid"`, where the server gave one.
        code: String = "string",
        /// The HTTP status of the last answer, e.g. `401`. The vendor sends most failures with `200`.
        status: u16 = "number",
        /// The envelope's own `status_code`: `9999` is success, `-9999` failure.
        statusCode: i32 = "number",
        /// Which server answered, as the envelope says. Worth quoting to the vendor's support.
        instanceId: String = "string",
        /// Method and path template, e.g. `"GET /api/call_center/internal_phone/list"`. Never a query.
        endpoint: String = "string",
        /// Where, as a JSON pointer: into the answer where `kind` is `"decode"`, into the argument where it is `"usage"` or `"validation"`.
        path: String = "string",
    }
}

/// What was thrown, and why. Its texts alone: the object itself may hold anything, a response with passwords included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The name of its class, e.g. `TypeError`.
    pub name: String,
    /// Its message; what was thrown instead of an error, as a string.
    pub message: String,
    /// The platform's code, e.g. `ECONNREFUSED`.
    pub code: Option<String>,
    /// Where it was thrown.
    pub stack: Option<String>,
    /// What led to it.
    pub cause: Option<Box<Cause>>,
}

impl Members for Cause {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        let Cause { name, message, code, stack, cause } = self;
        name.write("name", out);
        message.write("message", out);
        if let Some(code) = code {
            code.write("code", out);
        }
        if let Some(stack) = stack {
            stack.write("stack", out);
        }
        if let Some(cause) = cause {
            out.object("cause", &**cause);
        }
    }
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Error(Box<Parts>);

#[derive(Debug, Clone, PartialEq)]
struct Parts {
    message: String,
    fields: ErrorFields,
    cause: Option<Box<Cause>>,
}

impl Error {
    /// A failure of that kind; `message` says what happened and what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Parts {
            message: message.into(),
            fields: ErrorFields {
                kind,
                code: None,
                status: None,
                statusCode: None,
                instanceId: None,
                endpoint: None,
                attempts: 0,
                issues: Vec::new(),
                path: None,
                retryable: false,
            },
            cause: None,
        }))
    }

    /// A wrong call: `path` points into the argument.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage, message)
    }

    /// A wrong member of an argument; `words` follow its name in the message.
    pub fn invalid_argument(name: &str, path: String, problem: &[&str]) -> Self {
        ArgumentError::new(name, path, problem).into()
    }

    /// A payload that breaks rules: names the first error, for whoever reads the console.
    pub fn validation(name: &str, issues: Vec<Issue>) -> Self {
        let worst = issues.iter().find(|issue| issue.severity == Severity::Error).cloned();
        let (path, rule) = worst.map_or_else(Default::default, |issue| {
            (issue.path.clone(), [issue.code.as_str(), ": ", &issue.english_message()].concat())
        });
        let message = [&field_name(name, &path), " breaks the rule ", &rule, ". Nothing was sent."].concat();
        Error::new(ErrorKind::Validation, message).with_fields(|fields| {
            fields.issues = issues;
            fields.path = Some(path);
        })
    }

    /// Everything but the message and the cause.
    pub fn fields(&self) -> &ErrorFields {
        &self.0.fields
    }

    /// What happened and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// With one more sentence.
    pub fn with_sentence(mut self, sentence: &str) -> Self {
        self.0.message.push_str(sentence);
        self
    }

    /// With more of its fields.
    pub fn with_fields(mut self, set: impl FnOnce(&mut ErrorFields)) -> Self {
        set(&mut self.0.fields);
        self
    }

    /// With what the platform threw.
    pub fn with_cause(mut self, cause: Option<Box<Cause>>) -> Self {
        self.0.cause = cause;
        self
    }

    /// The error that led to it.
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_deref()
    }

    /// Without what the platform threw: it may quote an address that holds a key.
    pub fn without_cause(mut self) -> Self {
        self.0.cause = None;
        self
    }

    /// Names the endpoint in front of the message, unless the failure already belongs to one.
    pub fn with_endpoint(mut self, endpoint: &str, attempts: u32) -> Self {
        if self.0.fields.endpoint.is_none() {
            self.0.message = [endpoint, ": ", &self.0.message].concat();
            self.0.fields.endpoint = Some(endpoint.into());
            self.0.fields.attempts = attempts;
        }
        self
    }
}

impl Members for Error {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.fields().write_members(out);
        if let Some(cause) = self.cause() {
            out.object("cause", cause);
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

//! What can go wrong, as data ([`Failure`]) and as the JavaScript error that a page catches.

mod cause;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

pub use cause::Cause;

use super::to_js::to_js;
use omicall_issues::{ArgumentError, field_name};
use omicall_issues::{Issue, Severity};
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

/// What every `OmiCallError` tells beside its message. Nothing in it is ever a token, a key or a password.
#[derive(Debug, Clone, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ErrorFields {
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// The vendor's own code, e.g. `"extension_invalid"`, where the server gave one.
    #[tsify(optional)]
    pub code: Option<String>,
    /// The HTTP status of the last answer, e.g. `401`. The vendor sends most failures with `200`.
    #[tsify(optional)]
    pub status: Option<u16>,
    /// The envelope's own `status_code`: `9999` is success, `-9999` failure.
    #[tsify(optional)]
    pub status_code: Option<i32>,
    /// Which server answered, as the envelope says. Worth quoting to the vendor's support.
    #[tsify(optional)]
    pub instance_id: Option<String>,
    /// Method and path template, e.g. `"GET /api/call_center/internal_phone/list"`. Never a query.
    #[tsify(optional)]
    pub endpoint: Option<String>,
    /// How many requests were sent for the call; `0` if it failed before the first one.
    pub attempts: u32,
    /// What is wrong with the payload, where `kind` is `"validation"`; otherwise empty.
    pub issues: Vec<Issue>,
    /// Where, as a JSON pointer: into the answer where `kind` is `"decode"`, into the argument where it is `"usage"` or `"validation"`.
    #[tsify(optional)]
    pub path: Option<String>,
    /// Whether the same call may succeed later without a change.
    pub retryable: bool,
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * The one error that everything in this package throws or rejects with.
 *
 * @example
 * ```ts
 * try {
 *   await callCenter.phones.list();
 * } catch (error) {
 *   if (error instanceof OmiCallError && error.kind === "auth") signInAgain();
 *   else throw error;
 * }
 * ```
 */
export class OmiCallError extends Error {
    private constructor();
    /** Always `"OmiCallError"`, also in minified code. */
    readonly name: "OmiCallError";
    /**
     * What the platform, your `fetch` or your `getAccessToken` threw, or the reason of your `signal`. A copy, for the
     * object itself may hold anything, a response with passwords in it included.
     */
    readonly cause?: ErrorCause;
    /** For logs: `JSON.stringify` and what uses it get the message too. */
    toJSON(): Pick<Error, "name" | "message"> & ErrorFields;
}
export interface OmiCallError extends Readonly<ErrorFields> {}

/** A copy of what was thrown: its name, its message and its stack, no more than the beginning of long ones. */
export interface ErrorCause extends Error {
    /** The platform's code, e.g. `"ECONNREFUSED"` in Node. */
    readonly code?: string;
    /** What led to it, at most four levels deep. */
    readonly cause?: ErrorCause;
}
"#;

#[wasm_bindgen(module = "/src/client/error.js")]
extern "C" {
    /// The error class that pages see.
    #[wasm_bindgen(extends = js_sys::Error)]
    #[derive(Debug)]
    pub type OmiCallError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, fields: &JsValue) -> OmiCallError;
}

/// A failure on its way to JavaScript.
#[derive(Debug, Clone)]
pub struct Failure(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    message: String,
    fields: ErrorFields,
    cause: Option<Box<Cause>>,
}

impl Failure {
    /// A failure of that kind; `message` says what happened and what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Failure(Box::new(Parts {
            message: message.into(),
            fields: ErrorFields {
                kind,
                code: None,
                status: None,
                status_code: None,
                instance_id: None,
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
        Failure::new(ErrorKind::Usage, message)
    }

    /// What is wrong with a member of an argument, in words that follow its name.
    pub fn wrong(name: &str, pointer: String, words: &[&str]) -> Self {
        ArgumentError::new(name, pointer, words).into()
    }

    /// A payload that breaks rules: names the first error, for whoever reads the console.
    pub fn refused(name: &str, issues: Vec<Issue>) -> Self {
        let worst = issues.iter().find(|issue| issue.severity == Severity::Error).cloned();
        let (path, rule) = worst.map_or_else(Default::default, |issue| {
            (issue.path.clone(), [issue.code.as_str(), ": ", &issue.in_english()].concat())
        });
        let message = [&field_name(name, &path), " breaks the rule ", &rule, ". Nothing was sent."].concat();
        Failure::new(ErrorKind::Validation, message).with(|fields| {
            fields.issues = issues;
            fields.path = Some(path);
        })
    }

    /// What a page sees of it.
    pub fn fields(&self) -> &ErrorFields {
        &self.0.fields
    }

    /// Its sentence.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// With one more sentence.
    pub fn adding(mut self, sentence: &str) -> Self {
        self.0.message.push_str(sentence);
        self
    }

    /// With more of its fields.
    pub fn with(mut self, set: impl FnOnce(&mut ErrorFields)) -> Self {
        set(&mut self.0.fields);
        self
    }

    /// With what the platform threw.
    pub fn because(mut self, cause: Option<Box<Cause>>) -> Self {
        self.0.cause = cause;
        self
    }

    /// Without what the platform threw: it may quote an address that holds a key.
    pub fn without_cause(mut self) -> Self {
        self.0.cause = None;
        self
    }

    /// Names the endpoint in front of the message, unless the failure already belongs to one.
    pub fn at(mut self, endpoint: &str, attempts: u32) -> Self {
        if self.0.fields.endpoint.is_none() {
            self.0.message = [endpoint, ": ", &self.0.message].concat();
            self.0.fields.endpoint = Some(endpoint.into());
            self.0.fields.attempts = attempts;
        }
        self
    }
}

impl From<ArgumentError> for Failure {
    fn from(ArgumentError { path, message }: ArgumentError) -> Self {
        Failure::usage(message).with(|fields| fields.path = Some(path))
    }
}

/// The members of an error, as JavaScript sees them.
struct ErrorMembers<'e> {
    fields: &'e ErrorFields,
    cause: Option<&'e Cause>,
}

impl Members for ErrorMembers<'_> {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        let ErrorFields { kind, code, status, status_code, instance_id, endpoint, .. } = self.fields;
        kind.write("kind", out);
        write_some(code, "code", out);
        write_some(status, "status", out);
        write_some(status_code, "statusCode", out);
        write_some(instance_id, "instanceId", out);
        write_some(endpoint, "endpoint", out);
        self.fields.attempts.write("attempts", out);
        self.fields.issues.write("issues", out);
        write_some(&self.fields.path, "path", out);
        self.fields.retryable.write("retryable", out);
        if let Some(cause) = self.cause {
            out.object("cause", cause);
        }
    }
}

impl Members for Cause {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.name.write("name", out);
        self.message.write("message", out);
        write_some(&self.code, "code", out);
        write_some(&self.stack, "stack", out);
        if let Some(cause) = &self.cause {
            out.object("cause", &**cause);
        }
    }
}

fn write_some(value: &Option<impl ToOutput>, name: &str, out: &mut dyn OutputWriter) {
    if let Some(value) = value {
        value.write(name, out);
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let Parts { message, fields, cause } = &*failure.0;
        let members = ErrorMembers { fields, cause: cause.as_deref() };
        OmiCallError::new(message, &to_js(&members)).into()
    }
}

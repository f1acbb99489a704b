//! The way of one call: token, request, retries, answer, all within one deadline.

use js_sys::Promise;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{
    Client, argument,
    deadline::Deadline,
    decode::{self, Answer},
    error::{ErrorKind, Failure},
    exchange::{self, Form, Line, Received, promise},
    hooks::{self, Attempt, tell},
    options::{CallOptions, Credentials, ResponseValidation},
    retry::{self, Allowance, Outcome},
    to_js::to_js,
};
use crate::checks::Check;
use omicall_api::{
    endpoint::{Endpoint, HttpMethod},
    request::Request,
};
use omicall_checks::tenant::Tenant;
use omicall_issues::Report;
use omicall_schema::draft::Value;
use omicall_schema::json::{escape::escape_non_ascii, pointer::JsonPath, validate::SchemaMismatch};
use omicall_schema::{HasSchema, Schema};

omicall_schema::output! {
    /// A place where a response is not what TypeScript promises. Has kinds, never values.
    pub struct Drift<'d> {
        /// Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
        endpoint: &'d str,
        /// Where in the response, as a JSON pointer, e.g. `"/payload/items/3/email"`.
        path: &'d str,
        /// What TypeScript promises, e.g. `"a string"`.
        expected: &'d str,
        /// What kind of value came.
        found: &'static str = "\"string\" | \"number\" | \"boolean\" | \"null\" | \"array\" | \"object\" | \"missing\"",
    }
}

#[wasm_bindgen]
extern "C" {
    // Some test set-ups make it throw.
    #[wasm_bindgen(catch, js_namespace = console)]
    fn warn(message: &str) -> Result<(), JsValue>;
}

/// Why a call may end before anything was sent.
const WAITED_FOR_TOKEN: &str = " It was still waiting for an access token.";

/// Nobody knows what became of a change whose answer did not come.
const MAY_BE_DONE: &str = " The change may have been made all the same: look before you repeat it.";

/// How often a call has tried, over all its tokens.
#[derive(Debug)]
pub struct Tries {
    /// How many requests were sent.
    pub sent: u32,
    /// How many times it may still try again after trouble that passes.
    retries_left: u32,
    /// How many times it did.
    retried: u32,
}

impl Tries {
    /// A call that may try again so many times.
    pub fn new(retries: u32) -> Self {
        Tries { sent: 0, retries_left: retries, retried: 0 }
    }
}

/// What a method was called with, besides its options.
#[derive(Debug, Default)]
pub struct Arguments {
    id: Option<JsValue>,
    value: Option<JsValue>,
    check: Option<Check>,
}

impl Arguments {
    /// The argument that the endpoint declares.
    pub fn new(value: impl IntoArgument) -> Self {
        Arguments { value: value.into_argument(), ..Arguments::default() }
    }

    /// The same, as a plain value.
    pub fn of_value(value: JsValue) -> Self {
        Arguments { value: Some(value), ..Arguments::default() }
    }

    /// The id of the record that the call is about.
    pub fn id(mut self, id: JsValue) -> Self {
        self.id = Some(id);
        self
    }

    /// The rules that the argument must keep.
    pub fn check(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }
}

/// An argument as wasm-bindgen passes it.
pub trait IntoArgument {
    /// The value; `None` if it was left out.
    fn into_argument(self) -> Option<JsValue>;
}

impl<T> IntoArgument for Ts<T>
where
    T: Tsify,
    JsValue: From<Ts<T>>,
{
    fn into_argument(self) -> Option<JsValue> {
        Some(self.into())
    }
}

impl<T> IntoArgument for Option<Ts<T>>
where
    T: Tsify,
    JsValue: From<Ts<T>>,
{
    fn into_argument(self) -> Option<JsValue> {
        self.map(JsValue::from)
    }
}

impl Client {
    /// One call of the API: the promise settles with the payload of the response.
    pub fn call(
        &self,
        endpoint: &'static Endpoint,
        arguments: Arguments,
        options: Option<Ts<CallOptions>>,
    ) -> Promise {
        let built = self
            .read_options(options)
            .and_then(|options| Ok((self.build_request(endpoint, arguments, &options)?, options)));
        let built = built.map_err(|failure| failure.at(&endpoint.label(), 0));
        let client = self.clone();
        promise(async move {
            let (request, options) = built?;
            Ok(client.fetch(&request, None, &options).await?)
        })
    }

    /// Reads and checks the arguments of a call. Nothing is read of them afterwards.
    pub fn build_request(
        &self,
        endpoint: &'static Endpoint,
        arguments: Arguments,
        options: &CallOptions,
    ) -> Result<Request, Failure> {
        let language = self.settings.language;
        let Arguments { id, value, check } = arguments;
        let mut request = Request::new(endpoint);
        let id = id.map(|id| argument::id(&id, language)).transpose()?;
        if let Some(id) = &id {
            request = request.id(id);
        }
        let Some((name, schema)) = endpoint.argument else { return Ok(request) };
        if let (Some(check), Some(value)) = (check, &value) {
            let own_id = id.as_ref().map_or(Value::Absent, |id| Value::Text(id.as_str()));
            self.check(name, check, value, own_id, options)?;
        }
        let value = argument::checked(name, value, schema, language)?;
        let unreadable = |cause| argument::unreadable(name, &JsonPath::Root, cause);
        request = request.query(|field| argument::text_of(&value, field)).map_err(unreadable)?;
        if let Some(body) = endpoint.body {
            request = request.json(argument::json_of(&value, body).map_err(unreadable)?);
        }
        Ok(request)
    }

    /// Refuses a payload that breaks a rule, unless the page does not want that, and tells what is doubtful in it.
    pub fn check(
        &self,
        name: &str,
        check: Check,
        value: &JsValue,
        id: Value<'_>,
        options: &CallOptions,
    ) -> Result<(), Failure> {
        if !self.validates(options) {
            return Ok(());
        }
        let context =
            Tenant { language: Value::Text(self.settings.language.as_str()), id, ..Tenant::default() };
        self.report_issues(name, check(value, &context)?)
    }

    /// Refuses what has an error in it, and tells of everything else.
    pub fn report_issues(&self, name: &str, report: Report) -> Result<(), Failure> {
        if !report.ok {
            return Err(Failure::refused(name, report.issues));
        }
        if let Some(hook) = &self.settings.hooks.on_issue {
            report.issues.iter().for_each(|issue| tell(hook, &to_js(issue)));
        }
        Ok(())
    }

    /// Whether a call checks what it is to send.
    pub fn validates(&self, options: &CallOptions) -> bool {
        options.validation.unwrap_or(self.settings.validation)
    }

    /// Reads the options of one call.
    pub fn read_options(&self, options: Option<Ts<CallOptions>>) -> Result<CallOptions, Failure> {
        let options = options.map(JsValue::from);
        let checked = argument::checked("options", options, &CallOptions::SCHEMA, self.settings.language)?;
        Ok(CallOptions::of(&checked))
    }

    /// Sends a request with the client's token, and once more where the server no longer takes the token.
    pub async fn fetch(
        &self,
        request: &Request,
        form: Option<&Form>,
        options: &CallOptions,
    ) -> Result<JsValue, Failure> {
        let mut tries = Tries::new(options.maxRetries.map_or(self.settings.max_retries, |whole| whole.0));
        let outcome = self.fetch_with(request, form, options, &mut tries).await;
        outcome.map_err(|failure| failure.at(&request.endpoint.label(), tries.sent))
    }

    async fn fetch_with(
        &self,
        request: &Request,
        form: Option<&Form>,
        options: &CallOptions,
        tries: &mut Tries,
    ) -> Result<JsValue, Failure> {
        let timeout_ms = options.timeoutMs.map_or(self.settings.timeout_ms, |whole| whole.0);
        let deadline = Deadline::start(timeout_ms, options.signal.as_ref().map(|signal| &signal.0))?;
        let mut replayed = false;
        loop {
            let token = deadline.race(self.token()).await;
            let token = token.map_err(|stop| deadline.failure(stop).adding(WAITED_FOR_TOKEN))??;
            let outcome = self.deliver(request, form, Some(&token), &deadline, tries).await;
            match outcome {
                Err(failure) if failure.fields().status == Some(401) => {
                    self.forget_token(&token);
                    if replayed || !self.can_refresh() {
                        return Err(failure);
                    }
                    replayed = true;
                    hooks::emit_retry(&self.settings.hooks, request.endpoint, tries.sent, Some(401), 0.0);
                }
                outcome => return outcome,
            }
        }
    }

    /// Sends a request, and again after trouble that passes by itself, until the deadline.
    pub async fn deliver(
        &self,
        request: &Request,
        form: Option<&Form>,
        token: Option<&str>,
        deadline: &Deadline,
        tries: &mut Tries,
    ) -> Result<JsValue, Failure> {
        let label = request.endpoint.label();
        let method = request.endpoint.method;
        loop {
            let line =
                Line { base_url: &self.settings.base_url, fetch: self.settings.fetch.as_ref(), deadline };
            tries.sent = tries.sent.saturating_add(1);
            let attempt = Attempt::start(&self.settings.hooks, request.endpoint, tries.sent);
            let sent = line.exchange(request, form, token).await;
            let sent = sent.map_err(|stop| unsure(deadline.failure(stop), method).at(&label, tries.sent))?;
            if let Ok(received) = &sent {
                attempt.responded(received.status);
            }
            let (outcome, asked_ms, failure) = match sent {
                Ok(received) => match self.open(&received, request.endpoint.response, &label, token) {
                    Ok(payload) => return Ok(payload),
                    Err(failure) if received.status == 401 => {
                        return Err(refused_token(&failure, token).at(&label, tries.sent));
                    }
                    Err(failure) => {
                        let now_ms = js_sys::Date::now();
                        let asked_ms = retry::asked_ms(&received.retry_after, now_ms, js_sys::Date::parse);
                        (Outcome::Status(received.status), asked_ms, failure)
                    }
                },
                Err(failure) if failure.fields().kind == ErrorKind::Network => {
                    // The address of the sign-in holds the key, and a page's own `fetch` may quote it.
                    let failure = if token.is_none() { failure.without_cause() } else { failure };
                    (Outcome::Network, None, failure)
                }
                Err(failure) => return Err(failure.at(&label, tries.sent)),
            };
            let failure = failure.at(&label, tries.sent);
            // Nobody knows what became of a change whose answer is missing, of no use, or tells of trouble on the way.
            let again = retry::may_repeat(method, outcome);
            let lost = outcome == Outcome::Network
                || failure.fields().kind == ErrorKind::Decode
                || (failure.fields().retryable && !again);
            let failure = if lost { unsure(failure, method) } else { failure };
            let may =
                Allowance { retried: tries.retried, left: tries.retries_left, left_ms: deadline.left_ms() };
            let Some(wait_ms) = retry::next(method, outcome, may, asked_ms, js_sys::Math::random()) else {
                return Err(failure);
            };
            tries.retries_left = tries.retries_left.saturating_sub(1);
            tries.retried = tries.retried.saturating_add(1);
            attempt.will_retry(failure.fields().status, wait_ms);
            let paused = deadline.settled(deadline.pause(wait_ms)).await;
            if let Err(stop) = paused {
                return Err(deadline.failure(stop).at(&label, tries.sent));
            }
        }
    }

    /// From an answer to the payload as a JavaScript value.
    fn open(
        &self,
        received: &Received,
        schema: &Schema,
        label: &str,
        token: Option<&str>,
    ) -> Result<JsValue, Failure> {
        let Received { status, content_type, body, .. } = received;
        let secrets = [token.unwrap_or_default(), self.secret()];
        let payload =
            decode::open(&Answer { status: *status, content_type, body, secrets: &secrets }, schema)?;
        if let Some(first) = payload.mismatches.first() {
            match self.settings.response_validation {
                ResponseValidation::Error => {
                    let others = payload.mismatches.len().saturating_sub(1);
                    return Err(decode::drifted(first, others).with(|fields| fields.status = Some(*status)));
                }
                ResponseValidation::Warn => self.tell_drift(&payload.mismatches, label),
                ResponseValidation::Off => {}
            }
        }
        let ascii = escape_non_ascii(body);
        exchange::payload_of(ascii.as_ref().unwrap_or(body)).map_err(|_| {
            // The engine's own error quotes the text, which may hold passwords: it is not passed on.
            Failure::new(ErrorKind::Decode, "the engine could not parse the answer.")
        })
    }

    fn tell_drift(&self, mismatches: &[SchemaMismatch], label: &str) {
        for SchemaMismatch { path, expected, found, .. } in mismatches {
            match &self.settings.on_drift {
                Some(callback) => {
                    tell(callback, &to_js(&Drift { endpoint: label, path, expected, found }));
                }
                None => {
                    // The same drift in every record, on every page, is told once.
                    let without_digits: String = path.chars().filter(|c| !c.is_ascii_digit()).collect();
                    let kind = [label, " ", &without_digits].concat();
                    if self.warned.borrow().contains(&kind) {
                        continue;
                    }
                    self.warned.borrow_mut().push(kind);
                    let words = [
                        "omicall-call-center: ",
                        label,
                        " answered with ",
                        path,
                        " of kind ",
                        found,
                        " where the types promise ",
                        expected,
                        ". Pass `onDrift` to handle this yourself.",
                    ];
                    let _ = warn(&words.concat());
                }
            }
        }
    }

    /// What the page signs in with.
    fn secret(&self) -> &str {
        match &self.settings.credentials {
            Credentials::AccessToken(secret) | Credentials::ApiKey(secret) => secret,
            Credentials::GetAccessToken(_) => "",
        }
    }
}

/// Whether the server did what was asked is not known. What only reads may simply be asked again.
fn unsure(failure: Failure, method: HttpMethod) -> Failure {
    if method == HttpMethod::Get {
        return failure;
    }
    failure.adding(MAY_BE_DONE).with(|fields| fields.retryable = false)
}

/// HTTP 401, with what the server says of it.
fn refused_token(said: &Failure, token: Option<&str>) -> Failure {
    let mut message = String::from(match token {
        Some(_) => {
            "the server refused the access token (HTTP 401). It is wrong or has expired: sign in again, or get another one."
        }
        None => "the server refused the API key (HTTP 401). Check `auth.apiKey`.",
    });
    if let Some(code) = &said.fields().code {
        message.push_str(&[" It says: ", code, "."].concat());
    }
    Failure::new(ErrorKind::Auth, message).with(|fields| {
        let kind = fields.kind;
        *fields = said.fields().clone();
        fields.kind = kind;
        fields.path = None;
        fields.retryable = false;
    })
}

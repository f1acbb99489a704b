//! The way of one call: token, request, retries, answer, all within one deadline.

use js_sys::Promise;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{
    Client,
    argument::{self, Argument, JsonArgument},
    deadline::Deadline,
    decode::{self, Answer},
    error::{ErrorKind, Failure},
    exchange::{self, Line, Received, promise},
    hooks::{self, Try, tell},
    options::{CallOptions, Credentials, ResponseValidation},
    request::{Endpoint, Method, Request},
    retry::{self, Outcome},
    scan::Mismatch,
};
use crate::{
    shape::{Shape, Shaped},
    validate::Language,
};

/// A place where an answer is not what TypeScript promises. Tells kinds, never values.
#[derive(Debug, Serialize, Tsify)]
pub struct Drift {
    /// Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
    pub endpoint: String,
    /// Where in the answer, as a JSON pointer, e.g. `"/payload/items/3/email"`.
    pub path: String,
    /// What TypeScript promises, e.g. `"a string"`.
    pub expected: String,
    /// What kind of thing came.
    #[tsify(
        type = "\"string\" | \"number\" | \"boolean\" | \"null\" | \"array\" | \"object\" | \"missing\""
    )]
    pub found: &'static str,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn warn(message: &str);
}

/// Nobody knows what became of a change whose answer did not come.
const MAY_BE_DONE: &str = " The change may have been made all the same: look before you repeat it.";

/// The payload of a successful call.
#[derive(Debug)]
pub struct Fetched {
    /// As the server sent it.
    pub payload: JsValue,
    /// How many requests it took.
    pub attempts: u32,
}

impl Client {
    /// One call, from a family's method: reads the argument, lets `fill` put it into the request, and settles the
    /// promise with the payload.
    pub fn call<T, Q>(
        &self,
        endpoint: &'static Endpoint,
        query: Option<Ts<Q>>,
        options: Option<Ts<CallOptions>>,
        fill: fn(&Q, Request) -> Request,
    ) -> Promise
    where
        T: Shaped,
        Q: Tsify + Argument + Shaped,
        Q::JsType: JsCast,
    {
        let read = self.must_be_open().and_then(|()| self.read_query(query));
        self.start(endpoint, &T::SHAPE, options, read.map(|query| fill(&query, Request::new(endpoint))))
    }

    /// One call of another kind: `build` reads the arguments into the request, and the promise settles with the
    /// payload.
    pub fn send(
        &self,
        endpoint: &'static Endpoint,
        shape: &'static Shape,
        options: Option<Ts<CallOptions>>,
        build: impl FnOnce(Request, Language) -> Result<Request, Failure>,
    ) -> Promise {
        let built = self.must_be_open().and_then(|()| build(Request::new(endpoint), self.settings.language));
        self.start(endpoint, shape, options, built)
    }

    /// One call with a JSON body, for the record of an id or for none.
    pub fn send_json(
        &self,
        endpoint: &'static Endpoint,
        shape: &'static Shape,
        options: Option<Ts<CallOptions>>,
        id: Option<&JsValue>,
        body: JsonArgument,
    ) -> Promise {
        self.send(endpoint, shape, options, |mut request, language| {
            if let Some(id) = id {
                request = request.id(&argument::id(id, language)?);
            }
            Ok(request.json(argument::json(body, language)?))
        })
    }

    /// One call that deletes the record of an id.
    pub fn delete(
        &self,
        endpoint: &'static Endpoint,
        id: &JsValue,
        options: Option<Ts<CallOptions>>,
    ) -> Promise {
        self.send(endpoint, &Shape::Any, options, |request, language| {
            Ok(request.id(&argument::id(id, language)?))
        })
    }

    fn start(
        &self,
        endpoint: &'static Endpoint,
        shape: &'static Shape,
        options: Option<Ts<CallOptions>>,
        built: Result<Request, Failure>,
    ) -> Promise {
        let read = built.and_then(|request| Ok((request, self.read_options(options)?)));
        let read = read.map_err(|failure| failure.at(&endpoint.label(), 0));
        let client = self.clone();
        promise(async move {
            let (request, options) = read?;
            Ok(client.fetch(&request, shape, &options).await?.payload)
        })
    }

    /// Reads what a list or a look-up is asked for.
    pub fn read_query<Q>(&self, query: Option<Ts<Q>>) -> Result<Q, Failure>
    where
        Q: Tsify + Argument + Shaped,
        Q::JsType: JsCast,
    {
        argument::read("query", query, self.settings.language)
    }

    /// Reads the options of one call.
    pub fn read_options(&self, options: Option<Ts<CallOptions>>) -> Result<CallOptions, Failure> {
        argument::read("options", options, self.settings.language)
    }

    /// Sends a request with the client's token, and once more where the server no longer takes the token.
    pub async fn fetch(
        &self,
        request: &Request,
        shape: &Shape,
        options: &CallOptions,
    ) -> Result<Fetched, Failure> {
        let label = request.endpoint.label();
        let run = async {
            let timeout_ms = options.timeoutMs.map_or(self.settings.timeout_ms, |whole| whole.0);
            let retries = options.maxRetries.map_or(self.settings.max_retries, |whole| whole.0);
            let deadline = Deadline::start(timeout_ms, options.signal.as_ref().map(|signal| &signal.0))?;
            let mut replayed = false;
            loop {
                let token = deadline.race(self.token()).await.map_err(|stop| deadline.failure(stop))??;
                let outcome = self.deliver(request, shape, Some(&token), &deadline, retries).await;
                match outcome {
                    Err(failure) if failure.fields().status == Some(401) => {
                        self.forget_token(&token);
                        if replayed || !self.can_refresh() {
                            return Err(failure);
                        }
                        replayed = true;
                        let attempt = failure.fields().attempts;
                        hooks::retried(&self.settings.hooks, request.endpoint, attempt, Some(401), 0.0);
                    }
                    outcome => return outcome,
                }
            }
        };
        run.await.map_err(|failure: Failure| failure.at(&label, 0))
    }

    /// Sends a request, and again after trouble that passes by itself, until the deadline.
    pub async fn deliver(
        &self,
        request: &Request,
        shape: &Shape,
        token: Option<&str>,
        deadline: &Deadline,
        retries: u32,
    ) -> Result<Fetched, Failure> {
        let label = request.endpoint.label();
        let mut attempts: u32 = 0;
        loop {
            let line = Line {
                base_url: &self.settings.base_url,
                fetch: self.settings.fetch.as_ref(),
                signal: deadline.fetch_signal(),
            };
            attempts = attempts.saturating_add(1);
            let this_try = Try::begin(&self.settings, request.endpoint, attempts);
            let sent = deadline.race(exchange::exchange(line, request, token)).await;
            let sent = sent.map_err(|stop| unsure(request, deadline.failure(stop)).at(&label, attempts))?;
            if let Ok(received) = &sent {
                this_try.answered(received.status);
            }
            let (outcome, asked_ms, failure) = match sent {
                Ok(received) if received.status == 401 => return Err(refused_token().at(&label, attempts)),
                Ok(received) => match self.open(&received, shape, &label, token) {
                    Ok(payload) => return Ok(Fetched { payload, attempts }),
                    Err(failure) => {
                        let asked_ms =
                            retry::asked_ms(&received.retry_after, js_sys::Date::now(), js_sys::Date::parse);
                        (Outcome::Status(received.status), asked_ms, failure)
                    }
                },
                Err(failure) if failure.fields().kind == ErrorKind::Network => {
                    (Outcome::Network, None, unsure(request, failure))
                }
                Err(failure) => return Err(failure.at(&label, attempts)),
            };
            let failure = failure.at(&label, attempts);
            if attempts > retries || !retry::may_repeat(request.endpoint.method, outcome) {
                return Err(failure);
            }
            let wait_ms = retry::wait_ms(attempts.saturating_sub(1), asked_ms, js_sys::Math::random());
            if wait_ms >= deadline.left_ms() {
                return Err(failure);
            }
            this_try.again(failure.fields().status, wait_ms);
            let wait = gloo_timers::future::TimeoutFuture::new(wait_ms as u32);
            deadline.race(wait).await.map_err(|stop| deadline.failure(stop).at(&label, attempts))?;
        }
    }

    /// From an answer to the payload as a JavaScript value.
    fn open(
        &self,
        received: &Received,
        shape: &Shape,
        label: &str,
        token: Option<&str>,
    ) -> Result<JsValue, Failure> {
        let Received { status, content_type, body, .. } = received;
        let secrets = [token.unwrap_or_default(), self.secret()];
        let payload =
            decode::open(&Answer { status: *status, content_type, body, secrets: &secrets }, shape)?;
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
        exchange::payload_of(body).map_err(|_| {
            // The engine's own error quotes the text, which may hold passwords: it is not passed on.
            Failure::new(ErrorKind::Decode, "the engine could not parse the answer.")
        })
    }

    fn tell_drift(&self, mismatches: &[Mismatch], label: &str) {
        for Mismatch { path, expected, found, .. } in mismatches {
            match &self.settings.on_drift {
                Some(callback) => {
                    let drift = Drift {
                        endpoint: label.into(),
                        path: path.clone(),
                        expected: expected.clone(),
                        found,
                    };
                    tell(callback, &drift);
                }
                None => {
                    // The same drift in every record, on every page, is told once.
                    let kind = [label, " ", &path.replace(|digit: char| digit.is_ascii_digit(), "")].concat();
                    let mut warned = self.warned.borrow_mut();
                    if !warned.contains(&kind) {
                        warned.push(kind);
                        warn(
                            &[
                                "omicall-call-center: ",
                                label,
                                " answered with ",
                                path,
                                " of kind ",
                                found,
                                " where the types promise ",
                                expected,
                                ". Pass `onDrift` to handle this yourself.",
                            ]
                            .concat(),
                        );
                    }
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

/// A failure that leaves open whether a change was made says so.
fn unsure(request: &Request, failure: Failure) -> Failure {
    if request.endpoint.method == Method::Get { failure } else { failure.adding(MAY_BE_DONE) }
}

fn refused_token() -> Failure {
    Failure::new(
        ErrorKind::Auth,
        "the server refused the access token (HTTP 401). It is wrong or has expired: sign in again, or get another one.",
    )
    .with(|fields| fields.status = Some(401))
}

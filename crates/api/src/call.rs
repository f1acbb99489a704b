//! The course of one call as a state machine: which request is sent, when it is sent again, and how the call ends.
//!
//! [`Call::start`] and [`Call::handle`] return a [`Step`]: what to tell the page, and what to do [`Next`]. Whoever performs
//! it passes the outcome back as an [`Event`]. Clock and dice come in as values, so the tests run in virtual time.
//!
//! ```text
//! start → GetToken → Send → Done
//!            ↑         ├→ Wait → Send          (retries, until the deadline)
//!            └─────────┘                       (one replay after a 401)
//! ```

use omicall_schema::{compact::usize_to_string, json::validate::SchemaMismatch};

use crate::{
    endpoint::{Endpoint, HttpMethod},
    error::{Cause, Error, ErrorKind},
    fetch_failure::FetchFailure,
    response::{self, RawResponse, parse_response},
    retry::{self, Allowance, Outcome},
};

/// Added to an error that came while the call waited for a token.
const WAITED_FOR_TOKEN: &str = " It was still waiting for an access token.";

/// Added to the error of a change whose response is lost: nobody knows whether it was made.
const MAY_BE_DONE: &str = " The change may have been made all the same: look before you repeat it.";

/// What decides the course of a call.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// How the call signs in.
    pub auth: Auth,
    /// How often a request is sent again after trouble that passes by itself.
    pub max_retries: u32,
    /// How long the call may take in all, in milliseconds.
    pub timeout_ms: u32,
    /// Whether a payload that does not match its schema is an error.
    pub strict: bool,
}

/// How a call signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// With an access token that can be replaced by another one.
    RefreshableToken,
    /// With the one access token there is.
    FixedToken,
    /// It is the sign-in itself, which gets a token for an API key.
    SignIn,
}

/// What happened.
#[derive(Debug)]
pub enum Event<'r> {
    /// The token is there, or the error that explains why there is none.
    Token(Result<(), Error>),
    /// A response came and was read to its end.
    Response {
        /// The response.
        response: RawResponse<'r>,
        /// How long the server asks to wait before the next attempt, in milliseconds.
        retry_after_ms: Option<f64>,
    },
    /// No complete response came.
    Failed(FetchFailure),
    /// The wait is over.
    Waited,
    /// The call was ended from outside, whatever it was waiting for.
    Ended(Ended),
}

/// Why a call was ended from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The page's signal aborted, for this reason.
    Aborted(Option<Box<Cause>>),
    /// The deadline passed.
    TimedOut,
}

/// What to tell the page, and what to do next.
#[derive(Debug)]
pub struct Step {
    /// Tell these, in order, before the next action.
    pub notify: Vec<Notification>,
    /// Do this.
    pub next: Next,
}

/// The next action.
#[derive(Debug)]
pub enum Next {
    /// Get a token, then pass [`Event::Token`].
    GetToken,
    /// Send the request, then pass [`Event::Response`] or [`Event::Failed`].
    Send,
    /// Wait, then pass [`Event::Waited`].
    Wait {
        /// How long, in milliseconds.
        ms: f64,
    },
    /// Nothing: the call is over. A payload may differ from what was promised in these places.
    Done(Result<Vec<SchemaMismatch>, Error>),
}

/// Something that the page, or the token store, is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Notification {
    /// A request is about to be sent.
    Request {
        /// Which attempt it is, from 1.
        attempt: u32,
    },
    /// A response came.
    Response {
        /// Which attempt it was, from 1.
        attempt: u32,
        /// Its HTTP status.
        status: u16,
        /// How long the request and its response took, in milliseconds.
        elapsed_ms: f64,
    },
    /// There will be another attempt.
    Retry {
        /// Which attempt failed, from 1.
        attempt: u32,
        /// The HTTP status of its response; `None` if there was none.
        status: Option<u16>,
        /// How long the call waits before the next attempt, in milliseconds.
        wait_ms: f64,
    },
    /// The server refused the token.
    TokenRefused,
}

/// What the call is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Token,
    Response,
    Retry,
}

/// One call under way.
#[derive(Debug)]
pub struct Call {
    endpoint: &'static Endpoint,
    policy: Policy,
    ends_at_ms: f64,
    state: State,
    /// How many requests were sent.
    attempts: u32,
    sent_at_ms: f64,
    /// How many retries there were.
    retried: u32,
    /// Whether the request was sent again with another token.
    replayed: bool,
}

impl Call {
    /// A call that begins now.
    pub fn new(endpoint: &'static Endpoint, policy: Policy, now_ms: f64) -> Self {
        Call {
            endpoint,
            policy,
            ends_at_ms: now_ms + f64::from(policy.timeout_ms),
            state: State::Token,
            attempts: 0,
            sent_at_ms: now_ms,
            retried: 0,
            replayed: false,
        }
    }

    /// What is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// How many requests were sent so far.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The first step.
    pub fn start(&mut self, now_ms: f64) -> Step {
        match self.policy.auth {
            Auth::SignIn => self.send(Vec::new(), now_ms),
            Auth::RefreshableToken | Auth::FixedToken => Step { notify: Vec::new(), next: Next::GetToken },
        }
    }

    /// The step after an event. `dice` is a random number from 0 to 1, which spreads the retries of many pages.
    pub fn handle(&mut self, event: Event<'_>, now_ms: f64, dice: f64) -> Step {
        match event {
            Event::Token(Ok(())) | Event::Waited => self.send(Vec::new(), now_ms),
            Event::Token(Err(error)) => self.fail(Vec::new(), error),
            Event::Response { response, retry_after_ms } => {
                let attempt = self.attempts;
                let elapsed_ms = now_ms - self.sent_at_ms;
                let notify = vec![Notification::Response { attempt, status: response.status, elapsed_ms }];
                match self.read(&response) {
                    Ok(mismatches) => Step { notify, next: Next::Done(Ok(mismatches)) },
                    Err(error) if response.status == 401 => self.refused(notify, &error),
                    Err(error) => {
                        let outcome = Outcome::Status(response.status);
                        self.retry_or_fail(notify, outcome, error, retry_after_ms, now_ms, dice)
                    }
                }
            }
            Event::Failed(failure) if failure.is_network() => {
                let error = failure.into_error();
                // The address of the sign-in holds the key, and a page's own `fetch` may quote it.
                let error = if self.policy.auth == Auth::SignIn { error.without_cause() } else { error };
                self.retry_or_fail(Vec::new(), Outcome::Network, error, None, now_ms, dice)
            }
            Event::Failed(failure) => self.fail(Vec::new(), failure.into_error()),
            Event::Ended(ended) => {
                let error = ended_error(ended, self.policy.timeout_ms);
                let error = match self.state {
                    State::Token => error.with_sentence(WAITED_FOR_TOKEN),
                    State::Response => self.may_be_done(error),
                    State::Retry => error,
                };
                self.fail(Vec::new(), error)
            }
        }
    }

    /// The error of a response that the validator passed and the engine could not parse.
    pub fn unparsable(&self) -> Error {
        // The engine's own error quotes the text, which may hold passwords: it is not passed on.
        let error = Error::new(ErrorKind::Decode, "the engine could not parse the answer.");
        self.may_be_done(error).with_endpoint(&self.endpoint.label(), self.attempts)
    }

    fn send(&mut self, mut notify: Vec<Notification>, now_ms: f64) -> Step {
        self.state = State::Response;
        self.attempts = self.attempts.saturating_add(1);
        self.sent_at_ms = now_ms;
        notify.push(Notification::Request { attempt: self.attempts });
        Step { notify, next: Next::Send }
    }

    fn fail(&self, notify: Vec<Notification>, error: Error) -> Step {
        Step { notify, next: Next::Done(Err(error.with_endpoint(&self.endpoint.label(), self.attempts))) }
    }

    fn read(&self, response: &RawResponse<'_>) -> Result<Vec<SchemaMismatch>, Error> {
        let payload = parse_response(response, self.endpoint.response)?;
        match payload.mismatches.split_first() {
            Some((first, others)) if self.policy.strict => Err(response::mismatch_error(first, others.len())
                .with_fields(|fields| fields.status = Some(response.status))),
            _ => Ok(payload.mismatches),
        }
    }

    /// HTTP 401: once, the request is sent again with another token.
    fn refused(&mut self, mut notify: Vec<Notification>, said: &Error) -> Step {
        let error = refused_error(said, self.policy.auth);
        if self.policy.auth == Auth::SignIn {
            return self.fail(notify, error);
        }
        notify.push(Notification::TokenRefused);
        if self.replayed || self.policy.auth != Auth::RefreshableToken {
            return self.fail(notify, error);
        }
        self.replayed = true;
        self.state = State::Token;
        notify.push(Notification::Retry { attempt: self.attempts, status: Some(401), wait_ms: 0.0 });
        Step { notify, next: Next::GetToken }
    }

    fn retry_or_fail(
        &mut self,
        mut notify: Vec<Notification>,
        outcome: Outcome,
        error: Error,
        retry_after_ms: Option<f64>,
        now_ms: f64,
        dice: f64,
    ) -> Step {
        let method = self.endpoint.method;
        let allowance = Allowance {
            retried: self.retried,
            left: self.policy.max_retries.saturating_sub(self.retried),
            left_ms: self.ends_at_ms - now_ms,
        };
        match retry::next(method, outcome, allowance, retry_after_ms, dice) {
            Some(wait_ms) => {
                let status = error.fields().status;
                notify.push(Notification::Retry { attempt: self.attempts, status, wait_ms });
                self.retried = self.retried.saturating_add(1);
                self.state = State::Retry;
                Step { notify, next: Next::Wait { ms: wait_ms } }
            }
            None => {
                // The response is missing, of no use, or tells of trouble on the way.
                let is_lost = outcome == Outcome::Network
                    || error.fields().kind == ErrorKind::Decode
                    || (error.fields().retryable && !retry::may_repeat(method, outcome));
                let error = if is_lost { self.may_be_done(error) } else { error };
                self.fail(notify, error)
            }
        }
    }

    /// A change whose response is lost may have been made. What only reads may simply be asked again.
    fn may_be_done(&self, error: Error) -> Error {
        match self.endpoint.method {
            HttpMethod::Get => error,
            _ => error.with_sentence(MAY_BE_DONE).with_fields(|fields| fields.retryable = false),
        }
    }
}

/// The error of something that was ended by its signal or its deadline.
pub fn ended_error(ended: Ended, timeout_ms: u32) -> Error {
    match ended {
        Ended::Aborted(reason) => {
            Error::new(ErrorKind::Aborted, "the call was aborted by its signal.").with_cause(reason)
        }
        Ended::TimedOut => {
            let message = [
                "no complete answer within ",
                &usize_to_string(timeout_ms as usize),
                " ms. Try again, or allow more time with `timeoutMs`.",
            ];
            Error::new(ErrorKind::Timeout, message.concat()).with_fields(|fields| fields.retryable = true)
        }
    }
}

/// The error of a 401, with what the server says of it.
fn refused_error(said: &Error, auth: Auth) -> Error {
    let mut message = String::from(match auth {
        Auth::SignIn => "the server refused the API key (HTTP 401). Check `auth.apiKey`.",
        Auth::RefreshableToken | Auth::FixedToken => {
            "the server refused the access token (HTTP 401). It is wrong or has expired: sign in again, or get another one."
        }
    });
    if let Some(code) = &said.fields().code {
        message.push_str(&[" It says: ", code, "."].concat());
    }
    Error::new(ErrorKind::Auth, message).with_fields(|fields| {
        let kind = fields.kind;
        *fields = said.fields().clone();
        fields.kind = kind;
        fields.path = None;
        fields.retryable = false;
    })
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may stop")]
#[path = "call_tests.rs"]
mod tests;

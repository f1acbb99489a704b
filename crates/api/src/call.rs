//! One API call as a state machine: which request is sent, when it is retried, and how the call ends.
//!
//! [`Call::start`] and [`Call::handle`] return a [`Step`]: notifications for the page and the next [`Action`]. The driver
//! performs it and passes the result back as an [`Event`]. Time and random numbers come in as values, so the tests run in
//! virtual time.
//!
//! ```text
//! start → GetToken → Send → Done
//!            ↑         ├→ Wait → Send          (retries, until the deadline)
//!            └─────────┘                       (one replay after a 401)
//! ```

use std::ops::Range;

use omicall_schema::{compact::usize_to_string, json::validate::SchemaMismatch};

use crate::{
    endpoint::{Endpoint, HttpMethod},
    error::{Cause, Error, ErrorKind},
    fetch_failure::FetchFailure,
    response::{self, RawResponse, parse_response},
    retry::{self, AttemptFailure, RetryBudget},
};

/// Added to the error of a call that was cancelled while it waited for a token.
const WAITING_FOR_TOKEN: &str = " It was still waiting for an access token.";

/// Added to the error of a change whose response was lost: it is unknown whether the change was made.
const MAY_HAVE_BEEN_MADE: &str = " The change may have been made anyway: check before you repeat it.";

/// The settings of one call.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// How the call signs in.
    pub auth: Auth,
    /// The maximum number of retries after transient failures.
    pub max_retries: u32,
    /// The timeout of the whole call, in milliseconds.
    pub timeout_ms: u32,
    /// Whether a payload that does not match its schema is an error.
    pub strict: bool,
    /// Whether the passwords in the response are masked.
    pub masks_passwords: bool,
}

/// How a call signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// With an access token that can be refreshed.
    RefreshableToken,
    /// With an access token that cannot be refreshed.
    FixedToken,
    /// The call is the sign-in itself, which exchanges an API key for a token.
    SignIn,
}

/// What happened.
#[derive(Debug)]
pub enum Event<'r> {
    /// There is a token, or the error that explains why not.
    Token(Result<(), Error>),
    /// A response arrived and was read to the end.
    Response {
        /// The response.
        response: RawResponse<'r>,
        /// The delay before the next attempt that the server asks for, in milliseconds.
        retry_after_ms: Option<f64>,
    },
    /// There was no complete response.
    Failed(FetchFailure),
    /// The delay is over.
    Waited,
    /// The call was cancelled, whatever it was waiting for.
    Cancelled(Cancelled),
}

/// Why a call was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// The page's signal was aborted, with this reason.
    Aborted(Option<Cause>),
    /// The deadline passed.
    TimedOut,
}

/// The notifications for the page, and the next action.
#[derive(Debug)]
pub struct Step {
    /// Deliver these, in order, before the action.
    pub notifications: Vec<Notification>,
    /// Then perform this.
    pub action: Action,
}

/// What the driver does next.
#[derive(Debug)]
pub enum Action {
    /// Get a token, then pass [`Event::Token`].
    GetToken,
    /// Send the request, then pass [`Event::Response`] or [`Event::Failed`].
    Send,
    /// Wait, then pass [`Event::Waited`].
    Wait {
        /// The delay, in milliseconds.
        ms: f64,
    },
    /// Nothing: the call is over.
    Done(Result<Accepted, Error>),
}

/// What is left to do with the last response, if it is a success.
#[derive(Debug, Default)]
pub struct Accepted {
    /// Report these mismatches between payload and schema.
    pub mismatches: Vec<SchemaMismatch>,
    /// Mask these parts of the body.
    pub passwords: Vec<Range<usize>>,
}

/// A notification for the page, or for the token store.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Notification {
    /// A request is about to be sent.
    Request {
        /// The number of the attempt, from 1.
        attempt: u32,
    },
    /// A response arrived.
    Response {
        /// The number of the attempt, from 1.
        attempt: u32,
        /// Its HTTP status.
        status: u16,
        /// The time from sending the request to reading the response, in milliseconds.
        elapsed_ms: f64,
    },
    /// There will be another attempt.
    Retry {
        /// The number of the failed attempt, from 1.
        attempt: u32,
        /// The HTTP status of its response; `None` if there was none.
        status: Option<u16>,
        /// The delay before the next attempt, in milliseconds.
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

/// One API call in progress.
#[derive(Debug)]
pub struct Call {
    endpoint: &'static Endpoint,
    policy: Policy,
    deadline_ms: f64,
    state: State,
    /// The number of requests sent.
    attempts: u32,
    sent_at_ms: f64,
    /// The number of retries.
    retries: u32,
    /// Whether the request was replayed with another token.
    replayed: bool,
}

impl Call {
    /// Creates a call that begins now.
    pub fn new(endpoint: &'static Endpoint, policy: Policy, now_ms: f64) -> Self {
        Call {
            endpoint,
            policy,
            deadline_ms: now_ms + f64::from(policy.timeout_ms),
            state: State::Token,
            attempts: 0,
            sent_at_ms: now_ms,
            retries: 0,
            replayed: false,
        }
    }

    /// The endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// The number of requests sent so far.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the first step.
    pub fn start(&mut self, now_ms: f64) -> Step {
        match self.policy.auth {
            Auth::SignIn => self.send(Vec::new(), now_ms),
            Auth::RefreshableToken | Auth::FixedToken => {
                Step { notifications: Vec::new(), action: Action::GetToken }
            }
        }
    }

    /// Returns the step after an event. `random` is a random number from 0 to 1, which spreads the retries of many pages.
    pub fn handle(&mut self, event: Event<'_>, now_ms: f64, random: f64) -> Step {
        match event {
            Event::Token(Ok(())) | Event::Waited => self.send(Vec::new(), now_ms),
            Event::Token(Err(error)) => self.fail(Vec::new(), error),
            Event::Response { response, retry_after_ms } => {
                let attempt = self.attempts;
                let elapsed_ms = now_ms - self.sent_at_ms;
                let notifications =
                    vec![Notification::Response { attempt, status: response.status, elapsed_ms }];
                match self.parse(&response) {
                    Ok(accepted) => Step { notifications, action: Action::Done(Ok(accepted)) },
                    Err(error) if response.status == 401 => self.handle_unauthorized(notifications, error),
                    Err(error) => {
                        let failure = AttemptFailure::Status(response.status);
                        self.retry_or_fail(notifications, failure, error, retry_after_ms, now_ms, random)
                    }
                }
            }
            Event::Failed(failure) if failure.is_network() => {
                let error = failure.into_error();
                // The URL of the sign-in contains the key, and a page's own `fetch` may quote it.
                let error = if self.policy.auth == Auth::SignIn { error.with_cause(None) } else { error };
                self.retry_or_fail(Vec::new(), AttemptFailure::Network, error, None, now_ms, random)
            }
            // Nothing was sent, or the error already says what may have happened.
            Event::Failed(
                failure @ (FetchFailure::NotBuilt
                | FetchFailure::NoFetch
                | FetchFailure::Blocked
                | FetchFailure::Redirected { .. }),
            ) => self.fail(Vec::new(), failure.into_error()),
            Event::Failed(failure) => {
                let error = self.with_unknown_outcome(failure.into_error());
                self.fail(Vec::new(), error)
            }
            Event::Cancelled(cancelled) => {
                let error = cancelled_error(cancelled, self.policy.timeout_ms);
                let error = match self.state {
                    State::Token => error.with_sentence(WAITING_FOR_TOKEN),
                    State::Response => self.with_unknown_outcome(error),
                    State::Retry => error,
                };
                self.fail(Vec::new(), error)
            }
        }
    }

    /// The error for a response that the validator accepted and the engine could not parse.
    pub fn parse_error(&self) -> Error {
        // The engine's own error quotes the text, which may contain passwords: it is not passed on.
        let error = Error::new(ErrorKind::Decode, "the JavaScript engine could not parse the response.");
        self.with_unknown_outcome(error).with_endpoint(&self.endpoint.label(), self.attempts)
    }

    fn send(&mut self, mut notifications: Vec<Notification>, now_ms: f64) -> Step {
        self.state = State::Response;
        self.attempts = self.attempts.saturating_add(1);
        self.sent_at_ms = now_ms;
        notifications.push(Notification::Request { attempt: self.attempts });
        Step { notifications, action: Action::Send }
    }

    fn fail(&self, notifications: Vec<Notification>, error: Error) -> Step {
        Step {
            notifications,
            action: Action::Done(Err(error.with_endpoint(&self.endpoint.label(), self.attempts))),
        }
    }

    fn parse(&self, response: &RawResponse<'_>) -> Result<Accepted, Error> {
        let payload = parse_response(response, self.endpoint.response)?;
        match payload.mismatches.split_first() {
            Some((first, others)) if self.policy.strict => {
                Err(response::schema_mismatch_error(first, others.len())
                    .with_fields(|fields| fields.status = Some(response.status)))
            }
            _ => Ok(Accepted {
                mismatches: payload.mismatches,
                passwords: if self.policy.masks_passwords { payload.passwords } else { Vec::new() },
            }),
        }
    }

    /// HTTP 401: the request is replayed once with another token.
    fn handle_unauthorized(&mut self, mut notifications: Vec<Notification>, server_error: Error) -> Step {
        let error = unauthorized_error(server_error, self.policy.auth);
        if self.policy.auth == Auth::SignIn {
            return self.fail(notifications, error);
        }
        notifications.push(Notification::TokenRefused);
        if self.replayed || self.policy.auth != Auth::RefreshableToken {
            return self.fail(notifications, error);
        }
        self.replayed = true;
        self.state = State::Token;
        notifications.push(Notification::Retry { attempt: self.attempts, status: Some(401), wait_ms: 0.0 });
        Step { notifications, action: Action::GetToken }
    }

    fn retry_or_fail(
        &mut self,
        mut notifications: Vec<Notification>,
        failure: AttemptFailure,
        error: Error,
        retry_after_ms: Option<f64>,
        now_ms: f64,
        random: f64,
    ) -> Step {
        let method = self.endpoint.method;
        let budget = RetryBudget {
            retries: self.retries,
            retries_left: self.policy.max_retries.saturating_sub(self.retries),
            time_left_ms: self.deadline_ms - now_ms,
        };
        match retry::delay_before_retry(method, failure, budget, retry_after_ms, random) {
            Some(wait_ms) if error.fields().retryable => {
                let status = error.fields().status;
                notifications.push(Notification::Retry { attempt: self.attempts, status, wait_ms });
                self.retries = self.retries.saturating_add(1);
                self.state = State::Retry;
                Step { notifications, action: Action::Wait { ms: wait_ms } }
            }
            _ => {
                // The response is missing or unusable, or reports a problem on the way.
                let is_response_lost = failure == AttemptFailure::Network
                    || error.fields().kind == ErrorKind::Decode
                    || (error.fields().retryable && !retry::is_retryable(method, failure));
                let error = if is_response_lost { self.with_unknown_outcome(error) } else { error };
                self.fail(notifications, error)
            }
        }
    }

    /// A change whose response was lost may have been made. A GET can simply be repeated.
    fn with_unknown_outcome(&self, error: Error) -> Error {
        match self.endpoint.method {
            HttpMethod::Get => error,
            _ => error.with_sentence(MAY_HAVE_BEEN_MADE).with_fields(|fields| {
                fields.retryable = false;
                fields.outcomeUnknown = Some(true);
            }),
        }
    }
}

/// The error for what was cancelled by its signal or its deadline.
pub fn cancelled_error(cancelled: Cancelled, timeout_ms: u32) -> Error {
    match cancelled {
        Cancelled::Aborted(reason) => {
            Error::new(ErrorKind::Aborted, "the call was aborted by its signal.").with_cause(reason)
        }
        Cancelled::TimedOut => {
            let message = [
                "no complete response within ",
                &usize_to_string(timeout_ms as usize),
                " ms. Try again, or allow more time with `timeoutMs`.",
            ];
            Error::new(ErrorKind::Timeout, message.concat()).with_fields(|fields| fields.retryable = true)
        }
    }
}

/// The error for HTTP 401: the server's own, with another message.
fn unauthorized_error(server_error: Error, auth: Auth) -> Error {
    let mut message = String::from(match auth {
        Auth::SignIn => "the server refused the API key (HTTP 401). Check `auth.apiKey`.",
        Auth::RefreshableToken | Auth::FixedToken => {
            "the server refused the access token (HTTP 401). It is invalid or has expired: sign in again, or get another one."
        }
    });
    if let Some(code) = &server_error.fields().code {
        message.push_str(&[" Its error code is ", code, "."].concat());
    }
    server_error.with_message(message).with_fields(|fields| {
        fields.kind = ErrorKind::Auth;
        fields.path = None;
        fields.retryable = false;
    })
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may stop")]
#[path = "call_tests.rs"]
mod tests;

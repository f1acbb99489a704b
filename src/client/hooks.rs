//! What a page may watch of its calls: each request, each answer, each wait before another try.

use js_sys::Function;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{
    options::Settings,
    outward::{Outward, object},
    request::Endpoint,
};

/// A request about to be sent, as `onRequest` hears of it. Never a query, a body or a token.
#[derive(Debug, Tsify)]
pub struct RequestEvent {
    /// The HTTP method.
    #[tsify(type = "\"GET\" | \"POST\" | \"PUT\" | \"DELETE\"")]
    pub method: &'static str,
    /// The path template, e.g. `"/api/call_center/internal_group/delete/:id"`.
    pub path: &'static str,
    /// Which try it is, from 1.
    pub attempt: u32,
}

/// An answer, read to its end, as `onResponse` hears of it. Where none came, nothing is heard.
#[derive(Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ResponseEvent {
    /// The HTTP method.
    #[tsify(type = "\"GET\" | \"POST\" | \"PUT\" | \"DELETE\"")]
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// Which try it was, from 1.
    pub attempt: u32,
    /// The HTTP status. The vendor sends most failures with `200`.
    pub status: u16,
    /// How long the request and its answer took, in milliseconds.
    pub elapsed_ms: f64,
}

/// A wait before another try, as `onRetry` hears of it.
#[derive(Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RetryEvent {
    /// The HTTP method.
    #[tsify(type = "\"GET\" | \"POST\" | \"PUT\" | \"DELETE\"")]
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// Which try failed, from 1.
    pub attempt: u32,
    /// The HTTP status of that try; missing where no answer came.
    #[tsify(optional)]
    pub status: Option<u16>,
    /// How long the client waits before it tries again, in milliseconds.
    pub wait_ms: f64,
}

/// The callbacks of a client.
#[derive(Debug)]
pub struct Hooks {
    /// Hears of each request.
    pub on_request: Option<Function>,
    /// Hears of each answer.
    pub on_response: Option<Function>,
    /// Hears of each wait.
    pub on_retry: Option<Function>,
    /// Hears of what is doubtful in a payload.
    pub on_issue: Option<Function>,
}

/// One try of a request, for the hooks of its client.
#[derive(Debug)]
pub struct Try<'t> {
    hooks: &'t Hooks,
    endpoint: &'static Endpoint,
    attempt: u32,
    began: f64,
}

impl<'t> Try<'t> {
    /// Says that a request is about to be sent.
    pub fn begin(settings: &'t Settings, endpoint: &'static Endpoint, attempt: u32) -> Self {
        let this = Try { hooks: &settings.hooks, endpoint, attempt, began: js_sys::Date::now() };
        tell_of(&this.hooks.on_request, endpoint, attempt, None, ("", Outward::Missing));
        this
    }

    /// Says that an answer came.
    pub fn answered(&self, status: u16) {
        let elapsed_ms = js_sys::Date::now() - self.began;
        let elapsed = ("elapsedMs", Outward::Number(elapsed_ms));
        tell_of(&self.hooks.on_response, self.endpoint, self.attempt, Some(status), elapsed);
    }

    /// Says that there will be another try.
    pub fn again(&self, status: Option<u16>, wait_ms: f64) {
        retried(self.hooks, self.endpoint, self.attempt, status, wait_ms);
    }
}

/// Says that there will be another try.
pub fn retried(hooks: &Hooks, endpoint: &'static Endpoint, attempt: u32, status: Option<u16>, wait_ms: f64) {
    tell_of(&hooks.on_retry, endpoint, attempt, status, ("waitMs", Outward::Number(wait_ms)));
}

fn tell_of(
    hook: &Option<Function>,
    endpoint: &'static Endpoint,
    attempt: u32,
    status: Option<u16>,
    time: (&'static str, Outward<'_>),
) {
    let Some(hook) = hook else { return };
    let event = object(&[
        ("method", Outward::Text(endpoint.method.as_str())),
        ("path", Outward::Text(endpoint.path)),
        ("attempt", Outward::Number(attempt.into())),
        ("status", status.map_or(Outward::Missing, |status| Outward::Number(status.into()))),
        time,
    ]);
    tell(hook, &event);
}

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// Calls a callback of the page: what it throws does not break the call.
    pub fn tell(callback: &Function, event: &JsValue);
}

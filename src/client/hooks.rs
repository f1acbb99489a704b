//! What a page may watch of its calls: each request, each answer, each wait before another try.

use js_sys::Function;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{
    options::Settings,
    request::{Endpoint, Method},
};

/// A request about to be sent, as `onRequest` hears of it. Never a query, a body or a token.
#[derive(Debug, Serialize, Tsify)]
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
#[derive(Debug, Serialize, Tsify)]
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
#[derive(Debug, Serialize, Tsify)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
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
    method: Method,
    path: &'static str,
    attempt: u32,
    began: f64,
}

impl<'t> Try<'t> {
    /// Says that a request is about to be sent.
    pub fn begin(settings: &'t Settings, endpoint: &Endpoint, attempt: u32) -> Self {
        let &Endpoint { method, path } = endpoint;
        let this = Try { hooks: &settings.hooks, method, path, attempt, began: js_sys::Date::now() };
        if let Some(hook) = &this.hooks.on_request {
            tell(hook, &RequestEvent { method: method.as_str(), path, attempt });
        }
        this
    }

    /// Says that an answer came.
    pub fn answered(&self, status: u16) {
        if let Some(hook) = &self.hooks.on_response {
            let &Try { method, path, attempt, .. } = self;
            let elapsed_ms = js_sys::Date::now() - self.began;
            tell(hook, &ResponseEvent { method: method.as_str(), path, attempt, status, elapsed_ms });
        }
    }

    /// Says that there will be another try.
    pub fn again(&self, status: Option<u16>, wait_ms: f64) {
        retried(
            self.hooks,
            &Endpoint { method: self.method, path: self.path },
            self.attempt,
            status,
            wait_ms,
        );
    }
}

/// Says that there will be another try.
pub fn retried(hooks: &Hooks, endpoint: &Endpoint, attempt: u32, status: Option<u16>, wait_ms: f64) {
    if let Some(hook) = &hooks.on_retry {
        let &Endpoint { method, path } = endpoint;
        tell(hook, &RetryEvent { method: method.as_str(), path, attempt, status, wait_ms });
    }
}

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    #[wasm_bindgen(js_name = tell)]
    fn tell_page(callback: &Function, event: &JsValue);
}

/// A callback of the page: what it throws does not break the call.
pub fn tell(callback: &Function, event: &impl Serialize) {
    if let Ok(event) = serde_wasm_bindgen::to_value(event) {
        tell_page(callback, &event);
    }
}

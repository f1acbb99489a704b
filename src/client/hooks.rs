//! What a page may watch of its calls: each request, each answer, each wait before another try.

use js_sys::Function;
use omicall_schema::output::Members;
use wasm_bindgen::prelude::*;

use super::to_js::to_js;
use omicall_api::endpoint::{Endpoint, HttpMethod};

omicall_schema::output! {
    /// A request about to be sent, as `onRequest` gets it. Never a query, a body or a token.
    pub struct RequestEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template, e.g. `"/api/call_center/internal_group/delete/:id"`.
        path: &'static str,
        /// Which attempt it is, from 1.
        attempt: u32,
    }
}

omicall_schema::output! {
    /// A response, read to its end, as `onResponse` gets it. Not called if no response came.
    pub struct ResponseEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template.
        path: &'static str,
        /// Which attempt it was, from 1.
        attempt: u32,
        /// The HTTP status. The vendor sends most failures with `200`.
        status: u16,
        /// How long the request and its response took, in milliseconds.
        elapsedMs: f64,
    }
}

omicall_schema::output! {
    /// A wait before another attempt, as `onRetry` gets it.
    pub struct RetryEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template.
        path: &'static str,
        /// Which attempt failed, from 1.
        attempt: u32,
        /// How long the client waits before the next attempt, in milliseconds.
        waitMs: f64,
    }
    optional {
        /// The HTTP status of that attempt; missing if no response came.
        status: u16 = "number",
    }
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

/// One attempt of a request, for the hooks of its client.
#[derive(Debug)]
pub struct Attempt<'t> {
    hooks: &'t Hooks,
    endpoint: &'static Endpoint,
    number: u32,
    started_at: f64,
}

impl<'t> Attempt<'t> {
    /// Calls `onRequest`: the request is about to be sent.
    pub fn start(hooks: &'t Hooks, endpoint: &'static Endpoint, number: u32) -> Self {
        let Endpoint { method, path, .. } = *endpoint;
        emit(&hooks.on_request, || RequestEvent { method, path, attempt: number });
        Attempt { hooks, endpoint, number, started_at: js_sys::Date::now() }
    }

    /// Calls `onResponse`.
    pub fn responded(&self, status: u16) {
        let Endpoint { method, path, .. } = *self.endpoint;
        let elapsed_ms = js_sys::Date::now() - self.started_at;
        emit(&self.hooks.on_response, || ResponseEvent {
            method,
            path,
            attempt: self.number,
            status,
            elapsedMs: elapsed_ms,
        });
    }

    /// Calls `onRetry`: there will be another attempt.
    pub fn will_retry(&self, status: Option<u16>, wait_ms: f64) {
        emit_retry(self.hooks, self.endpoint, self.number, status, wait_ms);
    }
}

/// Calls `onRetry`: there will be another attempt.
pub fn emit_retry(
    hooks: &Hooks,
    endpoint: &'static Endpoint,
    attempt: u32,
    status: Option<u16>,
    wait_ms: f64,
) {
    let Endpoint { method, path, .. } = *endpoint;
    emit(&hooks.on_retry, || RetryEvent { method, path, attempt, waitMs: wait_ms, status });
}

fn emit<E: Members>(hook: &Option<Function>, event: impl FnOnce() -> E) {
    if let Some(hook) = hook {
        tell(hook, &to_js(&event()));
    }
}

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// Calls a callback of the page: what it throws does not break the call.
    pub fn tell(callback: &Function, event: &JsValue);
}

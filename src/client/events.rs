//! The callbacks of a client: `onRequest`, `onResponse`, `onRetry` and `onIssue`.

use js_sys::Function;
use omicall_api::{
    call::Notification,
    endpoint::{Endpoint, HttpMethod},
};
use omicall_schema::output::Members;
use wasm_bindgen::prelude::*;

use crate::convert::to_js::to_js;

omicall_schema::output! {
    /// The argument of `onRequest`: a request about to be sent. Without query, body and token.
    pub struct RequestEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template, e.g. `"/api/call_center/internal_group/delete/:id"`.
        path: &'static str,
        /// The number of the attempt, from 1.
        attempt: u32,
    }
}

omicall_schema::output! {
    /// The argument of `onResponse`: a response that has been read. Not called without a response.
    pub struct ResponseEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template.
        path: &'static str,
        /// The number of the attempt, from 1.
        attempt: u32,
        /// The HTTP status. The vendor sends most failures with `200`.
        status: u16,
        /// The time from sending the request to reading the response, in milliseconds.
        elapsedMs: f64,
    }
}

omicall_schema::output! {
    /// The argument of `onRetry`: a retry about to happen.
    pub struct RetryEvent {
        /// The HTTP method.
        method: HttpMethod,
        /// The path template.
        path: &'static str,
        /// The number of the failed attempt, from 1.
        attempt: u32,
        /// The delay before the next attempt, in milliseconds.
        waitMs: f64,
    }
    optional {
        /// The HTTP status of the failed attempt; missing without a response.
        status: u16 = "number",
    }
}

/// The callbacks of a client.
#[derive(Debug)]
pub struct Hooks {
    /// Called before each request.
    pub on_request: Option<Function>,
    /// Called after each response.
    pub on_response: Option<Function>,
    /// Called before each retry.
    pub on_retry: Option<Function>,
    /// Called with each warning and hint about a payload.
    pub on_issue: Option<Function>,
}

impl Hooks {
    /// Calls the hook for a notification of a call to `endpoint`.
    pub fn emit(&self, endpoint: &'static Endpoint, notification: Notification) {
        let Endpoint { method, path, .. } = *endpoint;
        match notification {
            Notification::Request { attempt } => {
                emit(&self.on_request, || RequestEvent { method, path, attempt });
            }
            Notification::Response { attempt, status, elapsed_ms } => emit(&self.on_response, || {
                ResponseEvent { method, path, attempt, status, elapsedMs: elapsed_ms }
            }),
            Notification::Retry { attempt, status, wait_ms } => {
                emit(&self.on_retry, || RetryEvent { method, path, attempt, waitMs: wait_ms, status });
            }
            // For the token store.
            Notification::TokenRefused => {}
        }
    }
}

fn emit<E: Members>(hook: &Option<Function>, event: impl FnOnce() -> E) {
    if let Some(hook) = hook {
        tell(hook, &to_js(&event()));
    }
}

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// Calls a callback of the page and ignores its exceptions.
    pub fn tell(callback: &Function, event: &JsValue);
}

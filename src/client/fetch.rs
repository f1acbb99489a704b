//! One HTTP round trip: passes the request to `fetch` and reads the response.

use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use omicall_api::{fetch_failure::FetchFailure, request::Request, secrets::quote_masked};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::{options::Settings, timeout::AbortTimer};
use crate::convert::error::read_cause;

/// The maximum size of a response, in bytes: far above any list page, to protect the memory of the web page.
const MAX_RESPONSE_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// How many characters of the URL that a change was redirected to are quoted.
const MAX_QUOTED_URL_CHARS: usize = 300;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// The result of a round trip.
    #[derive(Debug)]
    type RoundTrip;

    /// Never rejects.
    #[wasm_bindgen(js_name = sendOnce)]
    fn send_request(
        url: &str,
        method: &str,
        headers: &web_sys::Headers,
        signal: &AbortSignal,
        own_fetch: Option<&Function>,
        body: &JsValue,
        on_progress: Option<&Function>,
        limit: f64,
    ) -> Promise;

    /// Why it failed; `None` if there is a response.
    #[wasm_bindgen(method, getter)]
    fn failure(this: &RoundTrip) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn cause(this: &RoundTrip) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn status(this: &RoundTrip) -> u16;

    /// The value of a header; `""` if there is none.
    #[wasm_bindgen(method)]
    fn header(this: &RoundTrip, name: &str) -> String;

    #[wasm_bindgen(method, getter)]
    fn redirect(this: &RoundTrip) -> String;

    #[wasm_bindgen(method, getter)]
    fn bytes(this: &RoundTrip) -> Vec<u8>;

    /// Parses the `payload` of a JSON envelope. It may be `null`, so this is not an `Option`; after the validator it only
    /// throws if the page has no memory left.
    #[wasm_bindgen(catch, js_name = parsePayload)]
    pub fn parse_payload(bytes: &[u8]) -> Result<JsValue, JsValue>;
}

/// A form to upload.
#[derive(Debug)]
pub struct Form {
    /// The `FormData`.
    pub data: JsValue,
    /// Called with the upload progress.
    pub on_progress: Option<Function>,
}

/// A response, read to the end.
#[derive(Debug, Default)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`; `""` if there is none.
    pub content_type: String,
    /// The `Retry-After`; `""` if there is none or CORS hides it from the page.
    pub retry_after: String,
    /// The `Date`; `""` if there is none or CORS hides it from the page.
    pub date: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Sends the request, with the token if there is one. Returns a promise for [`read_round_trip`].
pub fn begin_round_trip(
    settings: &Settings,
    request: &Request,
    form: Option<&Form>,
    token: Option<&str>,
    timer: &AbortTimer,
) -> Promise {
    let headers = Headers::new();
    if let Some(token) = token {
        headers.set("Authorization", &["Bearer ", token].concat());
    }
    let (body, on_progress) = match (&request.json, form) {
        (Some(json), _) => {
            headers.set("Content-Type", "application/json");
            (JsValue::from_str(json), None)
        }
        // The engine sets the Content-Type of a form, because only the engine knows the boundary.
        (None, Some(form)) => (form.data.clone(), form.on_progress.as_ref()),
        (None, None) => (JsValue::UNDEFINED, None),
    };
    send_request(
        &request.url(&settings.base_url),
        request.endpoint.method.as_str(),
        &headers.into_raw(),
        &timer.signal(),
        settings.fetch.as_ref(),
        &body,
        on_progress,
        MAX_RESPONSE_BYTES,
    )
}

/// Reads the result of a round trip. `secrets` are masked where something is quoted.
pub fn read_round_trip(result: &JsValue, secrets: &[&str]) -> Result<HttpResponse, FetchFailure> {
    let round_trip: &RoundTrip = result.unchecked_ref();
    let Some(failure) = round_trip.failure() else {
        return Ok(HttpResponse {
            status: round_trip.status(),
            content_type: round_trip.header("content-type"),
            retry_after: round_trip.header("retry-after"),
            date: round_trip.header("date"),
            body: round_trip.bytes(),
        });
    };
    let cause = || read_cause(&round_trip.cause()).map(|cause| cause.masked(secrets));
    Err(match failure.as_str() {
        "not-built" => FetchFailure::NotBuilt,
        "not-a-response" => FetchFailure::NotAResponse,
        "no-fetch" => FetchFailure::NoFetch,
        "blocked" => FetchFailure::Blocked,
        "too-long" => FetchFailure::TooLong { status: round_trip.status() },
        "redirected" => FetchFailure::Redirected {
            url: quote_masked(&round_trip.redirect(), secrets, MAX_QUOTED_URL_CHARS),
        },
        "offline" => FetchFailure::Offline(cause()),
        "cut-off" => FetchFailure::CutOff(cause()),
        _ => FetchFailure::NoResponse(cause()),
    })
}

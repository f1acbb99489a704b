//! One HTTP round trip: hands the request to `fetch` and reads the response to its end.

use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use omicall_api::{
    call::Ended,
    fetch_failure::FetchFailure,
    request::{Body, Request},
    response::quoted,
};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::{error::read_cause, options::Settings, timeout::AbortTimer};

/// How many bytes of a response are read: no page of records comes near it, and a page's memory is not endless.
const LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

/// How many characters of the address that a change was redirected to are quoted.
const QUOTED_ADDRESS: usize = 300;

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    /// How a round trip ended.
    #[derive(Debug)]
    type RoundTrip;

    /// Never rejects.
    #[wasm_bindgen(js_name = sendOnce)]
    fn send_request(
        url: &str,
        method: &str,
        headers: &web_sys::Headers,
        signal: &AbortSignal,
        own: Option<&Function>,
        body: &JsValue,
        on_progress: Option<&Function>,
        limit: f64,
    ) -> Promise;

    /// What went wrong; `None` if a response came.
    #[wasm_bindgen(method, getter)]
    fn failure(this: &RoundTrip) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn cause(this: &RoundTrip) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn status(this: &RoundTrip) -> u16;

    #[wasm_bindgen(method, getter, js_name = contentType)]
    fn content_type(this: &RoundTrip) -> String;

    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &RoundTrip) -> String;

    #[wasm_bindgen(method, getter)]
    fn redirect(this: &RoundTrip) -> String;

    #[wasm_bindgen(method, getter)]
    fn bytes(this: &RoundTrip) -> Vec<u8>;

    /// The `payload` of a JSON envelope. It may be `null`, so this is not an `Option`; after the validator it only throws if
    /// the page has no memory left.
    #[wasm_bindgen(catch, js_name = payloadOf)]
    pub fn payload_of(bytes: &[u8]) -> Result<JsValue, JsValue>;
}

/// A form to upload.
#[derive(Debug)]
pub struct Form {
    /// The `FormData`.
    pub data: JsValue,
    /// Called with how much has been sent.
    pub on_progress: Option<Function>,
}

/// A response, read to its end.
#[derive(Debug, Default)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`; `""` if there is none.
    pub content_type: String,
    /// The `Retry-After`; `""` if there is none or the page may not see it.
    pub retry_after: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Sends the request, with the token if there is one, and reads the response.
pub async fn send_once(
    settings: &Settings,
    request: &Request,
    form: Option<&Form>,
    token: Option<&str>,
    timer: &AbortTimer,
) -> Result<Result<HttpResponse, FetchFailure>, Ended> {
    let round_trip = timer.settled(start(settings, request, form, token, timer)).await?;
    Ok(outcome(round_trip.unwrap_or_default().unchecked_ref(), token.unwrap_or_default()))
}

fn start(
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
    let (body, on_progress) = match (&request.body, form) {
        (Body::Json(body), _) => {
            headers.set("Content-Type", "application/json");
            (JsValue::from_str(body), None)
        }
        // The engine adds the type of a form, because only the engine knows the boundary.
        (Body::Form, Some(form)) => (form.data.clone(), form.on_progress.as_ref()),
        _ => (JsValue::UNDEFINED, None),
    };
    let url = request.url(&settings.base_url);
    let method = request.endpoint.method.as_str();
    let own_fetch = settings.fetch.as_ref();
    send_request(&url, method, &headers.into_raw(), &timer.signal(), own_fetch, &body, on_progress, LIMIT)
}

fn outcome(round_trip: &RoundTrip, token: &str) -> Result<HttpResponse, FetchFailure> {
    let Some(failure) = round_trip.failure() else {
        return Ok(HttpResponse {
            status: round_trip.status(),
            content_type: round_trip.content_type(),
            retry_after: round_trip.retry_after(),
            body: round_trip.bytes(),
        });
    };
    Err(match failure.as_str() {
        "not-built" => FetchFailure::NotBuilt,
        "not-a-response" => FetchFailure::NotAResponse,
        "too-long" => FetchFailure::TooLong { status: round_trip.status() },
        "redirected" => {
            FetchFailure::Redirected { address: quoted(&round_trip.redirect(), &[token], QUOTED_ADDRESS) }
        }
        "cut-off" => FetchFailure::CutOff(read_cause(&round_trip.cause())),
        _ => FetchFailure::NoResponse(read_cause(&round_trip.cause())),
    })
}

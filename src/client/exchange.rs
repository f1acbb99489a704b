//! One request and its answer, without a second try: builds it, hands it to `fetch`, reads the body.

use std::{future::Future, pin::Pin};

use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::AbortSignal;

use super::{
    deadline::{Deadline, Stop},
    decode,
    error::{Cause, ErrorKind, Failure},
};
use omicall_api::request::{Body, Request};

/// How many bytes of an answer are read: no page of records comes near it, and a page's memory is not endless.
const LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

/// How much of the address is quoted that a change was redirected to.
const QUOTED_ADDRESS: usize = 300;

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// How an exchange ended.
    #[derive(Debug)]
    type Ended;

    /// Never rejects.
    fn exchange(
        url: &str,
        method: &str,
        headers: &web_sys::Headers,
        signal: &AbortSignal,
        own: Option<&Function>,
        body: &JsValue,
        on_progress: Option<&Function>,
        limit: f64,
    ) -> Promise;

    /// Which step failed: see [`outcome`]; 0 for none.
    #[wasm_bindgen(method, getter)]
    fn failed(this: &Ended) -> u8;

    #[wasm_bindgen(method, getter)]
    fn cause(this: &Ended) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Ended) -> u16;

    #[wasm_bindgen(method, getter, js_name = type)]
    fn content_type(this: &Ended) -> String;

    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &Ended) -> String;

    #[wasm_bindgen(method, getter)]
    fn redirect(this: &Ended) -> String;

    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Ended) -> Vec<u8>;

    /// Calls a function of the page that gets a token.
    pub fn ask(get: &Function, signal: &AbortSignal) -> Promise;

    /// The `payload` of a JSON envelope.
    #[wasm_bindgen(catch, js_name = payloadOf)]
    pub fn payload_of(bytes: &[u8]) -> Result<JsValue, JsValue>;
}

/// A promise of the work's outcome. Boxed, for each kind of work that wasm-bindgen drives costs 2 KB of wasm.
pub fn promise(work: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let work: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> = Box::pin(work);
    future_to_promise(work)
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Received {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, `""` where there is none.
    pub content_type: String,
    /// The `Retry-After`, `""` where there is none or it may not be seen.
    pub retry_after: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A form to upload.
#[derive(Debug)]
pub struct Form {
    /// The `FormData`.
    pub data: JsValue,
    /// Called with how much has been sent.
    pub on_progress: Option<Function>,
}

/// What is the same for all requests of a call.
#[derive(Debug)]
pub struct Line<'l> {
    /// Where the API is.
    pub base_url: &'l str,
    /// The page's own `fetch`.
    pub fetch: Option<&'l Function>,
    /// Ends the request.
    pub deadline: &'l Deadline,
}

impl Line<'_> {
    /// Sends the request and reads the answer. Fails with `usage` where nothing could be sent, with `network` where no
    /// complete answer came, and with `http` where a change was redirected.
    pub async fn exchange(
        &self,
        request: &Request,
        form: Option<&Form>,
        token: Option<&str>,
    ) -> Result<Result<Received, Failure>, Stop> {
        let ended = self.deadline.settled(self.start(request, form, token)).await?;
        Ok(outcome(ended.unwrap_or_default().unchecked_ref(), token.unwrap_or_default()))
    }

    fn start(&self, request: &Request, form: Option<&Form>, token: Option<&str>) -> Promise {
        let headers = Headers::new();
        if let Some(token) = token {
            headers.set("Authorization", &["Bearer ", token].concat());
        }
        let (body, on_progress) = match (&request.body, form) {
            (Body::Json(body), _) => {
                headers.set("Content-Type", "application/json");
                (JsValue::from_str(body), None)
            }
            // The engine adds the type of a form, for only it knows the boundary.
            (Body::Form, Some(form)) => (form.data.clone(), form.on_progress.as_ref()),
            _ => (JsValue::UNDEFINED, None),
        };
        let url = request.url(self.base_url);
        let method = request.endpoint.method.as_str();
        let signal = self.deadline.fetch_signal();
        exchange(&url, method, &headers.into_raw(), &signal, self.fetch, &body, on_progress, LIMIT)
    }
}

fn outcome(ended: &Ended, token: &str) -> Result<Received, Failure> {
    match ended.failed() {
        0 => Ok(Received {
            status: ended.status(),
            content_type: ended.content_type(),
            retry_after: ended.retry_after(),
            body: ended.bytes(),
        }),
        1 => Err(Failure::usage("the request could not be built: check `options.baseUrl`.")
            .with(|fields| fields.path = Some("/baseUrl".into()))),
        2 => Err(unreachable_server(&ended.cause())),
        3 => Err(cut_off(&ended.cause())),
        4 => Err(Failure::usage("`options.fetch` must return a promise of a Response.")
            .with(|fields| fields.path = Some("/fetch".into()))),
        5 => Err(too_long().with(|fields| fields.status = Some(ended.status()))),
        _ => Err(redirected(&decode::quoted(&ended.redirect(), &[token], QUOTED_ADDRESS))),
    }
}

fn too_long() -> Failure {
    Failure::new(
        ErrorKind::Decode,
        "the answer is longer than 64 MiB, so it was not read to its end. Ask for smaller pages with `size`; where that is \
         no list, check `baseUrl`.",
    )
}

/// Without the status of the response: it is that of another request, and a 401 of it must not send the change again.
fn redirected(address: &str) -> Failure {
    let message = [
        "the change was redirected to ",
        address,
        ". Most redirects make a request of it that changes nothing; 307 and 308 repeat it there, so it may have been made: look \
         before you repeat it. Then pass the `baseUrl` that needs no redirect.",
    ]
    .concat();
    Failure::new(ErrorKind::Http, message)
}

fn unreachable_server(thrown: &JsValue) -> Failure {
    Failure::new(
        ErrorKind::Network,
        "no answer. Either the server could not be reached (check the address and the connection), or the browser \
         kept the answer back because the server does not allow this page's origin (CORS: it must allow the origin, and \
         in its preflight the headers that were sent). The page is not told which; the browser's network panel is.",
    )
    .because(Cause::of(thrown))
    .with(|fields| fields.retryable = true)
}

fn cut_off(thrown: &JsValue) -> Failure {
    Failure::new(ErrorKind::Network, "the connection broke before the whole answer was here.")
        .because(Cause::of(thrown))
        .with(|fields| fields.retryable = true)
}

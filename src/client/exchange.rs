//! One request and its answer, without a second try: builds it, hands it to `fetch`, reads the body.

use std::{future::Future, pin::Pin};

use gloo_net::http::{Request as GlooRequest, RequestBuilder};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;

use super::{
    error::{ErrorKind, Failure},
    request::{Body, Method, Request},
};

/// How many bytes of an answer are read: no page of records comes near it, and a page's memory is not endless.
const LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    fn send(request: &web_sys::Request, own: Option<&Function>, body: Option<&str>) -> Promise;

    fn upload(
        request: &web_sys::Request,
        own: Option<&Function>,
        form: &JsValue,
        on_progress: Option<&Function>,
        limit: f64,
    ) -> Promise;

    fn receive(response: &JsValue, signal: &AbortSignal, limit: f64) -> Promise;

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

/// What is the same for all requests of a call.
#[derive(Debug)]
pub struct Line<'l> {
    /// Where the API is.
    pub base_url: &'l str,
    /// The page's own `fetch`.
    pub fetch: Option<&'l Function>,
    /// Ends the request.
    pub signal: AbortSignal,
}

/// Sends the request and reads the answer. Fails with `usage` where nothing could be sent, and with
/// `network` where no complete answer came.
pub async fn exchange(line: Line<'_>, request: &Request, token: Option<&str>) -> Result<Received, Failure> {
    let built = build(&line, request, token)?;
    let response = match &request.body {
        Some(Body::Form { data, on_progress }) => {
            upload(&built, line.fetch, data, on_progress.as_ref(), LIMIT)
        }
        Some(Body::Json(body)) => send(&built, line.fetch, Some(body)),
        None => send(&built, line.fetch, None),
    };
    let response = JsFuture::from(response).await.map_err(unreachable_server)?;
    let received = JsFuture::from(receive(&response, &line.signal, LIMIT)).await.map_err(cut_off)?;
    // A plain object of ours, or nothing.
    let member = |name: &str| Reflect::get(&received, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |name: &str| member(name).as_string().unwrap_or_default();
    let Some(status) = member("status").as_f64() else {
        return Err(Failure::usage("`options.fetch` must return a promise of a Response.")
            .with(|fields| fields.path = Some("/fetch".into())));
    };
    let Ok(bytes) = member("bytes").dyn_into::<Uint8Array>() else {
        return Err(too_long().with(|fields| fields.status = Some(status as u16)));
    };
    match status as u16 {
        // `Response.error()`, or an answer of a request that was made without CORS.
        0 => Err(unreachable_server(JsValue::UNDEFINED)),
        status => Ok(Received {
            status,
            content_type: text("type"),
            retry_after: text("retryAfter"),
            body: bytes.to_vec(),
        }),
    }
}

fn build(line: &Line<'_>, request: &Request, token: Option<&str>) -> Result<web_sys::Request, Failure> {
    let mut builder = RequestBuilder::new(&request.url(line.base_url))
        .method(match request.endpoint.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .abort_signal(Some(&line.signal));
    if let Some(token) = token {
        builder = builder.header("Authorization", &["Bearer ", token].concat());
    }
    let built = match &request.body {
        Some(Body::Json(body)) => builder.header("Content-Type", "application/json").body(body),
        // The engine adds the type of a form, for only it knows the boundary.
        Some(Body::Form { .. }) | None => builder.build(),
    };
    built.map(GlooRequest::into).map_err(|_| {
        Failure::usage("the request could not be built: check `options.baseUrl`.")
            .with(|fields| fields.path = Some("/baseUrl".into()))
    })
}

fn too_long() -> Failure {
    Failure::new(
        ErrorKind::Decode,
        "the answer is longer than 64 MiB, so it was not read to its end. Ask for smaller pages with `size`; where that is \
         no list, check `baseUrl`.",
    )
}

fn unreachable_server(cause: JsValue) -> Failure {
    Failure::new(
        ErrorKind::Network,
        "no answer. Either the server could not be reached (check the address and the connection), or the browser \
         kept the answer back because the server does not allow this page's origin (CORS: it must allow the origin, and \
         in its preflight the headers that were sent). The page is not told which; the browser's network panel is.",
    )
    .because(cause)
    .with(|fields| fields.retryable = true)
}

fn cut_off(cause: JsValue) -> Failure {
    Failure::new(ErrorKind::Network, "the connection broke before the whole answer was here.")
        .because(cause)
        .with(|fields| fields.retryable = true)
}

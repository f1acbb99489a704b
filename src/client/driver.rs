//! Performs what the state machine of a call says ([`omicall_api::call`]), and decides nothing.

use std::{future::Future, pin::Pin, rc::Rc};

use omicall_api::{
    call::{Call, Event, Next, Notification, Policy, Step},
    error::Error,
    request::Request,
    response::RawResponse,
    retry,
};
use omicall_schema::{json::escape::escape_non_ascii, json::validate::SchemaMismatch};
use wasm_bindgen::JsValue;

use super::{
    drift::report_drift,
    fetch::{Form, HttpResponse, payload_of, send_once},
    options::ResponseValidation,
    state::Client,
    timeout::AbortTimer,
};

/// Where the tokens of a call come from.
pub type TokenSource<'t> = &'t dyn Fn() -> Pin<Box<dyn Future<Output = Result<Rc<str>, Error>> + 't>>;

/// Performs a call to its end and returns the payload of its response.
pub async fn perform(
    client: &Client,
    request: &Request,
    form: Option<&Form>,
    policy: Policy,
    timer: &AbortTimer,
    tokens: TokenSource<'_>,
) -> Result<JsValue, Error> {
    let settings = &client.settings;
    let mut call = Call::new(request.endpoint, policy, js_sys::Date::now());
    let mut token: Option<Rc<str>> = None;
    let mut response = HttpResponse::default();
    let mut step = call.start(js_sys::Date::now());
    loop {
        let Step { notify, next } = step;
        for notification in notify {
            match (notification, &token) {
                (Notification::TokenRefused, Some(token)) => client.tokens.forget(token),
                _ => settings.hooks.emit(request.endpoint, notification),
            }
        }
        let event = match next {
            Next::Done(Ok(mismatches)) => {
                return payload(client, &call, &response, &mismatches);
            }
            Next::Done(Err(error)) => return Err(error),
            Next::GetToken => match timer.race(tokens()).await {
                Ok(result) => Event::Token(result.map(|new| token = Some(new))),
                Err(ended) => Event::Ended(ended),
            },
            Next::Wait { ms } => match timer.settled(timer.wait(ms)).await {
                Ok(_) => Event::Waited,
                Err(ended) => Event::Ended(ended),
            },
            Next::Send => match send_once(settings, request, form, token.as_deref(), timer).await {
                Err(ended) => Event::Ended(ended),
                Ok(Err(failure)) => Event::Failed(failure),
                Ok(Ok(received)) => {
                    response = received;
                    let HttpResponse { status, content_type, retry_after, body } = &response;
                    let secrets = &[token.as_deref().unwrap_or_default(), settings.credentials.secret()];
                    let (status, now_ms) = (*status, js_sys::Date::now());
                    let retry_after_ms = retry::asked_ms(retry_after, now_ms, js_sys::Date::parse);
                    let raw = RawResponse { status, content_type, body, secrets };
                    step = call.handle(
                        Event::Response { response: raw, retry_after_ms },
                        now_ms,
                        js_sys::Math::random(),
                    );
                    continue;
                }
            },
        };
        step = call.handle(event, js_sys::Date::now(), js_sys::Math::random());
    }
}

/// Lets the engine build the payload, and tells where it is not what TypeScript promises.
fn payload(
    client: &Client,
    call: &Call,
    response: &HttpResponse,
    mismatches: &[SchemaMismatch],
) -> Result<JsValue, Error> {
    if client.settings.response_validation == ResponseValidation::Warn {
        report_drift(client, mismatches, &call.endpoint().label());
    }
    let escaped = escape_non_ascii(&response.body);
    payload_of(escaped.as_ref().unwrap_or(&response.body)).map_err(|_| call.unparsable())
}

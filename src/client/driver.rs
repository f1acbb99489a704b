//! Performs the actions of a call's state machine ([`omicall_api::call`]), and makes no decisions itself.

use std::{future::Future, pin::Pin, rc::Rc};

use omicall_api::{
    call::{Accepted, Action, Call, Event, Notification, Policy, Step},
    error::Error,
    passwords::mask_passwords,
    request::Request,
    response::RawResponse,
    retry,
};
use omicall_schema::json::escape::escape_non_ascii;
use wasm_bindgen::JsValue;

use super::{
    drift::report_drift,
    fetch::{Form, HttpResponse, parse_payload, send_once},
    options::ResponseValidation,
    state::Client,
    timeout::AbortTimer,
};

/// An access token that is on its way.
pub type TokenFuture<'t> = Pin<Box<dyn Future<Output = Result<Rc<str>, Error>> + 't>>;

/// Gets the access token of a call.
pub type TokenSource<'t> = &'t dyn Fn() -> TokenFuture<'t>;

/// Performs a call and returns the payload of the response.
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
    // The token before the replay: the server may still quote it.
    let mut old_token: Option<Rc<str>> = None;
    let mut response = HttpResponse::default();
    let mut step = call.start(js_sys::Date::now());
    loop {
        let Step { notifications, action } = step;
        for notification in notifications {
            match (notification, &token) {
                (Notification::TokenRefused, Some(token)) => client.tokens.forget(token),
                _ => settings.hooks.emit(request.endpoint, notification),
            }
        }
        let event = match action {
            Action::Done(Ok(accepted)) => return read_payload(client, &call, response, &accepted),
            Action::Done(Err(error)) => return Err(error),
            Action::GetToken => match timer.race(tokens()).await {
                Ok(result) => Event::Token(result.map(|new| old_token = token.replace(new))),
                Err(cancelled) => Event::Cancelled(cancelled),
            },
            Action::Wait { ms } => match timer.settled(timer.wait(ms)).await {
                Ok(_) => Event::Waited,
                Err(cancelled) => Event::Cancelled(cancelled),
            },
            Action::Send => {
                let secrets = &[
                    token.as_deref().unwrap_or_default(),
                    old_token.as_deref().unwrap_or_default(),
                    settings.credentials.secret(),
                ];
                match send_once(settings, request, form, token.as_deref(), secrets, timer).await {
                    Err(cancelled) => Event::Cancelled(cancelled),
                    Ok(Err(failure)) => Event::Failed(failure),
                    Ok(Ok(received)) => {
                        response = received;
                        let HttpResponse { status, content_type, retry_after, date, body } = &response;
                        let (status, now_ms) = (*status, js_sys::Date::now());
                        let retry_after_ms =
                            retry::parse_retry_after(retry_after, date, now_ms, js_sys::Date::parse);
                        let raw =
                            RawResponse { status, content_type, body, secrets, language: settings.language };
                        step = call.handle(
                            Event::Response { response: raw, retry_after_ms },
                            now_ms,
                            js_sys::Math::random(),
                        );
                        continue;
                    }
                }
            }
        };
        step = call.handle(event, js_sys::Date::now(), js_sys::Math::random());
    }
}

/// Parses the payload with the JavaScript engine, and reports where it does not match its TypeScript type.
fn read_payload(
    client: &Client,
    call: &Call,
    mut response: HttpResponse,
    accepted: &Accepted,
) -> Result<JsValue, Error> {
    if client.settings.response_validation == ResponseValidation::Warn {
        report_drift(client, &accepted.mismatches, &call.endpoint().label());
    }
    // Before any JavaScript string holds the text.
    mask_passwords(&mut response.body, &accepted.passwords);
    let escaped = escape_non_ascii(&response.body);
    parse_payload(escaped.as_ref().unwrap_or(&response.body)).map_err(|_| call.parse_error())
}

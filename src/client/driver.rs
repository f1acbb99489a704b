//! Performs the actions of a call's state machine ([`omicall_api::call`]), and makes no decisions itself.

use std::rc::Rc;

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
    fetch::{Form, HttpResponse, begin_round_trip, parse_payload, read_round_trip},
    options::{Limits, ResponseValidation},
    state::Client,
    timeout::AbortTimer,
    token_store::{Refresh, Token},
};

/// What a call waits for.
enum Waiting {
    Token(Refresh),
    Response,
    Retry,
}

/// Performs a call and returns the payload of the response. `refresh` is one that has begun for this call.
pub async fn perform(
    client: &Client,
    request: &Request,
    form: Option<&Form>,
    policy: Policy,
    timer: &AbortTimer,
    mut refresh: Option<Refresh>,
) -> Result<JsValue, Error> {
    let settings = &client.settings;
    let limits = Limits { timeout_ms: policy.timeout_ms, max_retries: policy.max_retries };
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
        // Everything is awaited in one place, because each `await` takes some hundred bytes.
        let begun = match action {
            Action::Done(Ok(accepted)) => return read_payload(client, &call, response, &accepted),
            Action::Done(Err(error)) => return Err(error),
            Action::GetToken => match (timer.unless_cancelled(), refresh.take()) {
                (Err(cancelled), _) => Err(Event::Cancelled(cancelled)),
                (Ok(()), begun) => match begun.map_or_else(|| client.token(limits), Token::Refreshing) {
                    Token::Refreshing(refresh) => Ok((refresh.finished.clone(), Waiting::Token(refresh))),
                    Token::Held(new) => {
                        old_token = token.replace(new);
                        Err(Event::Token(Ok(())))
                    }
                },
            },
            Action::Wait { ms } => Ok((timer.wait(ms), Waiting::Retry)),
            Action::Send => {
                Ok((begin_round_trip(settings, request, form, token.as_deref(), timer), Waiting::Response))
            }
        };
        let secrets;
        let event = match begun {
            Err(event) => event,
            Ok((promise, waiting)) => match (timer.settled(&promise).await, waiting) {
                (Err(cancelled), _) => Event::Cancelled(cancelled),
                (Ok(_), Waiting::Token(refresh)) => {
                    Event::Token(refresh.result().map(|new| old_token = token.replace(new)))
                }
                (Ok(_), Waiting::Retry) => Event::Waited,
                (Ok(result), Waiting::Response) => {
                    secrets = [
                        token.as_deref().unwrap_or_default(),
                        old_token.as_deref().unwrap_or_default(),
                        settings.credentials.secret(),
                    ];
                    match read_round_trip(&result.unwrap_or_default(), &secrets) {
                        Err(failure) => Event::Failed(failure),
                        Ok(received) => {
                            response = received;
                            let HttpResponse { status, content_type, retry_after, date, body } = &response;
                            let (status, secrets, language) = (*status, &secrets[..], settings.language);
                            let now_ms = js_sys::Date::now();
                            Event::Response {
                                response: RawResponse { status, content_type, body, secrets, language },
                                retry_after_ms: retry::parse_retry_after(
                                    retry_after,
                                    date,
                                    now_ms,
                                    js_sys::Date::parse,
                                ),
                            }
                        }
                    }
                }
            },
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

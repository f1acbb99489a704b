//! Gets access tokens from the page's function, or from the server in exchange for an API key. One refresh at a time serves
//! all waiting calls.

use std::{cell::OnceCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use omicall_api::{
    call::{Auth, Policy, cancelled_error},
    endpoint::Endpoint,
    error::{Error, ErrorKind},
    request::Request,
    token::is_bearer_token,
};
use omicall_schema::{Field, ObjectSchema, Schema, compact::replace_all};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::{
    driver::{TokenSource, perform},
    options::{Credentials, ResponseValidation},
    promise::promise,
    state::Client,
    timeout::AbortTimer,
    token_store::{Refresh, Stored},
};
use crate::convert::{argument::kind_of, error::read_cause};

static SIGN_IN: Endpoint = Endpoint::get(
    "/api/auth",
    &Schema::Object(&ObjectSchema {
        name: "Token",
        fields: &[Field { name: "access_token", schema: Schema::NonEmptyString, required: true }],
        rejects_unknown: false,
    }),
);

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// Calls the page's function that returns a token.
    #[wasm_bindgen(js_name = callForToken)]
    fn call_for_token(get: &Function, signal: &AbortSignal) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<String, JsValue>;

    // An `Option`, not a bare value, so that an exception leaks no slot of wasm-bindgen's table: see `member_of`.
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn parse(text: &str) -> Result<Option<JsValue>, JsValue>;
}

impl Client {
    /// Returns the access token, after getting or refreshing it if needed.
    pub async fn token(&self) -> Result<Rc<str>, Error> {
        if let Credentials::AccessToken(token) = &self.settings.credentials {
            return Ok(Rc::from(token.as_str()));
        }
        let refresh = match self.tokens.get(js_sys::Date::now()) {
            Stored::Token(token) => return Ok(token),
            Stored::Refresh(refresh) => refresh,
            Stored::Empty => self.start_refresh(),
        };
        // It never rejects: the result is in the cell.
        let _ = JsFuture::from(refresh.finished).await;
        match refresh.result.get() {
            Some(result) => result.clone(),
            None => Err(Error::new(ErrorKind::Auth, "no access token was obtained. Try again.")),
        }
    }

    /// Whether there can be another token after the server refused one.
    pub fn can_refresh(&self) -> bool {
        !matches!(self.settings.credentials, Credentials::AccessToken(_))
    }

    fn start_refresh(&self) -> Refresh {
        let result = Rc::new(OnceCell::new());
        let finished = {
            let (client, cell) = (self.clone(), Rc::clone(&result));
            promise(async move {
                let result = client.request_token().await;
                let token = result.as_ref().ok();
                let expires_at_ms = token.and_then(|token| expires_at_ms(token));
                client.tokens.finish_refresh(token, expires_at_ms, js_sys::Date::now());
                // Only set here, once.
                let _ = cell.set(result);
                Ok(JsValue::UNDEFINED)
            })
        };
        let refresh = Refresh { finished, result };
        self.tokens.start_refresh(&refresh);
        refresh
    }

    async fn request_token(&self) -> Result<Rc<str>, Error> {
        // A refresh serves many calls, so it has the client's timeout and is not aborted with a single call.
        let timeout_ms = self.settings.timeout_ms;
        let timer = AbortTimer::start(timeout_ms, None)?;
        match &self.settings.credentials {
            Credentials::AccessToken(token) => Ok(Rc::from(token.as_str())),
            Credentials::GetAccessToken(get) => {
                match timer.settled(call_for_token(get, &timer.signal())).await {
                    Ok(returned) => parse_token(returned),
                    Err(cancelled) => {
                        let error = cancelled_error(cancelled, timeout_ms);
                        Err(with_function_name(error.with_sentence(" It must not call this client itself.")))
                    }
                }
            }
            Credentials::ApiKey(key) => {
                let request = Request::new(&SIGN_IN).query_param("apiKey", key);
                let policy = Policy {
                    auth: Auth::SignIn,
                    max_retries: self.settings.max_retries,
                    timeout_ms,
                    strict: self.settings.response_validation == ResponseValidation::Error,
                    masks_passwords: false,
                };
                // For a sign-in, the state machine never asks for a token.
                let tokens: TokenSource<'_> =
                    &|| Box::pin(async { Err(Error::new(ErrorKind::Auth, "no access token.")) });
                let payload = perform(self, &request, None, policy, &timer, tokens).await?;
                let token = Reflect::get(&payload, &"access_token".into()).ok();
                let problem = match token.and_then(|token| token.as_string()) {
                    Some(token) if is_bearer_token(&token) => return Ok(Rc::from(token)),
                    Some(_) => "the server issued a token that is not valid in an HTTP header.",
                    None => "the sign-in response contains no access token.",
                };
                Err(Error::new(ErrorKind::Auth, problem).with_endpoint(&SIGN_IN.label(), 1))
            }
        }
    }
}

/// The token from the result of the page's function.
fn parse_token(returned: Result<JsValue, JsValue>) -> Result<Rc<str>, Error> {
    let returned = returned.map_err(|thrown| {
        with_function_name(Error::new(
            ErrorKind::Auth,
            "it failed, so there is no access token; see `cause`.",
        ))
        .with_cause(read_cause(&thrown))
    })?;
    match returned.as_string() {
        Some(token) if is_bearer_token(&token) => Ok(Rc::from(token)),
        Some(_) => Err(with_function_name(Error::new(
            ErrorKind::Auth,
            "it must return the bare token: only visible ASCII characters, without `Bearer` and line breaks.",
        ))),
        None => {
            let message =
                ["it must return a string or a promise of one, not ", &kind_of(&returned), "."].concat();
            Err(with_function_name(Error::new(ErrorKind::Auth, message)))
        }
    }
}

fn with_function_name(error: Error) -> Error {
    error.with_endpoint("auth.getAccessToken", 0)
}

/// The `exp` of a JWT, in Unix milliseconds.
fn expires_at_ms(token: &str) -> Option<f64> {
    let claims = replace_all(&replace_all(token.split('.').nth(1)?, "-", "+"), "_", "/");
    let claims = parse(&atob(&claims).ok()?).ok()??;
    Some(Reflect::get(&claims, &"exp".into()).ok()?.as_f64()? * 1000.0)
}

//! Gets access tokens from the page's function, or from the server in exchange for an API key. One refresh at a time serves
//! all waiting calls.

use std::{cell::OnceCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use omicall_api::{
    call::{Auth, Policy, cancelled_error},
    endpoint::Endpoint,
    error::{Error, ErrorKind},
    request::Request,
    token::token_problem,
};
use omicall_schema::{Field, ObjectSchema, Schema};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::{
    driver::perform,
    options::{Credentials, Limits, ResponseValidation},
    promise::promise,
    state::Client,
    timeout::AbortTimer,
    token_store::{Refresh, Token},
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

    /// The `exp` of a JWT, in Unix milliseconds.
    #[wasm_bindgen(js_name = expiryOf)]
    fn expires_at_ms(token: &str) -> Option<f64>;
}

impl Client {
    /// A promise of the access token, for the page's own use.
    pub fn access_token(&self, options: JsValue) -> Promise {
        let (client, options) = (self.clone(), self.read_options(options));
        promise(async move {
            let token = async {
                let options = options?;
                let limits = client.settings.limits(&options);
                let timer = AbortTimer::start(limits.timeout_ms, options.signal())?;
                let cancelled = |cancelled| cancelled_error(cancelled, limits.timeout_ms);
                timer.unless_cancelled().map_err(cancelled)?;
                match client.token(limits) {
                    Token::Held(token) => Ok(token),
                    Token::Refreshing(refresh) => {
                        let _ = timer.settled(&refresh.finished).await.map_err(cancelled)?;
                        refresh.result()
                    }
                }
            };
            match token.await {
                Ok(token) => Ok(JsValue::from_str(&token)),
                Err(error) => Err(error.with_endpoint("callCenter.accessToken", 0).into()),
            }
        })
    }

    /// Returns the access token, or the refresh to wait for, which is started if needed. A refresh serves many calls: it is not aborted
    /// with one of them, and has the limits of the client or those of the call that starts it, whichever are larger.
    pub fn token(&self, limits: Limits) -> Token {
        match &self.settings.credentials {
            Credentials::AccessToken(token) => Token::Held(Rc::clone(token)),
            _ => self
                .tokens
                .get(js_sys::Date::now())
                .unwrap_or_else(|| Token::Refreshing(self.start_refresh(limits))),
        }
    }

    /// Whether there can be another token after the server refused one.
    pub fn can_refresh(&self) -> bool {
        !matches!(self.settings.credentials, Credentials::AccessToken(_))
    }

    fn start_refresh(&self, limits: Limits) -> Refresh {
        let result = Rc::new(OnceCell::new());
        let finished = {
            let (client, cell) = (self.clone(), Rc::clone(&result));
            promise(async move {
                let result = client.request_token(limits).await;
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

    async fn request_token(&self, limits: Limits) -> Result<Rc<str>, Error> {
        let timeout_ms = limits.timeout_ms.max(self.settings.limits.timeout_ms);
        let timer = AbortTimer::start(timeout_ms, None)?;
        match &self.settings.credentials {
            Credentials::AccessToken(token) => Ok(Rc::clone(token)),
            Credentials::GetAccessToken(get) => {
                match timer.settled(&call_for_token(get, &timer.signal())).await {
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
                    max_retries: limits.max_retries.max(self.settings.limits.max_retries),
                    timeout_ms,
                    strict: self.settings.response_validation == ResponseValidation::Error,
                    masks_passwords: false,
                };
                let payload = perform(self, &request, None, policy, &timer, None).await?;
                let token = Reflect::get(&payload, &"access_token".into()).ok();
                let token = token.and_then(|token| token.as_string()).unwrap_or_default();
                let Some(problem) = token_problem(&token) else { return Ok(Rc::from(token)) };
                let message = ["the server issued no access token, but ", problem, "."].concat();
                Err(Error::new(ErrorKind::Auth, message).with_endpoint(&SIGN_IN.label(), 1))
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
    let message = match returned.as_string() {
        None => ["it must return a string or a promise of one, not ", &kind_of(&returned), "."].concat(),
        Some(token) => match token_problem(&token) {
            None => return Ok(Rc::from(token)),
            Some(problem) => ["it must return the bare token, not ", problem, "."].concat(),
        },
    };
    Err(with_function_name(Error::new(ErrorKind::Auth, message)))
}

fn with_function_name(error: Error) -> Error {
    error.with_endpoint("auth.getAccessToken", 0)
}

//! Gets access tokens: from the page, or from the server for an API key. One refresh at a time, however many calls wait.

use std::{cell::OnceCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use omicall_api::{
    call::{Auth, Policy, ended_error},
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
    error::read_cause,
    from_js::kind_of,
    options::Credentials,
    promise::promise,
    state::Client,
    timeout::AbortTimer,
    token_store::{Refresh, Stored},
};

static SIGN_IN: Endpoint = Endpoint::get(
    "/api/auth",
    &Schema::Object(&ObjectSchema {
        name: "Token",
        fields: &[Field { name: "access_token", schema: Schema::NonEmptyString, required: true }],
        closed: false,
    }),
);

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    /// Calls a function of the page that gets a token.
    #[wasm_bindgen(js_name = callForToken)]
    fn call_for_token(get: &Function, signal: &AbortSignal) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<String, JsValue>;

    // An `Option` for the sake of the table of JavaScript values: see `member_of`.
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn parse(text: &str) -> Result<Option<JsValue>, JsValue>;
}

impl Client {
    /// The token to send, fetched or refreshed if needed.
    pub async fn token(&self) -> Result<Rc<str>, Error> {
        if let Credentials::AccessToken(token) = &self.settings.credentials {
            return Ok(Rc::from(token.as_str()));
        }
        let refresh = match self.tokens.get(js_sys::Date::now()) {
            Stored::Token(token) => return Ok(token),
            Stored::Refresh(refresh) => refresh,
            Stored::Nothing => self.start_refresh(),
        };
        // It never rejects: how it ended is in the cell.
        let _ = JsFuture::from(refresh.over).await;
        match refresh.outcome.get() {
            Some(outcome) => outcome.clone(),
            None => Err(Error::new(ErrorKind::Auth, "no access token came. Try again.")),
        }
    }

    /// Whether another token can be had after the server refused one.
    pub fn can_refresh(&self) -> bool {
        !matches!(self.settings.credentials, Credentials::AccessToken(_))
    }

    fn start_refresh(&self) -> Refresh {
        let outcome = Rc::new(OnceCell::new());
        let over = {
            let (client, outcome) = (self.clone(), Rc::clone(&outcome));
            promise(async move {
                let result = client.new_token().await;
                let token = result.as_ref().ok();
                let expires_at_ms = token.and_then(|token| expires_at_ms(token));
                client.tokens.refreshed(token, expires_at_ms, js_sys::Date::now());
                // Set once, here.
                let _ = outcome.set(result);
                Ok(JsValue::UNDEFINED)
            })
        };
        let refresh = Refresh { over, outcome };
        self.tokens.refreshing(&refresh);
        refresh
    }

    async fn new_token(&self) -> Result<Rc<str>, Error> {
        // A refresh serves many calls: it has the client's timeout, and no call's abort ends it.
        let timeout_ms = self.settings.timeout_ms;
        let timer = AbortTimer::start(timeout_ms, None)?;
        match &self.settings.credentials {
            Credentials::AccessToken(token) => Ok(Rc::from(token.as_str())),
            Credentials::GetAccessToken(get) => {
                match timer.settled(call_for_token(get, &timer.signal())).await {
                    Ok(returned) => token_of(returned),
                    Err(ended) => {
                        let error = ended_error(ended, timeout_ms);
                        Err(named(error.with_sentence(" It must not call this client itself.")))
                    }
                }
            }
            Credentials::ApiKey(key) => {
                let request = Request::new(&SIGN_IN).with("apiKey", key);
                let policy = Policy {
                    auth: Auth::SignIn,
                    max_retries: self.settings.max_retries,
                    timeout_ms,
                    strict: false,
                };
                // The state machine asks for no token here.
                let tokens: TokenSource<'_> =
                    &|| Box::pin(async { Err(Error::new(ErrorKind::Auth, "no access token.")) });
                let payload = perform(self, &request, None, policy, &timer, tokens).await?;
                let token = Reflect::get(&payload, &"access_token".into()).ok();
                let wrong = match token.and_then(|token| token.as_string()) {
                    Some(token) if is_bearer_token(&token) => return Ok(Rc::from(token)),
                    Some(_) => "the server gave out a token that cannot stand in a header.",
                    None => "the answer to the sign-in holds no access token.",
                };
                Err(Error::new(ErrorKind::Auth, wrong).with_endpoint(&SIGN_IN.label(), 1))
            }
        }
    }
}

/// The token in what the page's function gave.
fn token_of(returned: Result<JsValue, JsValue>) -> Result<Rc<str>, Error> {
    let returned = returned.map_err(|thrown| {
        named(Error::new(ErrorKind::Auth, "it failed, so there is no token to call with; see `cause`."))
            .with_cause(read_cause(&thrown))
    })?;
    match returned.as_string() {
        Some(token) if is_bearer_token(&token) => Ok(Rc::from(token)),
        Some(_) => Err(named(Error::new(
            ErrorKind::Auth,
            "it must return the bare token, visible ASCII characters only, without `Bearer` and without a line break.",
        ))),
        None => {
            let message =
                ["it must return a string or a promise of one, not ", &kind_of(&returned), "."].concat();
            Err(named(Error::new(ErrorKind::Auth, message)))
        }
    }
}

fn named(error: Error) -> Error {
    error.with_endpoint("auth.getAccessToken", 0)
}

/// The `exp` of a JWT, in Unix milliseconds.
fn expires_at_ms(token: &str) -> Option<f64> {
    let claims = replace_all(&replace_all(token.split('.').nth(1)?, "-", "+"), "_", "/");
    let claims = parse(&atob(&claims).ok()?).ok()??;
    Some(Reflect::get(&claims, &"exp".into()).ok()?.as_f64()? * 1000.0)
}

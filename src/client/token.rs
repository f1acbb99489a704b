//! The access token of a client: one refresh at a time, however many calls wait for it.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{
    Client,
    argument::kind_of,
    deadline::Deadline,
    error::{Cause, ErrorKind, Failure},
    exchange::{self, promise},
    options::{Credentials, is_sendable},
    transport::Tries,
};
use omicall_api::{endpoint::Endpoint, request::Request};
use omicall_schema::{Field, ObjectSchema, Schema, compact::replaced};

/// How long before its `exp` a token is no longer used, in milliseconds: a call takes its time.
const MARGIN_MS: f64 = 60_000.0;

/// What `/api/auth` answers with, as far as it is needed.
const TOKEN: Schema = Schema::Object(&ObjectSchema {
    name: "Token",
    fields: &[Field { name: "access_token", schema: Schema::NonEmptyString, required: true }],
    closed: false,
});

static SIGN_IN: Endpoint = Endpoint::get("/api/auth", &TOKEN);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<String, JsValue>;

    // An `Option` for the sake of the table of JavaScript values: see `member_of`.
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn parse(text: &str) -> Result<Option<JsValue>, JsValue>;
}

/// The token that a client holds, or waits for.
#[derive(Debug, Default)]
pub struct TokenStore(RefCell<State>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Empty,
    Held {
        token: Rc<str>,
        refresh_at: f64,
    },
    Coming(Refresh),
}

/// A refresh under way. The promise says when it is over, the cell how it ended.
#[derive(Debug, Clone)]
struct Refresh {
    over: Promise,
    outcome: Rc<OnceCell<Result<Rc<str>, Failure>>>,
}

impl Client {
    /// The token to send, fetched or refreshed where needed.
    pub async fn token(&self) -> Result<Rc<str>, Failure> {
        if let Credentials::AccessToken(token) = &self.settings.credentials {
            return Ok(Rc::from(token.as_str()));
        }
        let refresh = match &*self.tokens.0.borrow() {
            State::Held { token, refresh_at } if js_sys::Date::now() < *refresh_at => {
                return Ok(Rc::clone(token));
            }
            State::Coming(refresh) => Some(refresh.clone()),
            _ => None,
        };
        let refresh = refresh.unwrap_or_else(|| self.start_refresh());
        // It never rejects: how it ended is in the cell.
        let _ = JsFuture::from(refresh.over).await;
        match refresh.outcome.get() {
            Some(outcome) => outcome.clone(),
            None => Err(Failure::new(ErrorKind::Auth, "no access token came. Try again.")),
        }
    }

    /// Whether another token can be had after the server refused one.
    pub fn can_refresh(&self) -> bool {
        !matches!(self.settings.credentials, Credentials::AccessToken(_))
    }

    /// Lets go of a token that the server refused, unless another one is there already: of the same text perhaps, but
    /// fetched since.
    pub fn forget_token(&self, refused: &Rc<str>) {
        let mut state = self.tokens.0.borrow_mut();
        if matches!(&*state, State::Held { token, .. } if Rc::ptr_eq(token, refused)) {
            *state = State::Empty;
        }
    }

    fn start_refresh(&self) -> Refresh {
        let outcome = Rc::new(OnceCell::new());
        let over = {
            let (client, outcome) = (self.clone(), Rc::clone(&outcome));
            promise(async move {
                let result = client.new_token().await;
                *client.tokens.0.borrow_mut() = match &result {
                    Ok(token) => State::Held { token: Rc::clone(token), refresh_at: refresh_at(token) },
                    Err(_) => State::Empty,
                };
                // Set once, here.
                let _ = outcome.set(result);
                Ok(JsValue::UNDEFINED)
            })
        };
        let refresh = Refresh { over, outcome };
        *self.tokens.0.borrow_mut() = State::Coming(refresh.clone());
        refresh
    }

    async fn new_token(&self) -> Result<Rc<str>, Failure> {
        // A refresh serves many calls: it has the client's deadline, and no call's abort ends it.
        let deadline = Deadline::start(self.settings.timeout_ms, None)?;
        match &self.settings.credentials {
            Credentials::AccessToken(token) => Ok(Rc::from(token.as_str())),
            Credentials::GetAccessToken(get) => {
                match deadline.settled(exchange::ask(get, &deadline.fetch_signal())).await {
                    Ok(answer) => token_of(answer),
                    Err(stop) => {
                        Err(named(deadline.failure(stop).adding(" It must not call this client itself.")))
                    }
                }
            }
            Credentials::ApiKey(key) => {
                let request = Request::new(&SIGN_IN).with("apiKey", key);
                let mut tries = Tries::new(self.settings.max_retries);
                let fetched = self.deliver(&request, None, None, &deadline, &mut tries).await?;
                let token = Reflect::get(&fetched, &"access_token".into()).ok().and_then(|it| it.as_string());
                let wrong = match token {
                    Some(token) if is_sendable(&token) => return Ok(Rc::from(token)),
                    Some(_) => "the server gave out a token that cannot stand in a header.",
                    None => "the answer to the sign-in holds no access token.",
                };
                Err(Failure::new(ErrorKind::Auth, wrong).at(&SIGN_IN.label(), tries.sent))
            }
        }
    }
}

/// The token in what the page's function gave.
fn token_of(answer: Result<JsValue, JsValue>) -> Result<Rc<str>, Failure> {
    let answer = answer.map_err(|thrown| {
        named(Failure::new(ErrorKind::Auth, "it failed, so there is no token to call with; see `cause`."))
            .because(Cause::of(&thrown))
    })?;
    match answer.as_string() {
        Some(token) if is_sendable(&token) => Ok(Rc::from(token)),
        Some(_) => Err(named(Failure::new(
            ErrorKind::Auth,
            "it must return the bare token, visible ASCII characters only, without `Bearer` and without a line break.",
        ))),
        None => {
            let message =
                ["it must return a string or a promise of one, not ", kind_of(&answer), "."].concat();
            Err(named(Failure::new(ErrorKind::Auth, message)))
        }
    }
}

fn named(failure: Failure) -> Failure {
    failure.at("auth.getAccessToken", 0)
}

/// When a token must be replaced, in Unix milliseconds; never where it does not say. A token that seems to expire at
/// once comes from a clock that is wrong, or is short-lived: then only the server's word counts.
fn refresh_at(token: &str) -> f64 {
    match expires_at(token) {
        Some(expires) if expires - MARGIN_MS > js_sys::Date::now() => expires - MARGIN_MS,
        _ => f64::INFINITY,
    }
}

/// The `exp` of a JWT, in Unix milliseconds.
fn expires_at(token: &str) -> Option<f64> {
    let claims = replaced(&replaced(token.split('.').nth(1)?, "-", "+"), "_", "/");
    let claims = parse(&atob(&claims).ok()?).ok()??;
    Some(Reflect::get(&claims, &"exp".into()).ok()?.as_f64()? * 1000.0)
}

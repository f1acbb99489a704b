//! The access token of a client, or the refresh in progress.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use js_sys::Promise;
use omicall_api::{
    error::{Error, ErrorKind},
    token::refresh_at,
};

/// The access token of a client.
#[derive(Debug, Default)]
pub struct TokenStore(RefCell<State>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Empty,
    Held {
        token: Rc<str>,
        refresh_at_ms: f64,
    },
    Refreshing(Refresh),
}

/// A refresh in progress.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// Settles when the refresh is finished; never rejects.
    pub finished: Promise,
    /// The token or the error; set once, before `finished` settles.
    pub result: Rc<OnceCell<Result<Rc<str>, Error>>>,
}

impl Refresh {
    /// The token or the error, once `finished` has settled.
    pub fn result(&self) -> Result<Rc<str>, Error> {
        match self.result.get() {
            Some(result) => result.clone(),
            None => Err(Error::new(ErrorKind::Auth, "no access token was obtained. Try again.")),
        }
    }
}

/// A token, or what to wait for.
#[derive(Debug)]
pub enum Token {
    /// A valid token.
    Held(Rc<str>),
    /// A refresh in progress, to wait for.
    Refreshing(Refresh),
}

impl TokenStore {
    /// Returns the token, or the refresh in progress; `None` if the token has expired, or there is none.
    pub fn get(&self, now_ms: f64) -> Option<Token> {
        match &*self.0.borrow() {
            State::Held { token, refresh_at_ms } if now_ms < *refresh_at_ms => {
                Some(Token::Held(Rc::clone(token)))
            }
            State::Refreshing(refresh) => Some(Token::Refreshing(refresh.clone())),
            State::Held { .. } | State::Empty => None,
        }
    }

    /// Records that a refresh has started.
    pub fn start_refresh(&self, refresh: &Refresh) {
        self.0.replace(State::Refreshing(refresh.clone()));
    }

    /// Records the result of the refresh.
    pub fn finish_refresh(&self, token: Option<&Rc<str>>, expires_at_ms: Option<f64>, now_ms: f64) {
        self.0.replace(match token {
            Some(token) => {
                State::Held { token: Rc::clone(token), refresh_at_ms: refresh_at(expires_at_ms, now_ms) }
            }
            None => State::Empty,
        });
    }

    /// Drops a token that the server refused, unless it has been replaced since, even by a token with the same text.
    pub fn forget(&self, refused: &Rc<str>) {
        let mut state = self.0.borrow_mut();
        if matches!(&*state, State::Held { token, .. } if Rc::ptr_eq(token, refused)) {
            *state = State::Empty;
        }
    }
}

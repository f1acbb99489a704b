//! The access token of a client, or the refresh that will bring one.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use js_sys::Promise;
use omicall_api::{error::Error, token::refresh_at};

/// The token that a client holds, or waits for.
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

/// A refresh under way. The promise settles when it is over, the cell holds how it ended.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// Never rejects.
    pub over: Promise,
    /// Set once, before `over` settles.
    pub outcome: Rc<OnceCell<Result<Rc<str>, Error>>>,
}

/// What the store has for a call.
#[derive(Debug)]
pub enum Stored {
    /// A token that is still good.
    Token(Rc<str>),
    /// A refresh to wait for, so that there is one at a time.
    Refresh(Refresh),
    /// Nothing: start a refresh.
    Nothing,
}

impl TokenStore {
    /// What there is for a call that begins now.
    pub fn get(&self, now_ms: f64) -> Stored {
        match &*self.0.borrow() {
            State::Held { token, refresh_at_ms } if now_ms < *refresh_at_ms => {
                Stored::Token(Rc::clone(token))
            }
            State::Refreshing(refresh) => Stored::Refresh(refresh.clone()),
            State::Held { .. } | State::Empty => Stored::Nothing,
        }
    }

    /// A refresh has begun.
    pub fn refreshing(&self, refresh: &Refresh) {
        self.0.replace(State::Refreshing(refresh.clone()));
    }

    /// The refresh is over.
    pub fn refreshed(&self, token: Option<&Rc<str>>, expires_at_ms: Option<f64>, now_ms: f64) {
        self.0.replace(match token {
            Some(token) => {
                State::Held { token: Rc::clone(token), refresh_at_ms: refresh_at(expires_at_ms, now_ms) }
            }
            None => State::Empty,
        });
    }

    /// Drops a token that the server refused, unless there is another one: perhaps with the same text, but fetched since.
    pub fn forget(&self, refused: &Rc<str>) {
        let mut state = self.0.borrow_mut();
        if matches!(&*state, State::Held { token, .. } if Rc::ptr_eq(token, refused)) {
            *state = State::Empty;
        }
    }
}

//! What a client holds, and all its handles share.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use omicall_issues::Language;

use super::{options::Settings, token_store::TokenStore};

/// A client. Its handles share it, and a call keeps it alive until it has ended.
#[derive(Debug, Clone)]
pub struct Client(Rc<Shared>);

/// What the handles of one client share.
#[derive(Debug)]
pub struct Shared {
    /// What the page chose.
    pub settings: Settings,
    /// The access token.
    pub tokens: TokenStore,
    /// The kinds of drift that the console has been told.
    pub warned: RefCell<Vec<String>>,
    closed: Cell<bool>,
}

impl Deref for Client {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Client {
    /// A client that has not called anything yet.
    pub fn new(settings: Settings) -> Self {
        Client(Rc::new(Shared {
            settings,
            tokens: TokenStore::default(),
            warned: RefCell::default(),
            closed: Cell::new(false),
        }))
    }

    /// The language of the issues.
    pub fn language(&self) -> Language {
        self.settings.language
    }

    /// Whether the page has called `free()`.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Called by `free()`: what the page kept rejects from now on.
    pub fn close(&self) {
        self.closed.set(true);
    }
}

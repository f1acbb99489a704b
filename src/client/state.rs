//! The state of a client, shared by all its handles.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use super::{options::Settings, token_store::TokenStore};

/// A client. Its handles share it, and calls in progress keep it alive.
#[derive(Debug, Clone)]
pub struct Client(Rc<Shared>);

/// What the handles of one client share.
#[derive(Debug)]
pub struct Shared {
    /// The options of the page.
    pub settings: Settings,
    /// The access token.
    pub tokens: TokenStore,
    /// The kinds of mismatch already reported on the console.
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
    /// Creates a client.
    pub fn new(settings: Settings) -> Self {
        Client(Rc::new(Shared {
            settings,
            tokens: TokenStore::default(),
            warned: RefCell::default(),
            closed: Cell::new(false),
        }))
    }

    /// Whether the page has called `free()`.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Called by `free()`: iterators that the page kept reject from now on.
    pub fn close(&self) {
        self.closed.set(true);
    }
}

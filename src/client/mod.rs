//! What all families share: the client, its options, and the way of a call to the server and back.

#[macro_use]
pub mod argument;
pub mod deadline;
pub mod decode;
pub mod error;
pub mod exchange;
pub mod hooks;
pub mod options;
pub mod page;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
mod record_tests;
pub mod request;
pub mod retry;
pub mod to_js;
pub mod token;
pub mod transport;

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use tsify::Ts;
use wasm_bindgen::prelude::*;

pub use options::CallOptions;

use crate::{
    extensions::Extensions, greetings::Greetings, groups::Groups, hotlines::Hotlines,
    ivr_scripts::IvrScripts, phones::Phones,
};
use error::Failure;
use omicall_issues::Language;
use options::{CallCenterOptions, Settings};
use token::TokenStore;

#[wasm_bindgen(module = "/src/client/lifetime.js")]
extern "C" {
    fn guard(handle: &JsValue);
}

/// What the handles of one client share. A call keeps it alive until it has ended.
#[derive(Debug, Clone)]
pub struct Client(Rc<Shared>);

/// The insides of a client.
#[derive(Debug)]
pub struct Shared {
    settings: Settings,
    tokens: TokenStore,
    /// The kinds of drift that the console was told of.
    warned: RefCell<Vec<String>>,
    closed: Cell<bool>,
}

impl Deref for Client {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Client {
    /// The language of the issues.
    pub fn language(&self) -> Language {
        self.settings.language
    }

    /// Fails after `free()`.
    pub fn must_be_open(&self) -> Result<(), Failure> {
        if self.closed.get() {
            return Err(Failure::usage("the client was freed: make a new CallCenter."));
        }
        Ok(())
    }
}

/// A client of one OMICall tenant. Make one and keep it: it holds the access token, and all its calls share it.
///
/// @example
/// ```ts
/// await initAsync();
/// const callCenter = new CallCenter({
///   baseUrl: "https://public-v1.omicall.com",
///   auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
/// });
/// const page = await callCenter.phones.list({ keyword: "147" });
/// ```
#[wasm_bindgen]
#[derive(Debug)]
pub struct CallCenter {
    client: Client,
    phones: JsValue,
    hotlines: JsValue,
    extensions: JsValue,
    groups: JsValue,
    ivr_scripts: JsValue,
    greetings: JsValue,
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

#[wasm_bindgen]
impl CallCenter {
    /// Makes a client. Nothing is sent until the first call.
    ///
    /// @param options where the API is and how to sign in; everything else has a default
    /// @throws {OmiCallError} `usage` where an option is missing, unknown or of another kind than it must be; the
    /// message names it.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Ts<CallCenterOptions>) -> Result<CallCenter, JsValue> {
        let settings = Settings::read(Some(options)).map_err(|failure| failure.at("new CallCenter", 0))?;
        let client = Client(Rc::new(Shared {
            settings,
            tokens: TokenStore::default(),
            warned: RefCell::default(),
            closed: Cell::new(false),
        }));
        let made = CallCenter {
            phones: handle(Phones(client.clone())),
            hotlines: handle(Hotlines(client.clone())),
            extensions: handle(Extensions(client.clone())),
            groups: handle(Groups(client.clone())),
            ivr_scripts: handle(IvrScripts(client.clone())),
            greetings: handle(Greetings(client.clone())),
            client,
        };
        if !GUARDED.replace(true) {
            // The class itself can only be reached through an instance.
            let none = JsValue::NULL;
            let probe = CallCenter {
                client: made.client.clone(),
                phones: none.clone(),
                hotlines: none.clone(),
                extensions: none.clone(),
                groups: none.clone(),
                ivr_scripts: none.clone(),
                greetings: none,
            };
            guard(&probe.into());
        }
        Ok(made)
    }

    /// Internal phones (extensions).
    #[wasm_bindgen(getter, unchecked_return_type = "Phones")]
    pub fn phones(&self) -> JsValue {
        self.phones.clone()
    }

    /// Hotlines, the public numbers.
    #[wasm_bindgen(getter, unchecked_return_type = "Hotlines")]
    pub fn hotlines(&self) -> JsValue {
        self.hotlines.clone()
    }

    /// One extension in full, with its SIP account.
    #[wasm_bindgen(getter, unchecked_return_type = "Extensions")]
    pub fn extensions(&self) -> JsValue {
        self.extensions.clone()
    }

    /// Ring groups.
    #[wasm_bindgen(getter, unchecked_return_type = "Groups")]
    pub fn groups(&self) -> JsValue {
        self.groups.clone()
    }

    /// IVR scripts.
    #[wasm_bindgen(getter, js_name = ivrScripts, unchecked_return_type = "IvrScripts")]
    pub fn ivr_scripts(&self) -> JsValue {
        self.ivr_scripts.clone()
    }

    /// Greetings, the recordings that callers hear.
    #[wasm_bindgen(getter, unchecked_return_type = "Greetings")]
    pub fn greetings(&self) -> JsValue {
        self.greetings.clone()
    }

    /// Called by `free()`: handles that the page kept reject from now on; calls under way go on.
    #[wasm_bindgen(skip_typescript)]
    pub fn close(&self) {
        self.client.closed.set(true);
    }
}

/// A family's handle, made once for each client, so that `callCenter.phones === callCenter.phones`.
fn handle(family: impl Into<JsValue>) -> JsValue {
    let handle = family.into();
    guard(&handle);
    handle
}

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
pub use transport::Arguments;

use crate::{
    extensions::Extensions, greetings::Greetings, groups::Groups, hotlines::Hotlines,
    ivr_scripts::IvrScripts, phones::Phones,
};
use omicall_issues::Language;
use options::{CallCenterOptions, Settings};
use token::TokenStore;

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

    /// Whether the page has called `free()`.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
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
pub struct CallCenter(Client);

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
        Ok(CallCenter(Client(Rc::new(Shared {
            settings,
            tokens: TokenStore::default(),
            warned: RefCell::default(),
            closed: Cell::new(false),
        }))))
    }

    /// Internal phones (extensions).
    #[wasm_bindgen(getter)]
    pub fn phones(&self) -> Phones {
        Phones(self.0.clone())
    }

    /// Hotlines, the public numbers.
    #[wasm_bindgen(getter)]
    pub fn hotlines(&self) -> Hotlines {
        Hotlines(self.0.clone())
    }

    /// One extension in full, with its SIP account.
    #[wasm_bindgen(getter)]
    pub fn extensions(&self) -> Extensions {
        Extensions(self.0.clone())
    }

    /// Ring groups.
    #[wasm_bindgen(getter)]
    pub fn groups(&self) -> Groups {
        Groups(self.0.clone())
    }

    /// IVR scripts.
    #[wasm_bindgen(getter, js_name = ivrScripts)]
    pub fn ivr_scripts(&self) -> IvrScripts {
        IvrScripts(self.0.clone())
    }

    /// Greetings, the recordings that callers hear.
    #[wasm_bindgen(getter)]
    pub fn greetings(&self) -> Greetings {
        Greetings(self.0.clone())
    }

    /// Where the API is: `handles.js` shows it in consoles.
    #[wasm_bindgen(getter, js_name = baseUrl, skip_typescript)]
    pub fn base_url(&self) -> String {
        self.0.settings.base_url.clone()
    }

    /// Called by `free()`: walks that the page kept reject from now on; calls under way go on.
    #[wasm_bindgen(js_name = __close, skip_typescript)]
    pub fn close(&self) {
        self.0.closed.set(true);
    }
}

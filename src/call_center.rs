//! The `CallCenter` class.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::{
    client::{
        CallOptions, Client,
        options::{CallCenterOptions, Settings},
    },
    convert::error::ThrownError,
    extensions::Extensions,
    greetings::Greetings,
    groups::Groups,
    hotlines::Hotlines,
    ivr_scripts::IvrScripts,
    phones::Phones,
};

/// A client for one OMICall tenant. Create it once and keep it: all its calls share the access token.
///
/// @example
/// ```ts
/// await initAsync();
/// const callCenter = new CallCenter({
///   baseUrl: "https://public-v1-stg.omicall.com",
///   auth: {
///     getAccessToken: async () => {
///       const response = await fetch("/my-backend/omicall-token");
///       if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
///       return response.text();
///     },
///   },
/// });
/// const page = await callCenter.phones.list({ keyword: "147" });
/// ```
#[wasm_bindgen]
#[derive(Debug)]
pub struct CallCenter(Client);

#[wasm_bindgen]
impl CallCenter {
    /// Creates a client. It sends nothing until the first call.
    ///
    /// @param options the URL of the API and how to sign in; all other options have defaults
    /// @throws {OmiCallError} `usage` if an option is missing, unknown or of the wrong type; the message names it.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Ts<CallCenterOptions>) -> Result<CallCenter, ThrownError> {
        let settings =
            Settings::read(Some(options)).map_err(|error| error.with_endpoint("new CallCenter", 0))?;
        Ok(CallCenter(Client::new(settings)))
    }

    /// Internal phones (extensions).
    #[wasm_bindgen(getter)]
    pub fn phones(&self) -> Phones {
        Phones(self.0.clone())
    }

    /// Hotlines, the public numbers of the tenant.
    #[wasm_bindgen(getter)]
    pub fn hotlines(&self) -> Hotlines {
        Hotlines(self.0.clone())
    }

    /// Extension details, with the SIP account.
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

    /// An access token that calls could use now: the one that the client holds, or a new one shortly before that expires. So a
    /// backend that has the API key can hand out tokens to its pages, and signs in once for all of them. It does not notice that OMICall
    /// revoked a token before its `exp`, and returns it again: if your pages then get 401, make a new `CallCenter`.
    ///
    /// @example
    /// ```ts
    /// const callCenter = new CallCenter({ baseUrl, auth: { apiKey: process.env.OMICALL_API_KEY! } });
    /// app.get("/my-backend/omicall-token", async (request, response) => response.type("text").send(await callCenter.accessToken()));
    /// ```
    ///
    /// @param options abort signal, timeout and retries; `validation` has no effect here
    /// @returns the token, without `Bearer`
    /// @throws {OmiCallError} `auth` if there is no token; or any request error of the sign-in, see `ErrorKind`.
    #[wasm_bindgen(js_name = accessToken, unchecked_return_type = "Promise<string>")]
    pub fn access_token(&self, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.access_token(options)
    }

    /// The URL of the API; `handles.js` shows it in consoles.
    #[wasm_bindgen(getter, js_name = baseUrl, skip_typescript)]
    pub fn base_url(&self) -> String {
        self.0.settings.base_url.clone()
    }

    /// Called by `free()`: iterators that the page kept reject from now on; calls in progress continue.
    #[wasm_bindgen(js_name = __close, skip_typescript)]
    pub fn close(&self) {
        self.0.close();
    }
}

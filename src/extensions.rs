//! One extension in full, with the SIP account that a softphone registers with.

use omicall_api::extensions::{self, ExtensionQuery};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client};

/// Extensions in full. Reach it as `callCenter.extensions`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Extensions(pub(crate) Client);

#[wasm_bindgen]
impl Extensions {
    /// Looks up one extension and its SIP account.
    ///
    /// @example
    /// ```ts
    /// const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
    /// console.log(detail.full_name, detail.pbx_account.sip_web_socket_server);
    /// ```
    ///
    /// @param query by what to look it up, and the value to look for
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the extension; `pbx_account.sip_password` is a secret
    /// @throws {OmiCallError} `usage` for an unknown `type` or an empty `keyword`, before anything is sent; `api` with code
    /// `extension_invalid` where there is no such extension; `auth`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<ExtensionDetail>")]
    pub fn detail(&self, query: Ts<ExtensionQuery>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call(&extensions::DETAIL, Arguments::new(query), options)
    }
}

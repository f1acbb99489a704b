//! The details of an extension, with the SIP account for a softphone.

use omicall_api::extensions::{self, ExtensionQuery};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client};

/// Extension details, available as `callCenter.extensions`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Extensions(pub(crate) Client);

#[wasm_bindgen]
impl Extensions {
    /// Looks up an extension and its SIP account.
    ///
    /// @example
    /// ```ts
    /// const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
    /// console.log(detail.full_name, detail.pbx_account.sip_web_socket_server);
    /// ```
    ///
    /// @param query the key to look up by, and its value
    /// @param options abort signal, timeout and retries of this call
    /// @returns the extension; `pbx_account.sip_password` is a secret
    /// @throws {OmiCallError} `usage` for an unknown `type` or an empty `keyword`, before anything is sent; `api`
    /// with code `extension_invalid` if there is no such extension; or any request error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<ExtensionDetail>")]
    pub fn detail(&self, query: Ts<ExtensionQuery>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call(&extensions::DETAIL, Arguments::new(query), options)
    }
}

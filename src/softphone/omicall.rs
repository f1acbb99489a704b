//! The configuration for the vendor's own Web SDK.

use omicall_issues::Language;
use omicall_softphone::{library_configs::OmiCallSdkConfig, sip_account::SipLibrary};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, read_settings};
use crate::convert::{error::ThrownError, from_js, to_js::to_js};

options! {
    /// Options of `omiCallSdkConfig`. All are optional.
    pub struct OmiCallSdkOptions {}
    optional {
        /// Whether to pass the account's WebSocket as `wssUri`, which the vendor does not document. Default `false`.
        wssUri: bool,
        /// The language of the `issues` if the account cannot register. Default `"en"`.
        language: Language,
    }
}

/// Makes the configuration for the vendor's Web SDK v3 from a SIP account. It needs the account's WebSocket only for `wssUri`.
///
/// The password stays in memory as long as this object lives, and as long as the vendor's SDK keeps it, which is not
/// documented. JavaScript cannot erase it.
///
/// @example
/// ```ts
/// await OMICallSDK.init({ lng: "vn" });
/// await OMICallSDK.register(omiCallSdkConfig(detail));
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
/// @param options whether to pass the WebSocket too
/// @returns the argument for `OMICallSDK.register(…)`
/// @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
#[wasm_bindgen(js_name = omiCallSdkConfig, unchecked_return_type = "OmiCallSdkConfig")]
pub fn omi_call_sdk_config(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    options: Option<Ts<OmiCallSdkOptions>>,
) -> Result<JsValue, ThrownError> {
    let options: OmiCallSdkOptions = from_js::read("options", options, Language::English)?;
    let with_web_socket = options.wssUri == Some(true);
    let library = if with_web_socket { SipLibrary::Any } else { SipLibrary::OmiCallSdk };
    let account_options = AccountOptions { display_name: None, language: options.language, library };
    let settings = read_settings(detail, account_options)?;
    let config = OmiCallSdkConfig::new(&settings, with_web_socket);
    Ok(hide(&to_js(&config), "sipPassword"))
}

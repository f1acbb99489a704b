//! What the vendor's own Web SDK takes.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{Wish, hide, object_of, settings_of};
use crate::{
    client::argument,
    validate::{Language, account::Taker},
};

request! {
    /// How the configuration of the vendor's Web SDK is made. Everything may be left out.
    pub struct OmiCallSdkOptions {}
    optional {
        /// Whether to pass the account's WebSocket as `wssUri`, which the vendor does not document. Default `false`.
        wssUri: bool,
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
    }
}

/// What `OMICallSDK.register(…)` of the vendor's Web SDK v3 takes.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OmiCallSdkConfig {
    /// The SIP realm.
    pub sip_realm: String,
    /// The SIP user.
    pub sip_user: String,
    /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
    pub sip_password: String,
    /// The WebSocket to connect to; only where it was asked for.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wss_uri: Option<String>,
}

/// Makes the configuration of the vendor's Web SDK v3 of a SIP account.
///
/// The password stays in memory as long as this object lives, and as long as the vendor's SDK keeps it, which is not
/// documented. JavaScript cannot wipe it.
///
/// @example
/// ```ts
/// await OMICallSDK.init({ lng: "vn" });
/// await OMICallSDK.register(omiCallSdkConfig(detail));
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list`
/// @param options whether to pass the WebSocket too
/// @returns what `OMICallSDK.register(…)` takes
/// @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
#[wasm_bindgen(js_name = omiCallSdkConfig, unchecked_return_type = "OmiCallSdkConfig")]
pub fn omi_call_sdk_config(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    options: Option<Ts<OmiCallSdkOptions>>,
) -> Result<JsValue, JsValue> {
    let options: OmiCallSdkOptions = argument::read("options", options, Language::English)?;
    let wish = Wish { name: None, language: options.language, taker: Taker::Any };
    let settings = settings_of(detail, wish)?;
    let config = OmiCallSdkConfig {
        sip_realm: settings.realm,
        sip_user: settings.user,
        sip_password: settings.password,
        wss_uri: Some(settings.web_socket_url).filter(|_| options.wssUri == Some(true)),
    };
    Ok(hide(&object_of(&config), "sipPassword"))
}

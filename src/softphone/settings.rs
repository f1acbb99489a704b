//! Settings for any softphone library, and the check of an account.

use omicall_issues::{Language, Report};
use omicall_schema::draft::{Value, parse};
use omicall_softphone::{
    settings::{IceConfiguration, read_ice_servers},
    sip_account::{self, SipAccount, SipAccountDraft, SipLibrary},
};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, read_settings};
use crate::convert::{error::ThrownError, from_js, read_draft::encode_draft, to_js::to_js};

options! {
    /// Options of `softphoneSettings`. All are optional.
    pub struct SoftphoneOptions {}
    optional {
        /// The name that the other side sees, instead of the account's own.
        displayName: String,
        /// The language of the `issues` if the account cannot register. Default `"en"`.
        language: Language,
    }
}

omicall_schema::untyped_draft! {
    /// What is read of the context of `validateSipAccount`, which is a `Tenant`.
    pub struct AccountContext<'t> {
        /// The language of the messages.
        language: Value<'t>,
    }
}

/// Checks whether a SIP account can register from a browser, with JsSIP and with SIP.js.
///
/// @example
/// ```ts
/// const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
/// const { ok, issues } = validateSipAccount(detail, { language: "vi" });
/// if (!ok) for (const { code, path, message } of issues) console.warn(code, path, message);
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
/// @param context only its `language` is used
/// @returns the report; paths point into `detail`, e.g. `"/pbx_account/sip_realm"`
/// @throws {OmiCallError} `usage` if `detail` cannot be read or `context` is invalid.
#[wasm_bindgen(js_name = validateSipAccount, unchecked_return_type = "Report")]
pub fn validate_sip_account(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    let encoded = encode_draft::<SipAccountDraft<'_>>("detail", detail)?;
    let encoded_context = encode_draft::<AccountContext<'_>>("context", context)?;
    let context: AccountContext<'_> = parse(&encoded_context);
    let mut report = Report::new(Language::from_draft("context", context.language)?, true);
    sip_account::check(&SipAccount::new(parse(&encoded)), SipLibrary::Any, &mut report);
    Ok(to_js(&report))
}

/// Makes settings for any softphone library from a SIP account.
///
/// The password stays in memory as long as the object lives, and JavaScript cannot erase it: drop the object, and the
/// `detail` it was made from, when the softphone has started.
///
/// @example
/// ```ts
/// const settings = softphoneSettings(await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" }));
/// console.log(settings.address, settings.webSocketUrl); // "sip:6349@contact18", "wss://vh.omicrm.com:7443"
/// for (const { path, reason } of settings.ignored) console.info(path, reason);
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
/// @param options display name and language
/// @returns the settings; JSON, strings and consoles show `"***"` for the password
/// @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
#[wasm_bindgen(js_name = softphoneSettings, unchecked_return_type = "SoftphoneSettings")]
pub fn softphone_settings(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    options: Option<Ts<SoftphoneOptions>>,
) -> Result<JsValue, ThrownError> {
    let options: SoftphoneOptions = from_js::read("options", options, Language::English)?;
    let account_options = AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::Any,
    };
    let settings = read_settings(detail, account_options)?;
    Ok(hide(&to_js(&settings), "password"))
}

/// Makes the configuration of an `RTCPeerConnection` from the STUN servers of a SIP account.
///
/// It uses nothing else of the account, so it needs no password. Entries that are not STUN addresses are left out;
/// `softphoneSettings(detail).ignored` lists them. JsSIP takes the configuration per call; for SIP.js, `sipJsConfig` already
/// contains it.
///
/// @example
/// ```ts
/// ua.call("sip:6350@contact18", { mediaConstraints: { audio: true }, pcConfig: rtcConfiguration(detail) });
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list`, which has no STUN servers
/// @returns `{ iceServers }`, empty if the account has no STUN servers
/// @throws {OmiCallError} `usage` if `detail` cannot be read.
#[wasm_bindgen(js_name = rtcConfiguration, unchecked_return_type = "IceConfiguration")]
pub fn rtc_configuration(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
) -> Result<JsValue, ThrownError> {
    let encoded = encode_draft::<SipAccountDraft<'_>>("detail", detail)?;
    let account: SipAccountDraft<'_> = parse(&encoded);
    let servers = read_ice_servers(&account.pbx_account.stun_servers, &mut Vec::new());
    Ok(to_js(&IceConfiguration::new(&servers)))
}

//! Settings that no library in particular takes, and the check of an account.

use crate::client::error::ThrownError;
use omicall_checks::tenant::Tenant;
use omicall_issues::Language;
use omicall_schema::draft::parse;
use omicall_softphone::sip_account::{self, SipAccount, SipAccountDraft, SipLibrary};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, settings_of};
use crate::{
    client::{from_js, to_js::to_js},
    read_draft::draft_text,
};
use omicall_api::error::Error;

options! {
    /// How settings are made. Everything may be left out.
    pub struct SoftphoneOptions {}
    optional {
        /// The name to show to the other side, instead of the account's own.
        displayName: String,
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
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
/// @param detail what `extensions.detail` returned, or a record of `phones.list`
/// @param context only its `language` matters
/// @returns what was found; paths point into what was passed, e.g. `"/pbx_account/sip_realm"`
/// @throws {OmiCallError} `usage` where `detail` cannot be read, or `context` is wrong.
#[wasm_bindgen(js_name = validateSipAccount, unchecked_return_type = "Report")]
pub fn validate_sip_account(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    let text = draft_text::<SipAccountDraft<'_>>("detail", detail)?;
    let context_text = draft_text::<Tenant<'_>>("context", context)?;
    let context: Tenant<'_> = parse(&context_text);
    context.validate("context")?;
    let mut report = context.new_report();
    sip_account::check(&SipAccount::new(parse(&text)), SipLibrary::Any, &mut report);
    Ok(to_js(&report))
}

/// Makes settings of a SIP account for a softphone of any kind.
///
/// The password stays in memory as long as the object lives, and JavaScript cannot wipe it: let go of the object, and of
/// the `detail` that it came from, when the softphone has started.
///
/// @example
/// ```ts
/// const settings = softphoneSettings(await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" }));
/// console.log(settings.address, settings.webSocketUrl); // "sip:6349@contact18", "wss://vh.omicrm.com:7443"
/// for (const { path, reason } of settings.ignored) console.info(path, reason);
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list`
/// @param options display name and language
/// @returns the settings; JSON, strings and consoles show `"***"` for the password
/// @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
#[wasm_bindgen(js_name = softphoneSettings, unchecked_return_type = "SoftphoneSettings")]
pub fn softphone_settings(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    options: Option<Ts<SoftphoneOptions>>,
) -> Result<JsValue, ThrownError> {
    let settings = settings_of(detail, account_options(options)?)?;
    Ok(hide(&to_js(&settings), "password"))
}

/// Makes the configuration of an `RTCPeerConnection` of the STUN servers of a SIP account.
///
/// JsSIP takes it per call, SIP.js once: `sipJsConfig` has it in it already.
///
/// @example
/// ```ts
/// ua.call("sip:6350@contact18", { mediaConstraints: { audio: true }, pcConfig: rtcConfiguration(detail) });
/// ```
///
/// @param detail what `extensions.detail` returned, or a record of `phones.list`, which tells no STUN servers
/// @param options only the language matters
/// @returns `{ iceServers }`, empty where the account has no STUN servers
/// @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
#[wasm_bindgen(js_name = rtcConfiguration, unchecked_return_type = "IceConfiguration")]
pub fn rtc_configuration(
    #[wasm_bindgen(unchecked_param_type = "SipAccountDraft")] detail: &JsValue,
    options: Option<Ts<SoftphoneOptions>>,
) -> Result<JsValue, ThrownError> {
    Ok(to_js(&settings_of(detail, account_options(options)?)?.ice()))
}

fn account_options(options: Option<Ts<SoftphoneOptions>>) -> Result<AccountOptions, Error> {
    let options: SoftphoneOptions = from_js::read("options", options, Language::English)?;
    Ok(AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::Any,
    })
}

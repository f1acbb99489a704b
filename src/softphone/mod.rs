//! Turns a SIP account into the settings of a softphone: [`settings`] for any library, or the configuration of [`jssip`],
//! [`sipjs`] and the vendor's own SDK ([`omicall`]).
//!
//! Every account is checked first, so that the settings never make a library's constructor throw.

pub mod jssip;
pub mod omicall;
pub mod opus;
pub mod settings;
pub mod sipjs;

use omicall_api::error::{Error, ErrorKind};
use omicall_issues::{Language, Report, Severity};
use omicall_schema::{compact::concat, draft::parse};
use omicall_softphone::{
    settings::SoftphoneSettings,
    sip_account::{SipAccountDraft, SipLibrary},
};
use wasm_bindgen::prelude::*;

use crate::convert::{error::read_cause, read_draft::encode_draft};

#[wasm_bindgen(module = "/src/js/softphone.js")]
extern "C" {
    /// Hides a member of an object from JSON, strings and consoles.
    fn hide(object: &JsValue, member: &str) -> JsValue;

    /// Makes an array with a socket of JsSIP's own class. An `Option`, not a bare `JsValue`, so that an exception leaks no slot of
    /// wasm-bindgen's table: see `member_of` in `argument.rs`.
    #[wasm_bindgen(catch, js_name = socketsOf)]
    fn sockets_of(namespace: &JsValue, url: &str) -> Result<Option<JsValue>, JsValue>;

    /// Makes a URI of SIP.js's own class, likewise. `None` if it is not an object.
    #[wasm_bindgen(catch, js_name = uriOf)]
    fn uri_of(namespace: &JsValue, address: &str) -> Result<Option<JsValue>, JsValue>;

    /// Puts Opus first; returns whether the browser could.
    #[wasm_bindgen(catch, js_name = opusFirst)]
    fn opus_first(target: &JsValue) -> Result<bool, JsValue>;
}

/// Options that all functions share.
#[derive(Debug)]
pub struct AccountOptions {
    /// The name that the other side sees, instead of the account's own.
    pub display_name: Option<String>,
    /// The language of the issues.
    pub language: Option<Language>,
    /// The library that the settings are for.
    pub library: SipLibrary,
}

/// Reads an account from JavaScript and makes its settings; an error if it cannot register.
fn read_settings(detail: &JsValue, options: AccountOptions) -> Result<SoftphoneSettings, Error> {
    let encoded = encode_draft::<SipAccountDraft<'_>>("detail", detail)?;
    let AccountOptions { display_name, language, library } = options;
    let language = language.unwrap_or(Language::English);
    SoftphoneSettings::from_draft(parse(&encoded), display_name, library, language).map_err(invalid_account)
}

/// The error for an account that cannot register.
fn invalid_account(report: Report) -> Error {
    let mut message = String::from("This SIP account cannot register.");
    for issue in report.issues.iter().filter(|issue| issue.severity == Severity::Error) {
        message += &concat(&[" ", &issue.path, ": ", &issue.message, "."]);
    }
    Error::new(ErrorKind::Validation, message).with_fields(|fields| fields.issues = report.issues)
}

/// Sets a member of a new object, which cannot fail.
fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &name.into(), value);
}

/// The error for a namespace that is not the library's.
fn wrong_namespace(option: &str, import: &str, member: &str, thrown: &JsValue) -> Error {
    let problem = ["must be the namespace of `", import, "`, with a working `", member, "`."];
    Error::invalid_argument("options", ["/", option].concat(), &problem).with_cause(read_cause(thrown))
}

//! From a SIP account to the settings of a softphone: [`settings`] for any library, and ready-made for [`jssip`], for
//! [`sipjs`] and for the vendor's own SDK ([`omicall`]).
//!
//! Every account is checked first: settings that come from here make no constructor throw.

pub mod jssip;
pub mod omicall;
pub mod opus;
pub mod settings;
pub mod sipjs;

use omicall_issues::{Language, Report, Severity};
use omicall_schema::draft::parse;
use omicall_softphone::{
    settings::SoftphoneSettings,
    sip_account::{SipAccountDraft, SipLibrary},
};
use wasm_bindgen::prelude::*;

use crate::{
    client::error::{Cause, ErrorKind, Failure},
    read_draft::draft_text,
};

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// Hides a member of an object from JSON, strings and consoles.
    fn hide(object: &JsValue, member: &str) -> JsValue;

    /// A socket of JsSIP's own class. An `Option` for the sake of the table of JavaScript values: see `member_of` of
    /// `argument.rs`.
    #[wasm_bindgen(catch, js_name = socketOf)]
    fn socket_of(namespace: &JsValue, url: &str) -> Result<Option<JsValue>, JsValue>;

    /// An address of SIP.js' own class, likewise.
    #[wasm_bindgen(catch, js_name = uriOf)]
    fn uri_of(namespace: &JsValue, address: &str) -> Result<Option<JsValue>, JsValue>;

    /// Puts Opus first; tells whether the browser could.
    #[wasm_bindgen(catch, js_name = opusFirst)]
    fn opus_first(target: &JsValue) -> Result<bool, JsValue>;
}

/// What a page asks for, apart from the account.
#[derive(Debug)]
pub struct AccountOptions {
    /// The name to show, instead of the account's own.
    pub display_name: Option<String>,
    /// The language of the issues.
    pub language: Option<Language>,
    /// The library that the settings are for.
    pub library: SipLibrary,
}

/// Reads an account from JavaScript, refuses one that cannot register, and makes settings of it.
fn settings_of(detail: &JsValue, options: AccountOptions) -> Result<SoftphoneSettings, Failure> {
    let text = draft_text::<SipAccountDraft<'_>>("detail", detail)?;
    let AccountOptions { display_name, language, library } = options;
    let language = language.unwrap_or(Language::English);
    SoftphoneSettings::from_draft(parse(&text), display_name, library, language).map_err(refused)
}

fn refused(report: Report) -> Failure {
    let mut message = String::from("This SIP account cannot register.");
    for issue in report.issues.iter().filter(|issue| issue.severity == Severity::Error) {
        message.extend([" ", &issue.path, ": ", &issue.message, "."]);
    }
    Failure::new(ErrorKind::Validation, message).with(|fields| fields.issues = report.issues)
}

/// The namespace that was passed is not that of the library.
fn wrong_namespace(option: &str, import: &str, member: &str, thrown: &JsValue) -> JsValue {
    let words = ["must be what `", import, "` gives, with a working `", member, "`."];
    Failure::wrong("options", ["/", option].concat(), &words).because(Cause::of(thrown)).into()
}

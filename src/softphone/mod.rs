//! From a SIP account to the settings of a softphone: [`settings`] for any library, and ready-made for [`jssip`], for
//! [`sipjs`] and for the vendor's own SDK ([`omicall`]).
//!
//! Every account is checked first (`validate/account.rs`): settings that come from here make no constructor throw.

pub mod jssip;
pub mod omicall;
pub mod opus;
pub mod proxy;
pub mod settings;
pub mod sipjs;

use wasm_bindgen::prelude::*;

use crate::{
    client::error::{Cause, ErrorKind, Failure},
    validate::{
        Language, Report, Severity,
        account::{self, Account, Source, Taker},
        read,
    },
};
use settings::Settings;

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// Hides a member of an object from JSON, strings and consoles.
    fn hide(object: &JsValue, member: &str) -> JsValue;

    /// A socket of JsSIP's own class.
    #[wasm_bindgen(catch, js_name = socketOf)]
    fn socket_of(namespace: &JsValue, url: &str) -> Result<JsValue, JsValue>;

    /// An address of SIP.js' own class.
    #[wasm_bindgen(catch, js_name = uriOf)]
    fn uri_of(namespace: &JsValue, address: &str) -> Result<JsValue, JsValue>;

    /// Puts Opus first; tells whether the browser could.
    #[wasm_bindgen(catch, js_name = opusFirst)]
    fn opus_first(target: &JsValue) -> Result<bool, JsValue>;
}

/// What the page says beside the account.
#[derive(Debug)]
pub struct Wish {
    /// The name to show, instead of the account's own.
    pub name: Option<String>,
    /// The language of the issues.
    pub language: Option<Language>,
    /// For whom it is.
    pub taker: Taker,
}

/// Reads an account from JavaScript, refuses one that cannot register, and makes settings of it.
fn settings_of(detail: &JsValue, wish: Wish) -> Result<Settings, Failure> {
    let text = read::text_of::<Source<'_>>("detail", detail)?;
    let account = Account::new(read::parse(&text));
    let mut report = Report::new(wish.language.unwrap_or(Language::English), true);
    account::check(&account, wish.taker, &mut report);
    if report.ok { Ok(Settings::of(&account, wish.name)) } else { Err(refused(report)) }
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

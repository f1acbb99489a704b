//! The options for `new SIP.UserAgent(…)`.

use js_sys::Object;
use omicall_issues::Language;
use omicall_softphone::{library_configs::SipJsAccount, sip_account::SipLibrary};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, read_settings, set, uri_of, wrong_namespace};
use crate::convert::{
    error::ThrownError,
    from_js::{self, JsAny},
    to_js::to_js,
};

options! {
    /// Options of `sipJsConfig`. All are optional.
    pub struct SipJsOptions {}
    optional {
        /// The namespace of the library, to make the URI: `import * as SIP from "sip.js"`, or `{ UserAgent }`.
        SIP: JsAny = "unknown",
        /// The name that the other side sees, instead of the account's own.
        displayName: String,
        /// The language of the `issues` if the account cannot register. Default `"en"`.
        language: Language,
    }
}

// The result type depends on the options, and the class of the URI is the library's own: Rust cannot declare that.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** The part of SIP.js's namespace that `sipJsConfig` uses. */
export interface SipJsNamespace<URI> {
    /** The user agent class. */
    readonly UserAgent: {
        /** Parses a SIP URI; `undefined` if it is not valid. */
        makeURI(uri: string): URI | undefined;
    };
}

/** The options for `new UserAgent(…)` of SIP.js. */
export interface SipJsConfig<URI> extends SipJsAccount {
    /** The SIP address, as an instance of the library's own class. */
    uri: URI;
}

/**
 * The options for `new UserAgent(…)` of SIP.js in two parts, because the address must be of the library's own class:
 * `Object.assign(options, { uri: UserAgent.makeURI(address) })`.
 */
export interface SipJsParts {
    /** The SIP address. */
    address: string;
    /** Everything else. */
    options: SipJsAccount;
}

/**
 * Makes the options for `new UserAgent(…)` of SIP.js from a SIP account.
 *
 * To set more options, change the object (`Object.assign(config, { delegate })`): a copy (`{ ...config }`) would show the
 * password in logs. The password stays in memory as long as this object lives; SIP.js copies it and keeps its copy as long as the
 * `UserAgent` lives, where `console.log(userAgent)` shows it. JavaScript cannot erase it.
 *
 * @example
 * ```ts
 * import * as SIP from "sip.js";
 * const userAgent = new SIP.UserAgent(sipJsConfig(detail, { SIP }));
 * await userAgent.start();
 * await new SIP.Registerer(userAgent, { expires: 300 }).register();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options the namespace of the library, display name
 * @returns the options for `new UserAgent(…)`; without the namespace, the address as a string and the other options
 * @throws {OmiCallError} `validation` with the issues if the account cannot register with SIP.js, which is stricter about
 * `_` in realms than JsSIP; `usage` for invalid options.
 */
export function sipJsConfig<URI>(detail: SipAccountDraft, options: SipJsOptions & { SIP: SipJsNamespace<URI> }): SipJsConfig<URI>;
/**
 * Makes the options of SIP.js from a SIP account without the library's namespace: with the address as a string, which
 * `UserAgent.makeURI` turns into the URI that the constructor needs.
 *
 * @example
 * ```ts
 * const { address, options } = sipJsConfig(detail);
 * const userAgent = new UserAgent(Object.assign(options, { uri: UserAgent.makeURI(address) }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options display name
 * @returns the address and the other options
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function sipJsConfig(detail: SipAccountDraft, options?: SipJsOptions & { SIP?: undefined }): SipJsParts;
"#;

/// Makes the options of SIP.js; it is documented with its TypeScript.
#[wasm_bindgen(js_name = sipJsConfig, skip_typescript)]
pub fn sip_js_config(detail: &JsValue, options: Option<Ts<SipJsOptions>>) -> Result<JsValue, ThrownError> {
    let options: SipJsOptions = from_js::read("options", options, Language::English)?;
    let account_options = AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::SipJs,
    };
    let settings = read_settings(detail, account_options)?;
    let config = hide(&to_js(&SipJsAccount::new(&settings)), "authorizationPassword");
    match options.SIP.filter(JsAny::is_given) {
        None => {
            let parts = Object::new();
            set(&parts, "address", &settings.address.as_str().into());
            set(&parts, "options", &config);
            Ok(parts.into())
        }
        Some(JsAny(namespace)) => {
            let wrong = |thrown: JsValue| {
                wrong_namespace("SIP", "import * as SIP from \"sip.js\"", "UserAgent.makeURI", &thrown)
            };
            let uri = uri_of(&namespace, &settings.address).map_err(wrong)?;
            let uri = uri.ok_or_else(|| wrong(JsValue::UNDEFINED))?;
            set(&config, "uri", &uri);
            Ok(config)
        }
    }
}

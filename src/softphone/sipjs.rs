//! What `new SIP.UserAgent(…)` takes.

use js_sys::{Object, Reflect};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, settings_of, uri_of, wrong_namespace};
use crate::client::{
    argument::{self, JsAny},
    to_js::to_js,
};
use omicall_issues::Language;
use omicall_softphone::{libraries::SipJsAccount, sip_account::SipLibrary};

options! {
    /// How the options of SIP.js are made. Everything may be left out.
    pub struct SipJsOptions {}
    optional {
        /// The namespace of the library, which makes the address: `import * as SIP from "sip.js"`, or `{ UserAgent }`.
        SIP: JsAny = "unknown",
        /// The name to show to the other side, instead of the account's own.
        displayName: String,
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
    }
}

// Which result comes depends on the options, and the class of the address is the library's own: Rust cannot say that.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** What `sipJsConfig` needs of the namespace of SIP.js. */
export interface SipJsNamespace<URI> {
    /** Its class of user agents. */
    readonly UserAgent: {
        /** Makes an address of a text; `undefined` where it is none. */
        makeURI(uri: string): URI | undefined;
    };
}

/** What `new UserAgent(…)` of SIP.js takes. */
export interface SipJsConfig<URI> extends SipJsAccount {
    /** The SIP address, of the library's own class. */
    uri: URI;
}

/**
 * What `new UserAgent(…)` of SIP.js takes, in two parts, for it wants an address of its own class:
 * `Object.assign(options, { uri: UserAgent.makeURI(address) })`.
 */
export interface SipJsParts {
    /** The SIP address. */
    address: string;
    /** Everything else. */
    options: SipJsAccount;
}

/**
 * Makes the options of SIP.js of a SIP account.
 *
 * To set more, write to the object (`Object.assign(config, { delegate })`): a copy (`{ ...config }`) shows its password in
 * logs. The password stays in memory as long as this object lives; SIP.js copies it and keeps its copy as long as the
 * `UserAgent` lives, where `console.log(userAgent)` shows it. JavaScript cannot wipe it.
 *
 * @example
 * ```ts
 * import * as SIP from "sip.js";
 * const userAgent = new SIP.UserAgent(sipJsConfig(detail, { SIP }));
 * await userAgent.start();
 * await new SIP.Registerer(userAgent, { expires: 300 }).register();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list`
 * @param options the namespace of the library, display name
 * @returns what `new UserAgent(…)` takes; without the namespace, the address as a string beside everything else
 * @throws {OmiCallError} `validation` with the issues of an account that cannot register with SIP.js, which is stricter
 * about `_` in realms than JsSIP; `usage` for wrong options.
 */
export function sipJsConfig<URI>(detail: SipAccountDraft, options: SipJsOptions & { SIP: SipJsNamespace<URI> }): SipJsConfig<URI>;
/**
 * Makes the parts of the options of SIP.js of a SIP account, where the library's namespace is not at hand: with the
 * address as a string, of which only the library can make what its constructor takes.
 *
 * @example
 * ```ts
 * const { address, options } = sipJsConfig(detail);
 * const userAgent = new UserAgent(Object.assign(options, { uri: UserAgent.makeURI(address) }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list`
 * @param options display name
 * @returns the address, and everything else
 * @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
 */
export function sipJsConfig(detail: SipAccountDraft, options?: SipJsOptions & { SIP?: undefined }): SipJsParts;
"#;

/// Makes the options of SIP.js; its documentation stands with its TypeScript.
#[wasm_bindgen(js_name = sipJsConfig, skip_typescript)]
pub fn sip_js_config(detail: &JsValue, options: Option<Ts<SipJsOptions>>) -> Result<JsValue, JsValue> {
    let options: SipJsOptions = argument::read("options", options, Language::English)?;
    let account_options = AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::SipJs,
    };
    let settings = settings_of(detail, account_options)?;
    let config = hide(&to_js(&SipJsAccount::new(&settings)), "authorizationPassword");
    match options.SIP.filter(JsAny::is_given) {
        None => {
            let parts = Object::new();
            Reflect::set(&parts, &"address".into(), &settings.address.as_str().into())?;
            Reflect::set(&parts, &"options".into(), &config)?;
            Ok(parts.into())
        }
        Some(JsAny(namespace)) => {
            let wrong = |thrown: JsValue| {
                wrong_namespace("SIP", "import * as SIP from \"sip.js\"", "UserAgent.makeURI", &thrown)
            };
            let uri = uri_of(&namespace, &settings.address).map_err(wrong)?.unwrap_or_default();
            if !uri.is_object() {
                return Err(wrong(JsValue::UNDEFINED));
            }
            Reflect::set(&config, &"uri".into(), &uri)?;
            Ok(config)
        }
    }
}

//! What `new SIP.UserAgent(…)` takes.

use js_sys::{Object, Reflect};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{Wish, hide, settings::IceConfiguration, settings_of, uri_of, wrong_namespace};
use crate::{
    client::{
        argument::{self, Opaque},
        made::{Made as _, set},
    },
    text::replaced,
    validate::{Language, account::Taker},
};

request! {
    /// How the options of SIP.js are made. Everything may be left out.
    pub struct SipJsOptions {}
    optional {
        /// The namespace of the library, which makes the address: `import * as SIP from "sip.js"`, or `{ UserAgent }`.
        #[tsify(type = "unknown")]
        SIP: Opaque,
        /// The name to show to the other side, instead of the account's own.
        displayName: String,
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
    }
}

made! {
    /// The options of SIP.js, all but the address.
    pub struct SipJsAccount<'s> {
        /// Whom to authenticate as.
        authorizationUsername: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        authorizationPassword: &'s str,
        /// Where to connect to.
        transportOptions: SipJsTransport<'s>,
        /// The STUN servers. They are always there, for without them SIP.js asks a server of Google's.
        sessionDescriptionHandlerFactoryOptions: SipJsMedia<'s>,
    }
    optional {
        /// The name to show to the other side, escaped, for SIP.js does not do it.
        displayName: String = "string",
    }
}

made! {
    /// Where SIP.js connects to.
    pub struct SipJsTransport<'s> {
        /// The WebSocket to connect to.
        server: &'s str,
    }
}

made! {
    /// How SIP.js makes its peer connections.
    pub struct SipJsMedia<'s> {
        /// The STUN servers; none where the account has none.
        peerConnectionConfiguration: IceConfiguration<'s>,
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
    let wish = Wish { name: options.displayName, language: options.language, taker: Taker::SipJs };
    let settings = settings_of(detail, wish)?;
    let media = SipJsMedia { peerConnectionConfiguration: settings.ice() };
    let name = settings.name().map(escaped);
    let config = SipJsAccount {
        authorizationUsername: &settings.user,
        authorizationPassword: &settings.password,
        transportOptions: SipJsTransport { server: &settings.webSocketUrl },
        sessionDescriptionHandlerFactoryOptions: media,
        displayName: name,
    };
    let config = hide(&config.make(), "authorizationPassword");
    match options.SIP.filter(Opaque::is_given) {
        None => {
            let parts = Object::new();
            set(&parts, "address", settings.address.as_str().into());
            set(&parts, "options", config);
            Ok(parts.into())
        }
        Some(Opaque(namespace)) => {
            let wrong = |thrown: JsValue| {
                wrong_namespace("SIP", "import * as SIP from \"sip.js\"", "UserAgent.makeURI", &thrown)
            };
            let uri = uri_of(&namespace, &settings.address).map_err(wrong)?;
            if !uri.is_object() {
                return Err(wrong(JsValue::UNDEFINED));
            }
            Reflect::set(&config, &"uri".into(), &uri)?;
            Ok(config)
        }
    }
}

/// SIP.js puts the name between quotation marks as it is.
fn escaped(name: &str) -> String {
    replaced(&replaced(name, "\\", "\\\\"), "\"", "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped() {
        assert_eq!(escaped(r#"A "B" \ <c>"#), r#"A \"B\" \\ <c>"#);
    }
}

//! What `new JsSIP.UA(…)` takes.

use js_sys::{Array, Reflect};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, settings_of, socket_of, wrong_namespace};
use crate::client::{
    argument::{self, JsAny},
    to_js::to_js,
};
use omicall_issues::Language;
use omicall_schema::PositiveInt;
use omicall_softphone::{libraries::JsSipAccount, sip_account::SipLibrary};

options! {
    /// How the configuration of JsSIP is made. Everything may be left out.
    pub struct JsSipOptions {}
    optional {
        /// The namespace of the library, from which the sockets are made: `import * as JsSIP from "jssip"`.
        JsSIP: JsAny = "unknown",
        /// The name to show to the other side, instead of the account's own.
        displayName: String,
        /// Whether `ua.start()` registers. JsSIP's default is `true`.
        register: bool,
        /// For how many seconds a registration is asked for, from 1. JsSIP's default is 600.
        registerExpires: PositiveInt = "number | undefined",
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
    }
}

// Which result comes depends on the options, and the class of the sockets is the library's own: Rust cannot say that.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** What `jsSipConfig` needs of the namespace of JsSIP. */
export interface JsSipNamespace<Socket> {
    /** Its class of sockets. */
    readonly WebSocketInterface: {
        /** Makes a socket for the address of a WebSocket. */
        new (url: string): Socket;
    };
}

/** What `new JsSIP.UA(…)` takes. */
export interface JsSipConfig<Socket> extends JsSipAccount {
    /** One socket, to the account's WebSocket. */
    sockets: Socket[];
}

/** The configuration of JsSIP without its sockets: make one with `new JsSIP.WebSocketInterface(webSocketUrl)`. */
export interface JsSipParts extends JsSipAccount {
    /** The WebSocket to connect to. */
    webSocketUrl: string;
}

/**
 * Makes the configuration of JsSIP of a SIP account.
 *
 * STUN servers are not in it, because JsSIP takes them per call: pass `pcConfig: rtcConfiguration(detail)` to `ua.call`
 * and to `session.answer`. To set more, write to the object (`Object.assign(config, { session_timers: false })`): a copy
 * (`{ ...config }`) shows its password in logs.
 *
 * The password stays in memory as long as this object lives. JsSIP copies it, and lets go of its copy when the server has
 * asked for it the first time; from then on it keeps a digest that works for this realm alone. JavaScript cannot wipe it.
 *
 * @example
 * ```ts
 * import * as JsSIP from "jssip";
 * const ua = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
 * ua.on("registrationFailed", ({ cause }) => console.warn(cause));
 * ua.start();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list`
 * @param options the namespace of the library, display name, registration
 * @returns what `new JsSIP.UA(…)` takes; without the namespace, the same with `webSocketUrl` in place of `sockets`
 * @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
 */
export function jsSipConfig<Socket>(detail: SipAccountDraft, options: JsSipOptions & { JsSIP: JsSipNamespace<Socket> }): JsSipConfig<Socket>;
/**
 * Makes the parts of the configuration of JsSIP of a SIP account, where the library's namespace is not at hand: with
 * `webSocketUrl` in place of `sockets`, which `new JsSIP.UA(…)` does not take as it is.
 *
 * @example
 * ```ts
 * const config = jsSipConfig(detail);
 * const sockets = [new JsSIP.WebSocketInterface(config.webSocketUrl)];
 * const ua = new JsSIP.UA(Object.assign(config, { sockets }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list`
 * @param options display name, registration
 * @returns the configuration, and the WebSocket to make a socket of
 * @throws {OmiCallError} `validation` with the issues of an account that cannot register; `usage` for wrong options.
 */
export function jsSipConfig(detail: SipAccountDraft, options?: JsSipOptions & { JsSIP?: undefined }): JsSipParts;
"#;

/// Makes the configuration of JsSIP; its documentation stands with its TypeScript.
#[wasm_bindgen(js_name = jsSipConfig, skip_typescript)]
pub fn js_sip_config(detail: &JsValue, options: Option<Ts<JsSipOptions>>) -> Result<JsValue, JsValue> {
    let options: JsSipOptions = argument::read("options", options, Language::English)?;
    let account_options = AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::Any,
    };
    let settings = settings_of(detail, account_options)?;
    let url = settings.webSocketUrl.as_str();
    let expires = options.registerExpires.map(|PositiveInt(seconds)| seconds);
    let config = to_js(&JsSipAccount::new(&settings, options.register, expires));
    let (name, value) = match options.JsSIP.filter(JsAny::is_given) {
        None => ("webSocketUrl", url.into()),
        Some(JsAny(namespace)) => {
            let socket = socket_of(&namespace, url).map_err(|thrown| {
                wrong_namespace("JsSIP", "import * as JsSIP from \"jssip\"", "WebSocketInterface", &thrown)
            })?;
            ("sockets", Array::of1(&socket.unwrap_or_default()).into())
        }
    };
    Reflect::set(&config, &name.into(), &value)?;
    Ok(hide(&config, "password"))
}

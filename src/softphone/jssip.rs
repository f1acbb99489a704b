//! The configuration for `new JsSIP.UA(…)`.

use omicall_issues::Language;
use omicall_schema::PositiveInt;
use omicall_softphone::{library_configs::JsSipAccount, sip_account::SipLibrary};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{AccountOptions, hide, read_settings, set, sockets_of, wrong_namespace};
use crate::convert::{
    error::ThrownError,
    from_js::{self, JsAny},
    to_js::to_js,
};

options! {
    /// Options of `jsSipConfig`. All are optional.
    pub struct JsSipOptions {}
    optional {
        /// The namespace of the library, to make the socket: `import * as JsSIP from "jssip"`.
        JsSIP: JsAny = "unknown",
        /// The name that the other side sees, instead of the account's own.
        displayName: String,
        /// Whether `ua.start()` registers. JsSIP's default is `true`.
        register: bool,
        /// How long a registration lasts, in seconds, at least 1. JsSIP's default is 600.
        registerExpires: PositiveInt = "number | undefined",
        /// The language of the `issues` if the account cannot register. Default `"en"`.
        language: Language,
    }
}

// The result type depends on the options, and the class of the sockets is the library's own: Rust cannot declare that.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** The part of JsSIP's namespace that `jsSipConfig` uses. */
export interface JsSipNamespace<Socket> {
    /** The socket class. */
    readonly WebSocketInterface: {
        /** Makes a socket for a WebSocket URL. */
        new (url: string): Socket;
    };
}

/** The configuration for `new JsSIP.UA(…)`. */
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
 * Makes the configuration for `new JsSIP.UA(…)` from a SIP account.
 *
 * It contains no STUN servers, because JsSIP takes them per call: pass `pcConfig: rtcConfiguration(detail)` to `ua.call`
 * and to `session.answer`. To set more options, change the object (`Object.assign(config, { session_timers: false })`): a
 * copy (`{ ...config }`) would show the password in logs.
 *
 * The password stays in memory as long as this object lives. JsSIP copies it and drops its copy after the first
 * authentication; from then on it keeps a digest that works only for this realm. JavaScript cannot erase it.
 *
 * @example
 * ```ts
 * import * as JsSIP from "jssip";
 * const ua = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
 * ua.on("registrationFailed", ({ cause }) => console.warn(cause));
 * ua.start();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options the namespace of the library, display name, registration
 * @returns the configuration for `new JsSIP.UA(…)`; without the namespace, with `webSocketUrl` instead of `sockets`
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function jsSipConfig<Socket>(detail: SipAccountDraft, options: JsSipOptions & { JsSIP: JsSipNamespace<Socket> }): JsSipConfig<Socket>;
/**
 * Makes the configuration of JsSIP from a SIP account without the library's namespace: with `webSocketUrl` instead of
 * `sockets`. Add `sockets` before you pass it to `new JsSIP.UA(…)`.
 *
 * @example
 * ```ts
 * const config = jsSipConfig(detail);
 * const sockets = [new JsSIP.WebSocketInterface(config.webSocketUrl)];
 * const ua = new JsSIP.UA(Object.assign(config, { sockets }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options display name, registration
 * @returns the configuration, and the URL to make a socket for
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function jsSipConfig(detail: SipAccountDraft, options?: JsSipOptions & { JsSIP?: undefined }): JsSipParts;
"#;

/// Makes the configuration of JsSIP; it is documented with its TypeScript.
#[wasm_bindgen(js_name = jsSipConfig, skip_typescript)]
pub fn js_sip_config(detail: &JsValue, options: Option<Ts<JsSipOptions>>) -> Result<JsValue, ThrownError> {
    let options: JsSipOptions = from_js::read("options", options, Language::English)?;
    let account_options = AccountOptions {
        display_name: options.displayName,
        language: options.language,
        library: SipLibrary::Any,
    };
    let settings = read_settings(detail, account_options)?;
    let url = settings.webSocketUrl.as_str();
    let expires = options.registerExpires.map(|PositiveInt(seconds)| seconds);
    let config = to_js(&JsSipAccount::new(&settings, options.register, expires));
    let (name, value) = match options.JsSIP.filter(JsAny::is_given) {
        None => ("webSocketUrl", url.into()),
        Some(JsAny(namespace)) => {
            let sockets = sockets_of(&namespace, url).map_err(|thrown| {
                wrong_namespace("JsSIP", "import * as JsSIP from \"jssip\"", "WebSocketInterface", &thrown)
            })?;
            ("sockets", sockets.unwrap_or_default())
        }
    };
    set(&config, name, &value);
    Ok(hide(&config, "password"))
}

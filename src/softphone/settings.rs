//! An account as settings that no library in particular takes, with what of it was left out.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{
    Wish, hide,
    made::Made as _,
    proxy::{self, SipProxy},
    settings_of,
};
use crate::{
    client::argument,
    validate::{
        Language,
        account::{Account, Taker, ice_servers},
        address::port_of,
        read::Value,
    },
};

request! {
    /// How settings are made. Everything may be left out.
    pub struct SoftphoneOptions {}
    optional {
        /// The name to show to the other side, instead of the account's own.
        displayName: String,
        /// The language of the `issues` of an account that is refused. Default `"en"`.
        language: Language,
    }
}

made! {
    /// STUN servers, as `RTCPeerConnection` takes them.
    pub struct IceServer {
        /// Each `stun:host[:port]` or `stuns:host[:port]`.
        urls: Vec<String>,
    }
}

made! {
    /// What `new RTCPeerConnection(…)` takes.
    pub struct IceConfiguration {
        /// The STUN servers; empty where the account has none.
        iceServers: Vec<IceServer>,
    }
}

made! {
    /// The codec that the PBX wishes for.
    pub struct CodecWish {
        /// Whether it wishes for Opus: see `preferOpus`.
        opus: bool,
        /// The quality of Opus that it wishes for, as the vendor writes it; `null` where it does not say.
        quality: Option<f64>,
    }
}

made! {
    /// Something of the account that was not used.
    pub struct Ignored {
        /// Where it stands, as a JSON pointer into what was passed.
        path: String,
        /// Why, in English.
        reason: &'static str,
    }
}

made! {
    /// A SIP account, ready for a softphone of any kind.
    pub struct SoftphoneSettings {
        /// The SIP address, e.g. `"sip:6349@contact18"`. The user is percent-encoded.
        address: String,
        /// The WebSocket to connect to, with the subprotocol `sip`, e.g. `"wss://vh.omicrm.com:7443"`.
        webSocketUrl: String,
        /// The SIP user, which it authenticates as. Not encoded.
        user: String,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        password: String,
        /// The SIP realm, which is the host of the address.
        realm: String,
        /// The name to show to the other side, without control characters; `""` where there is none. Not escaped.
        displayName: String,
        /// The STUN servers, as `RTCPeerConnection` takes them; empty where there are none.
        iceServers: Vec<IceServer>,
        /// The proxy, for information: a browser cannot reach it. `null` where there is none.
        proxy: Option<SipProxy>,
        /// The codec that the PBX wishes for.
        codec: CodecWish,
        /// What of the account is not used, and why.
        ignored: Vec<Ignored>,
    }
}

/// The same, in Rust.
pub type Settings = SoftphoneSettings;

const PROXY: &str = "/pbx_account/sip_proxy";
const PROXY_PORT: &str = "/pbx_account/sip_proxy_port";

impl Settings {
    /// Of an account that has been checked.
    pub fn of(account: &Account<'_>, name: Option<String>) -> Self {
        let mut ignored = Vec::new();
        let mut ignore = |path: String, reason| ignored.push(Ignored { path, reason });

        let pbx = account.pbx();
        let (stun, turn) = ice_servers(&pbx.stun_servers);
        for index in turn {
            let path = ["/pbx_account/stun_servers/", &index.to_string()].concat();
            ignore(path, "A TURN server needs a user name and a password, and the account has none for it.");
        }

        let display_name = match name {
            Some(name) => cleaned(&name),
            None => {
                let own = account.name().text_or_empty();
                let cleaned = cleaned(own);
                if cleaned != own.trim() {
                    ignore(
                        account.name_path(),
                        "Control characters cannot stand in a SIP header: there are spaces in their place.",
                    );
                }
                cleaned
            }
        };

        let proxy = read_proxy(pbx.sip_proxy.text_or_empty(), pbx.sip_proxy_port, &mut ignore);
        let user = account.user().text_or_empty();
        let realm = account.realm().text_or_empty();
        SoftphoneSettings {
            address: ["sip:", &encoded(user), "@", realm].concat(),
            webSocketUrl: account.web_socket().text_or_empty().into(),
            user: user.into(),
            password: account.password().text_or_empty().into(),
            realm: realm.into(),
            displayName: display_name,
            iceServers: if stun.is_empty() { Vec::new() } else { vec![IceServer { urls: stun }] },
            proxy,
            codec: CodecWish { opus: pbx.use_opus.is_true(), quality: number(pbx.opus_quality) },
            ignored,
        }
    }

    /// The name to show, where there is one.
    pub fn name(&self) -> Option<String> {
        Some(self.displayName.clone()).filter(|name| !name.is_empty())
    }

    /// What `RTCPeerConnection` takes.
    pub fn ice(&self) -> IceConfiguration {
        IceConfiguration { iceServers: self.iceServers.clone() }
    }
}

fn read_proxy(
    text: &str,
    port: Value<'_>,
    ignore: &mut impl FnMut(String, &'static str),
) -> Option<SipProxy> {
    if text.trim().is_empty() {
        return None;
    }
    let Some(mut proxy) = proxy::parse(text) else {
        ignore(PROXY.into(), "It is not a SIP address in angle brackets.");
        return None;
    };
    ignore(PROXY.into(), "A browser reaches the PBX through its WebSocket alone: the proxy is only told.");
    let port = port.text_or_empty();
    if !port.is_empty() && proxy.port.is_none() {
        proxy.port = port_of(port);
        if proxy.port.is_none() {
            ignore(PROXY_PORT.into(), "It is not a port.");
        }
    }
    Some(proxy)
}

/// A display name for a quoted string of SIP, where control characters cannot stand: a line break would begin a header.
pub fn cleaned(name: &str) -> String {
    let spaced: String = name.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    spaced.trim().into()
}

/// The user of a SIP address: `:` would begin a password, `;` a parameter.
fn encoded(user: &str) -> String {
    let mut out = String::new();
    for byte in user.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    out
}

fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Whole(number) => Some(number.into()),
        // JavaScript wrote it, and reads it with less code than Rust.
        Value::OtherNumber(text) => Some(js_sys::Number::parse_float(text)),
        _ => None,
    }
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
) -> Result<JsValue, JsValue> {
    let settings = settings_of(detail, wish(options)?)?;
    Ok(hide(&settings.make(), "password"))
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
) -> Result<JsValue, JsValue> {
    Ok(settings_of(detail, wish(options)?)?.ice().make())
}

fn wish(options: Option<Ts<SoftphoneOptions>>) -> Result<Wish, JsValue> {
    let options: SoftphoneOptions = argument::read("options", options, Language::English)?;
    Ok(Wish { name: options.displayName, language: options.language, taker: Taker::Any })
}

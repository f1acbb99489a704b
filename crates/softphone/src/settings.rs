//! Settings for any softphone library, with the account fields that were ignored.

use omicall_issues::{Language, Report};
use omicall_schema::{
    compact::{concat, parse_decimal, percent_encode},
    draft::{List, ListSource, Value},
};

use crate::{
    address::{IceServerUrl, is_unreserved, parse_ice_server, parse_port},
    sip_account::{self, SipAccount, SipAccountDraft, SipLibrary, stun_server_path},
    sip_proxy::{self, SipProxy},
};

omicall_schema::output! {
    /// STUN servers for `RTCPeerConnection`.
    pub struct IceServer {
        /// Each is `stun:host[:port]` or `stuns:host[:port]`.
        urls: Vec<String>,
    }
}

omicall_schema::output! {
    /// The configuration for `new RTCPeerConnection(…)`.
    pub struct IceConfiguration<'s> {
        /// The STUN servers; empty if the account has none.
        iceServers: &'s [IceServer],
    }
}

omicall_schema::output! {
    /// The codec that the PBX prefers.
    pub struct CodecWish {
        /// Whether it prefers Opus: see `preferOpus`.
        opus: bool,
        /// The preferred quality of Opus, in the vendor's units; `null` if the account has none.
        quality: Option<f64>,
    }
}

omicall_schema::output! {
    /// An account field that was ignored.
    pub struct Ignored {
        /// The field, as a JSON pointer into the account that was passed.
        path: String,
        /// Why it was ignored, in English.
        reason: &'static str,
    }
}

omicall_schema::output! {
    /// A SIP account as settings for any softphone library.
    pub struct SoftphoneSettings {
        /// The SIP address, e.g. `"sip:6349@contact18"`. The user is percent-encoded.
        address: String,
        /// The WebSocket to connect to, with the subprotocol `sip`, e.g. `"wss://vh.omicrm.com:7443"`.
        webSocketUrl: String,
        /// The SIP user, also for authentication. Not encoded.
        user: String,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        password: String,
        /// The SIP realm, which is also the host of the address.
        realm: String,
        /// The name that the other side sees, without control characters; `""` if there is none. Not escaped.
        displayName: String,
        /// The STUN servers for `RTCPeerConnection`; empty if there are none.
        iceServers: Vec<IceServer>,
        /// The SIP proxy, for information: browsers cannot use it. `null` if there is none.
        proxy: Option<SipProxy>,
        /// The codec that the PBX prefers.
        codec: CodecWish,
        /// The account fields that were ignored, with reasons.
        ignored: Vec<Ignored>,
    }
}

impl<'s> IceConfiguration<'s> {
    /// The configuration with these servers.
    pub fn new(servers: &'s [IceServer]) -> Self {
        IceConfiguration { iceServers: servers }
    }
}

const PROXY_PATH: &str = "/pbx_account/sip_proxy";
const PROXY_PORT_PATH: &str = "/pbx_account/sip_proxy_port";

impl SoftphoneSettings {
    /// The settings of an account, or the report if it cannot register.
    pub fn from_draft(
        draft: SipAccountDraft<'_>,
        display_name: Option<String>,
        library: SipLibrary,
        language: Language,
    ) -> Result<Self, Report> {
        let account = SipAccount::new(draft);
        let mut report = Report::new(language, true);
        sip_account::check(&account, library, &mut report);
        if report.ok { Ok(SoftphoneSettings::new(&account, display_name)) } else { Err(report) }
    }

    /// The settings of an account that has been checked.
    fn new(account: &SipAccount<'_>, custom_name: Option<String>) -> Self {
        let mut ignored = Vec::new();
        let pbx = account.pbx();
        let ice_servers = read_ice_servers(&pbx.stun_servers, &mut ignored);

        let name = custom_name.as_deref().unwrap_or_else(|| account.name().text_or_empty());
        let display_name = replace_control_characters(name);
        if custom_name.is_none() && display_name != name.trim() {
            add_ignored(
                &mut ignored,
                &account.name_path(),
                "Control characters are not allowed in a SIP header: they were replaced with spaces.",
            );
        }

        let proxy = read_proxy(pbx.sip_proxy.text_or_empty(), pbx.sip_proxy_port, &mut ignored);
        let user = account.user().text_or_empty();
        let realm = account.realm().text_or_empty();
        SoftphoneSettings {
            address: concat(&["sip:", &encode_user(user), "@", realm]),
            webSocketUrl: account.web_socket().text_or_empty().into(),
            user: user.into(),
            password: account.password().into(),
            realm: realm.into(),
            displayName: display_name,
            iceServers: ice_servers,
            proxy,
            codec: CodecWish { opus: pbx.use_opus.is_true(), quality: to_number(pbx.opus_quality) },
            ignored,
        }
    }

    /// The name that the other side sees, if there is one.
    pub fn display_name(&self) -> Option<&str> {
        Some(self.displayName.as_str()).filter(|name| !name.is_empty())
    }

    /// The configuration for `RTCPeerConnection`.
    pub fn ice_configuration(&self) -> IceConfiguration<'_> {
        IceConfiguration::new(&self.iceServers)
    }
}

/// The STUN servers of an account, for `RTCPeerConnection`. What it would throw for is ignored.
pub fn read_ice_servers(servers: &List<Value<'_>>, ignored: &mut Vec<Ignored>) -> Vec<IceServer> {
    let mut urls = Vec::new();
    let mut ignore = |index, reason| add_ignored(ignored, &[&stun_server_path(index)], reason);
    if servers.source == ListSource::Other {
        ignore(None, "It is not a list.");
    }
    for (index, server) in servers.items.iter().enumerate() {
        match parse_ice_server(server.text_or_empty()) {
            Some(IceServerUrl::Stun(url)) => urls.push(url),
            Some(IceServerUrl::Turn) => ignore(
                Some(index),
                "A TURN server needs a user name and a password, which the account does not have.",
            ),
            None => ignore(Some(index), "It is not a STUN address: browsers take stun:host[:port]."),
        }
    }
    if urls.is_empty() { Vec::new() } else { vec![IceServer { urls }] }
}

#[inline(never)]
fn add_ignored(ignored: &mut Vec<Ignored>, path: &[&str], reason: &'static str) {
    ignored.push(Ignored { path: concat(path), reason });
}

fn read_proxy(text: &str, port: Value<'_>, ignored: &mut Vec<Ignored>) -> Option<SipProxy> {
    if text.trim().is_empty() {
        return None;
    }
    let Some(mut proxy) = sip_proxy::parse(text) else {
        add_ignored(ignored, &[PROXY_PATH], "It is not a SIP address in angle brackets.");
        return None;
    };
    add_ignored(
        ignored,
        &[PROXY_PATH],
        "Browsers can only use the WebSocket; the SIP proxy is informational.",
    );
    let port = port.text_or_empty();
    if !port.is_empty() && proxy.port.is_none() {
        proxy.port = parse_port(port);
        if proxy.port.is_none() {
            add_ignored(ignored, &[PROXY_PORT_PATH], "It is not a port.");
        }
    }
    Some(proxy)
}

/// Replaces control characters with spaces: in a SIP header, a line break would start another header.
fn replace_control_characters(name: &str) -> String {
    let replaced: String = name.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    replaced.trim().into()
}

/// Percent-encodes the user of a SIP address: `:` would start a password, `;` a parameter.
fn encode_user(user: &str) -> String {
    percent_encode(user, |byte| is_unreserved(byte) || byte == b'+')
}

fn to_number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Int(number) => Some(number.into()),
        Value::OtherNumber(text) => parse_decimal(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use omicall_schema::{draft::parse, draft_json};
    use serde_json::{Value as Json, json};

    use super::*;

    fn settings_from(detail: &Json, custom_name: Option<&str>) -> SoftphoneSettings {
        let text = draft_json::encode::<SipAccountDraft<'_>>(detail);
        SoftphoneSettings::new(&SipAccount::new(parse(&text)), custom_name.map(String::from))
    }

    fn settings_from_pbx(account: Json) -> SoftphoneSettings {
        settings_from(&json!({ "full_name": "An", "pbx_account": account }), None)
    }

    fn ignored(settings: &SoftphoneSettings) -> Vec<(&str, &str)> {
        // The first words of a reason identify it.
        settings
            .ignored
            .iter()
            .map(|one| (one.path.as_str(), one.reason.get(..12).unwrap_or(one.reason)))
            .collect()
    }

    #[test]
    fn settings_from_an_extension() {
        let settings = settings_from_pbx(json!({
            "display_name": "An", "sip_user": "6349", "sip_password": "made-up", "sip_realm": "contact18", "transport": ["wss"],
            "sip_web_socket_server": "wss://h:7443", "sip_proxy": "", "stun_servers": ["h:3478", "STUN:i"], "use_opus": true, "opus_quality": 5,
        }));
        let urls = vec!["stun:h:3478".into(), "stun:i".into()];
        assert_eq!(
            settings,
            SoftphoneSettings {
                address: "sip:6349@contact18".into(),
                webSocketUrl: "wss://h:7443".into(),
                user: "6349".into(),
                password: "made-up".into(),
                realm: "contact18".into(),
                displayName: "An".into(),
                iceServers: vec![IceServer { urls }],
                proxy: None,
                codec: CodecWish { opus: true, quality: Some(5.0) },
                ignored: Vec::new(),
            }
        );
        assert_eq!(settings.ice_configuration().iceServers.len(), 1);
    }

    #[test]
    fn settings_from_a_phone() {
        let phone = json!({ "domain": "omiteam", "outbound_proxy": "wss://h", "sip_user": "147", "password": "made-up", "full_name": "Nguyễn An" });
        let settings = settings_from(&phone, None);
        assert_eq!(settings.address, "sip:147@omiteam");
        assert_eq!(
            (settings.webSocketUrl.as_str(), settings.password.as_str(), settings.displayName.as_str()),
            ("wss://h", "made-up", "Nguyễn An")
        );
        assert_eq!(
            (settings.iceServers, settings.codec, settings.proxy, settings.ignored),
            (vec![], CodecWish { opus: false, quality: None }, None, vec![])
        );
    }

    #[test]
    fn users_are_percent_encoded() {
        for (user, address) in [
            ("a:b", "sip:a%3Ab@r"),
            ("a;b=1", "sip:a%3Bb%3D1@r"),
            ("+84-9.0_1", "sip:+84-9.0_1@r"),
            ("<>/", "sip:%3C%3E%2F@r"),
        ] {
            assert_eq!(settings_from_pbx(json!({ "sip_user": user, "sip_realm": "r" })).address, address);
        }
    }

    #[test]
    fn control_characters_in_display_names_are_replaced() {
        for (name, shown) in
            [("An", "An"), ("", ""), (" An ", "An"), ("A \"B\" <c>\\", "A \"B\" <c>\\"), ("Ánh ☎", "Ánh ☎")]
        {
            let settings = settings_from_pbx(json!({ "display_name": name }));
            assert_eq!((settings.displayName.as_str(), ignored(&settings).len()), (shown, 0), "{name:?}");
        }
        let settings = settings_from_pbx(json!({ "display_name": "An\r\nVia: x\u{7f}\0" }));
        assert_eq!(settings.displayName, "An  Via: x \u{FFFD}");
        assert_eq!(ignored(&settings), [("/pbx_account/display_name", "Control char")]);
        let phone = settings_from(&json!({ "sip_user": "1", "full_name": "A\tB" }), None);
        assert_eq!(
            (phone.displayName.as_str(), ignored(&phone)),
            ("A B", vec![("/full_name", "Control char")])
        );
        // A custom name is cleaned too, and then the account's name is not reported as ignored.
        let own = settings_from(&json!({ "pbx_account": { "display_name": "A\nB" } }), Some("C\nD"));
        assert_eq!((own.displayName.as_str(), own.ignored), ("C D", vec![]));
        assert_eq!(
            settings_from(&json!({ "pbx_account": { "display_name": "A" } }), Some("")).display_name(),
            None
        );
        assert_eq!(
            settings_from(&json!({ "pbx_account": { "display_name": "A" } }), None).display_name(),
            Some("A")
        );
    }

    #[test]
    fn turn_servers_are_ignored_with_reason() {
        let settings =
            settings_from_pbx(json!({ "stun_servers": ["turn:h", "stun:i", "turns:j:1?transport=tcp"] }));
        assert_eq!(settings.iceServers, [IceServer { urls: vec!["stun:i".into()] }]);
        assert_eq!(
            ignored(&settings),
            [
                ("/pbx_account/stun_servers/0", "A TURN serve"),
                ("/pbx_account/stun_servers/2", "A TURN serve")
            ]
        );
        assert_eq!(settings_from_pbx(json!({ "stun_servers": ["turn:h"] })).iceServers, []);
    }

    #[test]
    fn what_is_not_a_stun_address_is_ignored_with_reason() {
        let servers = json!(["", "stun:i", null, "stun:h:3478?transport=udp", "https://h", "j:3478"]);
        let detail = json!({ "pbx_account": {
            "sip_user": "6349", "sip_password": "made-up", "sip_realm": "contact18", "sip_web_socket_server": "wss://h",
            "stun_servers": servers,
        } });
        let text = draft_json::encode::<SipAccountDraft<'_>>(&detail);
        let settings =
            SoftphoneSettings::from_draft(parse(&text), None, SipLibrary::SipJs, Language::English)
                .unwrap_or_else(|report| panic!("{report:?}"));
        assert_eq!(settings.iceServers, [IceServer { urls: vec!["stun:i".into(), "stun:j:3478".into()] }]);
        let path = |index: &str| ["/pbx_account/stun_servers", index].concat();
        let paths: Vec<_> =
            ignored(&settings).iter().map(|(path, reason)| [*path, " ", *reason].concat()).collect();
        assert_eq!(paths, ["/0", "/2", "/3", "/4"].map(|index| path(index) + " It is not a "));
        // A text instead of a list.
        let settings = settings_from_pbx(json!({ "stun_servers": "stun:h" }));
        assert_eq!(
            (settings.iceServers.len(), ignored(&settings)),
            (0, vec![(path("").as_str(), "It is not a ")])
        );
    }

    #[test]
    fn passwords_are_not_changed() {
        for password in ["e\u{301}", "\0", "a\0b", "\u{212B}\u{1112}\u{1161}", " \t"] {
            assert_eq!(settings_from_pbx(json!({ "sip_password": password })).password, password);
            assert_eq!(
                settings_from(&json!({ "sip_user": "1", "password": password }), None).password,
                password
            );
        }
    }

    #[test]
    fn proxy_is_informational() {
        let proxy = |text: &str, port: &str| {
            let settings = settings_from_pbx(json!({ "sip_proxy": text, "sip_proxy_port": port }));
            let paths: Vec<_> =
                ignored(&settings).iter().map(|(path, reason)| [*path, " ", *reason].concat()).collect();
            (settings.proxy.map(|proxy| (proxy.host, proxy.port)), paths)
        };
        let informational = "/pbx_account/sip_proxy Browsers can".to_owned();
        assert_eq!(proxy("<sip:h>", ""), (Some(("h".into(), None)), vec![informational.clone()]));
        assert_eq!(proxy("<sip:h>", "5060"), (Some(("h".into(), Some(5060))), vec![informational.clone()]));
        assert_eq!(
            proxy("<sip:h:5070>", "5060"),
            (Some(("h".into(), Some(5070))), vec![informational.clone()])
        );
        let no_port = "/pbx_account/sip_proxy_port It is not a ".to_owned();
        assert_eq!(proxy("<sip:h>", "x"), (Some(("h".into(), None)), vec![informational, no_port]));
        assert_eq!(proxy("h", "5060"), (None, vec!["/pbx_account/sip_proxy It is not a ".into()]));
        assert_eq!(proxy(" ", "5060"), (None, vec![]));
    }
}

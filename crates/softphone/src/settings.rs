//! An account as settings that no library in particular takes, with what of it was left out.

use omicall_issues::{Language, Report};
use omicall_schema::{
    compact::{decimal, digits, percent_encoded},
    draft::Value,
};

use crate::{
    address::port_of,
    sip_account::{self, SipAccount, SipAccountDraft, SipLibrary, ice_servers},
    sip_proxy::{self, SipProxy},
};

omicall_schema::output! {
    /// STUN servers, as `RTCPeerConnection` takes them.
    pub struct IceServer {
        /// Each `stun:host[:port]` or `stuns:host[:port]`.
        urls: Vec<String>,
    }
}

omicall_schema::output! {
    /// What `new RTCPeerConnection(…)` takes.
    pub struct IceConfiguration<'s> {
        /// The STUN servers; empty where the account has none.
        iceServers: &'s [IceServer],
    }
}

omicall_schema::output! {
    /// The codec that the PBX wishes for.
    pub struct CodecWish {
        /// Whether it wishes for Opus: see `preferOpus`.
        opus: bool,
        /// The quality of Opus that it wishes for, as the vendor writes it; `null` where it does not say.
        quality: Option<f64>,
    }
}

omicall_schema::output! {
    /// Something of the account that was not used.
    pub struct Ignored {
        /// Where it stands, as a JSON pointer into what was passed.
        path: String,
        /// Why, in English.
        reason: &'static str,
    }
}

omicall_schema::output! {
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

const PROXY: &str = "/pbx_account/sip_proxy";
const PROXY_PORT: &str = "/pbx_account/sip_proxy_port";

impl SoftphoneSettings {
    /// The settings of an account, or the report of one that cannot register.
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
    fn new(account: &SipAccount<'_>, name: Option<String>) -> Self {
        let mut ignored = Vec::new();
        let pbx = account.pbx();
        let (stun, turn) = ice_servers(&pbx.stun_servers);
        for index in turn {
            let path = ["/pbx_account/stun_servers/", &digits(index)];
            ignore(
                &mut ignored,
                &path,
                "A TURN server needs a user name and a password, and the account has none for it.",
            );
        }

        let display_name = match name {
            Some(name) => cleaned(&name),
            None => {
                let own = account.name().text_or_empty();
                let cleaned = cleaned(own);
                if cleaned != own.trim() {
                    ignore(
                        &mut ignored,
                        &account.name_path(),
                        "Control characters cannot stand in a SIP header: there are spaces in their place.",
                    );
                }
                cleaned
            }
        };

        let proxy = read_proxy(pbx.sip_proxy.text_or_empty(), pbx.sip_proxy_port, &mut ignored);
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
    pub fn name(&self) -> Option<&str> {
        Some(self.displayName.as_str()).filter(|name| !name.is_empty())
    }

    /// What `RTCPeerConnection` takes.
    pub fn ice(&self) -> IceConfiguration<'_> {
        IceConfiguration { iceServers: &self.iceServers }
    }
}

#[inline(never)]
fn ignore(ignored: &mut Vec<Ignored>, path: &[&str], reason: &'static str) {
    ignored.push(Ignored { path: path.concat(), reason });
}

fn read_proxy(text: &str, port: Value<'_>, ignored: &mut Vec<Ignored>) -> Option<SipProxy> {
    if text.trim().is_empty() {
        return None;
    }
    let Some(mut proxy) = sip_proxy::parse(text) else {
        ignore(ignored, &[PROXY], "It is not a SIP address in angle brackets.");
        return None;
    };
    ignore(
        ignored,
        &[PROXY],
        "A browser reaches the PBX through its WebSocket alone: the proxy is only told.",
    );
    let port = port.text_or_empty();
    if !port.is_empty() && proxy.port.is_none() {
        proxy.port = port_of(port);
        if proxy.port.is_none() {
            ignore(ignored, &[PROXY_PORT], "It is not a port.");
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
    percent_encoded(user, |byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&byte))
}

fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Whole(number) => Some(number.into()),
        Value::OtherNumber(text) => decimal(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use omicall_schema::{draft::parse, draft_json};

    use super::*;

    fn settings(detail: &Json, name: Option<&str>) -> SoftphoneSettings {
        let text = draft_json::text::<SipAccountDraft<'_>>(detail);
        SoftphoneSettings::new(&SipAccount::new(parse(&text)), name.map(String::from))
    }

    fn pbx(account: Json) -> SoftphoneSettings {
        settings(&json!({ "full_name": "An", "pbx_account": account }), None)
    }

    fn ignored(settings: &SoftphoneSettings) -> Vec<(&str, &str)> {
        // The first words of a reason tell it from the others.
        settings
            .ignored
            .iter()
            .map(|one| (one.path.as_str(), one.reason.get(..12).unwrap_or(one.reason)))
            .collect()
    }

    #[test]
    fn an_extension_becomes_settings() {
        let made = pbx(json!({
            "display_name": "An", "sip_user": "6349", "sip_password": "made-up", "sip_realm": "contact18", "transport": ["wss"],
            "sip_web_socket_server": "wss://h:7443", "sip_proxy": "", "stun_servers": ["h:3478", "STUN:i"], "use_opus": true, "opus_quality": 5,
        }));
        let urls = vec!["stun:h:3478".into(), "stun:i".into()];
        assert_eq!(
            made,
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
        assert_eq!(made.ice().iceServers.len(), 1);
    }

    #[test]
    fn a_phone_becomes_settings() {
        let phone = json!({ "domain": "omiteam", "outbound_proxy": "wss://h", "sip_user": "147", "password": "made-up", "full_name": "Nguyễn An" });
        let made = settings(&phone, None);
        assert_eq!(made.address, "sip:147@omiteam");
        assert_eq!(
            (made.webSocketUrl.as_str(), made.password.as_str(), made.displayName.as_str()),
            ("wss://h", "made-up", "Nguyễn An")
        );
        assert_eq!(
            (made.iceServers, made.codec, made.proxy, made.ignored),
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
            assert_eq!(pbx(json!({ "sip_user": user, "sip_realm": "r" })).address, address);
        }
    }

    #[test]
    fn names_lose_what_would_break_a_header() {
        for (name, shown) in
            [("An", "An"), ("", ""), (" An ", "An"), ("A \"B\" <c>\\", "A \"B\" <c>\\"), ("Ánh ☎", "Ánh ☎")]
        {
            let made = pbx(json!({ "display_name": name }));
            assert_eq!((made.displayName.as_str(), ignored(&made).len()), (shown, 0), "{name:?}");
        }
        let made = pbx(json!({ "display_name": "An\r\nVia: x\u{7f}\0" }));
        assert_eq!(made.displayName, "An  Via: x \u{FFFD}");
        assert_eq!(ignored(&made), [("/pbx_account/display_name", "Control char")]);
        let phone = settings(&json!({ "sip_user": "1", "full_name": "A\tB" }), None);
        assert_eq!(
            (phone.displayName.as_str(), ignored(&phone)),
            ("A B", vec![("/full_name", "Control char")])
        );
        // A name of the page's own is cleaned too, and there is nothing of the account to speak of.
        let own = settings(&json!({ "pbx_account": { "display_name": "A\nB" } }), Some("C\nD"));
        assert_eq!((own.displayName.as_str(), own.ignored), ("C D", vec![]));
        assert_eq!(settings(&json!({ "pbx_account": { "display_name": "A" } }), Some("")).name(), None);
        assert_eq!(settings(&json!({ "pbx_account": { "display_name": "A" } }), None).name(), Some("A"));
    }

    #[test]
    fn turn_servers_are_left_out_and_said() {
        let made = pbx(json!({ "stun_servers": ["turn:h", "stun:i", "turns:j:1?transport=tcp"] }));
        assert_eq!(made.iceServers, [IceServer { urls: vec!["stun:i".into()] }]);
        assert_eq!(
            ignored(&made),
            [
                ("/pbx_account/stun_servers/0", "A TURN serve"),
                ("/pbx_account/stun_servers/2", "A TURN serve")
            ]
        );
        assert_eq!(pbx(json!({ "stun_servers": ["turn:h"] })).iceServers, []);
    }

    #[test]
    fn a_proxy_is_told_and_not_used() {
        let proxy = |text: &str, port: &str| {
            let made = pbx(json!({ "sip_proxy": text, "sip_proxy_port": port }));
            let paths: Vec<_> =
                ignored(&made).iter().map(|(path, why)| [*path, " ", *why].concat()).collect();
            (made.proxy.map(|proxy| (proxy.host, proxy.port)), paths)
        };
        let told = "/pbx_account/sip_proxy A browser re".to_owned();
        assert_eq!(proxy("<sip:h>", ""), (Some(("h".into(), None)), vec![told.clone()]));
        assert_eq!(proxy("<sip:h>", "5060"), (Some(("h".into(), Some(5060))), vec![told.clone()]));
        assert_eq!(proxy("<sip:h:5070>", "5060"), (Some(("h".into(), Some(5070))), vec![told.clone()]));
        let no_port = "/pbx_account/sip_proxy_port It is not a ".to_owned();
        assert_eq!(proxy("<sip:h>", "x"), (Some(("h".into(), None)), vec![told, no_port]));
        assert_eq!(proxy("h", "5060"), (None, vec!["/pbx_account/sip_proxy It is not a ".into()]));
        assert_eq!(proxy(" ", "5060"), (None, vec![]));
    }
}

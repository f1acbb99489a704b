//! Checks whether a SIP account can register from a browser, with JsSIP and with SIP.js.

use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::{
    compact::{concat, split_once_at, usize_to_string},
    draft::{ExactText, List, ListSource, Value},
};

use crate::address::{self, WebSocketScheme};

omicall_schema::draft! {
    /// A SIP account, complete or not: what `extensions.detail` returns, or a record of `phones.list`.
    pub struct SipAccountDraft<'t> as SipAccountDraft {
        /// The account of `extensions.detail`.
        pbx_account: PbxAccountDraft<'t> = "PbxAccountDraft | null | undefined",
        /// The SIP realm of a record of `phones.list`.
        domain: Value<'t> = "string | null | undefined",
        /// The WebSocket address of a record of `phones.list`.
        outbound_proxy: Value<'t> = "string | null | undefined",
        /// The SIP user of a record of `phones.list`.
        sip_user: Value<'t> = "string | null | undefined",
        /// The SIP password of a record of `phones.list`, listed with `{ includePasswords: true }`. **A secret.**
        password: ExactText = "string | null | undefined",
        /// The name of a record of `phones.list`.
        full_name: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The account of `extensions.detail`, complete or not.
    pub struct PbxAccountDraft<'t> as PbxAccountDraft {
        /// The name that the other side sees.
        display_name: Value<'t> = "string | null | undefined",
        /// The SIP user.
        sip_user: Value<'t> = "string | null | undefined",
        /// The SIP password. **A secret.**
        sip_password: ExactText = "string | null | undefined",
        /// The WebSocket address, `wss://host[:port][/path][?query]`.
        sip_web_socket_server: Value<'t> = "string | null | undefined",
        /// The SIP realm.
        sip_realm: Value<'t> = "string | null | undefined",
        /// A SIP address in angle brackets.
        sip_proxy: Value<'t> = "string | null | undefined",
        /// The port of the proxy.
        sip_proxy_port: Value<'t> = "string | null | undefined",
        /// STUN servers.
        stun_servers: List<Value<'t>> = "readonly string[] | null | undefined",
        /// The transports of the PBX.
        transport: List<Value<'t>> = "readonly string[] | null | undefined",
        /// Whether the PBX prefers Opus.
        use_opus: Value<'t> = "boolean | null | undefined",
        /// The preferred quality of Opus.
        opus_quality: Value<'t> = "number | null | undefined",
    }
}

/// A SIP account from either kind of record.
#[derive(Debug)]
pub struct SipAccount<'t> {
    source: SipAccountDraft<'t>,
    /// Whether it is a record of `phones.list`.
    pub is_phone: bool,
}

impl<'t> SipAccount<'t> {
    /// Takes the record for a phone only if it has fields of a phone and none of `pbx_account`.
    pub fn new(source: SipAccountDraft<'t>) -> Self {
        let absent = |values: [Value<'_>; 3], password: &ExactText| {
            values.iter().all(|value| *value == Value::Absent) && *password == ExactText::Absent
        };
        let pbx = &source.pbx_account;
        let is_phone = absent([pbx.sip_user, pbx.sip_web_socket_server, pbx.sip_realm], &pbx.sip_password)
            && !absent([source.domain, source.outbound_proxy, source.sip_user], &source.password);
        SipAccount { source, is_phone }
    }

    fn pick(&self, pbx: Value<'t>, phone: Value<'t>) -> Value<'t> {
        if self.is_phone { phone } else { pbx }
    }

    /// The WebSocket address.
    pub fn web_socket(&self) -> Value<'t> {
        self.pick(self.source.pbx_account.sip_web_socket_server, self.source.outbound_proxy)
    }

    /// The realm, which is also the host of the SIP address.
    pub fn realm(&self) -> Value<'t> {
        self.pick(self.source.pbx_account.sip_realm, self.source.domain)
    }

    /// The user of the SIP address, also for authentication.
    pub fn user(&self) -> Value<'t> {
        self.pick(self.source.pbx_account.sip_user, self.source.sip_user)
    }

    /// The password.
    pub fn password(&self) -> &str {
        let source = &self.source;
        if self.is_phone { &source.password } else { &source.pbx_account.sip_password }.text_or_empty()
    }

    /// The name that the other side sees.
    pub fn name(&self) -> Value<'t> {
        self.pick(self.source.pbx_account.display_name, self.source.full_name)
    }

    /// The fields that only `extensions.detail` has; empty for a phone.
    pub fn pbx(&self) -> &PbxAccountDraft<'t> {
        &self.source.pbx_account
    }

    /// The path of the name, in parts.
    pub fn name_path(&self) -> [&'static str; 2] {
        self.path("/display_name", "/full_name")
    }

    /// The path of a field in the record it comes from, in parts.
    fn path(&self, pbx: &'static str, phone: &'static str) -> [&'static str; 2] {
        if self.is_phone { [phone, ""] } else { ["/pbx_account", pbx] }
    }
}

/// The library that an account is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SipLibrary {
    /// Any: an error only if no library accepts it.
    Any,
    /// SIP.js, which rejects some realms with `_`.
    SipJs,
    /// The vendor's own SDK with the WebSocket that it knows itself, so that the account needs none.
    OmiCallSdk,
}

/// What `phones.list` puts in place of each password unless it is called with `{ includePasswords: true }`.
const MASK: &str = "***";

/// Runs all rules about SIP accounts.
pub fn check(account: &SipAccount<'_>, library: SipLibrary, report: &mut Report) {
    if library != SipLibrary::OmiCallSdk {
        check_web_socket(account, report);
    }
    check_realm(account, library, report);
    let user = account.user().text_or_empty();
    if !is_sip_user(user) {
        let path = account.path("/sip_user", "/sip_user");
        report.add_with(IssueCode::SipUserInvalid, &path, None, "user", user.into());
    }
    let password_issue = match account.password() {
        "" => Some(IssueCode::SipPasswordMissing),
        MASK => Some(IssueCode::SipPasswordMasked),
        _ => None,
    };
    if let Some(code) = password_issue {
        report.add(code, &account.path("/sip_password", "/password"));
    }
    if !account.is_phone {
        check_stun_servers(&account.pbx().stun_servers, report);
        check_transport(&account.pbx().transport, report);
    }
}

fn check_web_socket(account: &SipAccount<'_>, report: &mut Report) {
    let path = account.path("/sip_web_socket_server", "/outbound_proxy");
    match address::parse_web_socket_url(account.web_socket().text_or_empty()) {
        None => report.add(IssueCode::SipWsUrlInvalid, &path),
        Some(WebSocketScheme::Ws) => report.add(IssueCode::SipWsUrlInsecure, &path),
        Some(WebSocketScheme::Wss) => {}
    }
}

fn check_realm(account: &SipAccount<'_>, library: SipLibrary, report: &mut Report) {
    let realm = account.realm().text_or_empty();
    let severity = if !address::is_sip_host(realm)
        || (library == SipLibrary::SipJs && !address::is_sip_js_host(realm))
    {
        Severity::Error
    } else if address::has_no_underscore(realm) {
        return;
    } else {
        Severity::Warning
    };
    let path = account.path("/sip_realm", "/domain");
    report.add_with(IssueCode::SipRealmInvalid, &path, Some(severity), "realm", realm.into());
}

/// Whether both libraries can register it: they throw for `%` and `"`, and `\` makes the digest wrong. Both write `:`, `/` and
/// `?` as they are, and take what follows a `:` for the password of the address, which cannot contain any of them.
fn is_sip_user(user: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'@' | b'%' | b'"' | b'\\');
    let (name, rest) = split_once_at(user, b':').unwrap_or((user, ""));
    !name.is_empty()
        && user.bytes().all(is_allowed)
        && !rest.bytes().any(|byte| matches!(byte, b':' | b'/' | b'?'))
}

fn check_stun_servers(servers: &List<Value<'_>>, report: &mut Report) {
    let mut add = |index: Option<usize>, server: &str| {
        let (path, server) = (stun_server_path(index), without_credentials(server));
        report.add_with(IssueCode::SipStunInvalid, &[&path], None, "server", server.into());
    };
    if servers.source == ListSource::Other {
        add(None, "");
    }
    for (index, server) in servers.items.iter().enumerate() {
        let text = server.text_or_empty();
        if address::parse_ice_server(text).is_none() {
            add(Some(index), text);
        }
    }
}

/// The path of a STUN server; without an index, of the list itself.
pub fn stun_server_path(index: Option<usize>) -> String {
    let index = index.map_or_else(String::new, |index| concat(&["/", &usize_to_string(index)]));
    concat(&["/pbx_account/stun_servers", &index])
}

/// `stun:user:password@host` is not valid, and the message must not contain its password.
fn without_credentials(server: &str) -> String {
    address::rsplit_once_at(server, b'@').map_or_else(|| server.into(), |(_, host)| concat(&["***@", host]))
}

fn check_transport(transport: &List<Value<'_>>, report: &mut Report) {
    let is_web_socket = |name: &Value<'_>| ["ws", "wss"].contains(&name.text_or_empty());
    if !transport.items.iter().any(is_web_socket) {
        report.add(IssueCode::SipTransportNoWs, &["/pbx_account/transport"]);
    }
}

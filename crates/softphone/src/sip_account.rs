//! Whether a SIP account can register from a browser, with JsSIP and with SIP.js.

use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::{
    compact::digits,
    draft::{List, ListSource, Value},
};

use crate::address::{self, Ice, WebSocket};

omicall_schema::draft! {
    /// A SIP account as far as it is filled in: what `extensions.detail` returns, or a record of `phones.list`.
    pub struct SipAccountDraft<'t> as SipAccountDraft {
        /// The account of `extensions.detail`.
        pbx_account: PbxAccountDraft<'t> = "PbxAccountDraft | null | undefined",
        /// The SIP realm of a record of `phones.list`.
        domain: Value<'t> = "string | null | undefined",
        /// The WebSocket address of a record of `phones.list`.
        outbound_proxy: Value<'t> = "string | null | undefined",
        /// The SIP user of a record of `phones.list`.
        sip_user: Value<'t> = "string | null | undefined",
        /// The SIP password of a record of `phones.list`. **A secret.**
        password: Value<'t> = "string | null | undefined",
        /// The name of a record of `phones.list`.
        full_name: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The account of `extensions.detail` as far as it is filled in.
    pub struct PbxAccountDraft<'t> as PbxAccountDraft {
        /// The name to show to the other side.
        display_name: Value<'t> = "string | null | undefined",
        /// The SIP user.
        sip_user: Value<'t> = "string | null | undefined",
        /// The SIP password. **A secret.**
        sip_password: Value<'t> = "string | null | undefined",
        /// The WebSocket address, `wss://host[:port]`.
        sip_web_socket_server: Value<'t> = "string | null | undefined",
        /// The SIP realm.
        sip_realm: Value<'t> = "string | null | undefined",
        /// A SIP address in angle brackets.
        sip_proxy: Value<'t> = "string | null | undefined",
        /// The port of the proxy.
        sip_proxy_port: Value<'t> = "string | null | undefined",
        /// STUN servers.
        stun_servers: List<Value<'t>> = "string[] | null | undefined",
        /// What the PBX speaks.
        transport: List<Value<'t>> = "string[] | null | undefined",
        /// Whether the PBX wishes for Opus.
        use_opus: Value<'t> = "boolean | null | undefined",
        /// The quality that it wishes for.
        opus_quality: Value<'t> = "number | null | undefined",
    }
}

/// A SIP account, whichever record it comes from. `path` of a field is where it stands in that record.
#[derive(Debug)]
pub struct SipAccount<'t> {
    source: SipAccountDraft<'t>,
    /// Whether it is a record of `phones.list`.
    pub is_phone: bool,
}

impl<'t> SipAccount<'t> {
    /// Of an extension, unless there are only fields of a phone.
    pub fn new(source: SipAccountDraft<'t>) -> Self {
        let absent = |values: [Value<'_>; 4]| values.iter().all(|value| *value == Value::Absent);
        let pbx = &source.pbx_account;
        let is_phone = absent([pbx.sip_user, pbx.sip_password, pbx.sip_web_socket_server, pbx.sip_realm])
            && !absent([source.domain, source.outbound_proxy, source.sip_user, source.password]);
        SipAccount { source, is_phone }
    }

    fn either(&self, pbx: Value<'t>, phone: Value<'t>) -> Value<'t> {
        if self.is_phone { phone } else { pbx }
    }

    /// The WebSocket address.
    pub fn web_socket(&self) -> Value<'t> {
        self.either(self.source.pbx_account.sip_web_socket_server, self.source.outbound_proxy)
    }

    /// The realm, which is the host of the SIP address.
    pub fn realm(&self) -> Value<'t> {
        self.either(self.source.pbx_account.sip_realm, self.source.domain)
    }

    /// The user of the SIP address, with which it authenticates too.
    pub fn user(&self) -> Value<'t> {
        self.either(self.source.pbx_account.sip_user, self.source.sip_user)
    }

    /// The password.
    pub fn password(&self) -> Value<'t> {
        self.either(self.source.pbx_account.sip_password, self.source.password)
    }

    /// The name to show to the other side.
    pub fn name(&self) -> Value<'t> {
        self.either(self.source.pbx_account.display_name, self.source.full_name)
    }

    /// What only `extensions.detail` tells; empty for a phone.
    pub fn pbx(&self) -> &PbxAccountDraft<'t> {
        &self.source.pbx_account
    }

    /// Where the name stands.
    pub fn name_path(&self) -> [&'static str; 2] {
        self.path("/display_name", "/full_name")
    }

    fn path(&self, pbx: &'static str, phone: &'static str) -> [&'static str; 2] {
        if self.is_phone { [phone, ""] } else { ["/pbx_account", pbx] }
    }
}

/// The library that an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SipLibrary {
    /// Not known yet: what some library takes is let pass.
    Any,
    /// SIP.js, which refuses some realms with `_`.
    SipJs,
}

/// Every rule about accounts.
pub fn check(account: &SipAccount<'_>, library: SipLibrary, report: &mut Report) {
    let path = account.path("/sip_web_socket_server", "/outbound_proxy");
    match address::web_socket(account.web_socket().text_or_empty()) {
        None => report.add(IssueCode::SipWsUrlInvalid, &path),
        Some(WebSocket::Insecure) => report.add(IssueCode::SipWsUrlInsecure, &path),
        Some(WebSocket::Secure) => {}
    }
    check_realm(account, library, report);
    let user = account.user().text_or_empty();
    if !is_user(user) {
        let issue = report.issue(IssueCode::SipUserInvalid, &account.path("/sip_user", "/sip_user"));
        report.push(issue.naming("user", user));
    }
    if account.password().text_or_empty().is_empty() {
        report.add(IssueCode::SipPasswordMissing, &account.path("/sip_password", "/password"));
    }
    if !account.is_phone {
        check_servers(&account.pbx().stun_servers, report);
        check_transport(&account.pbx().transport, report);
    }
}

fn check_realm(account: &SipAccount<'_>, library: SipLibrary, report: &mut Report) {
    let realm = account.realm().text_or_empty();
    let severity = if !address::is_sip_host(realm)
        || (library == SipLibrary::SipJs && !address::is_strict_host(realm))
    {
        Severity::Error
    } else if realm.contains('_') {
        Severity::Warning
    } else {
        return;
    };
    let issue = report.issue(IssueCode::SipRealmInvalid, &account.path("/sip_realm", "/domain"));
    report.push(issue.as_severe_as(severity).naming("realm", realm));
}

/// Whether both libraries register it: `%` and `"` throw, `\` spoils the digest.
fn is_user(user: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'@' | b'%' | b'"' | b'\\');
    !user.is_empty() && user.bytes().all(fits)
}

fn check_servers(servers: &List<Value<'_>>, report: &mut Report) {
    let path = "/pbx_account/stun_servers";
    if servers.given == ListSource::Other {
        let issue = report.issue(IssueCode::SipStunInvalid, &[path]);
        report.push(issue.naming("server", ""));
    }
    for (index, server) in servers.items.iter().enumerate() {
        let text = server.text_or_empty();
        if address::ice(text).is_none() {
            let issue = report.issue(IssueCode::SipStunInvalid, &[path, "/", &digits(index)]);
            report.push(issue.naming("server", without_credentials(text)));
        }
    }
}

/// `stun:user:password@host` is refused, and its password is to be in no message.
fn without_credentials(server: &str) -> String {
    address::cut_last(server, b'@').map_or_else(|| server.into(), |(_, host)| ["***@", host].concat())
}

fn check_transport(transport: &List<Value<'_>>, report: &mut Report) {
    let is_web_socket = |name: &Value<'_>| ["ws", "wss"].contains(&name.text_or_empty());
    if !transport.items.iter().any(is_web_socket) {
        report.add(IssueCode::SipTransportNoWs, &["/pbx_account/transport"]);
    }
}

/// The entries of the list of STUN servers that browsers take, and where those stand that need credentials.
pub fn ice_servers(servers: &List<Value<'_>>) -> (Vec<String>, Vec<usize>) {
    let mut stun = Vec::new();
    let mut turn = Vec::new();
    for (index, server) in servers.items.iter().enumerate() {
        match address::ice(server.text_or_empty()) {
            Some(Ice::Stun(address)) => stun.push(address),
            Some(Ice::Turn) => turn.push(index),
            None => {}
        }
    }
    (stun, turn)
}

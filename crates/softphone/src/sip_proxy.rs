//! Parses `sip_proxy`, a SIP address in angle brackets. It is informational: browsers cannot use UDP and TCP.

use omicall_schema::{compact::split_once_at, output::OrderedMap};

use crate::address;

/// The parameters of a SIP address, in order.
pub type SipParams = OrderedMap<String, String>;

omicall_schema::output! {
    /// The proxy of a SIP account, e.g. `{ host: "192.0.2.14", port: null, transport: "udp", params: { transport: "udp" } }`.
    pub struct SipProxy {
        /// The host name or IP address.
        host: String,
        /// The port, from the address or from `sip_proxy_port`; `null` if neither has one.
        port: Option<u16>,
        /// The transport in lower case, e.g. `"udp"`; `null` if the address has none.
        transport: Option<String>,
        /// All parameters of the address, names in lower case; `""` for one without a value.
        params: SipParams = "Record<string, string>",
    }
}

/// Parses `<sip:[user@]host[:port][;name=value…]>`, with or without brackets and a name before them.
pub fn parse(text: &str) -> Option<SipProxy> {
    let inner = match split_once_at(text, b'<') {
        Some((_, rest)) => split_once_at(rest, b'>')?.0,
        None => text.trim(),
    };
    let (scheme, rest) = split_once_at(inner, b':')?;
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return None;
    }
    let rest = split_once_at(rest, b'?').map_or(rest, |(rest, _)| rest);
    let (user_and_host, mut rest) = split_once_at(rest, b';').unwrap_or((rest, ""));
    let host_and_port = address::rsplit_once_at(user_and_host, b'@').map_or(user_and_host, |(_, host)| host);
    let (host, port) = address::split_host_and_port(host_and_port)?;
    if !address::is_sip_host(host) {
        return None;
    }
    let (mut params, mut transport) = (SipParams::default(), None);
    while !rest.is_empty() {
        let (part, after) = split_once_at(rest, b';').unwrap_or((rest, ""));
        rest = after;
        let (name, value) = split_once_at(part, b'=').unwrap_or((part, ""));
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name == "transport" && transport.is_none() {
            transport = Some(value.to_ascii_lowercase());
        }
        if !name.is_empty() {
            params.push(name, value.into());
        }
    }
    Some(SipProxy { host: host.into(), port, transport, params })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxy_addresses_are_parsed() {
        let proxy = |host: &str, port, transport: Option<&str>, params: &[(&str, &str)]| {
            Some(SipProxy {
                host: host.into(),
                port,
                transport: transport.map(String::from),
                params: params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            })
        };
        for (text, expected) in [
            (
                "<sip:192.0.2.14;transport=udp>",
                proxy("192.0.2.14", None, Some("udp"), &[("transport", "udp")]),
            ),
            ("sip:h", proxy("h", None, None, &[])),
            (" SIPS:h:5061 ", proxy("h", Some(5061), None, &[])),
            (
                "\"PBX\" <sip:u:p@h:5060;lr;Transport=TCP?x=y>;q=1",
                proxy("h", Some(5060), Some("tcp"), &[("lr", ""), ("transport", "TCP")]),
            ),
            ("<sip:[::1]:5060; ttl = 1 ;>", proxy("[::1]", Some(5060), None, &[("ttl", "1")])),
            ("", None),
            ("h", None),
            ("<sip:h", None),
            ("<tel:+84>", None),
            ("<sip:>", None),
            ("<sip:a b>", None),
            ("<sip:h:0>", None),
            ("<sip:h:x>", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}

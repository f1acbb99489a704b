//! `sip_proxy`, a SIP address in angle brackets, taken apart. It is only told: UDP and TCP are out of a browser's reach.

use omicall_schema::output::{Members, OutputWriter, ToOutput};

use crate::address;

/// The parameters of a SIP address, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SipParams(pub Vec<(String, String)>);

impl Members for SipParams {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.0.iter().for_each(|(name, value)| value.write(name, out));
    }
}

omicall_schema::object_output!([] SipParams);

omicall_schema::output! {
    /// The proxy of a SIP account, e.g. `{ host: "192.0.2.14", port: null, transport: "udp", params: { transport: "udp" } }`.
    pub struct SipProxy {
        /// Its host name or address.
        host: String,
        /// Its port, from the address or from `sip_proxy_port`; `null` where neither says.
        port: Option<u16>,
        /// Its transport in lower case, e.g. `"udp"`; `null` where the address does not say.
        transport: Option<String>,
        /// All parameters of the address, names in lower case; `""` for one without a value.
        params: SipParams = "Record<string, string>",
    }
}

/// Reads `<sip:[user@]host[:port][;name=value…]>`, with or without brackets and a name before them.
pub fn parse(text: &str) -> Option<SipProxy> {
    let inner = match address::cut(text, b'<') {
        Some((_, rest)) => address::cut(rest, b'>')?.0,
        None => text.trim(),
    };
    let (scheme, rest) = address::cut(inner, b':')?;
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return None;
    }
    let rest = address::cut(rest, b'?').map_or(rest, |(rest, _)| rest);
    let mut parts = rest.split(';');
    let place = parts.next()?;
    let place = address::cut_last(place, b'@').map_or(place, |(_, place)| place);
    let (host, port) = address::host_and_port(place)?;
    if !address::is_sip_host(host) {
        return None;
    }
    let params: Vec<_> = parts
        .map(|part| address::cut(part, b'=').unwrap_or((part, "")))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().into()))
        .filter(|(name, _): &(String, String)| !name.is_empty())
        .collect();
    let transport = params.iter().find(|(name, _)| name == "transport");
    let transport = transport.map(|(_, value)| value.to_ascii_lowercase());
    Some(SipProxy { host: host.into(), port, transport, params: SipParams(params) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_taken_apart() {
        let proxy = |host: &str, port, transport: Option<&str>, params: &[(&str, &str)]| {
            let params =
                params.iter().map(|(name, value)| (String::from(*name), String::from(*value))).collect();
            Some(SipProxy {
                host: host.into(),
                port,
                transport: transport.map(String::from),
                params: SipParams(params),
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

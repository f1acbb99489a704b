//! `sip_proxy`, a SIP address in angle brackets, taken apart. It is only told: UDP and TCP are out of a browser's reach.

use serde::{Serialize, Serializer, ser::SerializeMap};
use tsify::Tsify;

use crate::validate::address;

/// The parameters of a SIP address, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(pub Vec<(String, String)>);

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The proxy of a SIP account, e.g. `{ host: "192.0.2.14", port: null, transport: "udp", params: { transport: "udp" } }`.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct SipProxy {
    /// Its host name or address.
    pub host: String,
    /// Its port, from the address or from `sip_proxy_port`; `null` where neither says.
    #[tsify(type = "number | null")]
    pub port: Option<u16>,
    /// Its transport in lower case, e.g. `"udp"`; `null` where the address does not say.
    #[tsify(type = "string | null")]
    pub transport: Option<String>,
    /// All parameters of the address, names in lower case; `""` for one without a value.
    #[tsify(type = "Record<string, string>")]
    pub params: Params,
}

/// Reads `<sip:[user@]host[:port][;name=value…]>`, with or without brackets and a name before them.
pub fn parse(text: &str) -> Option<SipProxy> {
    let inner = match text.split_once('<') {
        Some((_, rest)) => rest.split_once('>')?.0,
        None => text.trim(),
    };
    let (scheme, rest) = inner.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return None;
    }
    let rest = rest.split('?').next()?;
    let mut parts = rest.split(';');
    let place = parts.next()?;
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    let (host, port) = address::host_and_port(place)?;
    if !address::is_sip_host(host) {
        return None;
    }
    let params: Vec<_> = parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().into()))
        .filter(|(name, _): &(String, String)| !name.is_empty())
        .collect();
    let transport = params.iter().find(|(name, _)| name == "transport");
    let transport = transport.map(|(_, value)| value.to_ascii_lowercase());
    Some(SipProxy { host: host.into(), port, transport, params: Params(params) })
}

//! `sip_proxy`, a SIP address in angle brackets, taken apart. It is only told: UDP and TCP are out of a browser's reach.

use js_sys::Object;
use wasm_bindgen::JsValue;

use super::made::{Made, set};
use crate::validate::address;

/// The parameters of a SIP address, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(pub Vec<(String, String)>);

impl Made for Params {
    fn make(self) -> JsValue {
        let object = Object::new();
        for (name, value) in self.0 {
            set(&object, &name, &value.into());
        }
        object.into()
    }
}

made! {
    /// The proxy of a SIP account, e.g. `{ host: "192.0.2.14", port: null, transport: "udp", params: { transport: "udp" } }`.
    pub struct SipProxy {
        /// Its host name or address.
        host: String,
        /// Its port, from the address or from `sip_proxy_port`; `null` where neither says.
        port: Option<u16>,
        /// Its transport in lower case, e.g. `"udp"`; `null` where the address does not say.
        transport: Option<String>,
        /// All parameters of the address, names in lower case; `""` for one without a value.
        #[tsify(type = "Record<string, string>")]
        params: Params,
    }
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

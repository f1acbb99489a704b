//! Host names, ports, WebSocket and STUN addresses, as JsSIP, SIP.js and Chromium accept them: whatever passes here makes
//! none of them throw.

use omicall_schema::compact::{concat, parse_decimal, split_around, split_once_at};

/// Whether it can be the host of a SIP address. `_` is allowed, as in JsSIP.
pub fn is_sip_host(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(is_ipv6);
    }
    let top_label_starts_with_letter =
        last_label(text).starts_with(|first: char| first.is_ascii_alphabetic());
    is_ipv4(text) || (top_label_starts_with_letter && is_dns_name(text))
}

/// Whether SIP.js accepts it too, given that [`is_sip_host`] does: SIP.js rejects `_` in the `toplabel` of RFC 3261.
pub fn is_sip_js_host(text: &str) -> bool {
    has_no_underscore(last_label(text))
}

/// Whether no `_` is in it.
pub fn has_no_underscore(text: &str) -> bool {
    text.bytes().all(|byte| byte != b'_')
}

fn last_label(text: &str) -> &str {
    rsplit_once_at(text, b'.').map_or(text, |(_, last)| last)
}

/// Like `rsplit_once` with an ASCII character.
#[inline(never)]
pub fn rsplit_once_at(text: &str, separator: u8) -> Option<(&str, &str)> {
    split_around(text, text.bytes().rposition(|byte| byte == separator))
}

/// Whether it is labels separated by dots.
fn is_dns_name(text: &str) -> bool {
    count_parts(text, b'.', is_label).is_some()
}

/// Counts the parts between separators; `None` if one is not valid.
fn count_parts(mut text: &str, separator: u8, is_valid: fn(&str) -> bool) -> Option<usize> {
    let mut count = 1_usize;
    while let Some((part, rest)) = split_once_at(text, separator) {
        if !is_valid(part) {
            return None;
        }
        count = count.saturating_add(1);
        text = rest;
    }
    Some(count).filter(|_| is_valid(text))
}

fn is_label(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_alphanumeric())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Four numbers up to 255. Parsing with std takes five times as much wasm.
fn is_ipv4(text: &str) -> bool {
    let is_byte = |part: &str| {
        let no_leading_zero = part == "0" || !part.starts_with('0');
        no_leading_zero && parse_number(part, 3).is_some_and(|number| number <= 255)
    };
    count_parts(text, b'.', is_byte) == Some(4)
}

/// Eight groups, or fewer with one `::`. Both libraries reject `::` alone.
fn is_ipv6(text: &str) -> bool {
    let gap = text.as_bytes().windows(2).position(|two| two == b"::");
    match split_around(text, gap).map(|(head, tail)| (head, tail.strip_prefix(':').unwrap_or_default())) {
        None => count_ipv6_groups(text) == Some(8),
        Some(("", "")) => false,
        Some((head, tail)) => {
            let head = if head.is_empty() { Some(0) } else { count_parts(head, b':', is_ipv6_group) };
            let tail = if tail.is_empty() { Some(0) } else { count_ipv6_groups(tail) };
            head.zip(tail).is_some_and(|(head, tail)| head.saturating_add(tail) < 8)
        }
    }
}

/// Counts the groups of an IPv6 address. The last two may be written as an IPv4 address.
fn count_ipv6_groups(text: &str) -> Option<usize> {
    match rsplit_once_at(text, b':') {
        Some((head, tail)) if is_ipv4(tail) => count_parts(head, b':', is_ipv6_group)?.checked_add(2),
        None if is_ipv4(text) => Some(2),
        _ => count_parts(text, b':', is_ipv6_group),
    }
}

fn is_ipv6_group(part: &str) -> bool {
    (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Parses a number of at most `max_digits` decimal digits.
fn parse_number(text: &str, max_digits: usize) -> Option<u32> {
    let is_number = text.len() <= max_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    parse_decimal(text).filter(|_| is_number).map(|number| number as u32)
}

/// Splits `host[:port]`; `None` if the port is not valid.
pub fn split_host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    // The colons of an IPv6 address are before the bracket.
    let (host, port) = match split_once_at(text, b']') {
        None => split_once_at(text, b':').map_or((text, None), |(host, port)| (host, Some(port))),
        Some((_, "")) => (text, None),
        Some((_, tail)) => {
            let port = tail.strip_prefix(':')?;
            (text.strip_suffix(tail)?, Some(port))
        }
    };
    match port {
        None => Some((host, None)),
        Some(port) => Some((host, Some(parse_port(port)?))),
    }
}

/// Parses a port from 1 to 65535.
pub fn parse_port(text: &str) -> Option<u16> {
    parse_number(text, 5).and_then(|number| u16::try_from(number).ok()).filter(|port| *port > 0)
}

/// The scheme of a WebSocket URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebSocketScheme {
    /// `wss://`
    Wss,
    /// `ws://`
    Ws,
}

/// Parses `wss://host[:port][/path][?query]` or `ws://…` and returns its scheme; `None` for anything else.
pub fn parse_web_socket_url(text: &str) -> Option<WebSocketScheme> {
    let (scheme, rest) = match text.strip_prefix("wss://") {
        Some(rest) => (WebSocketScheme::Wss, rest),
        None => (WebSocketScheme::Ws, text.strip_prefix("ws://")?),
    };
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?'));
    let (host_and_port, path) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    let (host, _) = split_host_and_port(host_and_port)?;
    Some(scheme).filter(|_| is_sip_host(host) && is_sip_js_host(host) && is_path_and_query(path))
}

/// Whether it has only the characters that RFC 3261 allows in the path and the query of a URI; others are percent-encoded.
fn is_path_and_query(text: &str) -> bool {
    let mut hex_digits = 0_u8;
    let is_allowed = |byte: u8| {
        if hex_digits > 0 {
            hex_digits = hex_digits.saturating_sub(1);
            return byte.is_ascii_hexdigit();
        }
        if byte == b'%' {
            hex_digits = 2;
        }
        is_unreserved(byte)
            || matches!(byte, b'%' | b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b',')
    };
    text.bytes().all(is_allowed) && hex_digits == 0
}

/// Whether it has no meaning of its own in a URI (RFC 3261, `unreserved`).
pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')')
}

/// An entry of the account's list of STUN servers.
#[derive(Debug, PartialEq, Eq)]
pub enum IceServerUrl {
    /// A STUN server, written as browsers accept it.
    Stun(String),
    /// A TURN server, which needs credentials.
    Turn,
}

/// Parses an entry: `stun:host[:port]`, `stuns:…`, `turn:…`, or only `host[:port]`.
pub fn parse_ice_server(text: &str) -> Option<IceServerUrl> {
    let text = text.trim();
    let (scheme, rest) = match split_once_at(text, b':') {
        Some((scheme, rest)) if is_ice_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => ("stun".into(), text),
    };
    let is_turn = scheme.starts_with("turn");
    let address = match split_once_at(rest, b'?') {
        Some((address, query)) if is_turn && query.starts_with("transport=") => address,
        _ => rest,
    };
    let (host, _) = split_host_and_port(address)?;
    if !is_ice_host(host) {
        return None;
    }
    Some(if is_turn { IceServerUrl::Turn } else { IceServerUrl::Stun(concat(&[&scheme, ":", rest])) })
}

fn is_ice_scheme(text: &str) -> bool {
    ["stun", "stuns", "turn", "turns"].iter().any(|scheme| text.eq_ignore_ascii_case(scheme))
}

/// Browsers resolve the name themselves: it may start with a digit and end with a dot.
fn is_ice_host(host: &str) -> bool {
    is_sip_host(host) || is_dns_name(host.strip_suffix('.').unwrap_or(host))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn host_and_port_are_split() {
        for (text, expected) in [
            ("h", Some(("h", None))),
            ("h:1", Some(("h", Some(1)))),
            ("[::1]", Some(("[::1]", None))),
            ("[::1]:7443", Some(("[::1]", Some(7443)))),
            ("", Some(("", None))),
            ("h:", None),
            ("h:70000", None),
            ("h:0", None),
            ("[::1", None),
            ("h:1:2", None),
        ] {
            assert_eq!(split_host_and_port(text), expected, "{text}");
        }
    }

    #[test]
    fn stun_servers_are_normalised_for_browsers() {
        for (text, expected) in [
            ("stun:h:3478", "stun:h:3478"),
            ("h:3478", "stun:h:3478"),
            ("h", "stun:h"),
            (" STUNS:h ", "stuns:h"),
            ("[::1]:3478", "stun:[::1]:3478"),
            ("stun:3478", "stun:3478"),
        ] {
            assert_eq!(parse_ice_server(text), Some(IceServerUrl::Stun(expected.into())), "{text}");
        }
        for text in ["turn:h", "TURNS:h:443?transport=tcp"] {
            assert_eq!(parse_ice_server(text), Some(IceServerUrl::Turn), "{text}");
        }
    }

    proptest! {
        #[test]
        fn ip_addresses_are_recognised_like_std(text in "[0-9a-f:.]{0,24}", v4 in "([0-9]{1,4}\\.){2,4}[0-9]{1,3}", v6 in "([0-9a-f]{0,5}:){1,8}[0-9a-f.]{0,9}") {
            for text in [text, v4, v6] {
                prop_assert_eq!(is_ipv4(&text), text.parse::<Ipv4Addr>().is_ok(), "{}", text);
                prop_assert_eq!(is_ipv6(&text), text != "::" && text.parse::<Ipv6Addr>().is_ok(), "{}", text);
            }
        }

        #[test]
        fn every_form_of_ip_address_is_accepted(bits: u128, v4: u32) {
            let (v6, v4) = (Ipv6Addr::from_bits(bits), Ipv4Addr::from_bits(v4));
            prop_assert!(is_ipv4(&v4.to_string()) && is_ipv6(&v6.to_string()));
            prop_assert!(is_ipv6(&v4.to_ipv6_mapped().to_string()));
            let masked = Ipv6Addr::from_bits(bits & 0xFFFF_0000_0000_0000_FFFF_0000_0000_FFFF);
            prop_assert!(is_ipv6(&masked.to_string()));
        }
    }
}

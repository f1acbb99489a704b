//! Host names, ports, WebSocket and STUN addresses, as JsSIP, SIP.js and Chromium take them: what is accepted here throws
//! in none of them.

/// Whether it can be the host of a SIP address. `_` is let pass, because JsSIP does.
pub fn is_sip_host(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(is_ipv6);
    }
    let last_begins_with_letter = last_label(text).starts_with(|first: char| first.is_ascii_alphabetic());
    is_ipv4(text) || (last_begins_with_letter && is_name(text))
}

/// Whether SIP.js takes what [`is_sip_host`] let pass: it refuses `_` where RFC 3261 has a `toplabel`.
pub fn is_strict_host(text: &str) -> bool {
    !last_label(text).contains('_')
}

fn last_label(text: &str) -> &str {
    cut_last(text, b'.').map_or(text, |(_, last)| last)
}

/// Like `split_once` with an ASCII character; that would be there anew for each call.
#[inline(never)]
pub fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    cut_at(text, text.bytes().position(|byte| byte == at))
}

/// Like `rsplit_once` with an ASCII character.
#[inline(never)]
pub fn cut_last(text: &str, at: u8) -> Option<(&str, &str)> {
    cut_at(text, text.bytes().rposition(|byte| byte == at))
}

fn cut_at(text: &str, index: Option<usize>) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(index?)?;
    Some((head, tail.get(1..)?))
}

/// Whether it has labels alone, with dots between them.
fn is_name(text: &str) -> bool {
    count_parts(text, b'.', is_label).is_some()
}

/// How many parts there are between these characters; nothing where one does not fit.
fn count_parts(mut text: &str, at: u8, fits: fn(&str) -> bool) -> Option<usize> {
    let mut count = 1_usize;
    while let Some((part, rest)) = cut(text, at) {
        if !fits(part) {
            return None;
        }
        count = count.saturating_add(1);
        text = rest;
    }
    Some(count).filter(|_| fits(text))
}

fn is_label(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_alphanumeric())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Four numbers up to 255. The standard library says the same with five times the wasm.
fn is_ipv4(text: &str) -> bool {
    let is_byte = |part: &str| {
        let plain = part == "0" || !part.starts_with('0');
        plain && number(part, 3).is_some_and(|number| number <= 255)
    };
    count_parts(text, b'.', is_byte) == Some(4)
}

/// Eight groups, or fewer with a `::` in their place. Both libraries refuse `::` alone, which is nobody's address.
fn is_ipv6(text: &str) -> bool {
    let gap = text.as_bytes().windows(2).position(|two| two == b"::");
    match cut_at(text, gap).map(|(head, tail)| (head, tail.strip_prefix(':').unwrap_or_default())) {
        None => groups(text) == Some(8),
        Some(("", "")) => false,
        Some((head, tail)) => {
            let head = if head.is_empty() { Some(0) } else { count_parts(head, b':', is_group) };
            let tail = if tail.is_empty() { Some(0) } else { groups(tail) };
            head.zip(tail).is_some_and(|(head, tail)| head.saturating_add(tail) < 8)
        }
    }
}

/// How many groups of an IPv6 address there are; the last two may be written as an IPv4 address.
fn groups(text: &str) -> Option<usize> {
    match cut_last(text, b':') {
        Some((head, tail)) if is_ipv4(tail) => count_parts(head, b':', is_group)?.checked_add(2),
        None if is_ipv4(text) => Some(2),
        _ => count_parts(text, b':', is_group),
    }
}

fn is_group(part: &str) -> bool {
    (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A number of at most so many decimal digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

/// Host and port of `host[:port]`; nothing where the port is none.
pub fn host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    // The colons of an IPv6 address stand before the bracket.
    let (host, port) = match cut(text, b']') {
        None => cut(text, b':').map_or((text, None), |(host, port)| (host, Some(port))),
        Some((_, "")) => (text, None),
        Some((_, tail)) => {
            let port = tail.strip_prefix(':')?;
            (text.strip_suffix(tail)?, Some(port))
        }
    };
    match port {
        None => Some((host, None)),
        Some(port) => Some((host, Some(port_of(port)?))),
    }
}

/// A port from 1 to 65535.
pub fn port_of(text: &str) -> Option<u16> {
    number(text, 5).and_then(|number| u16::try_from(number).ok()).filter(|port| *port > 0)
}

/// How a WebSocket address is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebSocket {
    /// `wss://`
    Secure,
    /// `ws://`
    Insecure,
}

/// What `wss://host[:port]` is; nothing where it is something else.
pub fn web_socket(text: &str) -> Option<WebSocket> {
    let (kind, rest) = match text.strip_prefix("wss://") {
        Some(rest) => (WebSocket::Secure, rest),
        None => (WebSocket::Insecure, text.strip_prefix("ws://")?),
    };
    let (host, _) = host_and_port(rest.strip_suffix('/').unwrap_or(rest))?;
    Some(kind).filter(|_| is_sip_host(host) && is_strict_host(host))
}

/// An entry of a list of STUN servers.
#[derive(Debug, PartialEq, Eq)]
pub enum Ice {
    /// A STUN server, written as browsers take it.
    Stun(String),
    /// A TURN server, which needs credentials.
    Turn,
}

/// Reads a STUN server: `stun:host[:port]`, `stuns:…`, `turn:…`, or `host[:port]` alone.
pub fn ice(text: &str) -> Option<Ice> {
    let text = text.trim();
    let (scheme, rest) = match cut(text, b':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => ("stun".into(), text),
    };
    let turn = scheme.starts_with("turn");
    let place = match cut(rest, b'?') {
        Some((place, query)) if turn && query.starts_with("transport=") => place,
        _ => rest,
    };
    let (host, _) = host_and_port(place)?;
    if !is_ice_host(host) {
        return None;
    }
    Some(if turn { Ice::Turn } else { Ice::Stun([&scheme, ":", rest].concat()) })
}

fn is_scheme(text: &str) -> bool {
    ["stun", "stuns", "turn", "turns"].iter().any(|scheme| text.eq_ignore_ascii_case(scheme))
}

/// Browsers look the name up: it may begin with a digit, and end with a dot.
fn is_ice_host(host: &str) -> bool {
    is_sip_host(host) || is_name(host.strip_suffix('.').unwrap_or(host))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn host_and_port_are_told_apart() {
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
            assert_eq!(host_and_port(text), expected, "{text}");
        }
    }

    #[test]
    fn stun_servers_are_written_as_browsers_take_them() {
        for (text, expected) in [
            ("stun:h:3478", "stun:h:3478"),
            ("h:3478", "stun:h:3478"),
            ("h", "stun:h"),
            (" STUNS:h ", "stuns:h"),
            ("[::1]:3478", "stun:[::1]:3478"),
            ("stun:3478", "stun:3478"),
        ] {
            assert_eq!(ice(text), Some(Ice::Stun(expected.into())), "{text}");
        }
        for text in ["turn:h", "TURNS:h:443?transport=tcp"] {
            assert_eq!(ice(text), Some(Ice::Turn), "{text}");
        }
    }

    proptest! {
        #[test]
        fn addresses_are_those_of_the_standard_library(text in "[0-9a-f:.]{0,24}", v4 in "([0-9]{1,4}\\.){2,4}[0-9]{1,3}", v6 in "([0-9a-f]{0,5}:){1,8}[0-9a-f.]{0,9}") {
            for text in [text, v4, v6] {
                prop_assert_eq!(is_ipv4(&text), text.parse::<Ipv4Addr>().is_ok(), "{}", text);
                prop_assert_eq!(is_ipv6(&text), text != "::" && text.parse::<Ipv6Addr>().is_ok(), "{}", text);
            }
        }

        #[test]
        fn addresses_of_every_form_are_taken(bits: u128, v4: u32) {
            let (v6, v4) = (Ipv6Addr::from_bits(bits), Ipv4Addr::from_bits(v4));
            prop_assert!(is_ipv4(&v4.to_string()) && is_ipv6(&v6.to_string()));
            prop_assert!(is_ipv6(&v4.to_ipv6_mapped().to_string()));
            let masked = Ipv6Addr::from_bits(bits & 0xFFFF_0000_0000_0000_FFFF_0000_0000_FFFF);
            prop_assert!(is_ipv6(&masked.to_string()));
        }
    }
}

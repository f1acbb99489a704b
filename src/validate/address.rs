//! Host names, ports, WebSocket and STUN addresses, as JsSIP, SIP.js and Chromium take them: what is accepted here throws
//! in none of them.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether it can be the host of a SIP address. `_` is let pass, because JsSIP does.
pub fn is_sip_host(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(is_ipv6);
    }
    let last_begins_with_letter = last_label(text).starts_with(|first: char| first.is_ascii_alphabetic());
    text.parse::<Ipv4Addr>().is_ok() || (last_begins_with_letter && text.split('.').all(is_label))
}

/// Whether SIP.js takes what [`is_sip_host`] let pass: it refuses `_` where RFC 3261 has a `toplabel`.
pub fn is_strict_host(text: &str) -> bool {
    !last_label(text).contains('_')
}

fn last_label(text: &str) -> &str {
    text.rsplit('.').next().unwrap_or_default()
}

fn is_label(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_alphanumeric())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Both libraries refuse `[::]`, which is nobody's address.
fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok_and(|address| !address.is_unspecified())
}

/// Host and port of `host[:port]`; nothing where the port is none.
pub fn host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    let bracket = text.find(']').unwrap_or_default();
    let colon = text.get(bracket..)?.find(':').and_then(|at| at.checked_add(bracket));
    match colon {
        None => Some((text, None)),
        Some(at) => {
            let (host, port) = text.split_at_checked(at)?;
            Some((host, Some(port_of(port.strip_prefix(':')?)?)))
        }
    }
}

/// A port from 1 to 65535.
pub fn port_of(text: &str) -> Option<u16> {
    let digits = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port > 0)
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
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => ("stun".into(), text),
    };
    let turn = scheme.starts_with("turn");
    let transport = rest.find("?transport=").filter(|_| turn).unwrap_or(rest.len());
    let (host, _) = host_and_port(rest.get(..transport)?)?;
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
    is_sip_host(host) || host.strip_suffix('.').unwrap_or(host).split('.').all(is_label)
}

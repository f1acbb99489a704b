//! Any answer: no panic, success only where serde_json sees one, and no secret in what is told.
//!
//! The first byte picks status and content type (`@` is 200 with application/json), the rest is the
//! body. In it, bytes 1, 2 and 3 stand for a long secret, a short one, and the short one as it
//! stands in an address.

#![no_main]

use libfuzzer_sys::fuzz_target;
use omicall_api::{
    extensions::ExtensionDetail, list_page::Page, phones::InternalPhone, request::encoded,
};
use omicall_call_center::client::{
    decode::{Answer, open},
    error::ErrorKind,
};
use omicall_fuzz::oracle::{Tree, depth, is_json, members, mismatches, text, tree};
use omicall_schema::{HasSchema, Schema, json::validate::MAX_DEPTH};

const STATUSES: [u16; 8] = [200, 204, 401, 404, 429, 500, 502, 302];
const TYPES: [&str; 4] = ["application/json", "text/html; charset=utf-8", "text/plain", ""];
const SHORT: &str = "s3cr3t+K/9=";
/// How often a body may hold the long secret.
const ECHOES: usize = 64;

fn long() -> String {
    // Like a JWT: long, and no part of it like another.
    (0..100).map(|index| format!("eyJ{index:03}.")).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    if rest.windows(4).any(|part| part == b".eyJ" || part == b"eyJ0") {
        // A part of the long secret that nobody echoed: libFuzzer learns it from comparisons.
        return;
    }
    let (status, content_type) = (STATUSES[usize::from(first & 7)], TYPES[usize::from(first >> 3 & 3)]);
    let (long, short) = (long(), encoded(SHORT));
    let mut echoes = 0;
    let mut body = Vec::new();
    for byte in rest {
        match byte {
            1 if echoes < ECHOES => {
                echoes += 1;
                body.extend_from_slice(long.as_bytes());
            }
            2 => body.extend_from_slice(SHORT.as_bytes()),
            3 => body.extend_from_slice(short.as_bytes()),
            other => body.push(*other),
        }
    }
    let answer = Answer { status, content_type, body: &body, secrets: &[&long, SHORT] };

    let text = text(&body);
    let json = is_json(&text) && depth(text.as_bytes(), text.len()) <= MAX_DEPTH as usize;
    let members = if json { members(&text) } else { None };
    let last = |wanted: &str| {
        let mut found = members.iter().flatten().filter(|(name, _)| name.as_deref() == Some(wanted));
        found.next_back().map(|(_, raw)| *raw)
    };
    let ok = (200..300).contains(&status);
    let success = ok && last("status_code") == Some("9999");

    for (schema, fatal_depth) in [
        (Schema::Any, 1),
        (Page::<InternalPhone>::SCHEMA, 2),
        (ExtensionDetail::SCHEMA, 1),
        (Vec::<String>::SCHEMA, 1),
    ] {
        let drift = last("payload").map(|raw| {
            // As the payload of an object, so that paths and depths are the envelope's.
            let mut told = mismatches(&tree(raw), &schema, fatal_depth - 1);
            told.iter_mut().for_each(|(path, ..)| path.insert_str(0, "/payload"));
            told
        });
        let fatal = drift.iter().flatten().any(|(_, _, fatal)| *fatal);
        match open(&answer, &schema) {
            Ok(payload) => {
                assert!(success && !fatal);
                match last("payload") {
                    Some(raw) => assert_eq!(String::from_utf8_lossy(payload.bytes), raw),
                    None => assert!(matches!(schema, Schema::Any) && payload.bytes.is_empty()),
                }
                let ours = payload
                    .mismatches
                    .into_iter()
                    .map(|it| (it.path, it.found, it.fatal))
                    .collect::<Vec<_>>();
                assert_eq!(ours, drift.unwrap_or_default());
            }
            Err(failure) => {
                let fields = failure.fields();
                let missing = last("payload").is_none() && !matches!(schema, Schema::Any);
                assert!(!success || fatal || missing, "{}", failure.message());
                assert_eq!(fields.status, Some(status));
                // A success that is of no use and an answer without an envelope are the server's change, a refusal is not.
                let numbered = last("status_code").is_some_and(|raw| matches!(tree(raw), Tree::Number(_)));
                match fields.kind {
                    ErrorKind::Decode => assert!(ok && (success || !numbered)),
                    ErrorKind::Api => assert!(members.is_some() && !success && last("status_code").is_some()),
                    ErrorKind::Http => assert!(!ok),
                    ErrorKind::Auth => assert!(members.is_some() && !success),
                    other => panic!("{other:?}"),
                }
                for told in [Some(failure.message()), fields.code.as_deref(), fields.instance_id.as_deref()]
                    .into_iter()
                    .flatten()
                {
                    assert!(told.chars().count() <= 1_000, "{} characters", told.chars().count());
                    assert!(!told.contains(char::is_control), "{told}");
                    assert!(!told.contains(SHORT) && !told.contains(&short), "{told}");
                    // Not even a part of the long one.
                    assert!(
                        !told.contains(&long[..21]) && !told.contains(&long[long.len() - 21..]),
                        "{told}"
                    );
                }
                for told in [&fields.code, &fields.instance_id].into_iter().flatten() {
                    assert!(told.chars().count() <= 300 && !told.is_empty());
                }
            }
        }
    }
});

//! Any response: no panic, success only if serde_json agrees, and no secret in the error.
//!
//! The first byte selects status and content type (`@` is 200 with application/json), the rest is the body. In it, the bytes
//! 1, 2 and 3 are replaced by a long secret, a short one, and the short one percent-encoded.

#![no_main]

use libfuzzer_sys::fuzz_target;
use omicall_api::{
    error::ErrorKind,
    extensions::ExtensionDetail,
    list_page::Page,
    phones::InternalPhone,
    request::encode_component,
    response::{RawResponse, parse_response},
};
use omicall_fuzz::oracle::{Tree, depth, is_json, members, mismatches, text, tree};
use omicall_issues::Language;
use omicall_schema::{HasSchema, Schema, json::validate::MAX_DEPTH};

const STATUSES: [u16; 8] = [200, 204, 401, 404, 429, 500, 502, 302];
const TYPES: [&str; 4] = ["application/json", "text/html; charset=utf-8", "text/plain", ""];
const SHORT: &str = "s3cr3t+K/9=";
/// How often a body may contain the long secret.
const ECHOES: usize = 64;

fn long() -> String {
    // Like a JWT: long, and without repeating parts.
    (0..100).map(|index| format!("eyJ{index:03}.")).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    if rest.windows(4).any(|part| part == b".eyJ" || part == b"eyJ0") {
        // A part of the long secret that is not an echo: libFuzzer learned it from comparisons.
        return;
    }
    let (status, content_type) = (STATUSES[usize::from(first & 7)], TYPES[usize::from(first >> 3 & 3)]);
    let (long, short) = (long(), encode_component(SHORT));
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
    let response = RawResponse { status, content_type, body: &body, secrets: &[&long, SHORT], language: Language::English };

    let text = text(&body);
    let json = is_json(&text) && depth(text.as_bytes(), text.len()) <= MAX_DEPTH as usize;
    let members = if json { members(&text) } else { None };
    let last = |expected: &str| {
        let mut found = members.iter().flatten().filter(|(name, _)| name.as_deref() == Some(expected));
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
            // As a member of the envelope, for its paths and depths.
            let mut reported = mismatches(&tree(raw), &schema, fatal_depth - 1);
            reported.iter_mut().for_each(|(path, ..)| path.insert_str(0, "/payload"));
            reported
        });
        let fatal = drift.iter().flatten().any(|(_, _, fatal)| *fatal);
        match parse_response(&response, &schema) {
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
            Err(error) => {
                let fields = error.fields();
                let missing = last("payload").is_none() && !matches!(schema, Schema::Any);
                assert!(!success || fatal || missing, "{}", error.message());
                assert_eq!(fields.status, Some(status));
                // An unusable success or a missing envelope is a decode error, a reported error is not.
                let numbered = last("status_code").is_some_and(|raw| matches!(tree(raw), Tree::Number(_)));
                match fields.kind {
                    ErrorKind::Decode => assert!(ok && (success || !numbered)),
                    ErrorKind::Api => assert!(members.is_some() && !success && last("status_code").is_some()),
                    ErrorKind::Http => assert!(!ok),
                    ErrorKind::Auth => assert!(members.is_some() && !success),
                    other => panic!("{other:?}"),
                }
                for reported in [Some(error.message()), fields.code.as_deref(), fields.instanceId.as_deref()]
                    .into_iter()
                    .flatten()
                {
                    assert!(reported.chars().count() <= 1_000, "{} characters", reported.chars().count());
                    assert!(!reported.contains(char::is_control), "{reported}");
                    assert!(!reported.contains(SHORT) && !reported.contains(&short), "{reported}");
                    // Not even a part of the long secret.
                    assert!(
                        !reported.contains(&long[..21]) && !reported.contains(&long[long.len() - 21..]),
                        "{reported}"
                    );
                }
                for reported in [&fields.code, &fields.instanceId].into_iter().flatten() {
                    assert!(reported.chars().count() <= 300 && !reported.is_empty());
                }
            }
        }
    }
});

//! Masks passwords in a response before any object, and so any JavaScript string, is built from it.

use std::{hint::black_box, ops::Range};

/// Writes `"***"` in place of values of a validated JSON text
/// ([`JsonValidator::passwords`](omicall_schema::json::validate::JsonValidator::passwords)), except of those that tell nothing: `null`,
/// `""`, `true` and `false`.
pub fn mask_passwords(json: &mut Vec<u8>, values: &[Range<usize>]) {
    if values.is_empty() {
        return;
    }
    let mut masked = Vec::with_capacity(json.len());
    let mut end = 0;
    for place in values {
        let value = json.get(place.clone()).unwrap_or_default().trim_ascii_start();
        // `None` inside of a value that is masked already.
        let Some(before) = json.get(end..place.end.saturating_sub(value.len())) else { continue };
        if !["null", "\"\"", "true", "false"].iter().any(|nothing| nothing.as_bytes() == value) {
            masked.extend_from_slice(before);
            masked.extend_from_slice(b"\"***\"");
            end = place.end;
        }
    }
    masked.extend_from_slice(json.get(end..).unwrap_or_default());
    // The memory is used again, and must not hold passwords until then. Without `black_box`, the compiler leaves this out.
    json.fill(0);
    black_box(&json);
    *json = masked;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
#[path = "passwords_tests.rs"]
mod tests;

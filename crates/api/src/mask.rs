//! Masks passwords in a response before any object, and so any JavaScript string, is built of it.

use std::hint::black_box;

use omicall_schema::json::validate::JsonValidator;

/// Writes `"***"` in place of the values that begin at `starts` in a validated JSON text
/// ([`JsonValidator::passwords`]), except of those that tell nothing: `null`, `""`, `true` and `false`.
pub fn mask(json: &mut Vec<u8>, starts: &[usize]) {
    if starts.is_empty() {
        return;
    }
    let mut masked = Vec::with_capacity(json.len());
    let mut end = 0;
    for &start in starts {
        let value = json.get(start..).unwrap_or_default().trim_ascii_start();
        let start = json.len().saturating_sub(value.len());
        // `None` inside of a value that is masked already.
        let Some(before) = json.get(end..start) else { continue };
        let value = JsonValidator::new(value).raw_value().unwrap_or_default();
        if matches!(value, b"null" | b"\"\"" | b"true" | b"false") {
            continue;
        }
        masked.extend_from_slice(before);
        masked.extend_from_slice(b"\"***\"");
        end = start.saturating_add(value.len());
    }
    masked.extend_from_slice(json.get(end..).unwrap_or_default());
    // The memory is used again, and must not hold passwords until then. Without `black_box`, the compiler leaves this out.
    json.fill(0);
    black_box(&json);
    *json = masked;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
#[path = "mask_tests.rs"]
mod tests;

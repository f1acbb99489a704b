//! Escapes JSON to ASCII, which engines parse in two thirds of the time.
//!
//! V8 stores a string in one byte per character only if all are Latin-1; one Vietnamese letter doubles it and slows
//! `JSON.parse`. A record has few such letters, and JSON can write each in ASCII: `\u1ec7`.

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The length of an escaped UTF-16 unit.
const ESCAPE_LENGTH: usize = 6;

/// Longer texts are not escaped: wasm memory never shrinks.
pub(super) const MAX_LENGTH: usize = 16 << 20;

/// Returns the same JSON text in ASCII; `None` if it is ASCII already, too long, or might grow by more than an eighth.
///
/// Only call it with validated JSON: there, letters beyond ASCII are inside strings. Invalid UTF-8 becomes U+FFFD, as
/// with `TextDecoder`.
pub fn escape_non_ascii(json: &[u8]) -> Option<Vec<u8>> {
    if json.len() > MAX_LENGTH {
        return None;
    }
    let mut rest = json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json);
    let mut ascii = Vec::new();
    loop {
        let (plain, after) = rest.split_at_checked(ascii_prefix_length(rest))?;
        if ascii.capacity() == 0 {
            if after.is_empty() {
                return None;
            }
            ascii.try_reserve_exact(json.len().saturating_add(json.len() / 8)).ok()?;
        }
        let others = after.iter().take_while(|byte| !byte.is_ascii()).count();
        let (letters, after) = after.split_at_checked(others)?;
        let longest = plain.len().saturating_add(letters.len().saturating_mul(ESCAPE_LENGTH));
        if longest > ascii.capacity().saturating_sub(ascii.len()) {
            return None;
        }
        ascii.extend_from_slice(plain);
        for unit in String::from_utf8_lossy(letters).encode_utf16() {
            let hex = |shift: u32| {
                b"0123456789abcdef".get(usize::from(unit >> shift & 15)).copied().unwrap_or_default()
            };
            ascii.extend_from_slice(&[b'\\', b'u', hex(12), hex(8), hex(4), hex(0)]);
        }
        if after.is_empty() {
            return Some(ascii);
        }
        rest = after;
    }
}

fn ascii_prefix_length(text: &[u8]) -> usize {
    let (blocks, tail) = text.as_chunks::<16>();
    let mut length: usize = 0;
    for block in blocks {
        let others = u128::from_le_bytes(*block) & 0x8080_8080_8080_8080_8080_8080_8080_8080;
        if others != 0 {
            return length.saturating_add(others.trailing_zeros() as usize / 8);
        }
        length = length.saturating_add(16);
    }
    length.saturating_add(tail.iter().take_while(|byte| byte.is_ascii()).count())
}

//! JSON text in ASCII alone, which engines read in two thirds of the time.
//!
//! One letter beyond Latin-1, and the engine's text is twice as long and all of it is read the slow way. Vietnamese has
//! few such letters for each record, and JSON can say each in ASCII: `\u1ec7`.

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What stands for a unit of UTF-16.
const ESCAPE: usize = 6;

/// Longer texts stay as they are: memory that the module has once taken it keeps.
const LONGEST: usize = 16 << 20;

/// The same JSON text in ASCII; nothing where it is that already, is long, or might grow
/// by more than an eighth.
///
/// Only well-formed JSON has its other letters inside strings, so the scanner must have read it. What is no UTF-8
/// becomes U+FFFD, as with `TextDecoder`.
pub fn escape_non_ascii(json: &[u8]) -> Option<Vec<u8>> {
    if json.len() > LONGEST {
        return None;
    }
    let mut rest = json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json);
    let mut ascii = Vec::new();
    loop {
        let (plain, after) = rest.split_at_checked(ascii_run(rest))?;
        if ascii.capacity() == 0 {
            if after.is_empty() {
                return None;
            }
            ascii.try_reserve_exact(json.len().saturating_add(json.len() / 8)).ok()?;
        }
        let others = after.iter().take_while(|byte| !byte.is_ascii()).count();
        let (letters, after) = after.split_at_checked(others)?;
        let longest = plain.len().saturating_add(letters.len().saturating_mul(ESCAPE));
        if longest > ascii.capacity().saturating_sub(ascii.len()) {
            return None;
        }
        ascii.extend_from_slice(plain);
        for unit in String::from_utf8_lossy(letters).encode_utf16() {
            let digit = |shift: u32| {
                b"0123456789abcdef".get(usize::from(unit >> shift & 15)).copied().unwrap_or_default()
            };
            ascii.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
        }
        if after.is_empty() {
            return Some(ascii);
        }
        rest = after;
    }
}

/// How many bytes of ASCII the text begins with.
fn ascii_run(text: &[u8]) -> usize {
    let (blocks, tail) = text.as_chunks::<16>();
    let mut run: usize = 0;
    for block in blocks {
        let others = u128::from_le_bytes(*block) & 0x8080_8080_8080_8080_8080_8080_8080_8080;
        if others != 0 {
            return run.saturating_add(others.trailing_zeros() as usize / 8);
        }
        run = run.saturating_add(16);
    }
    run.saturating_add(tail.iter().take_while(|byte| byte.is_ascii()).count())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
#[path = "escape_tests.rs"]
mod tests;

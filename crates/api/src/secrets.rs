//! Masks secrets in texts that become part of an error: a server or the page's own `fetch` may echo them.

use crate::request::encode_component;

/// What replaces a secret in a text.
const MASK: &str = "***";

/// The shortest part of a base64 text that is masked. A secret of six bytes has one wherever it begins in the text.
const MIN_BASE64_CHARS: usize = 7;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Masks secrets, as they are, percent-encoded and in base64, in upper and lower case.
pub fn mask_secrets(text: &str, secrets: &[&str]) -> String {
    let mut text = String::from(text);
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = mask_one(&text, secret);
        text = mask_one(&text, &encode_component(secret));
        for skipped_bits in SKIPPED_BITS {
            let encoded = base64_core(secret, skipped_bits);
            if encoded.len() >= MIN_BASE64_CHARS {
                text = mask_one(&text, &encoded);
            }
        }
    }
    text
}

/// The most bytes that any form of a secret has.
pub fn longest_form(secret: &str) -> usize {
    // Base64 has four characters for each three bytes begun, and the bytes before the secret may begin one.
    let base64_len = (secret.len() / 3).saturating_add(2).saturating_mul(4);
    encode_component(secret).len().max(base64_len)
}

/// Prepares a text of the server for an error message: masks secrets, puts everything on one line and truncates it to
/// `max_chars` characters.
pub fn quote_masked(text: &str, secrets: &[&str], max_chars: usize) -> String {
    let one_line = |char: char| if char.is_control() { ' ' } else { char };
    mask_secrets(text.trim_ascii(), secrets).chars().map(one_line).take(max_chars).collect()
}

/// Masks one form of a secret, in upper and lower case.
fn mask_one(text: &str, form: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match rest.split_at_checked(form.len()) {
            Some((start, after)) if start.bytes().map(folded).eq(form.bytes().map(folded)) => {
                masked.push_str(MASK);
                rest = after;
            }
            _ => {
                masked.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    masked
}

/// In lower case, and in the alphabet of base64 for URLs.
fn folded(byte: u8) -> u8 {
    match byte {
        b'+' => b'-',
        b'/' => b'_',
        other => other.to_ascii_lowercase(),
    }
}

/// How many bits at the beginning of a secret share a character of base64 with the byte before it, if the secret begins zero, one
/// or two bytes after a multiple of three.
const SKIPPED_BITS: [u32; 3] = [0, 4, 2];

/// The characters of base64 that the secret alone decides.
fn base64_core(secret: &str, skipped_bits: u32) -> String {
    let mut encoded = String::new();
    let (mut bits, mut count) = (0_u32, 0_u32.wrapping_sub(skipped_bits));
    for byte in secret.bytes() {
        bits = bits << 8 | u32::from(byte);
        count = count.wrapping_add(8);
        while count >= 6 {
            count = count.wrapping_sub(6);
            let index = (bits >> count) & 63;
            encoded.extend(BASE64.get(index as usize).map(|byte| char::from(*byte)));
        }
    }
    encoded
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may stop")]
mod tests {
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
    use proptest::prelude::*;

    use super::*;

    const TOKEN: &str = "eyJhbGciOi.J9~a/b+c?Zt4711";

    #[test]
    fn a_secret_is_masked_in_every_form() {
        let hidden = |text: &str| {
            let masked = mask_secrets(text, &["", "other", TOKEN]);
            assert!(masked.contains("***") && masked.starts_with("<") && masked.ends_with(">"), "{masked}");
            for part in ["4711", "bGci", "ghbGci", "YWJ", "Zt4"] {
                assert!(!masked.to_lowercase().contains(&part.to_lowercase()), "{text} → {masked}");
            }
        };
        for form in [TOKEN.into(), TOKEN.to_uppercase(), TOKEN.to_lowercase(), encode_component(TOKEN)] {
            hidden(&format!("<{form}>"));
            hidden(&format!("<{form}|{form}>"));
        }
        hidden(&format!("<{}>", encode_component(TOKEN).to_lowercase()));
        for before in ["", "B", "Be", "Bearer ", "{\"token\":\""] {
            let encoded = BASE64_STANDARD.encode(format!("{before}{TOKEN}"));
            hidden(&format!("<{encoded}>"));
            hidden(&format!("<{}>", BASE64_URL_SAFE_NO_PAD.encode(format!("{before}{TOKEN}\"}}"))));
        }
    }

    #[test]
    fn other_text_stays() {
        let text = "Không có số 147 – token expired, key wrong";
        assert_eq!(mask_secrets(text, &["", "test-token-4711"]), text);
        // Base64 of a short secret is found in any text.
        assert_eq!(mask_secrets("YWI= abc", &["ab"]), "YWI= ***c");
    }

    proptest! {
        #[test]
        fn no_base64_of_a_secret_is_left(secret in "[ -~]{12,40}", before in "[ -~]{0,9}", after in "[ -~]{0,9}") {
            let text = BASE64_STANDARD.encode(format!("{before}{secret}{after}"));
            let masked = mask_secrets(&text, &[&secret]);
            // What is left of the text are the characters that the neighbours decide too.
            let left = masked.replace("***", "");
            prop_assert!(masked.contains("***"), "{}", masked);
            let neighbours = before.len().saturating_add(after.len());
            let most = neighbours.saturating_mul(4).div_ceil(3).saturating_add(8);
            prop_assert!(left.len() <= most, "{} in {}", masked, text);
        }
    }
}

//! The escaped JSON parses to the same value, whatever bytes it is made of.

use proptest::prelude::*;
use serde_json::Value;

use super::escape::{BYTE_ORDER_MARK, MAX_LENGTH, escape_non_ascii};

/// An array with the string, and so much ASCII that escaping the string stays under an eighth.
fn padded(string: &[u8]) -> Vec<u8> {
    let ascii = "x".repeat(string.len().saturating_mul(48));
    [b"[\"", string, b"\",\"", ascii.as_bytes(), b"\"]"].concat()
}

/// The first string of an array.
fn first_string(json: &[u8]) -> String {
    let value: Value = serde_json::from_slice(json).unwrap();
    value.get(0).and_then(Value::as_str).unwrap().into()
}

#[test]
fn letters_beyond_ascii_are_escaped() {
    for text in ["Nhóm Tech", "Chào mừng quý khách", "ệ", "é", "\u{7F}\u{80}", "\u{FFFF}", "📞🇻🇳", "\u{2028}"]
    {
        let ascii = escape_non_ascii(&padded(text.as_bytes())).unwrap();
        assert!(ascii.is_ascii(), "{text}");
        assert_eq!(first_string(&ascii), text);
    }
    let ascii = escape_non_ascii(&padded("ệ📞".as_bytes())).unwrap();
    assert!(ascii.starts_with(br#"["\u1ec7\ud83d\udcde","#));
}

#[test]
fn ascii_is_not_escaped() {
    assert_eq!(escape_non_ascii(b"{}"), None);
    assert_eq!(escape_non_ascii(b""), None);
    assert_eq!(escape_non_ascii(&padded(b"Sales")), None);
}

#[test]
fn byte_order_mark_is_removed() {
    let marked = [BYTE_ORDER_MARK, &padded("ệ".as_bytes())].concat();
    assert_eq!(first_string(&escape_non_ascii(&marked).unwrap()), "ệ");
}

#[test]
fn text_that_would_grow_by_more_than_an_eighth_is_not_escaped() {
    let json = |ascii: usize| ["\"ệ", &"x".repeat(ascii), "\""].concat().into_bytes();
    // 5 bytes become 8, so the text needs 24.
    assert_eq!(json(19).len(), 24);
    assert_eq!(escape_non_ascii(&json(18)), None);
    assert_eq!(escape_non_ascii(&json(40)).map(|ascii| ascii.len()), Some(48));
    assert_eq!(escape_non_ascii("\"Chào mừng quý khách\"".as_bytes()), None);
}

#[test]
fn text_above_max_length_is_not_escaped() {
    let json = |length: usize| ["\"ệ", &"x".repeat(length.saturating_sub(5)), "\""].concat().into_bytes();
    assert_eq!(json(MAX_LENGTH).len(), MAX_LENGTH);
    assert!(escape_non_ascii(&json(MAX_LENGTH)).is_some());
    assert_eq!(escape_non_ascii(&json(MAX_LENGTH.saturating_add(1))), None);
}

proptest! {
    #[test]
    fn invalid_utf8_is_replaced_like_text_decoder(bytes in prop::collection::vec(
        prop_oneof![0x23..=0x5B_u8, 0x80..=0xFF_u8, Just(0xE1), Just(0xBB), Just(0x87), Just(0xF0), Just(0x9F)], 0..40,
    )) {
        let json = padded(&bytes);
        match escape_non_ascii(&json) {
            Some(ascii) => {
                prop_assert!(ascii.is_ascii());
                prop_assert_eq!(first_string(&ascii), String::from_utf8_lossy(&bytes));
            }
            None => prop_assert!(bytes.is_ascii()),
        }
    }
}

//! The text in ASCII says the same, whatever bytes it is made of.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// So much ASCII that nothing else makes the text grow by an eighth.
fn with_room(string: &[u8]) -> Vec<u8> {
    let ascii = "x".repeat(string.len().saturating_mul(48));
    [b"[\"", string, b"\",\"", ascii.as_bytes(), b"\"]"].concat()
}

/// The first string of an array.
fn first(json: &[u8]) -> String {
    let value: Value = serde_json::from_slice(json).unwrap();
    value.get(0).and_then(Value::as_str).unwrap().into()
}

#[test]
fn every_letter_is_said_escape_non_ascii() {
    for text in ["Nhóm Tech", "Chào mừng quý khách", "ệ", "é", "\u{7F}\u{80}", "\u{FFFF}", "📞🇻🇳", "\u{2028}"]
    {
        let ascii = escape_non_ascii(&with_room(text.as_bytes())).unwrap();
        assert!(ascii.is_ascii(), "{text}");
        assert_eq!(first(&ascii), text);
    }
    let ascii = escape_non_ascii(&with_room("ệ📞".as_bytes())).unwrap();
    assert!(ascii.starts_with(br#"["\u1ec7\ud83d\udcde","#));
}

#[test]
fn ascii_stays_as_it_is() {
    assert_eq!(escape_non_ascii(b"{}"), None);
    assert_eq!(escape_non_ascii(b""), None);
    assert_eq!(escape_non_ascii(&with_room(b"Sales")), None);
}

#[test]
fn a_byte_order_mark_is_left_out() {
    let marked = [BYTE_ORDER_MARK, &with_room("ệ".as_bytes())].concat();
    assert_eq!(first(&escape_non_ascii(&marked).unwrap()), "ệ");
}

#[test]
fn a_text_that_would_grow_by_more_than_an_eighth_stays_as_it_is() {
    let of = |ascii: usize| ["\"ệ", &"x".repeat(ascii), "\""].concat().into_bytes();
    // 5 bytes become 8: the text may have 24.
    assert_eq!(of(19).len(), 24);
    assert_eq!(escape_non_ascii(&of(18)), None);
    assert_eq!(escape_non_ascii(&of(40)).map(|ascii| ascii.len()), Some(48));
    assert_eq!(escape_non_ascii("\"Chào mừng quý khách\"".as_bytes()), None);
}

#[test]
fn a_long_text_stays_as_it_is() {
    let of = |length: usize| ["\"ệ", &"x".repeat(length.saturating_sub(5)), "\""].concat().into_bytes();
    assert_eq!(of(LONGEST).len(), LONGEST);
    assert!(escape_non_ascii(&of(LONGEST)).is_some());
    assert_eq!(escape_non_ascii(&of(LONGEST.saturating_add(1))), None);
}

proptest! {
    #[test]
    fn what_is_no_utf_8_is_read_as_by_a_text_decoder(bytes in prop::collection::vec(
        prop_oneof![0x23..=0x5B_u8, 0x80..=0xFF_u8, Just(0xE1), Just(0xBB), Just(0x87), Just(0xF0), Just(0x9F)], 0..40,
    )) {
        let json = with_room(&bytes);
        match escape_non_ascii(&json) {
            Some(ascii) => {
                prop_assert!(ascii.is_ascii());
                prop_assert_eq!(first(&ascii), String::from_utf8_lossy(&bytes));
            }
            None => prop_assert!(bytes.is_ascii()),
        }
    }
}

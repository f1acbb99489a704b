//! JSON strings as they are between the quotes: compared with plain text, and unescaped.

/// Whether the string between the quotes, escapes included, equals `text`.
pub fn string_equals(raw: &[u8], text: &str) -> bool {
    raw == text.as_bytes() || (has_escapes(raw) && unescape(raw) == text)
}

/// Whether the string between the quotes has escapes.
#[allow(clippy::manual_contains, reason = "it would take 0.2 KB")]
pub fn has_escapes(raw: &[u8]) -> bool {
    raw.iter().any(|byte| *byte == b'\\')
}

/// Resolves the escapes of a string. Invalid UTF-8 and lone surrogates become U+FFFD.
pub fn unescape(raw: &[u8]) -> String {
    let mut text = Vec::new();
    let mut rest = raw;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        let Some((&letter, after)) = rest.split_first() else { break };
        rest = after;
        match letter {
            b'u' => {
                let (char, after) = unicode_escape(rest);
                rest = after;
                text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            }
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            other => text.push(other),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The character whose digits follow `\u`, which may be in two parts, and what comes after it.
fn unicode_escape(digits: &[u8]) -> (char, &[u8]) {
    let (unit, after) = utf16_unit(digits);
    if unit & 0xFC00 == 0xD800
        && let Some(second) = after.strip_prefix(br"\u")
        && let (low, after) = utf16_unit(second)
        && low & 0xFC00 == 0xDC00
    {
        let beyond_bmp = (unit & 0x3FF) << 10 | (low & 0x3FF);
        return (char::from_u32(beyond_bmp.wrapping_add(0x1_0000)).unwrap_or_default(), after);
    }
    (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), after)
}

/// The number of four digits, and what comes after them. Anything else is a number that no character has.
fn utf16_unit(digits: &[u8]) -> (u32, &[u8]) {
    let (digits, after) = digits.split_at_checked(4).unwrap_or_default();
    let number = digits.iter().try_fold(0, |number, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(number << 4 | digit)
    });
    (number.filter(|_| !digits.is_empty()).unwrap_or(0x11_0000), after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_unescaped_like_serde_json(text in "[a\\\\\"/\u{1}\n\u{8}\u{c}ệ\u{FFFF}📞]{0,12}", ascii: bool) {
            let json = if ascii {
                text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
            } else {
                serde_json::to_string(&text).unwrap_or_default()
            };
            let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(&json);
            prop_assert_eq!(unescape(inside.as_bytes()), text);
        }
    }

    #[test]
    fn halves_and_broken_escapes_become_the_replacement_character() {
        for (raw, text) in [
            (r"\ud83d", "\u{FFFD}"),
            (r"\ud83dx", "\u{FFFD}x"),
            (r"\ud83d\u0041", "\u{FFFD}A"),
            (r"\ud83d\ud83d\udcde", "\u{FFFD}📞"),
            (r"\udcde", "\u{FFFD}"),
            (r"a\u00", "a\u{FFFD}"),
            (r"a\u00zzb", "a\u{FFFD}b"),
            (r"a\", "a"),
        ] {
            assert_eq!(unescape(raw.as_bytes()), text, "{raw}");
        }
        assert_eq!(unescape(b"a\xFFb"), "a\u{FFFD}b");
    }
}

//! JSON strings as they are between the quotes: compared with plain text, and unescaped.

/// Whether the string between the quotes, escapes included, equals `text`.
pub fn string_equals(raw: &[u8], text: &str) -> bool {
    raw == text.as_bytes() || (raw.contains(&b'\\') && unescape(raw) == text)
}

/// Resolves the escapes of a string. Invalid UTF-8 and lone surrogates become U+FFFD.
pub fn unescape(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut out = String::new();
    let mut utf16_units: Vec<u16> = Vec::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let unescaped = if char == '\\' {
            match chars.next() {
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    utf16_units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xFFFD));
                    continue;
                }
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => break,
            }
        } else {
            char
        };
        out.push_str(&String::from_utf16_lossy(&utf16_units));
        utf16_units.clear();
        out.push(unescaped);
    }
    out.push_str(&String::from_utf16_lossy(&utf16_units));
    out
}

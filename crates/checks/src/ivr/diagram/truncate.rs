//! Truncates names to the width of a box.

/// Returns a name in at most `width` pixels of a 13 pixel font, with `…` at the end if it is longer. Characters that would
/// move the text around it are left out (control characters, changes of direction); line breaks become spaces.
pub fn truncate(name: &str, width: usize) -> String {
    // Most texts fit at any rate: a picture has a hundred thousand of them.
    if name.len() <= width / WIDEST && name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return name.into();
    }
    let mut text = String::new();
    let mut used = 0_usize;
    // The length of the text that leaves room for the ellipsis.
    let mut fits = 0;
    for c in name.chars().filter_map(printable) {
        used = used.saturating_add(width_of(c));
        if used <= width.saturating_sub(ELLIPSIS_WIDTH) {
            fits = text.len().saturating_add(c.len_utf8());
        }
        if used > width {
            text.truncate(fits);
            text.push('…');
            return text;
        }
        text.push(c);
    }
    text
}

const ELLIPSIS_WIDTH: usize = 13;

/// The width of the widest ASCII character in pixels.
const WIDEST: usize = 13;

fn printable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // XML forbids the last two; the others would reverse the text after them.
        '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Returns the approximate width of a character in pixels, rather too much than too little.
fn width_of(c: char) -> usize {
    match c {
        // Combining marks, zero-width characters and variation selectors.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' | 'ì' | 'í' | 'ỉ' | 'ĩ'
        | 'ị' | 'f' | 't' | 'r' | '(' | ')' | '-' => 5,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' | '⚠' | '✖' => 13,
        // With accents, Greek and Cyrillic. Letters with two accents take turns with their lower-case letters.
        'A'..='Z' | '\u{c0}'..='\u{de}' | 'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => 10,
        '\u{391}'..='\u{3ab}' | '\u{400}'..='\u{42f}' => 10,
        '\u{1ea0}'..='\u{1ef9}' if (c as u32).is_multiple_of(2) => 10,
        // Chinese, Japanese, Korean, and emoji.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 15,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_truncated() {
        for (name, width, wanted) in [
            // Exactly as wide as the box.
            ("aaaa", 32, "aaaa"),
            ("aaaa", 31, "aa…"),
            ("aaaa", 13, "…"),
            ("aaaaa", 37, "aaa…"),
            ("aaaaa", 36, "aa…"),
            ("", 0, ""),
            ("a", 0, "…"),
            // Narrow, wide, upper-case, Chinese, emoji.
            ("illi", 20, "illi"),
            ("mmmm", 52, "mmmm"),
            ("mmmm", 51, "mm…"),
            ("AAAA", 40, "AAAA"),
            ("AAAA", 39, "AA…"),
            // Also with accents, and in Greek and Cyrillic letters.
            ("ĐỘÀ", 30, "ĐỘÀ"),
            ("ĐỘÀ", 29, "Đ…"),
            ("độà", 24, "độà"),
            ("ΩЖ", 20, "ΩЖ"),
            ("ΩЖ", 19, "…"),
            ("漢字漢", 45, "漢字漢"),
            ("漢字漢", 44, "漢字…"),
            ("💥💥", 30, "💥💥"),
            ("💥💥", 29, "💥…"),
            // Combining marks have no width.
            ("e\u{302}\u{301}e\u{302}\u{301}", 16, "e\u{302}\u{301}e\u{302}\u{301}"),
            // Line breaks become spaces; control characters and changes of direction are left out.
            ("a\nb\r\tc\u{2028}d", 99, "a b  c d"),
            ("\u{202e}a\u{2066}b\u{1}\u{1b}\u{ffff}\u{200e}c", 99, "abc"),
        ] {
            assert_eq!(truncate(name, width), wanted, "{name:?} in {width}");
        }
    }
}

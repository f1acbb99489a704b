//! Vietnamese text without its accents, for search, e-mail addresses and the vendor's `…_unsigned` fields.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, whether they came precomposed or as combining marks: `Đặng` becomes `dang`.
pub(crate) fn unaccent(text: &str) -> String {
    unsigned(text).to_lowercase()
}

/// Without accents, in the case it was written in.
pub(crate) fn unsigned(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    // The stroke of đ is not a combining mark, so decomposition does not remove it.
    letters
        .map(|letter| {
            if letter == 'đ' {
                'd'
            } else if letter == 'Đ' {
                'D'
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_combining_accents_are_removed() {
        for text in ["Nguyễn Thị Đặng Ơn Ưu", &"Nguyễn Thị Đặng Ơn Ưu".nfd().to_string()] {
            assert_eq!(unaccent(text), "nguyen thi dang on uu");
        }
        assert_eq!(unsigned("KỊCH BẢN Đặt lịch đào tạo"), "KICH BAN Dat lich dao tao");
        assert_eq!(unaccent("a+b@EXAMPLE.com 😀"), "a+b@example.com 😀");
    }
}

//! Vietnamese text without its accents, for search and for e-mail addresses.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, whether they came precomposed or as combining marks: `Đặng` becomes `dang`.
pub(crate) fn unaccent(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        // The stroke of đ is no combining mark, so that no decomposition takes it off.
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_in_either_form() {
        for text in ["Nguyễn Thị Đặng Ơn Ưu", &"Nguyễn Thị Đặng Ơn Ưu".nfd().to_string()] {
            assert_eq!(unaccent(text), "nguyen thi dang on uu");
        }
        assert_eq!(unaccent("a+b@EXAMPLE.com 😀"), "a+b@example.com 😀");
    }
}

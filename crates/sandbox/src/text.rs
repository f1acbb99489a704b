//! Vietnamese text without its accents, for search, e-mail addresses and the vendor's `…_unsigned` fields.

/// The normal forms of Unicode. A page has them already, and their tables are large, so they come from outside.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// Composed.
    pub nfc: fn(&str) -> String,
    /// Decomposed.
    pub nfd: fn(&str) -> String,
}

#[cfg(feature = "unicode")]
impl Default for Forms {
    fn default() -> Self {
        use unicode_normalization::UnicodeNormalization;
        Self { nfc: |text| text.nfc().collect(), nfd: |text| text.nfd().collect() }
    }
}

impl Forms {
    /// Lower case, without accents, whether they came precomposed or as combining marks: `Đặng` becomes `dang`.
    pub(crate) fn unaccent(self, text: &str) -> String {
        self.unsigned(text).to_lowercase()
    }

    /// Without accents, in the case it was written in.
    pub(crate) fn unsigned(self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        // The accents of Latin letters; the stroke of đ is not one of them, so decomposition does not remove it.
        let letters = (self.nfd)(text);
        let letters = letters.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
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

    pub(crate) fn nfc(self, text: &str) -> String {
        (self.nfc)(text)
    }
}

#[cfg(all(test, feature = "unicode"))]
mod tests {
    use super::*;

    #[test]
    fn composed_and_combining_accents_are_removed() {
        let forms = Forms::default();
        let text = "Nguyễn Thị Đặng Ơn Ưu";
        for text in [text, &(forms.nfd)(text)] {
            assert_eq!(forms.unaccent(text), "nguyen thi dang on uu");
        }
        assert_eq!(forms.unsigned("KỊCH BẢN Đặt lịch đào tạo"), "KICH BAN Dat lich dao tao");
        assert_eq!(forms.unaccent("a+b@EXAMPLE.com 😀"), "a+b@example.com 😀");
    }
}

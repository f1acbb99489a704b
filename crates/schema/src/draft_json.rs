//! Drafts from JSON, for programs without JavaScript: encodes them as `encodeDraft` in `src/js/values.js` does.

use std::collections::HashMap;

use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;

use crate::draft::{EncodedDraft, Kind, ReadDraft};

/// Encodes a value from which [`parse`](crate::draft::parse) reads a `T`.
pub fn encode<'t, T: ReadDraft<'t>>(value: &Json) -> EncodedDraft {
    let mut spec = String::new();
    T::spec(&mut spec);
    let spec: Json = serde_json::from_str(&spec).unwrap_or_default();
    let mut encoder = Encoder::default();
    encoder.walk(value, &spec);
    EncodedDraft { numbers: encoder.numbers, text: encoder.strings.join("\0").nfc().collect() }
}

#[derive(Default)]
struct Encoder {
    numbers: Vec<u32>,
    strings: Vec<String>,
    indexes: HashMap<String, u32>,
}

impl Encoder {
    fn push(&mut self, kind: Kind, payload: u32) {
        self.numbers.push(kind.with(payload));
    }

    fn push_string(&mut self, kind: Kind, text: &str) {
        // NUL separates the strings.
        let text = text.replace('\0', "\u{FFFD}");
        let next = u32::try_from(self.strings.len()).unwrap_or(u32::MAX);
        let index = *self.indexes.entry(text.clone()).or_insert_with(|| {
            self.strings.push(text);
            next
        });
        self.push(kind, index);
    }

    fn walk(&mut self, value: &Json, spec: &Json) {
        match (spec, value) {
            (Json::Array(spec), Json::Array(items)) => self.list(0, items, spec.first()),
            (Json::Array(spec), Json::Object(page)) if spec.len() > 1 => match page.get("items") {
                Some(Json::Array(items)) => {
                    let source = if page.get("has_next") == Some(&Json::Bool(true)) { 2 } else { 1 };
                    self.list(source, items, spec.first());
                }
                _ => self.push(Kind::Other, 0),
            },
            (Json::Object(fields), Json::Object(members)) => {
                self.push(Kind::Object, 0);
                for (name, spec) in fields {
                    match spec {
                        Json::String(source) => {
                            let text = members.get(source).and_then(Json::as_str).unwrap_or_default();
                            self.push_string(Kind::Text, &text.trim_matches(is_white_space).to_lowercase());
                        }
                        spec => self.walk(members.get(name).unwrap_or(&Json::Null), spec),
                    }
                }
            }
            (Json::Number(exact), Json::String(text)) if exact.as_u64() == Some(1) => {
                let codes: Vec<_> = text.chars().map(u32::from).map(Json::from).collect();
                self.list(0, &codes, None);
            }
            (_, Json::Null) => self.push(Kind::Absent, 0),
            (_, Json::String(text)) => self.push_string(Kind::Text, text),
            (_, Json::Bool(value)) => self.push(Kind::Bool, u32::from(*value)),
            (_, Json::Number(number)) => self.number(number.as_f64().unwrap_or(f64::NAN)),
            _ => self.push(Kind::Other, 0),
        }
    }

    fn list(&mut self, source: u32, items: &[Json], spec: Option<&Json>) {
        let length = u32::try_from(items.len()).unwrap_or(u32::MAX);
        self.push(Kind::List, length << 2 | source);
        for item in items {
            self.walk(item, spec.unwrap_or(&Json::Null));
        }
    }

    /// JavaScript does not tell 3.0 from 3, so neither does this.
    fn number(&mut self, number: f64) {
        if number.fract() == 0.0 && (0.0..f64::from(1 << 29)).contains(&number) {
            self.push(Kind::SmallInt, number as u32);
        } else {
            // JavaScript writes an exponent from 1e21 on.
            let large = number.abs() >= 1e21;
            let digits = if large { format!("{number:e}").replace('e', "e+") } else { number.to_string() };
            self.push_string(Kind::Number, &digits);
        }
    }
}

/// What `String.prototype.trim` of JavaScript removes.
fn is_white_space(character: char) -> bool {
    character == '\u{FEFF}' || (character.is_whitespace() && character != '\u{85}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::draft::{ExactText, Value, parse};

    crate::untyped_draft! {
        /// A draft with a number.
        pub struct Sample<'t> {
            number: Value<'t>,
        }
    }

    #[test]
    fn numbers_are_read_as_javascript_has_them() {
        let expected = [
            ("3", Value::Int(3)),
            ("3.0", Value::Int(3)),
            ("1e1", Value::Int(10)),
            ("-0.0", Value::Int(0)),
            ("-7", Value::Int(-7)),
            ("536870912", Value::Int(536_870_912)),
            ("2147483648", Value::OtherNumber("2147483648")),
            ("2.5", Value::OtherNumber("2.5")),
            ("1e21", Value::OtherNumber("1e+21")),
        ];
        for (json, value) in expected {
            let number: Json = serde_json::from_str(json).unwrap_or_default();
            let draft = encode::<Sample<'_>>(&json!({ "number": number }));
            assert_eq!(parse::<Sample<'_>>(&draft).number, value, "{json}");
        }
    }

    crate::untyped_draft! {
        /// A draft with a password, and a text for people.
        pub struct Exact<'t> {
            secret: ExactText,
            name: Value<'t>,
        }
    }

    #[test]
    fn exact_texts_are_not_composed() {
        for text in ["", "e\u{301}", "\0", "a\0\0b", "\u{1F512}Å\u{212B}", "\u{FFFD}"] {
            let draft = encode::<Exact<'_>>(&json!({ "secret": text, "name": "o\u{302}\0" }));
            let exact = parse::<Exact<'_>>(&draft);
            assert_eq!(exact.secret, ExactText::Text(text.into()));
            assert_eq!(exact.name, Value::Text("ô\u{FFFD}"));
        }
        for (value, expected) in [
            (json!(null), ExactText::Absent),
            (json!(5), ExactText::Other),
            (json!(["a"]), ExactText::Other),
            (json!({}), ExactText::Other),
        ] {
            assert_eq!(
                parse::<Exact<'_>>(&encode::<Exact<'_>>(&json!({ "secret": value }))).secret,
                expected
            );
        }
    }

    #[test]
    fn what_ends_early_is_absent() {
        let mut draft = encode::<Sample<'_>>(&json!({ "number": 1 }));
        draft.numbers.truncate(1);
        assert_eq!(parse::<Sample<'_>>(&draft).number, Value::Absent);
    }
}

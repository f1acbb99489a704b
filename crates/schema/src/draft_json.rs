//! Drafts from JSON, for programs without JavaScript: writes the same tokens as `draftText` in `src/js/values.js`.

use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;

use crate::draft::ReadDraft;

/// Writes the tokens from which [`parse`](crate::draft::parse) reads a `T`.
pub fn text<'t, T: ReadDraft<'t>>(value: &Json) -> String {
    let mut spec = String::new();
    T::spec(&mut spec);
    let spec: Json = serde_json::from_str(&spec).unwrap_or_default();
    let mut out = Vec::new();
    walk(value, &spec, &mut out);
    out.join("\0").nfc().collect()
}

fn walk(value: &Json, spec: &Json, out: &mut Vec<String>) {
    match (spec, value) {
        (Json::Array(spec), Json::Array(items)) => list('a', items, spec.first(), out),
        (Json::Array(spec), Json::Object(page)) if spec.len() > 1 => match page.get("items") {
            Some(Json::Array(items)) => {
                let kind = if page.get("has_next") == Some(&Json::Bool(true)) { 'm' } else { 'p' };
                list(kind, items, spec.first(), out);
            }
            _ => out.push("x".into()),
        },
        (Json::Object(fields), Json::Object(members)) => {
            out.push("o".into());
            for (name, spec) in fields {
                match spec {
                    Json::String(source) => {
                        let text = members.get(source).and_then(Json::as_str).unwrap_or_default();
                        out.push(without_nul(&text.trim_matches(is_white_space).to_lowercase()));
                    }
                    spec => walk(members.get(name).unwrap_or(&Json::Null), spec, out),
                }
            }
        }
        (_, Json::Null) => out.push("u".into()),
        (_, Json::String(text)) => out.push(["\"", &without_nul(text)].concat()),
        (_, Json::Bool(value)) => out.push(if *value { "b1" } else { "b0" }.into()),
        (_, Json::Number(number)) => out.push(number_token(number.as_f64().unwrap_or(f64::NAN))),
        _ => out.push("x".into()),
    }
}

fn list(kind: char, items: &[Json], spec: Option<&Json>, out: &mut Vec<String>) {
    out.push(format!("{kind}{}", items.len()));
    for item in items {
        walk(item, spec.unwrap_or(&Json::Null), out);
    }
}

/// JavaScript does not tell 3.0 from 3, so neither do these tokens.
fn number_token(number: f64) -> String {
    let is_int = number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number);
    if is_int { format!("i{}", number as i32) } else { format!("d{number}") }
}

/// NUL separates the tokens.
fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// What `String.prototype.trim` of JavaScript removes.
fn is_white_space(character: char) -> bool {
    character == '\u{FEFF}' || (character.is_whitespace() && character != '\u{85}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::draft::{Value, parse};

    crate::untyped_draft! {
        /// A draft with a number.
        pub struct Sample<'t> {
            number: Value<'t>,
        }
    }

    #[test]
    fn numbers_are_written_as_javascript_has_them() {
        for (json, token) in [("3", "i3"), ("3.0", "i3"), ("1e1", "i10"), ("-0.0", "i0"), ("2.5", "d2.5")] {
            let number: Json = serde_json::from_str(json).unwrap_or_default();
            assert_eq!(text::<Sample<'_>>(&json!({ "number": number })), format!("o\0{token}"));
        }
        let large = text::<Sample<'_>>(&json!({ "number": 2_147_483_648_u64 }));
        assert!(matches!(parse::<Sample<'_>>(&large).number, Value::OtherNumber("2147483648")));
    }
}

//! Drafts from JSON, for programs without JavaScript: writes the same tokens as the walker in the browser.

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
                        out.push(without_nul(&text.trim().to_lowercase()));
                    }
                    spec => walk(members.get(name).unwrap_or(&Json::Null), spec, out),
                }
            }
        }
        (_, Json::Null) => out.push("u".into()),
        (_, Json::String(text)) => out.push(["\"", &without_nul(text)].concat()),
        (_, Json::Bool(value)) => out.push(if *value { "b1" } else { "b0" }.into()),
        (_, Json::Number(number)) => match number.as_i64().filter(|number| i32::try_from(*number).is_ok()) {
            Some(number) => out.push(format!("i{number}")),
            None => out.push(format!("d{number}")),
        },
        _ => out.push("x".into()),
    }
}

fn list(kind: char, items: &[Json], spec: Option<&Json>, out: &mut Vec<String>) {
    out.push(format!("{kind}{}", items.len()));
    for item in items {
        walk(item, spec.unwrap_or(&Json::Null), out);
    }
}

/// NUL separates the tokens.
fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

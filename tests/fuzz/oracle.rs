//! Parses JSON with serde_json. Unlike `serde_json::Value`, it keeps duplicate names, numbers out of range and lone surrogates.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use omicall_schema::{
    Schema,
    json::validate::{MAX_DEPTH, MAX_MISMATCHES},
};

/// A value, with numbers as they are written.
pub enum Tree {
    Null,
    Bool,
    Number(String),
    /// The string, `None` if it is not valid Unicode, and whether it is empty.
    String(Option<String>, bool),
    Array(Vec<Tree>),
    /// All members in order; a name that is not valid Unicode is `None`.
    Object(Vec<(Option<String>, Tree)>),
}

/// Decodes bytes as `TextDecoder` does: removes the byte order mark and replaces invalid UTF-8.
pub fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    String::from(text.strip_prefix('\u{feff}').unwrap_or(&text))
}

/// Whether the text is JSON, however deeply nested.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The maximum nesting depth before the byte `end`.
pub fn depth(bytes: &[u8], end: usize) -> usize {
    let (mut depth, mut max_depth, mut inside, mut escaped) = (0_usize, 0, false, false);
    for byte in &bytes[..end.min(bytes.len())] {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'[' | b'{' if !inside => depth += 1,
            b']' | b'}' if !inside => depth = depth.saturating_sub(1),
            _ => {}
        }
        max_depth = max_depth.max(depth);
    }
    max_depth
}

/// Parses JSON that is not nested too deeply.
pub fn tree(text: &str) -> Tree {
    assert!(depth(text.as_bytes(), text.len()) <= MAX_DEPTH as usize);
    match text.trim_start_matches([' ', '\t', '\r', '\n']).as_bytes()[0] {
        b'n' => Tree::Null,
        b't' | b'f' => Tree::Bool,
        b'"' => Tree::String(
            serde_json::from_str(text).ok(),
            text.trim_matches([' ', '\t', '\r', '\n']) == "\"\"",
        ),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap();
            Tree::Array(items.into_iter().map(|item| tree(item.get())).collect())
        }
        b'{' => {
            let Members(members) = serde_json::from_str(text).unwrap();
            Tree::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (serde_json::from_str(name.get()).ok(), tree(value.get())))
                    .collect(),
            )
        }
        _ => Tree::Number(text.trim_matches([' ', '\t', '\r', '\n']).into()),
    }
}

/// The members of an object, each with the text of its value; `None` if it is not an object.
pub fn members(text: &str) -> Option<Vec<(Option<String>, &str)>> {
    let Members(members) = serde_json::from_str(text).ok()?;
    Some(
        members
            .into_iter()
            .map(|(name, value)| (serde_json::from_str(name.get()).ok(), value.get()))
            .collect(),
    )
}

struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// An expected mismatch: path, type found, and whether it is fatal.
pub type Mismatch = (String, &'static str, bool);

/// The mismatches between value and schema, in the order of the text; every occurrence of a name is validated.
pub fn mismatches(tree: &Tree, schema: &Schema, fatal_depth: usize) -> Vec<Mismatch> {
    let mut all = Vec::new();
    validate(tree, schema, &mut Vec::new(), &mut all);
    let mut mismatches = Vec::new();
    for (path, kind) in all {
        let fatal = path.len() <= fatal_depth;
        if fatal || mismatches.len() < MAX_MISMATCHES {
            mismatches.push((path.iter().map(|step| format!("/{step}")).collect(), kind, fatal));
        }
    }
    mismatches
}

fn validate(tree: &Tree, schema: &Schema, path: &mut Vec<String>, all: &mut Vec<(Vec<String>, &'static str)>) {
    let kind = match (schema, tree) {
        (Schema::Any, _) | (Schema::Nullable(_), Tree::Null) => return,
        (Schema::Nullable(inner), _) => return validate(tree, inner, path, all),
        (Schema::String, Tree::String(..)) | (Schema::Number, Tree::Number(_)) | (Schema::Bool, Tree::Bool) => {
            return;
        }
        (Schema::NonEmptyString, Tree::String(_, empty)) if !empty => return,
        (Schema::OneOf(words), Tree::String(Some(text), _)) if words.contains(&text.as_str()) => return,
        (Schema::NonNegativeInt, Tree::Number(number))
            if number.parse::<f64>().is_ok_and(|_| !number.contains(['-', '.', 'e', 'E'])) =>
        {
            return;
        }
        (Schema::PositiveInt, Tree::Number(number))
            if number != "0" && !number.contains(['-', '.', 'e', 'E']) =>
        {
            return;
        }
        (Schema::Array(inner), Tree::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                validate(item, inner, path, all);
                path.pop();
            }
            return;
        }
        (Schema::Object(object), Tree::Object(members)) => {
            for (name, value) in members {
                if let Some(field) = object.fields.iter().find(|field| Some(field.name) == name.as_deref()) {
                    path.push(field.name.replace('~', "~0").replace('/', "~1"));
                    validate(value, &field.schema, path, all);
                    path.pop();
                }
            }
            for field in object.fields.iter().filter(|field| field.required) {
                if !members.iter().any(|(name, _)| name.as_deref() == Some(field.name)) {
                    let missing =
                        path.iter().cloned().chain([field.name.replace('~', "~0").replace('/', "~1")]);
                    all.push((missing.collect(), "missing"));
                }
            }
            return;
        }
        (_, Tree::Null) => "null",
        (_, Tree::Bool) => "boolean",
        (_, Tree::Number(_)) => "number",
        (_, Tree::String(..)) => "string",
        (_, Tree::Array(_)) => "array",
        (_, Tree::Object(_)) => "object",
    };
    all.push((path.clone(), kind));
}

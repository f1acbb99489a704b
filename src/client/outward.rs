//! Plain data on its way to JavaScript: objects of a few named members.
//!
//! One writer for all of them: serialization derived for each type would cost a kilobyte of wasm or two for each.

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::JsValue;

use crate::validate::Issue;

/// A value as JavaScript will see it.
#[derive(Debug, Clone, Copy)]
pub enum Value<'v> {
    /// Nothing: the member is left out.
    Missing,
    /// A string.
    Text(&'v str),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An object.
    Object(&'v [(&'static str, Value<'v>)]),
    /// What is wrong with a payload.
    Issues(&'v [Issue]),
    /// An object of strings.
    Texts(&'v [(&'static str, String)]),
}

impl<'v> From<&'v Option<String>> for Value<'v> {
    fn from(text: &'v Option<String>) -> Self {
        text.as_deref().map_or(Value::Missing, Value::Text)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Missing => serializer.serialize_unit(),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, value) in members.iter().filter(|(_, value)| !matches!(value, Value::Missing)) {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
            Value::Texts(texts) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, text) in *texts {
                    object.serialize_entry(name, &Value::Text(text))?;
                }
                object.end()
            }
            Value::Issues(issues) => serializer.collect_seq(issues.iter().map(Members)),
        }
    }
}

/// An issue as it is written.
struct Members<'i>(&'i Issue);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Members(issue) = self;
        let members = [
            ("code", Value::Text(issue.code.as_str())),
            ("severity", Value::Text(issue.severity.as_str())),
            ("path", Value::Text(&issue.path)),
            ("message", Value::Text(&issue.message)),
            ("params", Value::Texts(&issue.params.0)),
        ];
        Value::Object(&members).serialize(serializer)
    }
}

/// An object of these members.
pub fn object(members: &[(&'static str, Value<'_>)]) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    // Nothing in a value can fail.
    Value::Object(members).serialize(&plain).unwrap_or_default()
}

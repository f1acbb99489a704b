//! Plain data on its way to JavaScript: objects of a few named members.
//!
//! One writer for all of them: serialization derived for each type would cost a kilobyte of wasm or two for each.

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::JsValue;

use crate::validate::Issue;

/// A value as JavaScript will see it.
#[derive(Debug)]
pub enum Value {
    /// A string that is known beforehand.
    Word(&'static str),
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Object(Vec<(&'static str, Value)>),
}

impl From<&Issue> for Value {
    fn from(issue: &Issue) -> Self {
        let params = issue.params.0.iter().map(|(name, value)| (*name, Value::Text(value.clone())));
        Value::Object(vec![
            ("code", Value::Word(issue.code.as_str())),
            ("severity", Value::Word(issue.severity.as_str())),
            ("path", Value::Text(issue.path.clone())),
            ("message", Value::Text(issue.message.clone())),
            ("params", Value::Object(params.collect())),
        ])
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Word(word) => serializer.serialize_str(word),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::List(values) => serializer.collect_seq(values),
            Value::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, value) in members {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

/// An object of the members that are there.
pub fn object<const N: usize>(members: [(&'static str, Option<Value>); N]) -> JsValue {
    let members = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
    written(&Value::Object(members.collect()))
}

fn written(value: &Value) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    // Nothing in a value can fail.
    value.serialize(&plain).unwrap_or_default()
}

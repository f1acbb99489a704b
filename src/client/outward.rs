//! Plain data on its way to JavaScript: objects of a few named members.
//!
//! One writer for all of them: serialization derived for each type would cost a kilobyte of wasm or two for each.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::JsValue;

use crate::validate::{Issue, Report, report::Param};

/// A value as JavaScript will see it.
#[derive(Debug)]
pub enum Outward {
    /// A string that is known beforehand.
    Word(&'static str),
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An array.
    List(Vec<Outward>),
    /// An object.
    Object(Vec<(&'static str, Outward)>),
}

impl From<&Issue> for Outward {
    fn from(issue: &Issue) -> Self {
        let params = issue.params.0.iter().map(|(name, value)| match value {
            Param::Text(text) => (*name, Outward::Text(text.clone())),
            Param::Number(number) => (*name, Outward::Number((*number).into())),
        });
        let message = match &issue.message {
            Cow::Borrowed(sentence) => Outward::Word(sentence),
            Cow::Owned(sentence) => Outward::Text(sentence.clone()),
        };
        Outward::Object(vec![
            ("code", Outward::Word(issue.code.as_str())),
            ("severity", Outward::Word(issue.severity.as_str())),
            ("path", Outward::Text(issue.path.clone())),
            ("message", message),
            ("params", Outward::Object(params.collect())),
        ])
    }
}

impl From<&Issue> for JsValue {
    fn from(issue: &Issue) -> Self {
        written(&issue.into())
    }
}

impl From<&Report> for JsValue {
    fn from(report: &Report) -> Self {
        object([
            ("ok", Some(Outward::Bool(report.ok))),
            ("issues", Some(Outward::List(report.issues.iter().map(Outward::from).collect()))),
        ])
    }
}

impl Serialize for Outward {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Outward::Word(word) => serializer.serialize_str(word),
            Outward::Text(text) => serializer.serialize_str(text),
            Outward::Number(number) => serializer.serialize_f64(*number),
            Outward::Bool(yes) => serializer.serialize_bool(*yes),
            Outward::List(values) => serializer.collect_seq(values),
            Outward::Object(members) => {
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
pub fn object<const N: usize>(members: [(&'static str, Option<Outward>); N]) -> JsValue {
    let members = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
    written(&Outward::Object(members.collect()))
}

fn written(value: &Outward) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    // Nothing in a value can fail.
    value.serialize(&plain).unwrap_or_default()
}

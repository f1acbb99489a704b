//! Plain data on its way to JavaScript: objects of a few named members.
//!
//! One writer for all of them: serialization derived for each type would cost a kilobyte of wasm or two for each.

use serde::{Serialize, Serializer, ser::SerializeMap};
use wasm_bindgen::JsValue;

use super::error::Cause;
use crate::validate::{Issue, Report, report::Param};

/// A value as JavaScript will see it.
#[derive(Debug, Clone, Copy)]
pub enum Outward<'v> {
    /// Nothing: the member is left out.
    Missing,
    /// A string.
    Text(&'v str),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An object.
    Object(&'v [(&'static str, Outward<'v>)]),
    /// What was thrown.
    Cause(&'v Cause),
    /// What is wrong with a payload.
    Issues(&'v [Issue]),
    /// What the sentence of an issue names.
    Params(&'v [(&'static str, Param)]),
}

impl<'v> From<&'v Option<String>> for Outward<'v> {
    fn from(text: &'v Option<String>) -> Self {
        text.as_deref().map_or(Outward::Missing, Outward::Text)
    }
}

impl<'v> From<&'v Option<Box<Cause>>> for Outward<'v> {
    fn from(cause: &'v Option<Box<Cause>>) -> Self {
        cause.as_deref().map_or(Outward::Missing, Outward::Cause)
    }
}

impl Serialize for Outward<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Outward::Missing => serializer.serialize_unit(),
            Outward::Text(text) => serializer.serialize_str(text),
            Outward::Number(number) => serializer.serialize_f64(*number),
            Outward::Bool(yes) => serializer.serialize_bool(*yes),
            Outward::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, value) in members.iter().filter(|(_, value)| !matches!(value, Outward::Missing)) {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
            Outward::Params(params) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, value) in *params {
                    let value = match value {
                        Param::Text(text) => Outward::Text(text),
                        Param::Number(number) => Outward::Number((*number).into()),
                    };
                    object.serialize_entry(name, &value)?;
                }
                object.end()
            }
            Outward::Cause(Cause { name, message, code, stack, cause }) => {
                let members = [
                    ("name", Outward::Text(name)),
                    ("message", Outward::Text(message)),
                    ("code", Outward::from(code)),
                    ("stack", Outward::from(stack)),
                    ("cause", Outward::from(cause)),
                ];
                Outward::Object(&members).serialize(serializer)
            }
            Outward::Issues(issues) => serializer.collect_seq(issues.iter().map(Members)),
        }
    }
}

/// An issue as it is written.
struct Members<'i>(&'i Issue);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Members(issue) = self;
        let members = [
            ("code", Outward::Text(issue.code.as_str())),
            ("severity", Outward::Text(issue.severity.as_str())),
            ("path", Outward::Text(&issue.path)),
            ("message", Outward::Text(&issue.message)),
            ("params", Outward::Params(&issue.params.0)),
        ];
        Outward::Object(&members).serialize(serializer)
    }
}

impl From<&Issue> for JsValue {
    fn from(issue: &Issue) -> Self {
        written(&Members(issue))
    }
}

impl From<&Report> for JsValue {
    fn from(report: &Report) -> Self {
        object(&[("ok", Outward::Bool(report.ok)), ("issues", Outward::Issues(&report.issues))])
    }
}

/// An object of these members.
pub fn object(members: &[(&'static str, Outward<'_>)]) -> JsValue {
    written(&Outward::Object(members))
}

fn written(value: &impl Serialize) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    // Nothing in a value can fail.
    value.serialize(&plain).unwrap_or_default()
}

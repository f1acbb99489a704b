//! One API call: the request with its route, and reading of its body.

use serde_json::{Map, Value};

use crate::{envelope::Failure, message::Request, records::is_id};

/// A request with its route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    /// The value of `:id`; `None` if the route has none.
    pub(crate) id: &'a str,
    pub(crate) now_ms: u64,
}

impl<'a> Call<'a> {
    pub(crate) fn query(&self, name: &str) -> Option<&'a str> {
        self.request.query(name)
    }

    pub(crate) fn required_query(&self, name: &str) -> Result<&'a str, Failure> {
        let value = self.query(name).filter(|value| !value.trim().is_empty());
        value.ok_or_else(|| Failure::data(format!("{name} is required")))
    }

    /// The id in the path. It is not decoded: ids need no encoding.
    pub(crate) fn id(&self) -> Result<&'a str, Failure> {
        checked_id("id", self.id)
    }

    /// The fields of a JSON body, which must have the JSON content type.
    pub(crate) fn json(&self) -> Result<Fields, Failure> {
        if !self.request.has_content_type("application/json") {
            return Err(Failure::UnsupportedMediaType);
        }
        match serde_json::from_slice(&self.request.body) {
            Ok(Value::Object(fields)) => Ok(Fields(fields)),
            _ => Err(Failure::Message("request_body_required")),
        }
    }
}

/// Checks that an id has 24 hexadecimal digits; the error names the field.
pub(crate) fn checked_id<'a>(name: &str, id: &'a str) -> Result<&'a str, Failure> {
    if is_id(id) { Ok(id) } else { Err(Failure::data(format!("{name} must have 24 hexadecimal digits"))) }
}

/// The fields of a JSON object that a client sent.
#[derive(Debug)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    fn required(&self, name: &str) -> Result<&Value, Failure> {
        let value = self.0.get(name).filter(|value| !value.is_null());
        value.ok_or_else(|| Failure::data(format!("{name} is required")))
    }

    /// A non-empty string.
    pub(crate) fn text(&self, name: &str) -> Result<&str, Failure> {
        match self.required(name)?.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(Failure::data(format!("{name} is required"))),
            None => Err(Failure::data(format!("{name} must be a string"))),
        }
    }

    /// A string that may be empty, null or absent.
    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<&str>, Failure> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failure::data(format!("{name} must be a string"))),
        }
    }

    pub(crate) fn one_of(&self, name: &str, known: &[&str]) -> Result<&str, Failure> {
        let text = self.text(name)?;
        if known.contains(&text) {
            return Ok(text);
        }
        Err(Failure::data(format!("{name} must be one of {}", known.join(", "))))
    }

    /// A whole number of at least 1; a string such as `"30"` is an error.
    pub(crate) fn count(&self, name: &str) -> Result<u64, Failure> {
        match self.required(name)?.as_u64() {
            Some(number) if number >= 1 => Ok(number),
            _ => Err(Failure::data(format!("{name} must be a whole number of at least 1"))),
        }
    }

    pub(crate) fn list(&self, name: &str) -> Result<&[Value], Failure> {
        match self.required(name)? {
            Value::Array(items) => Ok(items),
            _ => Err(Failure::data(format!("{name} must be an array"))),
        }
    }

    /// An array of strings.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<&str>, Failure> {
        let items = self.list(name)?.iter();
        let texts: Option<Vec<&str>> = items.map(Value::as_str).collect();
        texts.ok_or_else(|| Failure::data(format!("{name} must be an array of strings")))
    }
}

impl TryFrom<&Value> for Fields {
    type Error = Failure;

    fn try_from(value: &Value) -> Result<Self, Failure> {
        let fields = value.as_object().cloned();
        fields.map(Self).ok_or_else(|| Failure::data("an object is required"))
    }
}

//! What a plan cannot do, by name.

use crate::{
    json::{Object, Value, is_blank, object, text},
    kind::Kind,
};

/// A limit about one record.
pub fn limit(code: &str, kind: Kind, name: &str) -> Object {
    object([("code", code.into()), ("kind", kind.word().into()), ("name", name.into())])
}

/// A limit with the names of what it is about.
pub fn limit_with(code: &str, kind: Kind, name: &str, member: &str, names: Vec<String>) -> Value {
    let mut limit = limit(code, kind, name);
    limit.set(member, names);
    limit.into()
}

/// Fields of a desired record that no request takes, and that the current record does not have anyway.
pub fn unsent(kind: Kind, unsent: &[String], desired: &Value, current: Option<&Value>) -> Option<Value> {
    let is_different = |field: &&String| match (desired.get(field.as_str()), current) {
        (Some(value), Some(current)) => {
            let other = current.get(field.as_str()).unwrap_or(&Value::Null);
            value != other && !(is_blank(value) && is_blank(other))
        }
        _ => true,
    };
    let fields: Vec<String> = unsent.iter().filter(is_different).cloned().collect();
    let name = text(desired, kind.name_field());
    (!fields.is_empty()).then(|| limit_with("not-sent", kind, name, "fields", fields))
}

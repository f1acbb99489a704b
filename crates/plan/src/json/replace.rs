//! A value with others in place of some of its parts.

use crate::json::{Object, Value};

/// A value with others in place of some of its parts. `other` returns `None` for a part that stays, and `Some(None)` for one that
/// nothing can replace: then the whole is `None`.
pub fn replaced(value: &Value, other: &dyn Fn(&Value) -> Option<Option<Value>>) -> Option<Value> {
    if let Some(found) = other(value) {
        return found;
    }
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| Some((name.clone(), replaced(value, other)?)));
            members.collect::<Option<Object>>().map(Value::Object)
        }
        Value::Array(items) => {
            items.iter().map(|item| replaced(item, other)).collect::<Option<Vec<_>>>().map(Value::Array)
        }
        same => Some(same.clone()),
    }
}

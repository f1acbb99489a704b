//! What a plan cannot do, by name.

use crate::{
    json::{Object, Value, object},
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

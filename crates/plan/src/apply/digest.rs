//! What tells a step of a plan from those of other plans.

use crate::json::{Value, write};

/// Tells a step of a plan from those of other plans. It says nothing about the order of members, which not everything that saves JSON
/// keeps.
pub fn digest(value: &Value) -> u32 {
    let mixed = |one: u32, other: u32| (one.rotate_left(5) ^ other).wrapping_mul(0x9e37_79b1);
    match value {
        Value::Object(members) => members.iter().fold(1, |sum: u32, (name, value)| {
            sum.wrapping_add(mixed(digest(&name.as_str().into()), digest(value)))
        }),
        Value::Array(items) => items.iter().fold(2, |hash, item| mixed(hash, digest(item))),
        other => write(other).bytes().fold(3, |hash, byte| mixed(hash, byte.into())),
    }
}

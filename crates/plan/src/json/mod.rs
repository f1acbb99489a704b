//! Short words for what is done with JSON here all the time.

mod replace;
mod table;
mod text;
mod value;

use std::mem::{ManuallyDrop, take};

pub use replace::replaced;
pub use table::{Names, Table};
pub use text::{parse, write, write_members};
pub use value::{Members, Object, Value};

/// A string member; `""` if it is missing or something else.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A string member of an object's members; `""` if it is missing or something else.
pub fn member_text<'v>(members: &'v Object, name: &str) -> &'v str {
    members.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The items of an array member; none if it is missing or something else.
pub fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).map(Value::items).unwrap_or_default()
}

/// The members of an object member; none if it is missing or something else.
pub fn members<'v>(value: &'v Value, name: &str) -> Members<'v> {
    value.get(name).unwrap_or(&Value::Null).members()
}

/// Whether a member is `true`.
pub fn is_true(value: &Value, name: &str) -> bool {
    value.get(name) == Some(&Value::Bool(true))
}

/// An object with these members.
pub fn object<const COUNT: usize>(members: [(&str, Value); COUNT]) -> Object {
    let mut members = ManuallyDrop::new(members);
    moved(members.as_mut_slice())
}

/// The code that objects of all sizes share: it leaves nothing in `members` that would have to be dropped.
#[inline(never)]
fn moved(members: &mut [(&str, Value)]) -> Object {
    members.iter_mut().map(|(name, value)| ((*name).into(), take(value))).collect()
}

/// An array of strings.
pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Value {
    texts.into_iter().map(Value::from).collect()
}

/// Whether a value says nothing: the server has several words for that.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => *number == 0.0,
        Value::String(text) => text.is_empty() || text == "false",
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) => false,
    }
}

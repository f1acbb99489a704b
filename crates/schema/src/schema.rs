//! Schemas as data: a few bytes, where derived `Deserialize` code would take kilobytes of wasm.
use std::borrow::Cow;

use crate::compact::{concat, join};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Schema {
    /// Any value, or none.
    Any,
    /// A string.
    String,
    /// A string that is not empty; in arguments, one with more than white space.
    NonEmptyString,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string, or a number that is sent as one; never in JSON.
    StringOrNumber,
    /// A number.
    Number,
    /// A whole number of at least 0.
    NonNegativeInt,
    /// A whole number of at least 1.
    PositiveInt,
    /// `true` or `false`.
    Bool,
    /// A JavaScript function; never in JSON.
    Function,
    /// This, or `null`.
    Nullable(&'static Schema),
    /// An array of such values.
    Array(&'static Schema),
    /// An object with these fields.
    Object(&'static ObjectSchema),
}

/// The fields of a record or request.
#[derive(Debug)]
pub struct ObjectSchema {
    /// Its TypeScript name.
    pub name: &'static str,
    /// Its fields, in the order in which the server sends them.
    pub fields: &'static [Field],
    /// Whether a field that is not listed is an error. Only arguments are checked for it (`src/convert/argument.rs`); the
    /// validator keeps every field of a response.
    pub rejects_unknown: bool,
}

/// One field of a record or request.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire, or in JavaScript.
    pub name: &'static str,
    /// What its value must be.
    pub schema: Schema,
    /// Whether it is always there.
    pub required: bool,
}

/// A type with a schema.
pub trait HasSchema {
    /// What a value of this type looks like.
    const SCHEMA: Schema;
}

/// Implements [`HasSchema`](crate::HasSchema) for types.
#[macro_export]
macro_rules! has_schema {
    ($($type:ty => $schema:expr),* $(,)?) => {
        $(impl $crate::HasSchema for $type {
            const SCHEMA: $crate::Schema = $schema;
        })*
    };
}

has_schema! {
    String => Schema::String,
    f64 => Schema::Number,
    bool => Schema::Bool,
}

impl<T: HasSchema> HasSchema for Option<T> {
    const SCHEMA: Schema = Schema::Nullable(&T::SCHEMA);
}

impl<T: HasSchema> HasSchema for Vec<T> {
    const SCHEMA: Schema = Schema::Array(&T::SCHEMA);
}

impl Schema {
    /// The schema in words, for an error: `a string`, `"a" or "b"`.
    pub fn describe(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Schema::OneOf(words) => {
                return concat(&["\"", &join(&mut words.iter().copied(), "\" or \""), "\""]).into();
            }
            Schema::Nullable(inner) => return concat(&[&inner.describe(), " or null"]).into(),
            Schema::Any => "anything",
            Schema::String => "a string",
            Schema::NonEmptyString => "a string that is not empty",
            Schema::StringOrNumber => "a string or a number",
            Schema::Number => "a number",
            Schema::NonNegativeInt => "a whole number of at least 0",
            Schema::PositiveInt => "a whole number of at least 1",
            Schema::Bool => "true or false",
            Schema::Function => "a function",
            Schema::Array(_) => "an array",
            Schema::Object(_) => "an object",
        })
    }
}

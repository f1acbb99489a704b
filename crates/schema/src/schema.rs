//! What a value must be, as data. A schema costs a few bytes where derived `Deserialize` code would cost kilobytes of
//! wasm.

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Schema {
    /// Anything, absent things included.
    Any,
    /// A string.
    String,
    /// A string that is not empty; in arguments, not of white space alone either.
    NonEmptyString,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A number.
    Number,
    /// A whole number that is not negative.
    NonNegativeInt,
    /// A whole number of at least 1.
    PositiveInt,
    /// `true` or `false`.
    Bool,
    /// A JavaScript function; never in JSON.
    Function,
    /// `null`, or this.
    Nullable(&'static Schema),
    /// An array of these.
    Array(&'static Schema),
    /// An object with these fields.
    Object(&'static ObjectSchema),
}

/// The fields of one record.
#[derive(Debug)]
pub struct ObjectSchema {
    /// Its TypeScript name.
    pub name: &'static str,
    /// Its fields, in the order in which the server sends them.
    pub fields: &'static [Field],
    /// Whether fields beyond these are refused (requests) or kept (records).
    pub closed: bool,
}

/// One field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire, or in JavaScript.
    pub name: &'static str,
    /// What it holds.
    pub schema: Schema,
    /// Whether it is always there.
    pub required: bool,
}

/// A type with a schema.
pub trait HasSchema {
    /// What a value of this type looks like.
    const SCHEMA: Schema;
}

/// Says which schema the values of a type have.
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
    /// In words, for an error: `a string`, `"a" or "b"`.
    pub fn describe(&self) -> String {
        match self {
            Schema::Any => "anything".into(),
            Schema::String => "a string".into(),
            Schema::NonEmptyString => "a string that is not empty".into(),
            Schema::OneOf(words) => {
                words.iter().map(|word| ["\"", word, "\""].concat()).collect::<Vec<_>>().join(" or ")
            }
            Schema::Number => "a number".into(),
            Schema::NonNegativeInt => "a whole number of at least 0".into(),
            Schema::PositiveInt => "a whole number of at least 1".into(),
            Schema::Bool => "true or false".into(),
            Schema::Function => "a function".into(),
            Schema::Nullable(inner) => [&inner.describe(), " or null"].concat(),
            Schema::Array(_) => "an array".into(),
            Schema::Object(_) => "an object".into(),
        }
    }
}

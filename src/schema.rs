//! Schemas: what a value from outside must look like.
//!
//! A record is declared once, with [`record!`] (what the server sends) or [`request!`] (what a page
//! passes in); the Rust struct, its TypeScript and its schema all come from that declaration. The
//! schema costs a few bytes where derived `Deserialize` code would cost kilobytes of wasm.

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

macro_rules! has_schema {
    ($($type:ty => $schema:expr),* $(,)?) => { $(impl $crate::schema::HasSchema for $type { const SCHEMA: $crate::schema::Schema = $schema; })* };
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

/// Declares what the server sends: a struct, its TypeScript interface and its [`ObjectSchema`].
///
/// Fields under `sometimes` are left out by some versions of the server. Every record keeps the
/// fields that nobody listed.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$param:ident>)? {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
        }
        $( sometimes { $( $(#[$some_meta:meta])* $some:ident: $some_type:ty, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, tsify::Tsify)]
        #[tsify(missing_as_null)]
        pub struct $name $(<$param>)? {
            $( $(#[$field_meta])* pub $field: $type, )*
            $($( $(#[$some_meta])* #[tsify(optional)] pub $some: Option<$some_type>, )*)?
            /// What the server sent beyond the fields listed here.
            #[serde(flatten)]
            pub unlisted: $crate::client::decode::UnlistedFields,
        }

        impl $(<$param: $crate::schema::HasSchema>)? $crate::schema::HasSchema for $name $(<$param>)? {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::Object(&$crate::schema::ObjectSchema {
                name: stringify!($name),
                fields: &[
                    $( $crate::schema::Field {
                        name: stringify!($field),
                        schema: <$type as $crate::schema::HasSchema>::SCHEMA,
                        required: true,
                    }, )*
                    $($( $crate::schema::Field {
                        name: stringify!($some),
                        schema: <$some_type as $crate::schema::HasSchema>::SCHEMA,
                        required: false,
                    }, )*)?
                ],
                closed: false,
            });
        }
    };
}

/// Declares what a page passes in: a struct that is read from JavaScript, its TypeScript interface
/// and its [`ObjectSchema`]. Fields under `optional` may be left out; any other field is refused.
macro_rules! request {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident $(as $wire:literal)?: $type:ty, )*
        }
        $( optional { $( $(#[$some_meta:meta])* $some:ident: $some_type:ty, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, tsify::Tsify)]
        #[allow(non_snake_case, reason = "fields are named as JavaScript passes them")]
        pub struct $name {
            $( $(#[$field_meta])* $(#[serde(rename = $wire)])? pub $field: $type, )*
            $($( $(#[$some_meta])* #[serde(default)] pub $some: Option<$some_type>, )*)?
        }

        impl $crate::client::argument::Argument for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                use $crate::client::argument::field;
                Some($name {
                    $( $field: field(value, request!(@name $field $($wire)?))?, )*
                    $($( $some: field(value, stringify!($some)), )*)?
                })
            }
        }

        impl $crate::schema::HasSchema for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::Object(&$crate::schema::ObjectSchema {
                name: stringify!($name),
                fields: &[
                    $( $crate::schema::Field {
                        name: request!(@name $field $($wire)?),
                        schema: <$type as $crate::schema::HasSchema>::SCHEMA,
                        required: true,
                    }, )*
                    $($( $crate::schema::Field {
                        name: stringify!($some),
                        schema: <$some_type as $crate::schema::HasSchema>::SCHEMA,
                        required: false,
                    }, )*)?
                ],
                closed: true,
            });
        }
    };
    (@name $field:ident $wire:literal) => { $wire };
    (@name $field:ident) => { stringify!($field) };
}

/// Declares a closed set of words: an enum, its TypeScript union and its [`Schema`].
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$word_meta:meta])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, tsify::Tsify, serde::Serialize)]
        pub enum $name { $( $(#[$word_meta])* #[serde(rename = $word)] $variant, )* }

        impl $name {
            /// The word itself.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl $crate::client::argument::Argument for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                let word = value.as_string()?;
                [$(Self::$variant),*].into_iter().find(|known| known.as_str() == word)
            }
        }

        impl $crate::schema::HasSchema for $name {
            const SCHEMA: $crate::schema::Schema = $crate::schema::Schema::OneOf(&[$($word),*]);
        }
    };
}

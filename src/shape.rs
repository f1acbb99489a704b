//! Tables of fields: what a value from outside must look like.
//!
//! A record is declared once, with [`record!`] (what the server sends) or [`request!`] (what a page
//! passes in); the Rust struct, its TypeScript and its table all come from that declaration. The
//! table costs a few bytes where derived `Deserialize` code would cost kilobytes of wasm.

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything, absent things included.
    Any,
    /// A string.
    String,
    /// A string that is not empty; in arguments, not of white space alone either.
    FilledString,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A number.
    Number,
    /// A whole number that is not negative.
    Whole,
    /// A whole number of at least 1.
    WholeFromOne,
    /// `true` or `false`.
    Bool,
    /// A JavaScript function; never in JSON.
    Function,
    /// `null`, or this.
    Nullable(&'static Shape),
    /// An array of these.
    Array(&'static Shape),
    /// An object with these fields.
    Object(&'static Table),
}

/// The fields of one record.
#[derive(Debug)]
pub struct Table {
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
    pub shape: Shape,
    /// Whether it is always there.
    pub required: bool,
}

/// A type with a shape.
pub trait Shaped {
    /// What a value of this type looks like.
    const SHAPE: Shape;
}

macro_rules! shaped {
    ($($type:ty => $shape:expr),* $(,)?) => { $(impl $crate::shape::Shaped for $type { const SHAPE: $crate::shape::Shape = $shape; })* };
}

shaped! {
    String => Shape::String,
    f64 => Shape::Number,
    bool => Shape::Bool,
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = Shape::Nullable(&T::SHAPE);
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape::Array(&T::SHAPE);
}

impl Shape {
    /// In words, for an error: `a string`, `"a" or "b"`.
    pub fn in_words(&self) -> String {
        match self {
            Shape::Any => "anything".into(),
            Shape::String => "a string".into(),
            Shape::FilledString => "a string that is not empty".into(),
            Shape::OneOf(words) => {
                words.iter().map(|word| ["\"", word, "\""].concat()).collect::<Vec<_>>().join(" or ")
            }
            Shape::Number => "a number".into(),
            Shape::Whole => "a whole number of at least 0".into(),
            Shape::WholeFromOne => "a whole number of at least 1".into(),
            Shape::Bool => "true or false".into(),
            Shape::Function => "a function".into(),
            Shape::Nullable(inner) => [&inner.in_words(), " or null"].concat(),
            Shape::Array(_) => "an array".into(),
            Shape::Object(_) => "an object".into(),
        }
    }
}

/// Declares what the server sends: a struct, its TypeScript interface and its [`Table`].
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

        impl $(<$param: $crate::shape::Shaped>)? $crate::shape::Shaped for $name $(<$param>)? {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Object(&$crate::shape::Table {
                name: stringify!($name),
                fields: &[
                    $( $crate::shape::Field {
                        name: stringify!($field),
                        shape: <$type as $crate::shape::Shaped>::SHAPE,
                        required: true,
                    }, )*
                    $($( $crate::shape::Field {
                        name: stringify!($some),
                        shape: <$some_type as $crate::shape::Shaped>::SHAPE,
                        required: false,
                    }, )*)?
                ],
                closed: false,
            });
        }
    };
}

/// Declares what a page passes in: a struct that is read from JavaScript, its TypeScript interface
/// and its [`Table`]. Fields under `optional` may be left out; any other field is refused.
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

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Object(&$crate::shape::Table {
                name: stringify!($name),
                fields: &[
                    $( $crate::shape::Field {
                        name: request!(@name $field $($wire)?),
                        shape: <$type as $crate::shape::Shaped>::SHAPE,
                        required: true,
                    }, )*
                    $($( $crate::shape::Field {
                        name: stringify!($some),
                        shape: <$some_type as $crate::shape::Shaped>::SHAPE,
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

/// Declares a closed set of words: an enum, its TypeScript union and its [`Shape`].
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

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::OneOf(&[$($word),*]);
        }
    };
}

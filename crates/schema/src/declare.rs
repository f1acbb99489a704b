//! The macros that declare records, requests and string enums, and field types for them.
//!
//! A field may name its TypeScript type if that says more than the Rust type: `strategy: String = "RingStrategy"`.

use crate::Schema;

/// A whole number of at least 0, such as a number of retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NonNegativeInt(pub u32);

/// A whole number of at least 1, such as a page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositiveInt(pub u32);

/// A string that is not empty; in an argument, one that is not only white space either.
#[derive(Debug, Clone)]
pub struct NonEmptyString;

/// A string, or a number that is sent as one.
#[derive(Debug, Clone)]
pub struct StringOrNumber;

/// A value of unknown type: the vendor does not document it, or the samples have only `null`.
#[derive(Debug, Clone)]
pub struct Anything;

has_schema! {
    NonNegativeInt => Schema::NonNegativeInt,
    PositiveInt => Schema::PositiveInt,
    NonEmptyString => Schema::NonEmptyString,
    StringOrNumber => Schema::StringOrNumber,
    Anything => Schema::Any,
}

/// A closed set of strings, declared with [`string_enum!`](crate::string_enum).
pub trait StringEnum: Sized + Copy + 'static {
    /// Returns the variant with this string; `None` for any other string.
    fn parse(text: &str) -> Option<Self>;
}

#[cfg(feature = "typescript")]
mod typescript {
    use wasm_bindgen::prelude::wasm_bindgen;

    // Strings stay strings: TypeScript takes `string & {}` for an object.
    #[wasm_bindgen(typescript_custom_section)]
    const READONLY_AND_MUTABLE: &str = r#"
/** The same with everything readonly: `T` itself, or what `Object.freeze`, Immer or Vue's `readonly` made of it. */
export type DeepReadonly<T> = T extends string ? T : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** The same with nothing readonly, e.g. a request whose lists can be changed. */
export type Mutable<T> = T extends string ? T : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
"#;
}

/// Declares a record that the server sends: its fields, its TypeScript interface and its
/// [`ObjectSchema`](crate::ObjectSchema). The struct is never constructed: the engine's `JSON.parse` builds the object.
///
/// Some versions of the server omit the fields under `sometimes`. What the server sends beyond the listed fields stays on the
/// object; `unlisted(record)` returns it.
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$param:ident>)? {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty $(= $typescript:literal)?, )*
        }
        $( sometimes {
            $( $(#[$some_meta:meta])* $some:ident: $some_type:ty $(= $some_typescript:literal)?, )*
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
        pub struct $name $(<$param>)? {
            $(
                $(#[$field_meta])*
                $( #[cfg_attr(feature = "typescript", tsify(type = $typescript))] )?
                pub $field: $type,
            )*
            $( $(
                $(#[$some_meta])*
                #[cfg_attr(feature = "typescript", tsify(optional))]
                $( #[cfg_attr(feature = "typescript", tsify(type = $some_typescript))] )?
                pub $some: Option<$some_type>,
            )* )?
        }

        impl $(<$param: $crate::HasSchema>)? $crate::HasSchema for $name $(<$param>)? {
            const SCHEMA: $crate::Schema = $crate::Schema::Object(&$crate::ObjectSchema {
                name: stringify!($name),
                fields: &[
                    $( $crate::Field {
                        name: stringify!($field),
                        schema: <$type as $crate::HasSchema>::SCHEMA,
                        required: true,
                    }, )*
                    $($( $crate::Field {
                        name: stringify!($some),
                        schema: <$some_type as $crate::HasSchema>::SCHEMA,
                        required: false,
                    }, )*)?
                ],
                rejects_unknown: false,
            });
        }
    };
}

/// Declares an object that a caller passes in: its fields, its TypeScript interface and its
/// [`ObjectSchema`](crate::ObjectSchema). Fields under `optional` may be omitted; unknown fields are errors. Fields under `never`
/// are those by which TypeScript notices that a record was passed: of a spread (`{ ...record }`) it does not check unknown fields.
#[macro_export]
macro_rules! request {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident $(as $wire:literal)?: $type:ty $(= $typescript:literal)?, )*
        }
        $( optional {
            $( $(#[$some_meta:meta])* $some:ident: $some_type:ty $(= $some_typescript:literal)?, )*
        } )?
        $( never { $( $never:ident, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        #[allow(non_snake_case, reason = "fields are named as JavaScript passes them")]
        pub struct $name {
            $(
                $(#[$field_meta])*
                $( #[cfg_attr(feature = "typescript", serde(rename = $wire))] )?
                $( #[cfg_attr(feature = "typescript", tsify(type = $typescript))] )?
                pub $field: $type,
            )*
            $( $(
                $(#[$some_meta])*
                #[cfg_attr(feature = "typescript", serde(default))]
                $( #[cfg_attr(feature = "typescript", tsify(type = $some_typescript))] )?
                pub $some: Option<$some_type>,
            )* )?
            $( $(
                /// Must not be set: records have it, but it cannot be sent here.
                #[cfg(feature = "typescript")]
                #[tsify(optional, type = "never")]
                pub $never: (),
            )* )?
        }

        impl $crate::HasSchema for $name {
            const SCHEMA: $crate::Schema = $crate::Schema::Object(&$crate::ObjectSchema {
                name: stringify!($name),
                fields: &[
                    $( $crate::Field {
                        name: $crate::request!(@name $field $($wire)?),
                        schema: <$type as $crate::HasSchema>::SCHEMA,
                        required: true,
                    }, )*
                    $($( $crate::Field {
                        name: stringify!($some),
                        schema: <$some_type as $crate::HasSchema>::SCHEMA,
                        required: false,
                    }, )*)?
                ],
                rejects_unknown: true,
            });
        }
    };
    (@name $field:ident $wire:literal) => { $wire };
    (@name $field:ident) => { stringify!($field) };
}

/// Declares a closed set of strings: an enum, its TypeScript union and its [`Schema`].
#[macro_export]
macro_rules! string_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$word_meta:meta])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        pub enum $name { $(
            $(#[$word_meta])*
            #[cfg_attr(feature = "typescript", serde(rename = $word))]
            $variant,
        )* }

        impl $name {
            /// Returns the string of this variant.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl $crate::StringEnum for $name {
            fn parse(text: &str) -> Option<Self> {
                [$(Self::$variant),*].into_iter().find(|variant| variant.as_str() == text)
            }
        }

        impl $crate::output::ToOutput for $name {
            fn write(&self, name: &str, out: &mut dyn $crate::output::OutputWriter) {
                out.string(name, self.as_str());
            }
        }

        impl $crate::HasSchema for $name {
            const SCHEMA: $crate::Schema = $crate::Schema::OneOf(&[$($word),*]);
        }
    };
}

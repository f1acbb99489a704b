//! Reads a checked argument into its Rust type.

use js_sys::Array;
use omicall_api::error::Error;
use omicall_issues::Language;
use omicall_schema::{HasSchema, NonNegativeInt, PositiveInt, Schema, json::pointer::JsonPath};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::argument::{checked, get, unreadable};

/// A type that is read from a JavaScript value which has been checked against its schema. Derived `Deserialize` would do
/// the same with 15 KB more of wasm.
pub trait FromJs: Sized {
    /// Reads the value; `None` if it does not match the schema.
    fn read(value: &JsValue) -> Option<Self>;
}

/// Reads a field of an object that has been checked.
pub fn field<T: FromJs>(object: &JsValue, name: &str) -> Option<T> {
    T::read(&get(object, name).ok()?)
}

/// A JavaScript function.
#[derive(Debug, Clone)]
pub struct Callback(pub js_sys::Function);

/// A JavaScript value of any kind, read later by the code that needs it.
#[derive(Debug, Clone)]
pub struct JsAny(pub JsValue);

impl JsAny {
    /// Whether it is neither `undefined` nor `null`.
    pub fn is_given(&self) -> bool {
        !self.0.is_undefined() && !self.0.is_null()
    }
}

impl FromJs for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl FromJs for f64 {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64()
    }
}

impl FromJs for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(|element| T::read(&element)).collect()
    }
}

impl FromJs for NonNegativeInt {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| NonNegativeInt(number as u32))
    }
}

impl FromJs for PositiveInt {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| PositiveInt((number as u32).max(1)))
    }
}

/// Reads a type that was declared with [`omicall_schema::string_enum!`].
macro_rules! string_enum_from_js {
    ($($type:ty),*) => { $(impl $crate::convert::from_js::FromJs for $type {
        fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
            <$type as omicall_schema::StringEnum>::parse(&value.as_string()?)
        }
    })* };
}

string_enum_from_js!(Language);

impl FromJs for Callback {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<js_sys::Function>().cloned().map(Callback)
    }
}

impl FromJs for JsAny {
    fn read(value: &JsValue) -> Option<Self> {
        Some(JsAny(value.clone()))
    }
}

omicall_schema::has_schema! {
    Callback => Schema::Function,
    JsAny => Schema::Any,
}

/// Declares a type that web pages pass in: like [`omicall_schema::request!`], and also implements [`FromJs`].
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty $(= $typescript:literal)?, )*
        }
        $( optional {
            $( $(#[$some_meta:meta])* $some:ident: $some_type:ty $(= $some_typescript:literal)?, )*
        } )?
    ) => {
        omicall_schema::request! {
            $(#[$meta])*
            pub struct $name {
                $( $(#[$field_meta])* $field: $type $(= $typescript)?, )*
            }
            $( optional {
                $( $(#[$some_meta])* $some: $some_type $(= $some_typescript)?, )*
            } )?
        }

        impl $crate::convert::from_js::FromJs for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                use $crate::convert::from_js::field;
                Some($name {
                    $( $field: field(value, stringify!($field))?, )*
                    $($( $some: field(value, stringify!($some)), )*)?
                })
            }
        }
    };
}

/// Copies, checks and reads an argument. `undefined` and `null` count as an empty object, so that the error names the
/// first required field.
pub fn read<T>(name: &str, value: Option<Ts<T>>, language: Language) -> Result<T, Error>
where
    T: Tsify + FromJs + HasSchema,
    T::JsType: JsCast,
{
    read_value(name, value.map(JsValue::from).unwrap_or_default(), language)
}

/// The same for a value of any type.
pub fn read_value<T: FromJs + HasSchema>(name: &str, value: JsValue, language: Language) -> Result<T, Error> {
    let value = checked(name, value, &T::SCHEMA, language)?;
    // The copy was checked, so this does not fail.
    T::read(&value).ok_or_else(|| unreadable(name, &JsonPath::Root, JsValue::UNDEFINED))
}

//! Objects that callers receive: plain data, declared once and written by one writer.
//!
//! [`output!`](crate::output!) declares an object: its Rust struct, its TypeScript interface and how it is written, as a
//! JavaScript object by a binding or as JSON by a Rust program. A derived `Serialize` would add one to two kilobytes of
//! WebAssembly per type.

use std::borrow::Cow;

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

/// Receives the members of an object, or the items of an array, one after the other. The name of an item is `""`.
pub trait OutputWriter {
    /// Writes a string.
    fn string(&mut self, name: &str, value: &str);
    /// Writes a number.
    fn number(&mut self, name: &str, value: f64);
    /// Writes `true` or `false`.
    fn bool(&mut self, name: &str, value: bool);
    /// Writes `null`.
    fn null(&mut self, name: &str);
    /// Writes an array.
    fn array(&mut self, name: &str, items: &dyn Items);
    /// Writes an object.
    fn object(&mut self, name: &str, members: &dyn Members);
}

/// A value that can be written to an [`OutputWriter`].
pub trait ToOutput {
    /// Writes the value as a member with this name.
    fn write(&self, name: &str, out: &mut dyn OutputWriter);
}

/// An array that can be written to an [`OutputWriter`].
pub trait Items {
    /// Writes each item, in order.
    fn write_items(&self, out: &mut dyn OutputWriter);
}

/// An object that can be written to an [`OutputWriter`].
pub trait Members {
    /// Writes each member, in order.
    fn write_members(&self, out: &mut dyn OutputWriter);
}

impl ToOutput for &str {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        out.string(name, self);
    }
}

impl ToOutput for String {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        out.string(name, self);
    }
}

impl ToOutput for Cow<'_, str> {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        out.string(name, self);
    }
}

impl ToOutput for bool {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        out.bool(name, *self);
    }
}

macro_rules! number_to_output {
    ($($type:ty),*) => { $(impl ToOutput for $type {
        fn write(&self, name: &str, out: &mut dyn OutputWriter) {
            out.number(name, f64::from(*self));
        }
    })* };
}

number_to_output!(f64, i32, u16, u32);

/// `None` is `null`; fields under `optional` of [`output!`](crate::output!) are omitted instead.
impl<T: ToOutput> ToOutput for Option<T> {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        match self {
            Some(value) => value.write(name, out),
            None => out.null(name),
        }
    }
}

macro_rules! list_to_output {
    ($($type:ty),*) => { $(
        impl<T: ToOutput> Items for $type {
            fn write_items(&self, out: &mut dyn OutputWriter) {
                self.iter().for_each(|item| item.write("", out));
            }
        }

        impl<T: ToOutput> ToOutput for $type {
            fn write(&self, name: &str, out: &mut dyn OutputWriter) {
                out.array(name, self);
            }
        }
    )* };
}

list_to_output!(&[T], Vec<T>);

/// Implements [`ToOutput`](crate::output::ToOutput) and `Serialize` for types with [`Members`](crate::output::Members).
#[macro_export]
macro_rules! object_output {
    ($([$($generics:tt)*] $type:ty),* $(,)?) => { $(
        impl<$($generics)*> $crate::output::ToOutput for $type {
            fn write(&self, name: &str, out: &mut dyn $crate::output::OutputWriter) {
                out.object(name, self);
            }
        }

        impl<$($generics)*> $crate::serde::Serialize for $type {
            fn serialize<Z: $crate::serde::Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
                $crate::serde::Serialize::serialize(&$crate::output::Serialized(self), serializer)
            }
        }
    )* };
}

/// An object whose member names are known only at run time, in insertion order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedMap<K, V>(Vec<(K, V)>);

impl<K, V> OrderedMap<K, V> {
    /// Adds a member.
    pub fn push(&mut self, name: K, value: V) {
        self.0.push((name, value));
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }
}

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> Self {
        OrderedMap(Vec::new())
    }
}

impl<K, V> FromIterator<(K, V)> for OrderedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        OrderedMap(members.into_iter().collect())
    }
}

impl<K: AsRef<str>, V: ToOutput> Members for OrderedMap<K, V> {
    fn write_members(&self, out: &mut dyn OutputWriter) {
        self.0.iter().for_each(|(name, value)| value.write(name.as_ref(), out));
    }
}

object_output!([K: AsRef<str>, V: ToOutput] OrderedMap<K, V>);

/// An object as serde serializes it, in any format.
#[allow(missing_debug_implementations, reason = "only passed to a serializer")]
pub struct Serialized<'v>(pub &'v dyn Members);

impl Serialize for Serialized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::Object(self.0).serialize(serializer)
    }
}

/// One type for all values, so that the WebAssembly has each of serde's generic functions only once.
#[derive(Clone, Copy)]
enum Value<'v> {
    Str(&'v str),
    Number(f64),
    Bool(bool),
    Null,
    Array(&'v dyn Items),
    Object(&'v dyn Members),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Str(text) => serializer.serialize_str(text),
            // Whole numbers are written without a fraction.
            Value::Number(number) if f64::from(*number as i32) == *number => {
                serializer.serialize_i32(*number as i32)
            }
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Null => serializer.serialize_unit(),
            Value::Array(items) => {
                let mut array = SerdeArray { items: serializer.serialize_seq(None)?, error: None };
                items.write_items(&mut array);
                array.error.map_or_else(|| array.items.end(), Err)
            }
            Value::Object(members) => {
                let mut object = SerdeObject { map: serializer.serialize_map(None)?, error: None };
                members.write_members(&mut object);
                object.error.map_or_else(|| object.map.end(), Err)
            }
        }
    }
}

struct SerdeObject<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> SerdeObject<M> {
    fn entry(&mut self, name: &str, value: Value<'_>) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, &value).err();
        }
    }
}

struct SerdeArray<Q: SerializeSeq> {
    items: Q,
    error: Option<Q::Error>,
}

impl<Q: SerializeSeq> SerdeArray<Q> {
    fn entry(&mut self, _name: &str, value: Value<'_>) {
        if self.error.is_none() {
            self.error = self.items.serialize_element(&value).err();
        }
    }
}

macro_rules! serde_writer {
    ($type:ident<$param:ident: $bound:ident>) => {
        impl<$param: $bound> OutputWriter for $type<$param> {
            fn string(&mut self, name: &str, value: &str) {
                self.entry(name, Value::Str(value));
            }

            fn number(&mut self, name: &str, value: f64) {
                self.entry(name, Value::Number(value));
            }

            fn bool(&mut self, name: &str, value: bool) {
                self.entry(name, Value::Bool(value));
            }

            fn null(&mut self, name: &str) {
                self.entry(name, Value::Null);
            }

            fn array(&mut self, name: &str, items: &dyn Items) {
                self.entry(name, Value::Array(items));
            }

            fn object(&mut self, name: &str, members: &dyn Members) {
                self.entry(name, Value::Object(members));
            }
        }
    };
}

serde_writer!(SerdeObject<M: SerializeMap>);
serde_writer!(SerdeArray<Q: SerializeSeq>);

/// Declares an object that callers receive. Fields under `optional` are omitted if they are `None`; any other field that is
/// `None` is `null`.
#[macro_export]
macro_rules! output {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$s:lifetime>)? {
            $( $(#[$field_meta:meta])* $field:ident $(as $js:literal)?: $type:ty $(= $typescript:literal)?, )*
        }
        $( optional {
            $( $(#[$some_meta:meta])* $some:ident $(as $some_js:literal)?: $some_type:ty = $some_typescript:literal, )*
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
        #[allow(non_snake_case, reason = "fields are named as JavaScript reads them")]
        pub struct $name $(<$s>)? {
            $(
                $(#[$field_meta])*
                $( #[cfg_attr(feature = "typescript", serde(rename = $js))] )?
                $( #[cfg_attr(feature = "typescript", tsify(type = $typescript))] )?
                pub $field: $type,
            )*
            $( $(
                $(#[$some_meta])*
                $( #[cfg_attr(feature = "typescript", serde(rename = $some_js))] )?
                #[cfg_attr(feature = "typescript", tsify(optional, type = $some_typescript))]
                pub $some: Option<$some_type>,
            )* )?
        }

        impl $(<$s>)? $crate::output::Members for $name $(<$s>)? {
            fn write_members(&self, out: &mut dyn $crate::output::OutputWriter) {
                use $crate::output::ToOutput;
                $( self.$field.write($crate::output!(@name $field $($js)?), out); )*
                $($( if let Some(value) = &self.$some {
                    value.write($crate::output!(@name $some $($some_js)?), out);
                } )*)?
            }
        }

        $crate::object_output!([$($s)?] $name $(<$s>)?);
    };
    (@name $field:ident $js:literal) => { $js };
    (@name $field:ident) => { stringify!($field) };
}

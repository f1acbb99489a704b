//! Objects that are made for a page: a struct, its TypeScript and the object itself come from one declaration. Derived
//! `Serialize` would make the same with three times the wasm.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// What becomes a JavaScript value.
pub trait Made {
    /// The value.
    fn make(&self) -> JsValue;
}

macro_rules! made_as_is {
    ($($type:ty),*) => { $(impl Made for $type {
        fn make(&self) -> JsValue {
            JsValue::from(*self)
        }
    })* };
}

made_as_is!(&str, bool, f64, u16, u32);

impl Made for String {
    fn make(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl<T: Made> Made for Option<T> {
    fn make(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, T::make)
    }
}

impl<T: Made> Made for &[T] {
    fn make(&self) -> JsValue {
        self.iter().map(T::make).collect::<Array>().into()
    }
}

impl<T: Made> Made for Vec<T> {
    fn make(&self) -> JsValue {
        self.as_slice().make()
    }
}

/// Sets a member of a fresh object, which cannot fail.
pub fn set(object: &Object, name: &str, value: JsValue) {
    let _ = Reflect::set(object, &name.into(), &value);
}

/// Declares an object that is made for a page. Fields under `optional` are left out where they hold nothing; other fields
/// that hold nothing are `null`.
macro_rules! made {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$s:lifetime>)? { $( $(#[$field_meta:meta])* $field:ident: $type:ty, )* }
        $( optional { $( $(#[$some_meta:meta])* $some:ident: $some_type:ty = $typescript:literal, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, tsify::Tsify)]
        #[cfg_attr(test, derive(serde::Serialize))]
        #[tsify(missing_as_null)]
        #[allow(non_snake_case, reason = "fields are named as JavaScript reads them")]
        pub struct $name $(<$s>)? {
            $( $(#[$field_meta])* pub $field: $type, )*
            $($( $(#[$some_meta])* #[tsify(optional, type = $typescript)]
                #[cfg_attr(test, serde(skip_serializing_if = "Option::is_none"))] pub $some: Option<$some_type>, )*)?
        }

        impl $(<$s>)? $crate::client::made::Made for $name $(<$s>)? {
            fn make(&self) -> wasm_bindgen::JsValue {
                use $crate::client::made::set;
                let object = js_sys::Object::new();
                $( set(&object, stringify!($field), self.$field.make()); )*
                $($( if let Some(value) = &self.$some {
                    set(&object, stringify!($some), value.make());
                } )*)?
                object.into()
            }
        }
    };
}

//! The one writer of plain data: from what implements [`Members`] to a JavaScript object.

use omicall_schema::output::{Members, Serialized};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// The value as JavaScript objects, arrays, strings and numbers.
pub fn to_js(value: &dyn Members) -> JsValue {
    // Nothing in a value can fail.
    Serialized(value).serialize(&Serializer::new().serialize_maps_as_objects(true)).unwrap_or_default()
}

//! Converts Rust data that implements [`Members`] to JavaScript objects.

use omicall_schema::output::{Members, Serialized};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Converts a value to JavaScript objects, arrays, strings and numbers.
pub fn to_js(value: &dyn Members) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    // Serialization of these values cannot fail.
    Serialized(value).serialize(&serializer).unwrap_or_default()
}

//! Converts Rust data that implements [`Members`] to JavaScript objects.

use js_sys::JSON;
use omicall_schema::{
    json::write::{array_text, object_text},
    output::{Items, Members},
};
use wasm_bindgen::prelude::*;

/// Converts a value to JavaScript objects, arrays, strings and numbers.
#[cfg(feature = "client")]
pub fn to_js(value: &dyn Members) -> JsValue {
    use omicall_schema::output::Serialized;
    use serde::Serialize;
    use serde_wasm_bindgen::Serializer;

    let serializer = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    // Serialization of these values cannot fail.
    Serialized(value).serialize(&serializer).unwrap_or_default()
}

/// The same for modules without the client. They write reports as JSON anyway.
#[cfg(not(feature = "client"))]
pub fn to_js(value: &dyn Members) -> JsValue {
    to_js_by_json(value)
}

/// The same by way of one JSON text, which takes a fifth of the time for a report with many issues: for the checks.
pub fn to_js_by_json(value: &dyn Members) -> JsValue {
    JSON::parse(&object_text(value, number_text)).unwrap_or_default()
}

/// Converts a list to a JavaScript array, also by way of one JSON text.
pub fn list_to_js(items: &dyn Items) -> JsValue {
    JSON::parse(&array_text(items, number_text)).unwrap_or_default()
}

/// A number as JavaScript writes it in JSON.
fn number_text(number: f64) -> String {
    JSON::stringify(&number.into()).map(String::from).unwrap_or_default()
}

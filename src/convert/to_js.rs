//! Converts Rust data that implements [`Members`] to JavaScript objects.

use omicall_schema::output::{Items, Members, OutputWriter, Serialized};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// Adds a member to an object, or an item to an array.
    #[wasm_bindgen(js_name = addTo)]
    fn add_to(container: &JsValue, name: &str, value: &JsValue);
}

/// Converts a value to JavaScript objects, arrays, strings and numbers.
pub fn to_js(value: &dyn Members) -> JsValue {
    let mut object = Container(js_sys::Object::new().into());
    value.write_members(&mut object);
    object.0
}

/// An object or an array that is being made.
struct Container(JsValue);

impl OutputWriter for Container {
    fn string(&mut self, name: &str, value: &str) {
        add_to(&self.0, name, &JsValue::from_str(value));
    }

    fn number(&mut self, name: &str, value: f64) {
        add_to(&self.0, name, &JsValue::from_f64(value));
    }

    fn bool(&mut self, name: &str, value: bool) {
        add_to(&self.0, name, &JsValue::from_bool(value));
    }

    fn null(&mut self, name: &str) {
        add_to(&self.0, name, &JsValue::NULL);
    }

    fn array(&mut self, name: &str, items: &dyn Items) {
        let mut array = Container(js_sys::Array::new().into());
        items.write_items(&mut array);
        add_to(&self.0, name, &array.0);
    }

    fn object(&mut self, name: &str, members: &dyn Members) {
        add_to(&self.0, name, &to_js(members));
    }
}

/// The same by way of one JSON text, which takes a fifth of the time for a report with many issues, and 2 KB more of WebAssembly:
/// for the checks.
pub fn to_js_by_json(value: &dyn Members) -> JsValue {
    let text = serde_json::to_string(&Serialized(value)).unwrap_or_default();
    // A report of millions of issues is longer than the longest string of the engine.
    js_sys::JSON::parse(&text).unwrap_or_else(|_| to_js(value))
}

//! Reads drafts and tenants from JavaScript: one call for all of a value.
//!
//! `tokens` in `js/values.js` walks over the value along the draft's spec and writes one text, from which
//! [`omicall_schema::draft::parse`] reads.

use omicall_schema::draft::ReadDraft;
use wasm_bindgen::prelude::*;

use crate::client::{error::read_cause, from_js::kind_of};
use omicall_api::error::Error;

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// The tokens of a value; throws `{ path, cause }` where the page's own code throws while it is read.
    #[wasm_bindgen(catch, js_name = tokens)]
    fn tokens_of(value: &JsValue, spec: &str) -> Result<String, JsValue>;
}

/// The text of a value from JavaScript, from which [`parse`](omicall_schema::draft::parse) reads. `name` is that of the argument.
///
/// Texts in it are composed (NFC), so that what looks the same is the same and counts the same.
pub fn draft_text<'t, T: ReadDraft<'t>>(name: &str, value: &JsValue) -> Result<String, Error> {
    let mut spec = String::new();
    T::spec(&mut spec);
    text_along(&spec, name, value)
}

fn text_along(spec: &str, name: &str, value: &JsValue) -> Result<String, Error> {
    let text = tokens_of(value, spec).map_err(|thrown| {
        let member = |name: &str| js_sys::Reflect::get(&thrown, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let path = member("path").as_string().unwrap_or_default();
        let words = "cannot be read: pass plain objects and arrays.";
        Error::invalid_argument(name, path, &[words]).with_cause(read_cause(&member("cause")))
    })?;
    if text.starts_with(['o', 'u']) {
        return Ok(text);
    }
    Err(Error::invalid_argument(name, String::new(), &["must be an object, not ", &kind_of(value), "."]))
}

//! Reads drafts and tenants from JavaScript, with one call into JavaScript for a whole value.
//!
//! `draftText` in `js/values.js` writes the members that the draft lists as one string, and
//! [`omicall_schema::draft::parse`] reads that string.

use omicall_api::error::Error;
use omicall_schema::draft::ReadDraft;
use wasm_bindgen::prelude::*;

use crate::convert::argument::{kind_of, unreadable_member};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// Throws `{ path, cause }` if a getter or a Proxy of the page throws.
    #[wasm_bindgen(catch, js_name = draftText)]
    fn write_draft_text(value: &JsValue, spec: &str) -> Result<String, JsValue>;
}

/// Writes a value from JavaScript as the string that [`parse`](omicall_schema::draft::parse) reads. `name` is the name
/// of the argument.
///
/// The string is normalized to NFC, so that texts that look the same are equal and have the same length.
pub fn draft_text<'t, T: ReadDraft<'t>>(name: &str, value: &JsValue) -> Result<String, Error> {
    let mut spec = String::new();
    T::spec(&mut spec);
    text_for_spec(&spec, name, value)
}

fn text_for_spec(spec: &str, name: &str, value: &JsValue) -> Result<String, Error> {
    let text = write_draft_text(value, spec).map_err(|thrown| {
        unreadable_member(name, &thrown, "cannot be read: pass plain objects and arrays.")
    })?;
    if text.starts_with(['o', 'u']) {
        return Ok(text);
    }
    Err(Error::invalid_argument(name, String::new(), &["must be an object, not ", &kind_of(value), "."]))
}

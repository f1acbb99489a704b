//! Reads drafts and tenants from JavaScript, with one call into JavaScript for a whole value.
//!
//! `encodeDraft` in `js/values.js` encodes the members that the draft lists, and [`omicall_schema::draft::parse`] reads that.

use omicall_api::error::Error;
#[cfg(feature = "checks")]
use omicall_checks::tenant::Tenant;
use omicall_schema::draft::{EncodedDraft, Kind, ReadDraft};
use wasm_bindgen::prelude::*;

use crate::convert::argument::{kind_of, unreadable_member};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    type JsDraft;

    /// Throws `{ path, cause }` if a getter or a Proxy of the page throws.
    #[wasm_bindgen(catch, js_name = encodeDraft)]
    fn encode_draft_of(value: &JsValue, spec: &str) -> Result<Option<JsDraft>, JsValue>;

    /// The same for a tenant: what was encoded at the last call is used again while nothing has changed.
    #[cfg(feature = "checks")]
    #[wasm_bindgen(catch, js_name = encodeTenant)]
    fn encode_tenant_of(value: &JsValue, spec: &str) -> Result<Option<JsDraft>, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn numbers(this: &JsDraft) -> Vec<u32>;

    #[wasm_bindgen(method, getter)]
    fn text(this: &JsDraft) -> String;
}

/// Encodes a value from JavaScript, so that [`parse`](omicall_schema::draft::parse) can read it. `name` is the name of the
/// argument.
///
/// Its strings are normalized to NFC, so that texts that look the same are equal and have the same length; only an
/// [`ExactText`](omicall_schema::draft::ExactText) stays as it is.
pub fn encode_draft<'t, T: ReadDraft<'t>>(name: &str, value: &JsValue) -> Result<EncodedDraft, Error> {
    let mut spec = String::new();
    T::spec(&mut spec);
    read(encode_draft_of(value, &spec), name, value)
}

/// Encodes a tenant, likewise.
#[cfg(feature = "checks")]
pub fn encode_tenant(name: &str, value: &JsValue) -> Result<EncodedDraft, Error> {
    let mut spec = String::new();
    Tenant::spec(&mut spec);
    read(encode_tenant_of(value, &spec), name, value)
}

fn read(
    encoded: Result<Option<JsDraft>, JsValue>,
    name: &str,
    value: &JsValue,
) -> Result<EncodedDraft, Error> {
    let draft = encoded.map_err(|thrown| {
        unreadable_member(name, &thrown, "cannot be read: pass plain objects and arrays.")
    })?;
    let draft = draft.map(|draft| EncodedDraft { numbers: draft.numbers(), text: draft.text() });
    let draft = draft.unwrap_or_default();
    if matches!(draft.numbers.first(), Some(&first) if first == Kind::Object.with(0) || first == Kind::Absent.with(0))
    {
        return Ok(draft);
    }
    Err(Error::invalid_argument(name, String::new(), &["must be an object, not ", &kind_of(value), "."]))
}

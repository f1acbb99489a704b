//! What the server sent beyond the fields that the types list.

use omicall_api::{error::Error, records::RECORDS};
use wasm_bindgen::prelude::*;

use crate::convert::{
    argument::{kind_of, push_spec, unreadable_member},
    error::ThrownError,
};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// The members of a record that its type does not list; `None` if it is not a record. Throws `{ path, cause }` if a getter or a
    /// Proxy of the page throws. In JavaScript, which is less to download.
    #[wasm_bindgen(catch, js_name = unlistedOf)]
    fn unlisted_of(record: &JsValue, specs: &str) -> Result<Option<JsValue>, JsValue>;
}

/// Returns what the server sent beyond the fields that the record's type lists.
///
/// Records keep everything that the server sent, but their types list only what is documented, so that a typo does not compile.
/// What is found here is not documented: check it before you use it. Records inside the record are left out of the search: pass
/// them one by one. A copy (`{ ...record }`) works too; which record it is shows by its fields.
///
/// @example
/// ```ts
/// const { items } = await callCenter.phones.list();
/// const { department } = unlisted(items[0]);
/// if (typeof department === "string") console.log(department);
/// ```
///
/// @param record a record, a part of one (such as a member of a group), or a list page
/// @returns a new object with those fields only; empty if there are none
/// @throws {OmiCallError} `usage` if `record` is not an object that the server sends.
#[wasm_bindgen(unchecked_return_type = "Record<string, unknown>")]
pub fn unlisted(
    #[wasm_bindgen(unchecked_param_type = "DeepReadonly<AnyRecord>")] record: &JsValue,
) -> Result<JsValue, ThrownError> {
    let kind = kind_of(record);
    if kind != "an object" {
        return Err(not_a_record(&kind).into());
    }
    let mut specs = String::new();
    push_spec(&RECORDS, &mut specs);
    let others = unlisted_of(record, &specs)
        .map_err(|thrown| unreadable_member("record", &thrown, "cannot be read: pass a record."))?;
    others.ok_or_else(|| not_a_record("an object without any known field").into())
}

fn not_a_record(kind: &str) -> Error {
    Error::invalid_argument(
        "record",
        String::new(),
        &["must be a record that the server sent, not ", kind, "."],
    )
}

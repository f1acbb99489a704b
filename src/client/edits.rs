//! Methods that make several calls. What they do is JavaScript beside the checks (`pkg-template/bundled/edits.js`), because few pages need
//! it and it only calls methods that pages have too.

use js_sys::{Array, Promise};
use omicall_api::endpoint::Endpoint;
use wasm_bindgen::prelude::*;

use super::state::Client;
use crate::phones::Phones;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// Frees the handles at the end.
    #[wasm_bindgen(js_name = runEdit)]
    fn run_edit(
        signature: &str,
        handle: JsValue,
        phones: Phones,
        validates: bool,
        language: &str,
        endpoint: &str,
        arguments: &Array,
    ) -> Promise;
}

/// Runs a function of `edits.js`. `signature` is its name and those of its arguments, `handle` a handle of its own of the family, and
/// `endpoint` the one of its first change, which its errors name.
pub fn run(
    client: &Client,
    signature: &str,
    handle: JsValue,
    endpoint: &'static Endpoint,
    arguments: &Array,
) -> Promise {
    let settings = &client.settings;
    let (validates, language) = (settings.validation, settings.language.as_str());
    run_edit(signature, handle, Phones(client.clone()), validates, language, &endpoint.label(), arguments)
}

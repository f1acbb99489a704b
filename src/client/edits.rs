//! Methods that make several calls. What they do is JavaScript beside the checks (`pkg-template/bundled/edits.js`), because few pages need
//! it and it only calls methods that pages have too.

use js_sys::{Array, Promise};
use omicall_api::endpoint::Endpoint;
use wasm_bindgen::prelude::*;

use super::state::Client;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// Frees `call_center` at the end.
    #[wasm_bindgen(js_name = runEdit)]
    fn run_edit(
        signature: &str,
        call_center: JsValue,
        validates: bool,
        language: &str,
        endpoint: &str,
        arguments: &Array,
    ) -> Promise;
}

/// Runs a function of `edits.js`. `signature` is the family, the function and the names of its arguments; `call_center` a
/// `CallCenter` of its own; `endpoint` the one of its first change, which its errors name.
pub fn run(
    client: &Client,
    signature: &str,
    call_center: JsValue,
    endpoint: &'static Endpoint,
    arguments: &Array,
) -> Promise {
    let settings = &client.settings;
    let (validates, language) = (settings.validation, settings.language.as_str());
    run_edit(signature, call_center, validates, language, &endpoint.label(), arguments)
}

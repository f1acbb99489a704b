//! Reports mismatches between a response and its TypeScript type to the page.

use omicall_api::response::describe_mismatch;
use omicall_schema::json::validate::SchemaMismatch;
use wasm_bindgen::prelude::*;

use super::{events::tell, state::Client};
use crate::convert::to_js::to_js;

omicall_schema::output! {
    /// A mismatch between a response and its TypeScript type. Contains types, never values.
    pub struct Drift<'d> {
        /// Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
        endpoint: &'d str,
        /// Where in the response, as a JSON pointer, e.g. `"/payload/items/3/email"`.
        path: &'d str,
        /// The expected type, e.g. `"a string"`.
        expected: &'d str,
        /// The type of the value found.
        found: &'static str = "\"string\" | \"number\" | \"boolean\" | \"null\" | \"array\" | \"object\" | \"missing\"",
    }
}

#[wasm_bindgen]
extern "C" {
    // Some test environments make it throw.
    #[wasm_bindgen(catch, js_namespace = console)]
    fn warn(message: &str) -> Result<(), JsValue>;
}

/// Calls `onDrift` for each mismatch, or without it warns in the console, once per kind of mismatch.
pub fn report_drift(client: &Client, mismatches: &[SchemaMismatch], label: &str) {
    for mismatch in mismatches {
        let SchemaMismatch { path, expected, found, .. } = mismatch;
        match &client.settings.on_drift {
            Some(callback) => {
                tell(callback, &to_js(&Drift { endpoint: label, path, expected, found }));
            }
            None => {
                // The same mismatch in many records is reported once.
                let without_digits: String = path.chars().filter(|c| !c.is_ascii_digit()).collect();
                let kind = [label, " ", &without_digits].concat();
                if client.warned.borrow().contains(&kind) {
                    continue;
                }
                client.warned.borrow_mut().push(kind);
                let message = [
                    "omicall-call-center: in the response of ",
                    label,
                    ", ",
                    &describe_mismatch(mismatch),
                    ". Pass `onDrift` to handle this yourself.",
                ];
                let _ = warn(&message.concat());
            }
        }
    }
}

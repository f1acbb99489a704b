//! Tells the page where a response is not what TypeScript promises.

use omicall_schema::json::validate::SchemaMismatch;
use wasm_bindgen::prelude::*;

use super::{events::tell, state::Client, to_js::to_js};

omicall_schema::output! {
    /// A place where a response is not what TypeScript promises. Has kinds, never values.
    pub struct Drift<'d> {
        /// Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
        endpoint: &'d str,
        /// Where in the response, as a JSON pointer, e.g. `"/payload/items/3/email"`.
        path: &'d str,
        /// What TypeScript promises, e.g. `"a string"`.
        expected: &'d str,
        /// What kind of value came.
        found: &'static str = "\"string\" | \"number\" | \"boolean\" | \"null\" | \"array\" | \"object\" | \"missing\"",
    }
}

#[wasm_bindgen]
extern "C" {
    // Some test set-ups make it throw.
    #[wasm_bindgen(catch, js_namespace = console)]
    fn warn(message: &str) -> Result<(), JsValue>;
}

/// Calls `onDrift`, or warns in the console, once for each kind of drift.
pub fn report_drift(client: &Client, mismatches: &[SchemaMismatch], label: &str) {
    for SchemaMismatch { path, expected, found, .. } in mismatches {
        match &client.settings.on_drift {
            Some(callback) => {
                tell(callback, &to_js(&Drift { endpoint: label, path, expected, found }));
            }
            None => {
                // The same drift in every record, on every page, is told once.
                let without_digits: String = path.chars().filter(|c| !c.is_ascii_digit()).collect();
                let kind = [label, " ", &without_digits].concat();
                if client.warned.borrow().contains(&kind) {
                    continue;
                }
                client.warned.borrow_mut().push(kind);
                let words = [
                    "omicall-call-center: ",
                    label,
                    " answered with ",
                    path,
                    " of kind ",
                    found,
                    " where the types promise ",
                    expected,
                    ". Pass `onDrift` to handle this yourself.",
                ];
                let _ = warn(&words.concat());
            }
        }
    }
}

//! Hotlines: the public numbers of the tenant, and which extension uses which.

use omicall_api::hotlines::{self, HotlineAssignment, HotlineQuery};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client};

/// Hotlines, the public numbers of the tenant. Available as `callCenter.hotlines`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Hotlines(pub(crate) Client);

#[wasm_bindgen]
impl Hotlines {
    /// Lists the active hotlines. The list has no pages.
    ///
    /// @example
    /// ```ts
    /// const numbers = await callCenter.hotlines.list({ extension: "147" });
    /// console.log(numbers.join(", "));
    /// ```
    ///
    /// @param query which extension's hotlines; default: all active ones
    /// @param options abort signal, timeout and retries of this call
    /// @returns the numbers in the server's format
    /// @throws {OmiCallError} `usage` if `extension` is not a string, before anything is sent; or any request
    /// error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string[]>")]
    pub fn list(&self, query: Option<Ts<HotlineQuery>>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call(&hotlines::LIST, Arguments::new(query), options)
    }

    /// Assigns a hotline to exactly one extension.
    ///
    /// @example
    /// ```ts
    /// await callCenter.hotlines.assignToExtension({ hotline: "02473000000", user_email: "an@example.com", directions: ["outbound"] });
    /// ```
    ///
    /// @param assignment the number, the agent and the directions
    /// @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
    /// @returns the server's response; undocumented, do not rely on its contents
    /// @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
    /// or any request error, see `ErrorKind`.
    #[wasm_bindgen(js_name = assignToExtension, unchecked_return_type = "Promise<unknown>")]
    pub fn assign_to_extension(
        &self,
        assignment: Ts<HotlineAssignment>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call(&hotlines::ASSIGN, Arguments::new(assignment), options)
    }
}

//! Hotlines: the public numbers of the tenant, and which extension calls out with which.

use omicall_api::hotlines::{self, HotlineAssignment, HotlineQuery};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client};

/// Hotlines, the public numbers of the tenant. Reach it as `callCenter.hotlines`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Hotlines(pub(crate) Client);

#[wasm_bindgen]
impl Hotlines {
    /// Lists the active public numbers. The list has no pages.
    ///
    /// @example
    /// ```ts
    /// const numbers = await callCenter.hotlines.list({ extension: "147" });
    /// console.log(numbers.join(", "));
    /// ```
    ///
    /// @param query whose numbers; all active ones if left out
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the numbers, as the server writes them
    /// @throws {OmiCallError} `usage` for an `extension` that is no string, before anything is sent; `auth`, `api`, `http`,
    /// `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<string[]>")]
    pub fn list(&self, query: Option<Ts<HotlineQuery>>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call(&hotlines::LIST, Arguments::new(query), options)
    }

    /// Gives a public number to exactly one extension.
    ///
    /// @example
    /// ```ts
    /// await callCenter.hotlines.assignToExtension({ hotline: "02473000000", user_email: "an@example.com", directions: ["outbound"] });
    /// ```
    ///
    /// @param assignment the number, the agent and the directions
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `usage` where a field is missing, unknown or of another kind, before anything is sent; `auth`,
    /// `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(js_name = assignToExtension, unchecked_return_type = "Promise<unknown>")]
    pub fn assign_to_extension(
        &self,
        assignment: Ts<HotlineAssignment>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call(&hotlines::ASSIGN, Arguments::new(assignment), options)
    }
}

//! Hotlines: the public numbers of the tenant, and which extension calls out with which.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{CallOptions, Client, argument::JsonArgument, request::Endpoint};
use omicall_schema::{HasSchema, NonEmptyString, Schema};

omicall_schema::request! {
    /// Which hotlines to list. Everything may be left out.
    pub struct HotlineQuery {}
    optional {
        /// Only the numbers that this extension may call out with, e.g. `"147"`. Sent percent-encoded.
        extension: String,
    }
}

omicall_schema::string_enum! {
    /// The direction of a call, seen from the agent.
    pub enum CallDirection {
        /// The agent calls a customer.
        Outbound = "outbound",
        /// A customer calls in.
        Inbound = "inbound",
    }
}

omicall_schema::request! {
    /// Which hotline belongs to which extension. Any other field is refused, by TypeScript and when the call is made.
    pub struct HotlineAssignment {
        /// The public number, as `hotlines.list` sends it, e.g. `"02473000000"`.
        hotline: NonEmptyString = "string",
        /// The e-mail address of the agent whose extension gets the number.
        user_email: NonEmptyString = "string",
        /// What the extension may use the number for: `"outbound"`, `"inbound"` or both.
        directions: Vec<CallDirection>,
    }
}

const LIST: Endpoint = Endpoint::get("/api/call_center/hotline/list").query(&["extension"]);
const ASSIGN: Endpoint = Endpoint::post("/api/call_center/hotline/extension/update");

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
        self.0.call::<Vec<String>, _>(&LIST, query, options)
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
        let body = JsonArgument {
            name: "assignment",
            value: assignment.into(),
            schema: &HotlineAssignment::SCHEMA,
            check: None,
        };
        self.0.send_json(&ASSIGN, &Schema::Any, options, None, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::queried;

    #[test]
    fn the_requests_are_the_contracts() {
        assert_eq!(queried(&LIST, &[]).url(""), "/api/call_center/hotline/list");
        let url = queried(&LIST, &[("extension", "1/4?")]).url("");
        assert_eq!(url, "/api/call_center/hotline/list?extension=1%2F4%3F");
        assert_eq!(ASSIGN.label(), "POST /api/call_center/hotline/extension/update");
    }
}

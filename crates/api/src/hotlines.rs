//! Hotlines: the public numbers of the tenant, and which extension calls out with which.

use omicall_schema::{HasSchema, NonEmptyString, Schema};

use crate::endpoint::Endpoint;

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

/// `GET hotline/list`
pub static LIST: Endpoint = Endpoint::get("/api/call_center/hotline/list", &Vec::<String>::SCHEMA)
    .argument("query", &HotlineQuery::SCHEMA)
    .query(&["extension"]);

/// `POST hotline/extension/update`
pub static ASSIGN: Endpoint = Endpoint::post("/api/call_center/hotline/extension/update", &Schema::Any)
    .json("assignment", &HotlineAssignment::SCHEMA);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::for_tests::queried;

    #[test]
    fn the_requests_are_the_contracts() {
        assert_eq!(queried(&LIST, &[]).url(""), "/api/call_center/hotline/list");
        let url = queried(&LIST, &[("extension", "1/4?")]).url("");
        assert_eq!(url, "/api/call_center/hotline/list?extension=1%2F4%3F");
        assert_eq!(ASSIGN.label(), "POST /api/call_center/hotline/extension/update");
    }
}

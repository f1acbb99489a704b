//! Hotlines: the public numbers of the tenant, and which extension calls out with which.

use omicall_schema::{HasSchema, NonEmptyString, Schema};

use crate::endpoint::Endpoint;

omicall_schema::request! {
    /// Which hotlines to list. All fields are optional.
    pub struct HotlineQuery {}
    optional {
        /// Only the hotlines that this extension may call out with, e.g. `"147"`.
        extension: String,
    }
}

omicall_schema::string_enum! {
    /// The direction of a phone call, seen from the agent.
    pub enum CallDirection {
        /// The agent calls a customer.
        Outbound = "outbound",
        /// A customer calls in.
        Inbound = "inbound",
    }
}

omicall_schema::request! {
    /// Assigns a hotline to an extension: one number to exactly one extension. Other fields are an error.
    pub struct HotlineAssignment {
        /// The public number, as returned by `hotlines.list`, e.g. `"02473000000"`.
        hotline: NonEmptyString = "string",
        /// The e-mail address of the agent whose extension gets the hotline.
        user_email: NonEmptyString = "string",
        /// The directions in which the extension uses the hotline: `"outbound"`, `"inbound"` or both.
        directions: Vec<CallDirection> = "readonly (\"outbound\" | \"inbound\")[]",
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
    use crate::request::test_support::request_with;

    #[test]
    fn requests_match_the_contract() {
        assert_eq!(request_with(&LIST, &[]).url(""), "/api/call_center/hotline/list");
        let url = request_with(&LIST, &[("extension", "1/4?")]).url("");
        assert_eq!(url, "/api/call_center/hotline/list?extension=1%2F4%3F");
        assert_eq!(ASSIGN.label(), "POST /api/call_center/hotline/extension/update");
    }
}

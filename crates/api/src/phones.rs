//! Internal phones (extensions): who has which number, and whether it is enabled.

use omicall_schema::{HasSchema, NonEmptyString, PositiveInt, Schema};

use crate::{endpoint::Endpoint, list_page::Page};

omicall_schema::record! {
    /// An internal phone, as returned by `phones.list`, with the vendor's field names.
    ///
    /// The record does not say whether the phone is enabled. A disabled one cannot connect from anywhere, desk phones included.
    ///
    /// Source: the vendor's documentation, `internal_phone/list`.
    pub struct InternalPhone {
        /// The SIP domain (realm) of the account, often a bare name without a dot, e.g. `"omiteam"`.
        domain: String,
        /// The WebSocket address that a softphone connects to, e.g. `"wss://wssvn.omicrm.com"`.
        outbound_proxy: String,
        /// The extension number, which is also the SIP user, e.g. `"147"`. Extensions of employees have up to 4 digits, those of apps 8.
        sip_user: String,
        /// The SIP password; `""` if there is none. It is `"***"`, unless the call asked for it with `{ includePasswords: true }`:
        /// then it is plain text and **a secret**, so never log or display it.
        password: String,
        /// The agent's full name, e.g. `"Nguyễn Thị Minh An"`.
        full_name: String,
        /// The agent's e-mail address.
        email: String,
        /// The public number that customers see; `""` if there is none.
        public_number: String,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// When it was created, in Unix milliseconds.
        created_date: f64,
    }
    sometimes {
        /// The id of the agent, which is also in the members of groups; missing in older responses.
        agent_id: String,
    }
}

omicall_schema::request! {
    /// Which internal phones to list. All fields are optional.
    pub struct PhoneQuery {}
    optional {
        /// Part of an extension number, an e-mail address or a full name.
        keyword: String,
        /// The number of the list page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// The maximum number of phones per page, from 1. Default 50.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// Whether an internal phone is enabled.
    pub struct PhoneStatusRequest {
        /// The extension number, e.g. `"147"`.
        sip_user: NonEmptyString = "string",
        /// `true` to enable the phone, `false` to disable it: then it cannot connect from anywhere, desk phones included.
        enabled: bool,
    }
}

/// `GET internal_phone/list`
pub static LIST: Endpoint =
    Endpoint::get("/api/call_center/internal_phone/list", &Page::<InternalPhone>::SCHEMA)
        .argument("query", &PhoneQuery::SCHEMA)
        .query(&["keyword", "page", "size"]);

/// `PUT internal_phone/status`
pub static SET_ENABLED: Endpoint = Endpoint::put("/api/call_center/internal_phone/status", &Schema::Any)
    .argument("status", &PhoneStatusRequest::SCHEMA)
    .query(&["enabled", "sip_user"]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::test_support::request_with;

    #[test]
    fn requests_match_the_contract() {
        let url = request_with(&LIST, &[("page", "2"), ("keyword", "Nguyễn")]).url("");
        assert_eq!(url, "/api/call_center/internal_phone/list?keyword=Nguy%E1%BB%85n&page=2");
        let request = request_with(&SET_ENABLED, &[("sip_user", "1&2"), ("enabled", "false")]);
        assert_eq!(request.endpoint.label(), "PUT /api/call_center/internal_phone/status");
        assert_eq!(request.url(""), "/api/call_center/internal_phone/status?enabled=false&sip_user=1%262");
        assert_eq!(request.json, None);
    }
}

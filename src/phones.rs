//! Internal phones (extensions): who has which number, and whether it rings.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{
    CallOptions, Client,
    page::{self, Page},
    request::Endpoint,
};
use omicall_schema::{HasSchema, NonEmptyString, PositiveInt, Schema};

omicall_schema::record! {
    /// An internal phone, as `phones.list` sends it.
    ///
    /// Names and values are the wire's own. Source: the vendor's documentation, `internal_phone/list`.
    pub struct InternalPhone {
        /// The SIP domain (realm) of the account, often a bare name without a dot, e.g. `"omiteam"`.
        domain: String,
        /// The WebSocket address that a softphone connects to, e.g. `"wss://wssvn.omicrm.com"`.
        outbound_proxy: String,
        /// The extension number, which is also the SIP user, e.g. `"147"`.
        sip_user: String,
        /// The SIP password in plain text. **A secret**: keep it out of logs and screens.
        password: String,
        /// The agent's full name, e.g. `"Nguyễn Thị Minh An"`.
        full_name: String,
        /// The agent's e-mail address.
        email: String,
        /// The number that people outside see; `""` where there is none.
        public_number: String,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// When it was made, in Unix milliseconds.
        created_date: f64,
    }
    sometimes {
        /// The id of the agent; older answers lack it.
        agent_id: String,
    }
}

omicall_schema::request! {
    /// Which internal phones to list. Everything may be left out.
    pub struct PhoneQuery {}
    optional {
        /// Part of an extension number, an e-mail address or a full name. Sent percent-encoded, so any text is safe.
        keyword: String,
        /// Which page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// How many phones a page holds, from 1. Default 50.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// Whether an internal phone is in use.
    pub struct PhoneStatusRequest {
        /// The extension number, e.g. `"147"`. Sent percent-encoded.
        sip_user: NonEmptyString = "string",
        /// `true` to switch it on, `false` to switch it off.
        enabled: bool,
    }
}

const LIST: Endpoint =
    Endpoint::get("/api/call_center/internal_phone/list").query(&["keyword", "page", "size"]);
const SET_ENABLED: Endpoint =
    Endpoint::put("/api/call_center/internal_phone/status").query(&["enabled", "sip_user"]);

/// Internal phones. Reach it as `callCenter.phones`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Phones(pub(crate) Client);

#[wasm_bindgen]
impl Phones {
    /// Lists one page of the internal phones.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.phones.list({ keyword: "Nguyễn", page: 1, size: 50 });
    /// for (const phone of page.items) console.log(phone.sip_user, phone.full_name);
    /// ```
    ///
    /// @param query which phones, and which page of them; all of them from page 1 if left out
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the page as the server sent it
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent;
    /// `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<InternalPhone>>")]
    pub fn list(&self, query: Option<Ts<PhoneQuery>>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call::<Page<InternalPhone>, _>(&LIST, query, options)
    }

    /// Walks over the internal phones of all pages, fetching each page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const phone of callCenter.phones.iterate({ size: 100 })) console.log(phone.full_name);
    /// const first500 = await callCenter.phones.iterate().toArray({ limit: 500 });
    /// ```
    ///
    /// @param query which phones; `page` is where the walk starts, `size` how many each request fetches
    /// @param options abort signal, deadline and retries of each request
    /// @returns an async iterator; it ends after the last page, and rejects like `list`
    #[wasm_bindgen(unchecked_return_type = "PageIterator<InternalPhone>")]
    pub fn iterate(&self, query: Option<Ts<PhoneQuery>>, options: Option<Ts<CallOptions>>) -> JsValue {
        page::iterate::<InternalPhone, _>(&self.0, &LIST, query, options)
    }

    /// Switches an internal phone on or off.
    ///
    /// @example
    /// ```ts
    /// await callCenter.phones.setEnabled({ sip_user: "147", enabled: false });
    /// ```
    ///
    /// @param status which phone, and whether it is to be in use
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `usage` where a field is missing, unknown or of another kind, before anything is sent; `api`
    /// where there is no such extension; `auth`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(js_name = setEnabled, unchecked_return_type = "Promise<unknown>")]
    pub fn set_enabled(
        &self,
        status: Ts<PhoneStatusRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        let status = Some(status.into());
        self.0.ask(&SET_ENABLED, &Schema::Any, "status", status, &PhoneStatusRequest::SCHEMA, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::queried;

    #[test]
    fn the_requests_are_the_contracts() {
        let url = queried(&LIST, &[("page", "2"), ("keyword", "Nguyễn")]).url("");
        assert_eq!(url, "/api/call_center/internal_phone/list?keyword=Nguy%E1%BB%85n&page=2");
        let request = queried(&SET_ENABLED, &[("sip_user", "1&2"), ("enabled", "false")]);
        assert_eq!(request.endpoint.label(), "PUT /api/call_center/internal_phone/status");
        assert_eq!(request.url(""), "/api/call_center/internal_phone/status?enabled=false&sip_user=1%262");
        assert!(request.body.is_none());
    }
}

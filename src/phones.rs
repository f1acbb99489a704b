//! Internal phones (extensions): who has which number, and whether it rings.

use omicall_api::phones::{self, PhoneQuery, PhoneStatusRequest};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client, page};

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
        self.0.call(&phones::LIST, Arguments::new(query), options)
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
        page::iterate(&self.0, &phones::LIST, Arguments::new(query), options)
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
        self.0.call(&phones::SET_ENABLED, Arguments::new(status), options)
    }
}

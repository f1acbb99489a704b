//! Internal phones (extensions): who has which number, and whether it is enabled.

use omicall_api::phones::{self, PhoneQuery, PhoneStatusRequest};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::client::{Arguments, CallOptions, Client, pagination};

/// Internal phones (extensions), available as `callCenter.phones`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Phones(pub(crate) Client);

#[wasm_bindgen]
impl Phones {
    /// Lists a page of the internal phones.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.phones.list({ keyword: "Nguyễn", page: 1, size: 50 });
    /// for (const phone of page.items) console.log(phone.sip_user, phone.full_name);
    /// ```
    ///
    /// @param query which phones, and which list page; default: all, page 1
    /// @param options abort signal, timeout and retries of this call, and `includePasswords`
    /// @returns the list page; each `password` is `"***"`, unless `includePasswords` is set
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
    /// error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<InternalPhone>>")]
    pub fn list(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "PhoneQuery | null")] query: Option<Ts<PhoneQuery>>,
        #[wasm_bindgen(unchecked_optional_param_type = "PhoneListOptions | null")] options: Option<
            Ts<CallOptions>,
        >,
    ) -> js_sys::Promise {
        self.0.call(&phones::LIST, Arguments::new(query), options)
    }

    /// Iterates over all internal phones, fetching each list page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const phone of callCenter.phones.iterate({ size: 100 })) console.log(phone.full_name);
    /// const first500 = await callCenter.phones.iterate().toArray({ limit: 500 });
    /// ```
    ///
    /// @param query which phones; `page` is the first list page, `size` the number of phones per request
    /// @param options abort signal, timeout and retries of each request, and `includePasswords`
    /// @returns an async iterator that ends after the last page and rejects like `list`; each `password` is `"***"`, unless
    /// `includePasswords` is set
    #[wasm_bindgen(unchecked_return_type = "PageIterator<InternalPhone>")]
    pub fn iterate(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "PhoneQuery | null")] query: Option<Ts<PhoneQuery>>,
        #[wasm_bindgen(unchecked_optional_param_type = "PhoneListOptions | null")] options: Option<
            Ts<CallOptions>,
        >,
    ) -> JsValue {
        pagination::iterate(&self.0, &phones::LIST, Arguments::new(query), options)
    }

    /// Enables or disables an internal phone. A disabled extension cannot connect from anywhere, desk phones included.
    ///
    /// @example
    /// ```ts
    /// await callCenter.phones.setEnabled({ sip_user: "147", enabled: false });
    /// ```
    ///
    /// @param status the phone, and whether to enable it
    /// @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
    /// @returns the server's response; undocumented, do not rely on its contents
    /// @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
    /// `api` if there is no such extension; or any request error, see `ErrorKind`.
    #[wasm_bindgen(js_name = setEnabled, unchecked_return_type = "Promise<unknown>")]
    pub fn set_enabled(
        &self,
        status: Ts<PhoneStatusRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call(&phones::SET_ENABLED, Arguments::new(status), options)
    }
}

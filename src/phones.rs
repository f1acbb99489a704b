//! Internal phones (extensions): who has which number, and whether it is enabled.

use omicall_api::phones;
use wasm_bindgen::prelude::*;

use crate::client::methods::{Family, Method};

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * Internal phones (extensions), available as `callCenter.phones`.
 */
export class Phones {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Iterates over all internal phones, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const phone of callCenter.phones.iterate({ size: 100 })) console.log(phone.full_name);
     * const first500 = await callCenter.phones.iterate().toArray({ limit: 500 });
     * ```
     *
     * @param query which phones; `page` is the first list page, `size` the number of phones per request
     * @param options abort signal, timeout and retries of each request, and `includePasswords`
     * @returns an async iterator that ends after the last page and rejects like `list`; each `password` is `"***"`, unless
     * `includePasswords` is set
     */
    iterate(query?: PhoneQuery | null, options?: PhoneListOptions | null): PageIterator<InternalPhone>;
    /**
     * Lists a page of the internal phones.
     *
     * @example
     * ```ts
     * const page = await callCenter.phones.list({ keyword: "Nguyễn", page: 1, size: 50 });
     * for (const phone of page.items) console.log(phone.sip_user, phone.full_name);
     * ```
     *
     * @param query which phones, and which list page; default: all, page 1
     * @param options abort signal, timeout and retries of this call, and `includePasswords`
     * @returns the list page; each `password` is `"***"`, unless `includePasswords` is set
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: PhoneQuery | null, options?: PhoneListOptions | null): Promise<Page<InternalPhone>>;
    /**
     * Enables or disables an internal phone. A disabled extension cannot connect from anywhere, desk phones included.
     *
     * @example
     * ```ts
     * await callCenter.phones.setEnabled({ sip_user: "147", enabled: false });
     * ```
     *
     * @param status the phone, and whether to enable it
     * @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
     * `api` if there is no such extension; or any request error, see `ErrorKind`.
     */
    setEnabled(status: PhoneStatusRequest, options?: CallOptions | null): Promise<unknown>;
}
"#;

/// `callCenter.phones`.
pub static FAMILY: Family = Family { class: "Phones", name: "phones", methods: METHODS };

const METHODS: &[Method] = &[
    Method::call("list", &phones::LIST),
    Method::iterate(&phones::LIST),
    Method::call("setEnabled", &phones::SET_ENABLED),
];

//! The details of an extension, with the SIP account for a softphone.

use omicall_api::extensions;
use wasm_bindgen::prelude::*;

use crate::client::methods::{Family, Method};

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * Extension details, available as `callCenter.extensions`.
 */
export class Extensions {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Looks up an extension and its SIP account.
     *
     * @example
     * ```ts
     * const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
     * console.log(detail.full_name, detail.pbx_account.sip_web_socket_server);
     * ```
     *
     * @param query the key to look up by, and its value
     * @param options abort signal, timeout and retries of this call
     * @returns the extension; `pbx_account.sip_password` is a secret
     * @throws {OmiCallError} `usage` for an unknown `type` or an empty `keyword`, before anything is sent; `api`
     * with code `extension_invalid` if there is no such extension; or any request error, see `ErrorKind`.
     */
    detail(query: ExtensionQuery, options?: CallOptions | null): Promise<ExtensionDetail>;
}
"#;

/// `callCenter.extensions`.
pub static FAMILY: Family = Family { class: "Extensions", name: "extensions", methods: METHODS };

const METHODS: &[Method] = &[Method::call("detail", &extensions::DETAIL)];

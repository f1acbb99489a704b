//! Hotlines: the public numbers of the tenant, and which extension uses which.

use omicall_api::hotlines;
use wasm_bindgen::prelude::*;

use crate::client::methods::{Family, Method};

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * Hotlines, the public numbers of the tenant. Available as `callCenter.hotlines`.
 */
export class Hotlines {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Assigns a hotline to exactly one extension.
     *
     * @example
     * ```ts
     * await callCenter.hotlines.assignToExtension({ hotline: "02473000000", user_email: "an@example.com", directions: ["outbound"] });
     * ```
     *
     * @param assignment the number, the agent and the directions
     * @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
     * or any request error, see `ErrorKind`.
     */
    assignToExtension(assignment: HotlineAssignment, options?: CallOptions | null): Promise<unknown>;
    /**
     * Lists the active hotlines. The list has no pages.
     *
     * @example
     * ```ts
     * const numbers = await callCenter.hotlines.list({ extension: "147" });
     * console.log(numbers.join(", "));
     * ```
     *
     * @param query which extension's hotlines; default: all active ones
     * @param options abort signal, timeout and retries of this call
     * @returns the numbers in the server's format
     * @throws {OmiCallError} `usage` if `extension` is not a string, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: HotlineQuery | null, options?: CallOptions | null): Promise<string[]>;
}
"#;

/// `callCenter.hotlines`.
pub static FAMILY: Family = Family { class: "Hotlines", name: "hotlines", methods: METHODS };

const METHODS: &[Method] =
    &[Method::call("list", &hotlines::LIST), Method::call("assignToExtension", &hotlines::ASSIGN)];

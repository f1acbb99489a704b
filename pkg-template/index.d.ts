
/**
 * Starts the WebAssembly module. Call it once before anything else; calling it again does nothing, and after a
 * failure it can be repeated.
 *
 * In Node, in workerd, with `omicall-call-center/inline` and with the classic script, the JavaScript contains the module, and
 * the first use starts it. There, the call is optional: it compiles the module in advance.
 *
 * @example
 * ```ts
 * import { initAsync, CallCenter } from "omicall-call-center";
 * await initAsync();
 * ```
 *
 * @param input the module, if it is not next to the package: a URL, a `Response`, its bytes or a compiled module
 * @throws {OmiCallError} `usage` if the module cannot be fetched or started; the message explains the cause.
 */
export function initAsync(
  input?: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>,
): Promise<void>;

/** The global that the classic script (`classic.js`) sets. */
export as namespace OmiCallCenter;

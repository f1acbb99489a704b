
/**
 * Starts the WebAssembly module. Call it once before anything else; calling it again does nothing, and after a
 * failure it may be tried again.
 *
 * In Node, in workerd, with `omicall-call-center/inline` and with the classic script the module comes with the
 * JavaScript and is started by whatever uses it first: there this call is allowed, and needed only where the first use
 * must not wait for it to be compiled.
 *
 * @example
 * ```ts
 * import { initAsync, CallCenter } from "omicall-call-center";
 * await initAsync();
 * ```
 *
 * @param input where the module is, if not beside the package: an address, a `Response`, its bytes or a compiled module
 * @throws {OmiCallError} `usage` where the module cannot be fetched or started; the message names the cause.
 */
export function initAsync(
  input?: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>,
): Promise<void>;

/** The global that the classic script (`classic.js`) sets. */
export as namespace OmiCallCenter;

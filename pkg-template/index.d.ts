
/**
 * Starts the WebAssembly module. Call it once before anything else; calling it again does nothing, and after a
 * failure it may be tried again.
 *
 * @example
 * ```ts
 * import { initAsync, CallCenter } from "omicall-call-center";
 * await initAsync();
 * ```
 *
 * @param input where the module is, if not beside the package: an address, a `Response`, its bytes or a compiled module
 * @throws {OmiCallError} `usage` where the module cannot be fetched or started; `cause` says why.
 */
export function initAsync(
  input?: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>,
): Promise<void>;

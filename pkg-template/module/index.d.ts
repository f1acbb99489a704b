/**
 * Starts the WebAssembly module of `omicall-call-center/MODULE`. Call it once before anything else; calling it again does
 * nothing, and after a failure it can be repeated. The call is optional where the JavaScript contains the module: in Node, in
 * workerd, and with `omicall-call-center/MODULE/inline`.
 *
 * @example
 * ```ts
 * import { initAsync } from "omicall-call-center/MODULE";
 * await initAsync();
 * ```
 *
 * @param input the module, if it is not next to the package: a URL, a `Response`, its bytes or a compiled module
 * @throws {OmiCallError} `usage` if the module cannot be fetched or started; the message explains the cause.
 */
export function initAsync(input?: import("../types.js").ModuleSource): Promise<void>;

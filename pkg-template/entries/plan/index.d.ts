/**
 * Starts the WebAssembly module of `omicall-call-center/plan`, and that of the checks, whose rules a plan applies. Call it once before
 * anything else; calling it again does nothing, and after a failure it can be repeated. The call is optional where the JavaScript
 * contains the module: in Node, in workerd, and with `omicall-call-center/plan/inline`.
 *
 * @example
 * ```ts
 * import { initAsync } from "omicall-call-center/plan";
 * await initAsync();
 * ```
 *
 * @param input the module, if it is not next to the package: a URL, a `Response`, its bytes or a compiled module. For the checks, call
 * `initAsync` of `omicall-call-center/checks` before.
 * @throws {OmiCallError} `usage` if a module cannot be fetched or started; the message explains the cause.
 */
export function initAsync(input?: import("../types.js").ModuleSource): Promise<void>;

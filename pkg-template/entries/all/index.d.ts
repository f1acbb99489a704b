/**
 * Starts all WebAssembly modules, in parallel. Call it once before anything else; calling it again does nothing, and after a
 * failure it can be repeated. The call is optional where the JavaScript contains the modules: in Node, in workerd, with
 * `omicall-call-center/all/inline` and with the classic script.
 *
 * @example
 * ```ts
 * import { initAsync, CallCenter, lintIvr } from "omicall-call-center/all";
 * await initAsync();
 * ```
 *
 * @param modules those modules that are not next to the package
 * @throws {OmiCallError} `usage` if a module cannot be fetched or started; the message explains the cause.
 */
export function initAsync(modules?: {
  client?: import("../types.js").ModuleSource;
  checks?: import("../types.js").ModuleSource;
  softphone?: import("../types.js").ModuleSource;
}): Promise<void>;

export { loadChecks, loadSoftphone } from "../index.js";

/** The global that the classic script (`classic.js`) sets. */
export as namespace OmiCallCenter;

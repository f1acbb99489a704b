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
export function initAsync(input?: import("./types.js").ModuleSource): Promise<void>;

/**
 * Loads and starts the checks: the same module as `omicall-call-center/checks`, for pages that need it only now and then.
 * A call that checks its payload loads it by itself.
 *
 * @example
 * ```ts
 * const { validateIvrScript } = await loadChecks();
 * ```
 *
 * @returns the exports of `omicall-call-center/checks`
 * @throws {OmiCallError} `usage` if the module cannot be fetched or started; the message explains the cause.
 */
export function loadChecks(): Promise<typeof import("./checks/index.js")>;

/**
 * Loads and starts the softphone settings: the same module as `omicall-call-center/softphone`.
 *
 * @example
 * ```ts
 * const { jsSipConfig } = await loadSoftphone();
 * ```
 *
 * @returns the exports of `omicall-call-center/softphone`
 * @throws {OmiCallError} `usage` if the module cannot be fetched or started; the message explains the cause.
 */
export function loadSoftphone(): Promise<typeof import("./softphone/index.js")>;

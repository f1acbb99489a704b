import type { HttpHandler } from "msw";
import type { Sandbox } from "./index.js";

/**
 * Makes a handler for each call of the API and for the sign-in, for `setupServer` and `setupWorker` of Mock Service Worker 2. Each
 * passes the request to the sandbox and returns its response; what goes wrong by `sandbox.fail` goes wrong here too.
 *
 * To let one call do something else, override it by its method and path: `server.use(http.post(`${baseUrl}/api/…`, …))`.
 *
 * @example
 * ```ts
 * const sandbox = await createSandbox();
 * const server = setupServer(...handlers(sandbox, { baseUrl: "https://public-v1-stg.omicall.com" }));
 * server.listen();
 * ```
 *
 * @param sandbox what responds
 * @param options `baseUrl` is that of the `CallCenter`: absolute, or in a page a path of its own origin, such as `"/omicall"`
 * @returns the handlers
 * @throws {TypeError} for anything but a sandbox, such as a promise of one
 */
export function handlers(sandbox: Sandbox, options: { readonly baseUrl: string }): HttpHandler[];

// For Mock Service Worker 2 (https://mswjs.io): a handler for each call of the API, which passes it to a sandbox.
import { http, HttpResponse } from "msw";

const CALLS = {
  get: [
    "/api/auth",
    "/api/call_center/internal_phone/list",
    "/api/call_center/hotline/list",
    "/api/call_center/extensions/detail",
    "/api/call_center/internal_group/list",
    "/api/call_center/key-interaction/list",
    "/api/call_center/greeting/list",
  ],
  post: [
    "/api/call_center/hotline/extension/update",
    "/api/call_center/internal_group/add",
    "/api/call_center/internal_group/update/:id",
    "/api/call_center/internal_group/add-members",
    "/api/call_center/internal_group/remove-members",
    "/api/call_center/key-interaction/add",
    "/api/call_center/key-interaction/update/:id",
    "/api/call_center/greeting/upload",
    "/api/call_center/greeting/upload-text-to-speech",
  ],
  put: ["/api/call_center/internal_phone/status"],
  delete: [
    "/api/call_center/internal_group/delete/:id",
    "/api/call_center/key-interaction/delete/:id",
    "/api/call_center/greeting/delete/:id",
  ],
};

/** Where the sandbox puts a redirect that it has not followed. */
const REDIRECT = Symbol.for("omicall-call-center.redirect");

export function handlers(sandbox, { baseUrl }) {
  // Otherwise each call would look like one without a network.
  if (typeof sandbox?.fetch !== "function") throw new TypeError("`sandbox` must be a sandbox: `await createSandbox()`");
  const base = baseUrl.replace(/\/+$/, "");
  return Object.entries(CALLS).flatMap(([method, paths]) =>
    paths.map((path) => http[method](base + path, ({ request }) => respond(sandbox, request))));
}

async function respond(sandbox, request) {
  const { url, method, signal } = request;
  // A form is passed on as such, so that `sandbox.requests` shows its files. It brings its type along.
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  const body = await (isForm ? request.formData() : request.arrayBuffer());
  // The other headers have been added by the browser or Node.
  const names = isForm ? ["authorization"] : ["authorization", "content-type"];
  const headers = names.filter((name) => request.headers.has(name)).map((name) => [name, request.headers.get(name)]);
  try {
    const response = await sandbox.fetch(url, { method, headers, body: body.byteLength === 0 ? undefined : body, signal, redirect: "manual" });
    const { status, location } = response[REDIRECT] ?? {};
    // Whoever sent the request follows it: only then does the client see that it was redirected.
    return status ? new HttpResponse(null, { status, headers: { location } }) : response;
  } catch (error) {
    // A TypeError is how `fetch` reports that there is no response; nobody waits for one after an abort.
    if (error instanceof TypeError || signal.aborted) return HttpResponse.error();
    throw error;
  }
}

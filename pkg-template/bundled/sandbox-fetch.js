// `fetch` for the sandbox: what a browser does with a request to the vendor's server, without a network.
import { readBody, shownBody } from "./sandbox-body.js";
import { makeResponse } from "./sandbox-response.js";
import { pause, unlessAborted } from "./sandbox-waiting.js";

// What the vendor's answer to a preflight allows, and what needs no preflight.
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"];
const HEADERS = ["authorization", "content-type", "accept", "accept-language", "content-language", "range"];

const failed = (reason) => new TypeError(reason ? `Failed to fetch: ${reason}` : "Failed to fetch");

const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 20;

/** Makes the `fetch` of a tenant. `log` gets an entry for each request that arrives, which is completed later. */
export function fetchOf(tenant, now, log) {
  /** Sends one request: `{ parts, onAbort }`. */
  async function send({ url, method, headers, signal, body }) {
    const path = pathOf(url);
    const contentType = headers.get("content-type") ?? body.type;
    const pending = tenant.begin(method, path);
    let isTaken = false;
    try {
      await pause(pending.connectMs, signal);
      if (pending.isUnreachable) throw failed();
      const query = [...url.searchParams];
      const entry = { method, path, query: JSON.parse(tenant.shownQuery(query.flat())), body: shownBody(body, contentType), status: null, aborted: false };
      const onAbort = () => (entry.aborted = true);
      log(entry);
      try {
        await pause(pending.delayMs, signal);
      } catch (cause) {
        onAbort();
        throw cause;
      }
      isTaken = true;
      const parts = tenant.respond(pending, method, path, query.flat(), headers.get("authorization"), contentType, body.bytes, now());
      if (parts[0] === 0) throw failed();
      [entry.status] = parts;
      return { parts, onAbort };
    } finally {
      if (!isTaken) pending.free();
    }
  }

  return async function fetch(input, init) {
    let request = readRequest(input, Object(init));
    await pause(0, request.signal);
    checkCors(request);
    request.body = await unlessAborted(request.signal, readBody(await request.body()));
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const { parts, onAbort } = await send(request);
      const next = request.redirect === "manual" ? undefined : redirected(request, parts);
      if (!next) return makeResponse(parts, { ...request, url: request.url.href.split("#", 1)[0], redirected: redirects > 0 }, onAbort);
      if (request.redirect === "error") throw failed("the response is a redirect");
      request = next;
      checkCors(request);
    }
    throw failed("there are too many redirects");
  };
}

/** The request that follows a redirect; `undefined` if the response is none. */
function redirected(request, [status, headersJson]) {
  const [, location] = JSON.parse(headersJson).find(([name]) => name.toLowerCase() === "location") ?? [];
  if (!REDIRECTS.includes(status) || location === undefined) return undefined;
  const url = new URL(location, request.url);
  const headers = new Map(request.headers);
  if (url.origin !== request.url.origin) headers.delete("authorization");
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead || (status !== 303 && !(request.method === "POST" && status < 303))) return { ...request, url, headers };
  headers.delete("content-type");
  return { ...request, url, headers, method: "GET", body: { bytes: new Uint8Array() } };
}

const NORMALIZED = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

/** A request from what `fetch` takes. */
function readRequest(input, init) {
  const given = typeof input === "object" && typeof input?.url === "string" ? input : undefined;
  const url = new URL(given?.url ?? input, globalThis.location?.href);
  const asked = String(init.method ?? given?.method ?? "GET");
  const method = NORMALIZED.includes(asked.toUpperCase()) ? asked.toUpperCase() : asked;
  const body = init.body ?? undefined;
  if (body !== undefined && (method === "GET" || method === "HEAD")) throw new TypeError("Request with GET/HEAD method cannot have body.");
  return {
    url,
    method,
    headers: readHeaders(init.headers ?? given?.headers),
    body: async () => body ?? (given?.body ? given.arrayBuffer() : undefined),
    signal: init.signal === undefined ? given?.signal : (init.signal ?? undefined),
    credentials: init.credentials ?? given?.credentials,
    redirect: init.redirect ?? given?.redirect ?? "follow",
    isCrossOrigin: url.origin !== globalThis.location?.origin,
  };
}

function readHeaders(headers = {}) {
  const pairs = Array.isArray(headers) ? headers : typeof headers.entries === "function" ? [...headers.entries()] : Object.entries(headers);
  return new Map(pairs.map(([name, value]) => [String(name).toLowerCase(), String(value).trim()]));
}

/** Refuses what a browser would not send to the vendor's server from a page of another origin. */
function checkCors({ method, headers, credentials, isCrossOrigin }) {
  if (!isCrossOrigin) return;
  if (!METHODS.includes(method)) throw failed(`the vendor's CORS rules do not allow ${method}`);
  const foreign = [...headers.keys()].find((name) => !HEADERS.includes(name));
  if (foreign !== undefined) throw failed(`the vendor's CORS rules do not allow the header ${foreign}`);
  if (credentials === "include") throw failed("the vendor's CORS rules do not allow credentials");
}

/** The path below the base URL, which may be a path itself. */
function pathOf({ origin, pathname }) {
  const start = pathname.lastIndexOf("/api/");
  if (start < 0) throw failed(`the sandbox is all that can be reached here, and ${origin}${pathname} is not below /api/`);
  return pathname.slice(start);
}

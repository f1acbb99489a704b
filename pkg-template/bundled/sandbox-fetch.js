// `fetch` for the sandbox: what a browser does with a request to the vendor's server, without a network.
import { readBody, shownBody } from "./sandbox-body.js";
import { makeResponse, opaqueRedirect } from "./sandbox-response.js";
import { pause, throwIfAborted, unlessAborted } from "./sandbox-waiting.js";

// What the vendor's answer to a preflight allows, and what needs no preflight.
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"];
const HEADERS = ["authorization", "content-type", "accept", "accept-language", "content-language", "range"];

const failed = (reason) => new TypeError(reason ? `Failed to fetch: ${reason}` : "Failed to fetch");

const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 20;

/** Makes the `fetch` of a tenant. `log` gets an entry for each request that arrives, which is completed later. `ending()` is the signal that
 * ends the requests that are on their way. */
export function fetchOf(tenant, now, log, ending) {
  /** Sends one request: `{ parts, onAbort }`. */
  async function send({ url, method, headers, signals, body }) {
    const path = pathOf(url);
    const contentType = headers.get("content-type") ?? body.type;
    throwIfAborted(signals);
    const pending = tenant.begin(method, path);
    let isTaken = false;
    try {
      await pause(pending.connectMs, signals);
      throwIfAborted(signals);
      if (pending.isUnreachable) throw failed();
      const query = [...url.searchParams];
      const shown = { query: JSON.parse(tenant.shownQuery(query.flat())), body: shownBody(body, contentType, (name) => tenant.isSecret(name)) };
      const entry = { method, path, ...shown, status: null, aborted: false };
      const onAbort = () => (entry.aborted = true);
      log(entry);
      try {
        await pause(pending.delayMs, signals);
        throwIfAborted(signals);
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
    request.signals.push(ending());
    // At once, because the page may change it afterwards.
    const reading = request.read();
    reading.catch(() => {});
    await pause(0, request.signals);
    checkCors(request);
    request.body = await unlessAborted(request.signals, reading);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const { parts, onAbort } = await send(request);
      const location = locationOf(parts);
      const url = request.url.href.split("#", 1)[0];
      if (location === undefined) return makeResponse(parts, { ...request, url, redirected: redirects > 0 }, onAbort);
      if (request.redirect === "manual") return opaqueRedirect(parts, location, url);
      if (request.redirect === "error") throw failed("the response is a redirect");
      request = redirected(request, parts[0], location);
      checkCors(request);
    }
    throw failed("there are too many redirects");
  };
}

/** Where a response redirects to; `undefined` if it does not. */
function locationOf([status, headersJson]) {
  if (!REDIRECTS.includes(status)) return undefined;
  return JSON.parse(headersJson).find(([name]) => name.toLowerCase() === "location")?.[1];
}

/** The request that follows a redirect. */
function redirected(request, status, location) {
  const url = new URL(location, request.url);
  const headers = new Map(request.headers);
  if (url.origin !== request.url.origin) headers.delete("authorization");
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead || (status !== 303 && !(request.method === "POST" && status < 303))) return { ...request, url, headers };
  headers.delete("content-type");
  return { ...request, url, headers, method: "GET", body: { bytes: new Uint8Array() } };
}

const NORMALIZED = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

// Of a method or the name of a header; of the value of a header.
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[^\0\n\r\u0100-\uffff]*$/;

/** A request from what `fetch` takes. */
function readRequest(input, init) {
  const given = typeof input === "object" && typeof input?.url === "string" ? input : undefined;
  const url = new URL(given?.url ?? input, globalThis.location?.href);
  if (!/^https?:$/.test(url.protocol)) throw failed("the scheme of the URL must be http or https");
  if (url.username || url.password) throw failed("the URL contains a user name or a password");
  const asked = String(init.method ?? given?.method ?? "GET");
  if (!TOKEN.test(asked)) throw failed("the method is not a valid HTTP method");
  const method = NORMALIZED.includes(asked.toUpperCase()) ? asked.toUpperCase() : asked;
  const body = init.body ?? undefined;
  if (body !== undefined && (method === "GET" || method === "HEAD")) throw new TypeError("Request with GET/HEAD method cannot have body.");
  if (typeof body?.getReader === "function" && init.duplex !== "half") throw failed('a body that is a stream needs `duplex: "half"`');
  const signal = init.signal === undefined ? given?.signal : init.signal;
  const isSignal = (value) => typeof value.aborted === "boolean" && typeof value.addEventListener === "function";
  if (signal !== undefined && signal !== null && !isSignal(signal)) throw failed("`signal` must be an AbortSignal");
  const signals = signal ? [signal] : [];
  return {
    url,
    method,
    headers: readHeaders(init.headers ?? given?.headers),
    read: () => (body === undefined && given ? bodyOf(given).then(readBody) : readBody(body, signals)),
    signals,
    credentials: init.credentials ?? given?.credentials,
    redirect: init.redirect ?? given?.redirect ?? "follow",
    isCrossOrigin: url.origin !== globalThis.location?.origin,
  };
}

/** The body of a `Request`; `undefined` if it has none. Firefox does not tell before it is read. */
async function bodyOf(request) {
  const bytes = await request.arrayBuffer?.();
  return bytes?.byteLength > 0 ? bytes : undefined;
}

function readHeaders(headers = {}) {
  const pairs = typeof headers[Symbol.iterator] === "function" ? [...headers] : typeof headers.entries === "function" ? [...headers.entries()] : Object.entries(headers);
  const read = new Map();
  for (const pair of pairs) {
    const [given, content] = pair;
    const name = String(given).toLowerCase();
    const value = String(content).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    if (pair.length !== 2) throw failed("a header must be a pair of name and value");
    if (!TOKEN.test(name)) throw failed("the name of a header is not valid");
    if (!VALUE.test(value)) throw failed(`the value of the header ${name} has a character that is not allowed`);
    read.set(name, read.has(name) ? `${read.get(name)}, ${value}` : value);
  }
  return read;
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

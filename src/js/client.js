// What the client needs from JavaScript: one HTTP round trip, the timer of a call, the async iterator over a list, and the module of
// the checks. The objects here may come from the page: a `fetch`, a response, a signal, a function that returns a token. Any of
// them may throw at any step; in an `async` function that is a rejection, in WebAssembly it would leave the call pending forever.
import { usageError } from "./error.js";
import { attempt, snapshotOf, tell, viewOf } from "./values.js";

// Tests replace them, and may never let them fire; a call has to end nevertheless.
const { setTimeout, clearTimeout } = globalThis;

/** What is wrong with a base URL, in words that follow its name; `undefined` if nothing is. */
export function baseUrlProblem(text) {
  // The URL parser drops tabs and line breaks, so `/<tab>/other.host` would look like a path.
  if (/[\s\p{Cc}]/u.test(text)) return "contains whitespace";
  const isOwnPath = /^\/(?![/\\])/.test(text);
  const url = attempt(() => new URL(text, isOwnPath ? "http://own.origin" : undefined));
  if (!url) return "is not a valid URL";
  if (!/^https?:$/.test(url.protocol)) return "must be an http or https URL";
  if (isOwnPath && url.host !== "own.origin") return "leads to another host";
  if (url.username || url.password) return "must not contain a user name or password";
  if (/[?#]/.test(text)) return "must not have a query or fragment";
  if (isOwnPath && globalThis.location === undefined) return "is a path, but there is no page here whose origin it could belong to";
}

// A page's own promise may never settle. The signal of the call ends the wait, so that nothing leaks.
const unlessAborted = (signal, promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    }),
  ]);

// A cached response may be outdated or belong to another token. Cookies would go to the vendor through a proxy, and with them
// allowed, the browser asks people for a password when a proxy on the page's own origin answers 401. Older workerd knows neither
// option and rejects both.
const FETCH_OPTIONS = Object.fromEntries([["cache", "no-store"], ["credentials", "omit"]].filter(([name]) => name in (globalThis.Request?.prototype ?? {})));

// A page's own `fetch` gets an absolute URL and plain options, which every implementation supports.
async function send({ url, method, headers, signal }, ownFetch, body) {
  const init = { method, headers, signal, ...FETCH_OPTIONS };
  if (body !== undefined) init.body = body;
  return ownFetch ? unlessAborted(signal, ownFetch(url, init)) : fetch(url, init);
}

/** Like `send`, but reports progress, which only XMLHttpRequest can. It sends cookies to the page's own origin. */
async function upload(request, ownFetch, form, onProgress, maxBytes) {
  if (ownFetch || !onProgress || typeof XMLHttpRequest !== "function") {
    const response = await send(request, ownFetch, form);
    const total = form.get("file").size;
    if (onProgress) tell(onProgress, { loaded: total, total });
    return response;
  }
  const { url, method, headers, signal } = request;
  const xhr = new XMLHttpRequest();
  const abort = () => xhr.abort();
  try {
    return await new Promise((resolve, reject) => {
      const settle = (arrayBuffer, tooLong = false) => {
        // Their names are in lower case. `getResponseHeader` would warn in the console about those that CORS hides.
        const lines = xhr.getAllResponseHeaders().split("\r\n");
        const responseHeaders = new Map(lines.map((line) => [line.split(":", 1)[0], line.slice(line.indexOf(":") + 1).trim()]));
        resolve({ status: xhr.status, url: xhr.responseURL, headers: responseHeaders, arrayBuffer, tooLong });
      };
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.responseType = "arraybuffer";
      // A listener forces a preflight, but `Authorization` does so anyway.
      xhr.upload.onprogress = ({ loaded, total }) => tell(onProgress, { loaded, total });
      xhr.onprogress = ({ loaded }) => {
        if (loaded > maxBytes) {
          settle(async () => new ArrayBuffer(0), true);
          abort();
        }
      };
      xhr.onload = () => settle(async () => xhr.response ?? new ArrayBuffer(0));
      xhr.onerror = xhr.onabort = () => reject(new TypeError("the upload failed"));
      signal.addEventListener("abort", abort);
      if (signal.aborted) reject(signal.reason);
      else xhr.send(form);
    });
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The URL that a change was redirected to, without query and fragment; `undefined` if it was not redirected. */
function redirectOf({ redirected, url: finalUrl }, { method, url }) {
  if (method === "GET") return undefined;
  // XMLHttpRequest, and polyfills based on it, only have the URL.
  if (!(typeof redirected === "boolean" ? redirected : finalUrl && finalUrl !== url)) return undefined;
  return attempt(() => new URL(finalUrl).origin + new URL(finalUrl).pathname) ?? "another URL";
}

const discard = async (body) => {
  try {
    await body?.cancel?.();
  } catch {}
};

/**
 * Sends a request and reads the response: returns `{ status, header, bytes }`, or `{ failure, cause }`.
 * Never rejects. The Response may come from another realm or a library.
 */
export async function sendOnce(path, method, headers, signal, ownFetch, body, onProgress, maxBytes) {
  let failure = "not-built";
  let isBlocked = false;
  let url;
  // The browser tells the page that its Content-Security-Policy blocked something; the error of `fetch` does not say so. A policy
  // that only reports blocks nothing.
  const onViolation = ({ effectiveDirective, disposition, blockedURI }) => {
    if (effectiveDirective === "connect-src" && disposition === "enforce" && blockedURI && url.startsWith(blockedURI)) isBlocked = true;
  };
  try {
    // `fetch` throws the same error for an invalid URL and an unreachable server. A path belongs to the page's own origin, whatever
    // its `<base>` says; only `about:srcdoc` has no origin to read.
    ({ href: url } = attempt(() => new URL(path, globalThis.location?.href)) ?? new URL(path, globalThis.document?.baseURI));
    failure = "no-response";
    const isForm = body && typeof body !== "string";
    // A page's own `fetch` gets plain data.
    const request = { url, method, headers: Object.fromEntries(headers), signal };
    globalThis.addEventListener?.("securitypolicyviolation", onViolation);
    const response = await (isForm ? upload(request, ownFetch, body, onProgress, maxBytes) : send(request, ownFetch, body));
    failure = "cut-off";
    const { status, headers: responseHeaders } = response ?? {};
    if (typeof status !== "number" || typeof response.arrayBuffer !== "function" || typeof responseHeaders?.get !== "function") return { failure: "not-a-response" };
    const redirect = redirectOf(response, request);
    if (redirect !== undefined) {
      discard(response.body);
      return { failure: "redirected", redirect };
    }
    const header = (name) => String(responseHeaders.get(name) ?? "");
    const bytes = await readBody(response, Number(header("content-length")), signal, maxBytes);
    if (bytes === null) return { failure: "not-a-response" };
    if (!bytes) return { failure: "too-long", status };
    // `Response.error()`, or the opaque response to a request in mode `no-cors`.
    if (status === 0) return { failure: "no-response" };
    return { status, header: (name) => attempt(() => header(name)) ?? "", bytes };
  } catch (cause) {
    if (failure === "no-response") {
      // The violation is reported a moment later.
      await new Promise((resolve) => setTimeout(resolve));
      if (!(ownFetch ?? globalThis.fetch)) failure = "no-fetch";
      else if (isBlocked) failure = "blocked";
      else if (globalThis.navigator?.onLine === false) failure = "offline";
    }
    return { failure, cause };
  } finally {
    attempt(() => globalThis.removeEventListener("securitypolicyviolation", onViolation));
  }
}

// A response of 64 MiB has some thousands. A stream of a page that never ends would block it, timers included.
const MOST_CHUNKS = 1_000_000;

/** Reads the body of a response; `undefined` if it is longer than `maxBytes`, `null` if it is not a body or was read before. */
async function readBody(response, announced, signal, maxBytes) {
  const { body, bodyUsed, tooLong } = response;
  if (tooLong) return undefined;
  if (bodyUsed || body?.locked) return null;
  if (announced > maxBytes) {
    discard(body);
    return undefined;
  }
  if (typeof body?.getReader !== "function") {
    const whole = viewOf(await unlessAborted(signal, response.arrayBuffer())) ?? null;
    return whole?.length > maxBytes ? undefined : whole;
  }
  const reader = body.getReader();
  const cancel = () => discard(reader);
  // A page's own `fetch` may ignore the signal; this ends the reading.
  signal.addEventListener("abort", cancel);
  try {
    const chunks = [];
    let length = 0;
    while (chunks.length < MOST_CHUNKS) {
      const { done, value } = (await reader.read()) ?? {};
      if (done) return joined(chunks, length);
      const chunk = viewOf(value);
      if (!chunk) break;
      length += chunk.length;
      if (length > maxBytes) {
        cancel();
        return undefined;
      }
      chunks.push(chunk);
    }
    cancel();
    return null;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function joined(chunks, length) {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

// A longer one fires at once. Nobody waits for 24 days.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Cancels a call after `ms` milliseconds, or when `signal` is aborted: `cancelled` becomes `"timed-out"` or `"aborted"`, and what
 * `race` returned settles. Returns `undefined` if `signal` is not an AbortSignal.
 */
export function startTimer(ms, signal) {
  const controller = new AbortController();
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const timer = {
    cancelled: undefined,
    signal: controller.signal,
    race: (promise) => Promise.race([promise, finished]),
    reason: () => attempt(() => signal?.reason),
    wait: (ms) =>
      new Promise((resolve) => {
        const delay = setTimeout(resolve, ms);
        const stop = () => resolve(clearTimeout(delay));
        controller.signal.addEventListener("abort", stop, { once: true });
      }),
    stop() {
      clearTimeout(timeout);
      attempt(() => signal?.removeEventListener("abort", onAbort));
      finish();
    },
  };
  const cancel = (reason) => {
    if (timer.cancelled) return;
    timer.cancelled = reason;
    controller.abort();
    finish();
  };
  const onAbort = () => cancel("aborted");
  if (signal !== undefined && signal !== null) {
    if (!attempt(() => isSignal(signal))) return undefined;
    attempt(() => signal.addEventListener("abort", onAbort));
    if (attempt(() => signal.aborted)) cancel("aborted");
  }
  const timeout = ms > LONGEST_TIMER_MS ? undefined : setTimeout(() => cancel("timed-out"), ms);
  return timer;
}

// Duck typing, because a signal of another frame is not an instance of this frame's `AbortSignal`.
const isSignal = (signal) =>
  typeof signal === "object" &&
  typeof signal.aborted === "boolean" &&
  typeof signal.addEventListener === "function" &&
  typeof signal.removeEventListener === "function";

/** Calls the page's function that returns a token. */
export async function callForToken(getAccessToken, signal) {
  return unlessAborted(signal, getAccessToken());
}

/** The `exp` of a JWT, in Unix milliseconds; `undefined` or not a number if it has none. */
export const expiryOf = (token) => attempt(() => JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).exp * 1000);

// `JSON.parse` builds the objects, so nothing crosses the wasm boundary field by field, and unlisted fields are kept.
const decoder = new TextDecoder();
export const parsePayload = (bytes) => JSON.parse(decoder.decode(bytes)).payload;

/** What two pages with the same records have in common. Not the array itself: old libraries add a `toJSON` to `Array.prototype`. */
export const fingerprintOf = (items) => attempt(() => `${items.length} ${JSON.stringify(items[0])} ${JSON.stringify(items[items.length - 1])}`);

/** The async iterator over a list; Rust fetches the pages. Async generators provide queueing, `return` and cleanup. */
export function iterator(pageFetcher) {
  let isFinished = false;

  async function* iteratePages() {
    try {
      for (let page; (page = await pageFetcher.next()) !== undefined; ) yield page;
    } finally {
      isFinished = true;
      pageFetcher.free();
    }
  }

  async function* iterateRecords(pages) {
    for await (const page of pages) yield* page.items;
  }

  const pages = iteratePages();
  const records = iterateRecords(pages);
  records.pages = () => pages;
  records.toArray = async (options) => {
    const all = [];
    const limit = isFinished ? 0 : (pageFetcher.limit(options) ?? Infinity);
    if (limit > 0) {
      for await (const record of records) {
        all.push(record);
        if (all.length >= limit) break;
      }
    }
    return all;
  };
  return records;
}

// The checks are a WebAssembly module of their own: the first call that checks a payload loads it. `load` comes from the entry of
// the package, which knows where the module is.
let load = () => Promise.reject(new Error("this entry has no checks"));
let isStatic = false;
let client;
let tools;
let loading;
let checks;

/**
 * Sets the function that loads the checks; it returns a promise of the entry `checks`. Once a page has imported them itself, the
 * loader is `static`: a service worker must not import on demand. `release` is the build of the client, and `edit` what
 * edits need: `groupRequest`, `scriptRequest` and `methodsOf`.
 */
export function setChecksLoader(loader, release, edit, options) {
  client = release;
  tools = edit;
  if (isStatic && !options?.static) return;
  load = loader;
  isStatic = options?.static === true;
}

export const areChecksLoaded = () => checks !== undefined;

/**
 * Loads the checks, once for all calls that wait for them. After a failure, the next call tries again. `nothingSent` and `remedy` are for
 * the error.
 */
async function loaded(endpoint, nothingSent = "the payload was not checked, and nothing was sent", remedy = " With `validation: false` it is sent unchecked.") {
  try {
    if (!checks) {
      const { default: module } = await (loading ??= load());
      if (module.release !== client) throw usageError("omicall.js and checks/checks.js are not from one build: deploy both together and purge the caches in between.");
      checks = module;
    }
    return checks;
  } catch (cause) {
    loading = undefined;
    const { message, retryable = false } = cause;
    throw usageError(`${endpoint}: ${nothingSent}: ${message}${remedy}`, { endpoint, retryable, cause: cause.cause ?? cause });
  }
}

/**
 * Checks a payload, or a recording and its name. Returns the issues that do not prevent sending, and throws an OmiCallError if one does.
 */
export async function checkPayload(...check) {
  const { checkPayload, checkUpload } = await loaded(check.at(-1));
  return (check[0] === "upload" ? checkUpload : checkPayload)(...check);
}

/**
 * Runs a method that makes several calls. Its code is in the module of the checks (`edits.js`). `signature` is its family, its name and
 * those of `args`, which are copied before the page can change them. `callCenter` is one of its own, which it frees.
 */
export async function runEdit(signature, callCenter, validates, language, endpoint, args) {
  try {
    const [family, method, ...names] = signature.split(" ");
    const { methodsOf, ...makers } = tools;
    const { phones, [family]: handle } = methodsOf(callCenter);
    const copies = names.map((name, index) => copyOf(args[index], name, endpoint));
    const { signal } = Object(copies.at(-1));
    const loading = loaded(endpoint, "nothing was sent", "");
    await untilAborted(loading, signal);
    // Any call rejects then.
    if (signal?.aborted) await handle.list(undefined, { signal });
    const module = await loading;
    return await module[method]({ handle, phones, check: module.checkPayload, ...makers, untilAborted, setTimeout, validates, language, endpoint }, ...copies);
  } finally {
    callCenter.free();
  }
}

/** Waits until a promise settles or a signal of the page is aborted. Never rejects. */
const untilAborted = (promise, signal) =>
  new Promise((resolve) => {
    const finish = () => resolve(attempt(() => signal.removeEventListener("abort", finish)));
    promise.then(finish, finish);
    attempt(() => signal.addEventListener("abort", finish));
    if (signal?.aborted) finish();
  });

function copyOf(value, name, endpoint) {
  try {
    return snapshotOf(value, name);
  } catch ({ path, cause }) {
    throw usageError(`${endpoint}: \`${path.slice(1).replaceAll("/", ".")}\` cannot be read: pass plain objects.`, { path: path.slice(name.length + 1), endpoint, cause });
  }
}

/** Tells the page about a payload that is sent. What an update would take away shows in the console, if there is nobody to tell. */
export function tellIssues(onIssue, issues, endpoint) {
  for (const issue of issues) {
    if (onIssue) tell(onIssue, issue);
    else if (/^(members|group-overflow)-lost$/.test(issue.code)) attempt(() => console.warn(`omicall-call-center: ${endpoint}: ${issue.message}. Pass \`onIssue\` to handle this yourself.`));
  }
}

// One HTTP round trip, and the timer that ends a call. Everything here may belong to the page: a `fetch`, a response, a
// signal, a function that gets a token. Any of it may throw at any step; in an `async` function that is a rejection, in
// WebAssembly it would leave the call pending for ever.
import { attempt, tell } from "./values.js";

// A page's own promise may never settle. The signal of the call ends the wait for it, so that nothing is kept for ever.
const unless = (signal, work) =>
  Promise.race([
    work,
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    }),
  ]);

// A cached response may be outdated, or belong to another token. Older workerd has no cache and refuses the option.
const uncached = "cache" in (globalThis.Request?.prototype ?? {}) ? { cache: "no-store" } : {};

// A page's own `fetch` gets an absolute address and plain options, which every implementation takes.
async function send({ url, method, headers, signal }, own, body) {
  if (!own) return fetch(url, { method, headers, signal, body, ...uncached });
  const init = { method, headers: Object.fromEntries(headers), signal, ...uncached };
  return unless(signal, own(url, body === undefined ? init : { ...init, body }));
}

/** Like `send`, and tells how much has been sent: only XMLHttpRequest knows. */
async function upload(request, own, form, onProgress, limit) {
  const told = ({ loaded, total }) => onProgress && tell(onProgress, { loaded, total });
  if (own || typeof XMLHttpRequest !== "function") {
    const answer = await send(request, own, form);
    const total = form.get("file").size;
    told({ loaded: total, total });
    return answer;
  }
  const { url, method, headers, signal } = request;
  const xhr = new XMLHttpRequest();
  const stop = () => xhr.abort();
  try {
    return await new Promise((resolve, reject) => {
      const settle = (arrayBuffer, tooLong = false) => {
        const lines = xhr.getAllResponseHeaders().trim().split(/\r?\n/).filter(Boolean);
        const all = new Headers(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
        resolve({ status: xhr.status, url: xhr.responseURL, headers: all, arrayBuffer, tooLong });
      };
      xhr.open(method, url);
      headers.forEach((value, name) => xhr.setRequestHeader(name, value));
      xhr.responseType = "arraybuffer";
      // A listener makes the browser ask for leave first (a preflight); with `Authorization` it does so anyway.
      if (onProgress) xhr.upload.onprogress = told;
      xhr.onprogress = ({ loaded }) => {
        if (loaded > limit) {
          settle(async () => new ArrayBuffer(0), true);
          stop();
        }
      };
      xhr.onload = () => settle(async () => xhr.response ?? new ArrayBuffer(0));
      xhr.onerror = xhr.onabort = () => reject(new TypeError("the upload failed"));
      signal.addEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason);
      else xhr.send(form);
    });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Where a change was redirected to, without query and fragment; nothing where it was not redirected. */
function redirectOf({ redirected, url: from }, { method, url }) {
  if (method === "GET") return undefined;
  // XMLHttpRequest, and what is made with it, only tells the address.
  if (!(typeof redirected === "boolean" ? redirected : from && ![url, new Request(url).url].includes(from))) return undefined;
  return attempt(() => new URL(from).origin + new URL(from).pathname) ?? "another address";
}

const discard = async (body) => {
  try {
    await body?.cancel?.();
  } catch {}
};

/**
 * Sends a request and reads the response to its end: `{ status, contentType, retryAfter, bytes }`, or `failure`, which
 * says what went wrong, and its `cause`. Never rejects. The Response of another realm, or of a library, is as good as the
 * engine's own.
 */
export async function sendOnce(url, method, headers, signal, own, body, onProgress, limit) {
  let failure = "not-built";
  const plain = { url, method, headers, signal };
  try {
    const request = own ? new Request(url, plain) : plain;
    failure = "no-response";
    const form = body && typeof body !== "string";
    const response = await (form ? upload(request, own, body, onProgress, limit) : send(request, own, body));
    failure = "cut-off";
    const { status, headers: received } = response ?? {};
    if (typeof status !== "number" || typeof response.arrayBuffer !== "function") return { failure: "not-a-response" };
    const redirect = redirectOf(response, plain);
    if (redirect !== undefined) {
      discard(response.body);
      return { failure: "redirected", redirect };
    }
    const header = (name) => String(received?.get?.(name) ?? "");
    const bytes = await bodyOf(response, signal, limit);
    if (bytes === null) return { failure: "not-a-response" };
    if (!bytes) return { failure: "too-long", status };
    // `Response.error()`, or the response to a request that was made without CORS.
    if (status === 0) return { failure: "no-response" };
    return { status, contentType: header("content-type"), retryAfter: header("retry-after"), bytes };
  } catch (cause) {
    // `fetch` fails in one way, whether it was given no URL or reached no server; a Request only knows the first.
    if (failure === "no-response" && attempt(() => new Request(url)) === undefined) failure = "not-built";
    return { failure, cause };
  }
}

/** The body of a response; `undefined` where it is longer than `limit` bytes, `null` where it is no body. */
async function bodyOf(response, signal, limit) {
  const { body, tooLong } = response;
  if (tooLong) return undefined;
  if (Number(response.headers?.get("content-length")) > limit) {
    // Nobody waits for that.
    discard(body);
    return undefined;
  }
  if (typeof body?.getReader !== "function") {
    const whole = await unless(signal, response.arrayBuffer());
    if (Object.prototype.toString.call(whole) !== "[object ArrayBuffer]") return null;
    return whole.byteLength > limit ? undefined : new Uint8Array(whole);
  }
  const reader = body.getReader();
  const stop = () => reader.cancel().catch(() => {});
  // A page's own `fetch` may not heed the signal: nothing is to go on reading.
  signal.addEventListener("abort", stop);
  try {
    const chunks = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (!(length <= limit)) {
        stop();
        return undefined;
      }
      chunks.push(value);
    }
    if (chunks.length === 1) return chunks[0];
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.byteLength;
    }
    return whole;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Ends a call after `ms`, or when `signal` aborts: then `ended` is `"timed-out"` or `"aborted"`, and `over` settles.
 * Returns `undefined` if `signal` is not an AbortSignal.
 */
export function startTimer(ms, signal) {
  const controller = new AbortController();
  let wake;
  const timer = {
    ended: undefined,
    signal: controller.signal,
    over: new Promise((resolve) => (wake = resolve)),
    reason: () => attempt(() => signal?.reason),
    wait: (ms) =>
      new Promise((resolve) => {
        const waiting = setTimeout(resolve, ms);
        const stop = () => resolve(clearTimeout(waiting));
        controller.signal.addEventListener("abort", stop, { once: true });
      }),
    stop() {
      clearTimeout(timeout);
      attempt(() => signal?.removeEventListener("abort", onAbort));
      wake();
    },
  };
  const end = (why) => {
    if (timer.ended) return;
    timer.ended = why;
    controller.abort();
    wake();
  };
  const onAbort = () => end("aborted");
  if (signal !== undefined && signal !== null) {
    if (!attempt(() => isSignal(signal))) return undefined;
    attempt(() => signal.addEventListener("abort", onAbort));
    if (attempt(() => signal.aborted)) end("aborted");
  }
  const timeout = setTimeout(() => end("timed-out"), ms);
  return timer;
}

// A signal of another frame is not an instance of this frame's `AbortSignal`: what counts is what it can do.
const isSignal = (signal) =>
  typeof signal === "object" &&
  typeof signal.aborted === "boolean" &&
  typeof signal.addEventListener === "function" &&
  typeof signal.removeEventListener === "function";

/** Calls the page's function that gets a token. */
export async function callForToken(getAccessToken, signal) {
  return unless(signal, getAccessToken());
}

// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;

// The pages of a list, one round trip for each.

// Async generators queue, stop and clean up as the language defines it; the pages come from Rust.
export function iterator(walk) {
  let over = false;

  async function* pagesOf() {
    try {
      for (let page; (page = await walk.next()) !== undefined; ) yield page;
    } finally {
      over = true;
      walk.free();
    }
  }

  async function* recordsOf(pages) {
    for await (const page of pages) yield* page.items;
  }

  const pages = pagesOf();
  const records = recordsOf(pages);
  records.pages = () => pages;
  records.toArray = async (options) => {
    const all = [];
    const limit = over ? 0 : (walk.limit(options) ?? Infinity);
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

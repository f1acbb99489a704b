// Whatever is the page's own, or comes from it, is touched here and nowhere else: a `fetch`, a response, a function that
// gets a token, XMLHttpRequest, streams. All may throw at any step; in an `async` function that is a rejection, in wasm
// it would be the end.

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
 * Sends a request and reads the answer to its end: `{ status, type, retryAfter, bytes }`, or which step `failed`, and the
 * `cause`. Never rejects. The Response of another realm, or of a library, is as good as the engine's own.
 */
export async function exchange(url, method, headers, signal, own, body, onProgress, limit) {
  let failed = 1;
  const plain = { url, method, headers, signal };
  try {
    const request = own ? new Request(url, plain) : plain;
    failed = 2;
    const form = body && typeof body !== "string";
    const response = await (form ? upload(request, own, body, onProgress, limit) : send(request, own, body));
    failed = 3;
    const { status, headers: answered } = response ?? {};
    if (typeof status !== "number" || typeof response.arrayBuffer !== "function") return { failed: 4 };
    const redirect = redirectOf(response, plain);
    if (redirect !== undefined) {
      discard(response.body);
      return { failed: 6, redirect };
    }
    const header = (name) => String(answered?.get?.(name) ?? "");
    const bytes = await bodyOf(response, signal, limit);
    if (bytes === null) return { failed: 4 };
    if (!bytes) return { failed: 5, status };
    // `Response.error()`, or an answer of a request that was made without CORS.
    if (status === 0) return { failed: 2 };
    return { failed: 0, status, type: header("content-type"), retryAfter: header("retry-after"), bytes };
  } catch (cause) {
    // `fetch` fails in one way, whether it was given no address or reached no server; a Request only knows the first.
    if (failed === 2 && attempt(() => new Request(url)) === undefined) failed = 1;
    return { failed, cause };
  }
}

/** The body of an answer; `undefined` where it is longer than `limit` bytes, `null` where it is no body. */
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

/** The end of a call: after `ms`, or when `signal` aborts; `why` tells which. Nothing where `signal` is no AbortSignal. */
export function startClock(ms, signal) {
  const controller = new AbortController();
  let wake;
  const clock = {
    why: 0,
    signal: controller.signal,
    ended: new Promise((resolve) => (wake = resolve)),
    reason: () => attempt(() => signal?.reason),
    pause: (wait) =>
      new Promise((resolve) => {
        const pausing = setTimeout(resolve, wait);
        const over = () => resolve(clearTimeout(pausing));
        controller.signal.addEventListener("abort", over, { once: true });
      }),
    stop() {
      clearTimeout(timer);
      attempt(() => signal?.removeEventListener("abort", onAbort));
      wake();
    },
  };
  const end = (why) => {
    if (clock.why) return;
    clock.why = why;
    controller.abort();
    wake();
  };
  const onAbort = () => end(1);
  if (signal !== undefined && signal !== null) {
    if (!attempt(() => isSignal(signal))) return undefined;
    attempt(() => signal.addEventListener("abort", onAbort));
    if (attempt(() => signal.aborted)) end(1);
  }
  const timer = setTimeout(() => end(2), ms);
  return clock;
}

// Signals of another frame are no instance of this frame's `AbortSignal`: what counts is what it can do.
const isSignal = (signal) =>
  typeof signal === "object" &&
  typeof signal.aborted === "boolean" &&
  typeof signal.addEventListener === "function" &&
  typeof signal.removeEventListener === "function";

/** What the work gives; nothing where it throws. */
function attempt(work) {
  try {
    return work();
  } catch {}
}

export async function ask(getAccessToken, signal) {
  return unless(signal, getAccessToken());
}

const isEmpty = /^\p{White_Space}*$/u;

/** What kind of value it is: the number of one of the `KINDS` of `argument.rs`. */
export function kindOf(value) {
  if (value === null) return 1;
  if (typeof value === "string") return isEmpty.test(value) ? 2 : 3;
  // A Proxy that was revoked cannot even be asked.
  if (typeof value === "object") return { true: 7, false: 8 }[attempt(() => Array.isArray(value))] ?? 9;
  return { undefined: 0, boolean: 4, number: 5, function: 6 }[typeof value] ?? 9;
}

/** A member as text; nothing where it is `undefined` or `null`. */
export function textOf(object, name) {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** A member, alone in an array: see `member_of` of `argument.rs`. */
export const memberOf = (object, name) => [object[name]];

export const urlOf = (text) => new URL(text);

const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** A Blob, of this page or another frame, as it is; bytes as a Blob of what they are now; otherwise `undefined`. */
export function blobOf(file) {
  try {
    if (["Blob", "File"].includes(kind(file)) && typeof file.slice === "function") return file;
    if (ArrayBuffer.isView(file) || kind(file) === "ArrayBuffer") return new Blob([file], { type: "audio/mpeg" });
  } catch {}
  return undefined;
}

export const bytesOf = async (blob, start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer());

export function formOf(blob) {
  const form = new FormData();
  form.append("file", blob, blob.name ?? "greeting.mp3");
  return form;
}

// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;

/** Calls a callback of the page. What it throws, or rejects with, is its own affair. */
export function tell(callback, event) {
  try {
    Promise.resolve(callback(event)).catch(() => {});
  } catch {}
}

// More than any tenant has: an array that only says that it is long must not keep the page busy.
const MOST_ENTRIES = 1_000_000;
const MOST_UNITS = 2 ** 28;

/**
 * A value of the page as one text, for `validate/read.rs`: what stands at the fields of `spec`, each value a token that
 * begins with its kind, joined by NUL. A depth and a form that the page chooses have no influence on the walk.
 */
export function tokens(value, spec) {
  const parts = [];
  const out = [];
  const path = [];
  const walk = (value, spec) => {
    if (spec === 0) return void out.push(leaf(value));
    if (Array.isArray(spec)) return walkList(value, spec);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void out.push(leaf(value));
    out.push("o");
    for (const name of Object.keys(spec)) {
      path.push(name);
      if (typeof spec[name] === "string") out.push(folded(value[spec[name]]));
      else walk(value[name], spec[name]);
      path.pop();
    }
  };
  const walkList = (value, [inner, orPage]) => {
    let list = value;
    let mark = "a";
    if (!Array.isArray(value)) {
      list = orPage && typeof value === "object" ? value?.items : undefined;
      if (!Array.isArray(list)) return void out.push(leaf(value));
      mark = value.has_next === true ? "m" : "p";
    }
    const length = Math.max(0, Math.trunc(list.length)) || 0;
    if (length > MOST_ENTRIES) throw new RangeError(`more than ${MOST_ENTRIES} entries`);
    out.push(mark + length);
    for (let index = 0; index < length; index++) {
      path.push(index);
      walk(list[index], inner);
      path.pop();
      // Joined while they are young: millions of small strings that live long would keep the garbage collector busy.
      if (out.length > 4_096) parts.push(out.splice(0).join("\0"));
    }
  };
  try {
    walk(value, JSON.parse(spec));
    const text = [...parts, ...out].join("\0");
    if (text.length > MOST_UNITS) throw new RangeError(`more than ${MOST_UNITS} characters`);
    // No token begins with what could be composed with the text after it.
    return text.normalize();
  } catch (cause) {
    throw { path: path.map((step) => `/${step}`).join(""), cause };
  }
}

const withoutNul = (text) => (text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text);

// What is compared, case apart.
const folded = (text) => (typeof text === "string" ? withoutNul(text.trim().toLowerCase()) : "");

function leaf(value) {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "string":
      return '"' + withoutNul(value);
    case "boolean":
      return value ? "b1" : "b0";
    case "number":
      return (value === (value | 0) ? "i" : "d") + value;
    default:
      return value === null ? "u" : "x";
  }
}

/** The bytes themselves, not a copy; `undefined` where they are none. */
export function viewOf(bytes) {
  try {
    // A detached buffer has none, and no view of it can be made.
    if ((ArrayBuffer.isView(bytes) || kind(bytes) === "ArrayBuffer") && bytes.byteLength === 0) return new Uint8Array();
    if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (["ArrayBuffer", "SharedArrayBuffer"].includes(kind(bytes))) return new Uint8Array(bytes);
  } catch {}
  return undefined;
}

// Softphones: objects that hide their password, and calls of the page's own libraries.

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * Hides a member from JSON, from strings and from consoles. Whoever reads the member gets it: JsSIP asks for own
 * properties, SIP.js copies the enumerable ones.
 */
export function hide(object, name) {
  let secret = object[name];
  const shown = () => ({ ...object, [name]: "***" });
  const text = () => {
    try {
      return JSON.stringify(shown());
    } catch {
      // The page may have added something that goes round in circles.
      return "[object Object]";
    }
  };
  // Without a prototype, for pages add members to `Object.prototype`: a `get` there would make the descriptors wrong.
  const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true });
  return Object.defineProperties(object, {
    [name]: { __proto__: null, enumerable: true, configurable: true, get: () => secret, set: (value) => (secret = value) },
    toJSON: hidden(shown),
    toString: hidden(text),
    [inspect]: hidden(shown),
  });
}

// Node finds no names in JsSIP's CommonJS: there the namespace only has a default.
export const socketOf = (JsSIP, url) => new (JsSIP.WebSocketInterface ?? JsSIP.default.WebSocketInterface)(url);

export const uriOf = (SIP, address) => SIP.UserAgent.makeURI(address);

/** Puts Opus first; tells whether the browser could. */
export function opusFirst(target) {
  const transceivers = target.getTransceivers?.() ?? [target];
  const audio = transceivers.filter(({ receiver, stopped }) => receiver.track.kind === "audio" && !stopped);
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.("audio")?.codecs ?? [];
  const isOpus = ({ mimeType }) => mimeType.toLowerCase() === "audio/opus";
  const ordered = [...codecs.filter(isOpus), ...codecs.filter((codec) => !isOpus(codec))];
  const able = codecs.some(isOpus) && audio.length > 0 && audio.every((one) => one.setCodecPreferences);
  if (able) for (const one of audio) one.setCodecPreferences(ordered);
  return able;
}

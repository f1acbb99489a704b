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

// A page's own `fetch` gets an address and plain options, which every implementation takes; a Request only suits the
// global one. The body comes beside the request, for not every engine lets it be read from there.
export async function send(request, own, body) {
  if (!own) return body === undefined ? fetch(request) : fetch(request, { body });
  const { url, method, headers, signal } = request;
  const init = { method, headers: Object.fromEntries(headers), signal };
  return unless(signal, own(url, body === undefined ? init : { ...init, body }));
}

/** Like `send`, and tells how much has been sent: only XMLHttpRequest knows. */
export async function upload(request, own, form, onProgress, limit) {
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
        resolve({ status: xhr.status, headers: all, arrayBuffer, tooLong });
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

// Reads an answer to its end; nothing where it is no Response, and no bytes where it is too long. The Response of another
// realm, or of a library, is as good.
export async function receive(response, signal, limit) {
  const { status, headers } = response ?? {};
  if (typeof status !== "number" || typeof response.arrayBuffer !== "function") return undefined;
  const header = (name) => String(headers?.get?.(name) ?? "");
  const bytes = await bodyOf(response, signal, limit);
  return bytes === null ? undefined : { status, type: header("content-type"), retryAfter: header("retry-after"), bytes };
}

/** The body of an answer; `undefined` where it is longer than `limit` bytes, `null` where it is no body. */
async function bodyOf(response, signal, limit) {
  const { body, tooLong } = response;
  if (tooLong) return undefined;
  if (Number(response.headers?.get("content-length")) > limit) {
    // Nobody waits for that.
    body?.cancel?.().catch(() => {});
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

export async function ask(getAccessToken, signal) {
  return unless(signal, getAccessToken());
}

const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** A Blob, of this page or another frame, as it is; bytes as a Blob of what they are now; otherwise `undefined`. */
export function blobOf(file) {
  try {
    if (["Blob", "File"].includes(kind(file)) && typeof file.slice === "function") return file;
    if (ArrayBuffer.isView(file) || kind(file) === "ArrayBuffer") return new Blob([file], { type: "audio/mpeg" });
  } catch {}
  return undefined;
}

export const bytesOf = async (blob, start, length) => new Uint8Array(await blob.slice(start, start + length).arrayBuffer());

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

// More entries than any tenant has: an array that only says that it is long must not keep the page busy.
const MOST_ENTRIES = 1_000_000;

/**
 * A value of the page as one text, for `validate/read.rs`: what stands at the fields of `spec`, each value a token that
 * begins with its kind, joined by NUL. A depth and a form that the page chooses have no influence on the walk.
 */
export function tokens(value, spec) {
  const out = [];
  const path = [];
  const walk = (value, spec) => {
    if (spec === 0) return void out.push(leaf(value));
    if (Array.isArray(spec)) return walkList(value, spec);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void out.push(leaf(value));
    out.push("o");
    for (const name in spec) {
      path.push(name);
      walk(value[name], spec[name]);
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
    const { length } = list;
    if (!(length <= MOST_ENTRIES)) throw new RangeError(`more than ${MOST_ENTRIES} entries`);
    out.push(mark + length);
    for (let index = 0; index < length; index++) {
      path.push(index);
      walk(list[index], inner);
      path.pop();
    }
  };
  try {
    walk(value, JSON.parse(spec));
    return out.join("\0");
  } catch (cause) {
    throw { path: path.map((step) => `/${step}`).join(""), cause };
  }
}

function leaf(value) {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "string":
      return "s" + (value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value);
    case "boolean":
      return value ? "b1" : "b0";
    case "number":
      return (value === (value | 0) ? "i" : "d") + value;
    default:
      return value === null ? "u" : "x";
  }
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
  const hidden = (value) => ({ value, configurable: true, writable: true });
  return Object.defineProperties(object, {
    [name]: { enumerable: true, configurable: true, get: () => secret, set: (value) => (secret = value) },
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

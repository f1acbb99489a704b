// The bodies of requests, as bytes and as tests see them. Not by `new Request(…)`, because the `FormData` of jsdom is not the one of
// Node, and Jest's jsdom has no `Request`.

import { unlessAborted } from "./sandbox-waiting.js";

// By what they can do, because test environments have classes of their own, some without a `Symbol.toStringTag`.
const can = (value, method) => typeof value[method] === "function";
const isForm = (value) => can(value, "getAll") && !can(value, "sort");
const isBlob = (value) => can(value, "slice") && typeof value.size === "number";
const isBuffer = (value) => Object.prototype.toString.call(value) === "[object ArrayBuffer]";

/** The body of a request: `{ bytes, type, shown }`. `type` is its `Content-Type` unless the request says another. */
export async function readBody(body, signals) {
  if (body === undefined || body === null) return { bytes: new Uint8Array() };
  if (isForm(body)) return readForm(body);
  if (can(body, "getAll")) return textBody(String(body), "application/x-www-form-urlencoded;charset=UTF-8");
  if (isBlob(body)) return bytesBody(await bytesOf(body), body.type || undefined);
  if (can(body, "getReader")) return bytesBody(await readAll(body, signals));
  // Copies, because the page may change them.
  if (ArrayBuffer.isView(body)) return bytesBody(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice());
  if (isBuffer(body)) return bytesBody(new Uint8Array(body).slice());
  return textBody(String(body), "text/plain;charset=UTF-8");
}

// What is not JSON may be anything, also a secret: tests see its size.
const textBody = (text, type) => bytesBody(new TextEncoder().encode(text), type);
const bytesBody = (bytes, type) => ({ bytes, type, shown: { size: bytes.length } });

/** What a test sees of a body: JSON parsed, and nothing whose name says that it is secret. */
export function shownBody({ bytes, shown }, type = "", isSecret) {
  // Yes, no and nothing tell nothing.
  const masked = (name, value) => (value && value !== true && isSecret(name) ? "***" : value);
  if (/^application\/json\b/i.test(type)) {
    try {
      return JSON.parse(new TextDecoder().decode(bytes), masked);
    } catch {}
  }
  return shown && Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, masked(name, value)]));
}

async function readForm(form) {
  const boundary = `----omicall-sandbox-${Math.random().toString(36).slice(2)}`;
  const encoder = new TextEncoder();
  const quoted = (text) => text.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  const chunks = [];
  const shown = {};
  for (const [name, value] of [...form.entries()]) {
    const isText = typeof value === "string";
    const file = isText ? "" : `; filename="${quoted(value.name ?? "blob")}"\r\nContent-Type: ${value.type || "application/octet-stream"}`;
    const content = isText ? encoder.encode(value) : await bytesOf(value);
    chunks.push(encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n\r\n`), content, encoder.encode("\r\n"));
    shown[name] = isText ? value : { name: value.name ?? "blob", type: value.type, size: content.length };
  }
  chunks.push(encoder.encode(`--${boundary}--\r\n`));
  return { bytes: joined(chunks), type: `multipart/form-data; boundary=${boundary}`, shown };
}

// jsdom has no `arrayBuffer`.
const bytesOf = async (blob) =>
  new Uint8Array(
    await (blob.arrayBuffer?.() ??
      new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = () => reject(reader.error);
        reader.readAsArrayBuffer(blob);
      })),
  );

async function readAll(stream, signals) {
  const chunks = [];
  const reader = stream.getReader();
  try {
    for (let next; !(next = await unlessAborted(signals, reader.read())).done; ) {
      if (Object.prototype.toString.call(next.value) !== "[object Uint8Array]") throw new TypeError("Failed to fetch: the stream has a chunk that is not a Uint8Array");
      chunks.push(next.value);
    }
  } catch (cause) {
    reader.cancel(cause).catch(() => {});
    throw cause;
  }
  return joined(chunks);
}

export function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

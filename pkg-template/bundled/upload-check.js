// The check of a recording before the client uploads it. The checks have it, because few pages upload.
import { UploadCheck } from "./bindgen.js";
import { usageError } from "./error.js";

/** Checks a recording, of which only the bytes that the check asks for are read, and its name if it has one. */
export async function checkUpload(_, [blob, name], id, context, language, endpoint) {
  const check = new UploadCheck(sizeOf(blob, endpoint), name, language);
  try {
    for (let range; (range = check.nextRange()); ) check.feed(await bytesOf(blob, range, endpoint));
    return check.issues(endpoint);
  } finally {
    check.free();
  }
}

// A Blob of the page may answer anything, and what is not checked here would be a trap in WebAssembly.
const unreadable = (endpoint, cause) =>
  usageError(`${endpoint}: \`upload.file\` cannot be read: it may have been moved or changed since it was selected.`, { path: "/file", endpoint, cause });

function sizeOf(blob, endpoint) {
  let size;
  try {
    ({ size } = blob);
  } catch {}
  if (typeof size !== "number" || !(size >= 0)) throw unreadable(endpoint);
  return size;
}

// jsdom has no `arrayBuffer`.
const readBlob = (blob) =>
  blob.arrayBuffer?.() ??
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });

async function bytesOf(blob, [start, end], endpoint) {
  try {
    const bytes = await readBlob(blob.slice(start, end));
    if (Object.prototype.toString.call(bytes) !== "[object ArrayBuffer]" || bytes.byteLength > end - start) throw new TypeError("no bytes");
    return new Uint8Array(bytes);
  } catch (cause) {
    throw unreadable(endpoint, cause);
  }
}

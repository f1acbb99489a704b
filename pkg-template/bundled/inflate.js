// Inflates a module inside the JavaScript. By a library, because the browser's own DecompressionStream is asynchronous and the
// first use needs the bytes at once. Node's own zlib does it in a tenth of the time; no bundler looks for it in this form.
import { inflateSync } from "fflate";

export function inflate(base64, length) {
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  if (zlib?.inflateRawSync) return zlib.inflateRawSync(globalThis.process.getBuiltinModule("node:buffer").Buffer.from(base64, "base64"));
  return inflateSync(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)), { out: new Uint8Array(length) });
}

// The wasm module inside the JavaScript. It is deflated, to halve its size on servers that do not compress, and inflated by a
// library, because the browser's own DecompressionStream is asynchronous and the first use needs the bytes at once.
import { inflateSync } from "fflate";
import { base64, length } from "omicall-data";

export default () => inflateSync(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)), { out: new Uint8Array(length) });

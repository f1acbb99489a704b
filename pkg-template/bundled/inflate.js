// Inflates a module inside the JavaScript. By a library, because the browser's own DecompressionStream is asynchronous and the
// first use needs the bytes at once.
import { inflateSync } from "fflate";

export const inflate = (base64, length) => inflateSync(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)), { out: new Uint8Array(length) });

// The module inside JavaScript: deflated, since a server that does not compress would send twice as much otherwise; and
// unpacked by a library, since the browser's own DecompressionStream cannot answer at once, at the first use.
import { inflateSync } from "fflate";
import { base64, length } from "omicall-data";

export default () => inflateSync(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)), { out: new Uint8Array(length) });

// The entry for browsers and bundlers. The only place with the URL of the module, in the form that bundlers recognize.
import runtime from "./omicall.js";

export * from "./omicall.js";

export const initAsync = (input) => runtime.start(input ?? (() => new URL("./omicall.wasm", import.meta.url)));

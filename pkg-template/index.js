// The usual entry: browsers and bundlers. The only place that says where the module is, in the form that bundlers know.
import runtime from "./omicall.js";

export * from "./omicall.js";

export const initAsync = (input) => runtime.start(input ?? (() => new URL("./omicall.wasm", import.meta.url)));

// The module comes with the JavaScript: for Node, where bundlers leave files behind, and for pages that want one file.
import bytes from "./omicall.wasm.js";
import runtime from "./omicall.js";

export * from "./omicall.js";

runtime.setSource(bytes);

export const initAsync = (input) => runtime.start(input ?? bytes);

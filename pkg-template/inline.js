// Contains the module: for Node, where bundlers do not copy files, and for pages that need a single file.
import bytes from "./omicall.wasm.js";
import runtime from "./omicall.js";

export * from "./omicall.js";

runtime.setSource(bytes);

export const initAsync = (input) => runtime.start(input ?? bytes);

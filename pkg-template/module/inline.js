// Contains the module: for Node, where bundlers do not copy files, and for pages that need a single file.
import runtime from "./MODULE.js";
import bytes from "./MODULE.wasm.js";

export * from "./MODULE.js";
export { default } from "./MODULE.js";

runtime.setSource(bytes);

export const initAsync = (input) => runtime.start(input ?? bytes);

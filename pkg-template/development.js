// Contains the module, for dev servers that do not copy files; it must be started explicitly, as in production.
import bytes from "./omicall.wasm.js";
import runtime from "./omicall.js";

export * from "./omicall.js";

export const initAsync = (input) => runtime.start(input ?? bytes);

// The module comes with the JavaScript, for dev servers that leave files behind; and it has to be started, as in production.
import bytes from "./omicall.wasm.js";
import runtime from "./omicall.js";

export * from "./omicall.js";

export const initAsync = (input) => runtime.start(input ?? bytes);

// Contains the module, for dev servers that do not copy files; it must be started explicitly, as in production.
import runtime from "./MODULE.js";
import bytes from "./MODULE.wasm.js";

export * from "./MODULE.js";
export { default } from "./MODULE.js";

export const initAsync = (input) => runtime.start(input ?? bytes);

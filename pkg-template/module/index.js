// In the form that bundlers recognize.
import runtime from "./MODULE.js";

export * from "./MODULE.js";
export { default } from "./MODULE.js";

export const initAsync = (input) => runtime.start(input, () => new URL("./MODULE.wasm", import.meta.url));

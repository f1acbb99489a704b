// workerd only compiles imported modules.
import runtime from "./MODULE.js";
import module from "./MODULE.wasm";

export * from "./MODULE.js";
export { default } from "./MODULE.js";

runtime.setSource(() => module);

export const initAsync = (input) => runtime.start(input ?? module);

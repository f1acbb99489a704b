// workerd only compiles imported modules.
import module from "./omicall.wasm";
import runtime from "./omicall.js";

export * from "./omicall.js";

runtime.setSource(() => module);

export const initAsync = (input) => runtime.start(input ?? module);

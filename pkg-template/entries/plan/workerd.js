// workerd only compiles imported modules.
import runtime from "./plan.js";
import module from "./plan.wasm";
import * as checks from "../checks/workerd.js";

export * from "./plan.js";
export { default } from "./plan.js";

runtime.setSource(() => module);
runtime.setChecks(checks);

export const initAsync = (input) => Promise.all([runtime.start(input ?? module), checks.initAsync()]).then(() => {});

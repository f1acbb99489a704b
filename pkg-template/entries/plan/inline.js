// Contains the module: for Node, where bundlers do not copy files, and for pages that need a single file.
import runtime from "./plan.js";
import bytes from "./plan.wasm.js";
import * as checks from "../checks/inline.js";

export * from "./plan.js";
export { default } from "./plan.js";

runtime.setSource(bytes);
runtime.setChecks(checks);

export const initAsync = (input) => Promise.all([runtime.start(input ?? bytes), checks.initAsync()]).then(() => {});

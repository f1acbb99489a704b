// The entry for browsers and bundlers. The only place with the URL of the module, in the form that bundlers recognize.
import runtime from "./plan.js";
import * as checks from "../checks/index.js";

export * from "./plan.js";
export { default } from "./plan.js";

export const initAsync = (input) => {
  runtime.setChecks(checks);
  return Promise.all([runtime.start(input, () => new URL("./plan.wasm", import.meta.url)), checks.initAsync()]).then(() => {});
};

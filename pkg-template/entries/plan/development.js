// Contains the module, for dev servers that do not copy files; it must be started explicitly, as in production.
import runtime from "./plan.js";
import bytes from "./plan.wasm.js";
import * as checks from "../checks/development.js";

export * from "./plan.js";
export { default } from "./plan.js";

export const initAsync = (input) => {
  runtime.setChecks(checks);
  return Promise.all([runtime.start(input ?? bytes), checks.initAsync()]).then(() => {});
};

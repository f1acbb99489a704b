// Contains the module, for dev servers that do not copy files; it must be started explicitly, as in production.
import client from "./omicall.js";
import bytes from "./omicall.wasm.js";
import { started } from "./shared.js";

export * from "./omicall.js";

export const loadChecks = () => started(import("./checks/development.js"), "checks/development.js");
export const loadSoftphone = () => started(import("./softphone/development.js"), "softphone/development.js");

export const initAsync = (input) => {
  client.setChecksLoader(loadChecks);
  return client.start(input ?? bytes);
};

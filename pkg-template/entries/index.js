// The entry for browsers and bundlers. The only place with the URL of the module, in the form that bundlers recognize.
import client from "./omicall.js";
import { started } from "./shared.js";

export * from "./omicall.js";

export const loadChecks = () => started(import("./checks/index.js"), "checks/index.js");
export const loadSoftphone = () => started(import("./softphone/index.js"), "softphone/index.js");

export const initAsync = (input) => {
  client.setChecksLoader(loadChecks);
  return client.start(input, () => new URL("./omicall.wasm", import.meta.url));
};

// workerd only compiles imported modules.
import client from "./omicall.js";
import module from "./omicall.wasm";
import { started } from "./shared.js";

export * from "./omicall.js";

export const loadChecks = () => started(import("./checks/workerd.js"), "checks/workerd.js");
export const loadSoftphone = () => started(import("./softphone/workerd.js"), "softphone/workerd.js");

client.setSource(() => module);
client.setChecksLoader(loadChecks);

export const initAsync = (input) => client.start(input ?? module);

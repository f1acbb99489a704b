// Contains the module: for Node, where bundlers do not copy files, and for pages that need a single file.
import client from "./omicall.js";
import bytes from "./omicall.wasm.js";
import { started } from "./shared.js";

export * from "./omicall.js";

export const loadChecks = () => started(import("./checks/inline.js"), "checks/inline.js");
export const loadSoftphone = () => started(import("./softphone/inline.js"), "softphone/inline.js");

client.setSource(bytes);
client.setChecksLoader(loadChecks);

export const initAsync = (input) => client.start(input ?? bytes);

// Everything in one import.
import client from "../omicall.js";
import * as checks from "../checks/inline.js";
import { initAsync as startClient } from "../inline.js";
import { initAsync as startSoftphone } from "../softphone/inline.js";
import { startAll } from "./start-all.js";

export * from "../checks/inline.js";
export * from "../inline.js";
export * from "../softphone/inline.js";

client.setChecksLoader(() => checks.initAsync().then(() => checks), { static: true });

export const initAsync = (modules) => startAll({ client: startClient, checks: checks.initAsync, softphone: startSoftphone }, modules);

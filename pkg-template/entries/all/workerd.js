// Everything in one import.
import client from "../omicall.js";
import * as checks from "../checks/workerd.js";
import { initAsync as startClient } from "../workerd.js";
import { initAsync as startSoftphone } from "../softphone/workerd.js";
import { startAll } from "./start-all.js";

export * from "../checks/workerd.js";
export * from "../workerd.js";
export * from "../softphone/workerd.js";

client.setChecksLoader(() => checks.initAsync().then(() => checks), { static: true });

export const initAsync = (modules) => startAll({ client: startClient, checks: checks.initAsync, softphone: startSoftphone }, modules);

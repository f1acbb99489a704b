// Everything in one import.
import client from "../omicall.js";
import * as checks from "../checks/index.js";
import { initAsync as startClient } from "../index.js";
import { initAsync as startSoftphone } from "../softphone/index.js";
import { startAll } from "./start-all.js";

export * from "../checks/index.js";
export * from "../index.js";
export * from "../softphone/index.js";

export const initAsync = (modules) => {
  client.setChecksLoader(() => checks.initAsync().then(() => checks), { static: true });
  return startAll({ client: startClient, checks: checks.initAsync, softphone: startSoftphone }, modules);
};

// Everything in one import.
import client from "../omicall.js";
import * as checks from "../checks/development.js";
import { initAsync as startClient } from "../development.js";
import { initAsync as startSoftphone } from "../softphone/development.js";
import { startAll } from "./start-all.js";

export * from "../checks/development.js";
export * from "../development.js";
export * from "../softphone/development.js";

export const initAsync = (modules) => {
  client.setChecksLoader(() => checks.initAsync().then(() => checks), { static: true });
  return startAll({ client: startClient, checks: checks.initAsync, softphone: startSoftphone }, modules);
};

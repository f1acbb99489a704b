// Everything in one import.
import { initAsync as startChecks } from "../checks/workerd.js";
import { initAsync as startClient } from "../workerd.js";
import { initAsync as startSoftphone } from "../softphone/workerd.js";

export * from "../checks/workerd.js";
export * from "../workerd.js";
export * from "../softphone/workerd.js";

export const initAsync = async ({ client, checks, softphone } = {}) => {
  await Promise.all([startClient(client), startChecks(checks), startSoftphone(softphone)]);
};

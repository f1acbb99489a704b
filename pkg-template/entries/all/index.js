// Everything in one import.
import { initAsync as startChecks } from "../checks/index.js";
import { initAsync as startClient } from "../index.js";
import { initAsync as startSoftphone } from "../softphone/index.js";

export * from "../checks/index.js";
export * from "../index.js";
export * from "../softphone/index.js";

export const initAsync = async ({ client, checks, softphone } = {}) => {
  await Promise.all([startClient(client), startChecks(checks), startSoftphone(softphone)]);
};

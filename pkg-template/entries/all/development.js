// Everything in one import.
import { initAsync as startChecks } from "../checks/development.js";
import { initAsync as startClient } from "../development.js";
import { initAsync as startSoftphone } from "../softphone/development.js";

export * from "../checks/development.js";
export * from "../development.js";
export * from "../softphone/development.js";

export const initAsync = async ({ client, checks, softphone } = {}) => {
  await Promise.all([startClient(client), startChecks(checks), startSoftphone(softphone)]);
};

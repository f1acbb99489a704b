// Everything in one import.
import { initAsync as startChecks } from "../checks/inline.js";
import { initAsync as startClient } from "../inline.js";
import { initAsync as startSoftphone } from "../softphone/inline.js";

export * from "../checks/inline.js";
export * from "../inline.js";
export * from "../softphone/inline.js";

export const initAsync = async ({ client, checks, softphone } = {}) => {
  await Promise.all([startClient(client), startChecks(checks), startSoftphone(softphone)]);
};

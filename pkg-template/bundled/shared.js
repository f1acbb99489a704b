// What all modules share: above all the one class of errors.
export { OmiCallError, afterFree, causeJson, usageError } from "./error.js";
export { createRuntime, started } from "./start.js";

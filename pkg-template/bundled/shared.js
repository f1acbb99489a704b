// What all modules share: above all the one class of errors.
export { OmiCallError, afterFree, causeOf, usageError } from "./error.js";
export { createRuntime, started } from "./start.js";

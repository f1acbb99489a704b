// The same names; only the module comes with the JavaScript.
export * from "./index.js";

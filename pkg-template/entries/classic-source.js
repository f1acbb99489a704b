// The source of classic.js: one module with everything, since such a page loads all of it anyway.
import everything, * as exported from "./everything.js";
import bytes from "./everything.wasm.js";

export * from "./everything.js";

const load = async () => exported;
export const loadChecks = load;
export const loadSoftphone = load;

everything.setSource(bytes);
everything.setChecksLoader(load);

export const initAsync = () => everything.start(bytes);

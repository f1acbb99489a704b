// The source of classic.js: one module with everything, since such a page loads all of it anyway.
import everything, * as exported from "./everything.js";
import bytes from "./everything.wasm.js";

export * from "./everything.js";

/** The module is inside, so there is nothing to pass. */
export const initAsync = () => everything.start(bytes);

const { default: _, ...pageExports } = exported;
const load = async () => ({ ...pageExports, initAsync });
export const loadChecks = load;
export const loadSoftphone = load;

everything.setSource(bytes);
everything.setChecksLoader(async () => exported, { static: true });

import { bundler } from "./bundler.mjs";

// Rollup has no dev server.
bundler("Rollup 4", "rollup", {});

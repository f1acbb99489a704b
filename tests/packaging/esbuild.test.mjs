import { bundler } from "./bundler.mjs";

// What two pages share of the checks is a file of its own, which the file for `import()` imports.
bundler("esbuild", "esbuild", { dev: (port) => [`--serve=127.0.0.1:${port}`], chunks: 2 });

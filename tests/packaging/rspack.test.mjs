import { bundler } from "./bundler.mjs";

// Rspack puts the checks into the file for `import()` even if the page has them already.
bundler("Rspack 2", "rspack", { dev: (port) => ["--host", "127.0.0.1", "--port", port], proxies: true, inside: true, repeats: true, builtRepeats: true, lazy: true });

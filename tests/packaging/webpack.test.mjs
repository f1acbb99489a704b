import { bundler } from "./bundler.mjs";

// webpack's development mode puts the checks into the file for `import()` even if the page has them already.
bundler("webpack 5", "webpack", { dev: (port) => ["--host", "127.0.0.1", "--port", port], proxies: true, inside: true, repeats: true });

import { bundler } from "./bundler.mjs";

// To be quick, webpack's development mode does not look whether a page has a module already.
bundler("webpack 5", "webpack", { dev: (port) => ["--host", "127.0.0.1", "--port", port], proxies: true, inside: true, repeats: true });

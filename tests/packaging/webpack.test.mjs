import { bundler } from "./bundler.mjs";

bundler("webpack 5", "webpack", { dev: (port) => ["--host", "127.0.0.1", "--port", port], proxies: true, devModules: 0 });

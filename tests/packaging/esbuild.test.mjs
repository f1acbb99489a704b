import { bundler } from "./bundler.mjs";

bundler("esbuild", "esbuild", { dev: (port) => [`--serve=127.0.0.1:${port}`] });

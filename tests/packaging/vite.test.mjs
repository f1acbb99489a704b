import { bundler } from "./bundler.mjs";

bundler("Vite 8", "vite", { dev: (port) => ["--host", "127.0.0.1", "--port", port, "--strictPort"], proxies: true, inside: true });

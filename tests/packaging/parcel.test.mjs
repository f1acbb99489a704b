import { bundler } from "./bundler.mjs";

// Parcel's dev server has a module at two addresses: one for the link that preloads it, and one for `new URL`.
bundler("Parcel 2", "parcel", { dev: (port) => ["--host", "127.0.0.1", "--port", port], repeats: true });

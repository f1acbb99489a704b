import { bundler } from "./bundler.mjs";

bundler("Parcel 2", "parcel", { dev: (port) => ["--host", "127.0.0.1", "--port", port] });

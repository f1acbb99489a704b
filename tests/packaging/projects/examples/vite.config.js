import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

export default defineConfig({ build: { rollupOptions: { input: readdirSync(".").filter((file) => file.endsWith(".html")) } } });

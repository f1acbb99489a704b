import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "happy-dom", environmentOptions: { happyDOM: { url: process.env.SITE ?? "http://localhost/" } } },
});

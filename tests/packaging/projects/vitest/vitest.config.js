import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const site = process.env.SITE ?? "http://127.0.0.1/";
const dashboard = (place, test) => ({ test: { name: `${place}, offline`, include: ["dashboard.test.js"], provide: { place, site }, ...test } });

export default defineConfig({
  test: {
    projects: [
      { test: { name: "happy-dom", environment: "happy-dom", environmentOptions: { happyDOM: { url: site } }, exclude: ["dashboard.test.js", "node_modules/**"] } },
      dashboard("node", { environment: "node", setupFiles: "offline.js" }),
      dashboard("jsdom", { environment: "jsdom", setupFiles: "offline.js" }),
      dashboard("happydom", { environment: "happy-dom", environmentOptions: { happyDOM: { url: site } }, setupFiles: "offline.js" }),
      dashboard("chromium", {
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          instances: [{ browser: "chromium" }],
          // No name but that of Vite's server, and no other address, leads anywhere.
          provider: playwright({ launchOptions: { executablePath: process.env.CHROME, args: ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"] } }),
        },
      }),
    ],
  },
});

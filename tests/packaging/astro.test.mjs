// Astro lists hotlines while it builds, with the inline entry, and phones in the browser.
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertHotlinesRendered, assertPhonesPageWorks } from "./pages.mjs";
import { API_KEY, assertModules, project, run, site, startServer, vendor } from "./support.mjs";

const env = { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY, ASTRO_TELEMETRY_DISABLED: "1" };
let browser, folder;
before(async () => {
  folder = await project("astro");
  browser = await launch();
});
after(() => browser?.close());

test("Astro 5: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder, env });
  const dist = path.join(folder, "dist");
  await assertModules(dist);
  assertHotlinesRendered(await readFile(path.join(dist, "index.html"), "utf8"));
  await assertPhonesPageWorks(browser, await site(dist));
});

test("Astro 5: its dev server", async () => {
  const BACKEND_URL = await site(folder);
  const server = await startServer((port) => ["npm", "run", "dev", "--", "--host", "127.0.0.1", "--port", String(port)], { cwd: folder, env: { ...env, BACKEND_URL } });
  await assertPhonesPageWorks(browser, server.origin, { inside: true });
  await server.end();
});

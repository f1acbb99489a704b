// Nuxt lists hotlines on the server, with the inline entry, and phones in the browser.
import { after, before, test } from "node:test";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertHotlinesRendered, assertPhonesPageWorks } from "./pages.mjs";
import { API_KEY, assertModules, project, run, startServer, vendor } from "./support.mjs";

const env = { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY, NUXT_TELEMETRY_DISABLED: "1" };
let browser, folder;
before(async () => {
  folder = await project("nuxt");
  browser = await launch();
});
after(() => browser?.close());

async function assertWorks(origin, options) {
  assertHotlinesRendered(await (await fetch(origin)).text());
  await assertPhonesPageWorks(browser, origin, options);
}

test("Nuxt 4: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder, env });
  await assertModules(path.join(folder, ".output/public"));
  const server = await startServer(() => ["npm", "run", "start"], { cwd: folder, env: { ...env, HOST: "127.0.0.1" } });
  await assertWorks(server.origin);
  await server.end();
});

test("Nuxt 4: its dev server", async () => {
  const server = await startServer((port) => ["npm", "run", "dev", "--", "--host", "127.0.0.1", "--port", String(port)], { cwd: folder, env });
  await assertWorks(server.origin, { inside: true });
  await server.end();
});

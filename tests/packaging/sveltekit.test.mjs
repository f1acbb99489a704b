// SvelteKit renders hotlines on the server, with the inline entry, and phones in the browser.
import { after, before, test } from "node:test";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertHotlinesRendered, assertPhonesPageWorks } from "./pages.mjs";
import { API_KEY, assertModules, project, run, startServer, vendor } from "./support.mjs";

const env = { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY };
let browser, folder;
before(async () => {
  folder = await project("sveltekit");
  browser = await launch();
});
after(() => browser?.close());

async function assertWorks(origin, options) {
  assertHotlinesRendered(await (await fetch(origin)).text());
  await assertPhonesPageWorks(browser, origin, options);
}

test("SvelteKit 2: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder });
  await assertModules(path.join(folder, "build/client"));
  const server = await startServer(() => ["node", "build"], { cwd: folder, env: { ...env, HOST: "127.0.0.1" } });
  await assertWorks(server.origin);
  await server.end();
});

test("SvelteKit 2: its dev server", async () => {
  const server = await startServer((port) => ["npm", "run", "dev", "--", "--host", "127.0.0.1", "--port", String(port), "--strictPort"], { cwd: folder, env });
  await assertWorks(server.origin, { inside: true });
  await server.end();
});

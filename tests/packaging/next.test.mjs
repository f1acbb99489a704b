// Next renders hotlines on the server, with the inline entry, and phones in the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertHotlinesRendered, assertPagesLoadWhatTheyUse, assertPreloads } from "./pages.mjs";
import { API_KEY, assertModules, openPage, phones, project, run, startServer, vendor } from "./support.mjs";

const env = { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY };
let browser, folder;
before(async () => {
  folder = await project("next");
  browser = await launch();
});
after(() => browser?.close());

const url = (origin) => (page) => `${origin}/${page === "index" ? "" : page}`;

async function assertWorks(origin, options) {
  assertHotlinesRendered(await (await fetch(origin)).text());
  const seen = await openPage(browser, origin);
  assert.deepEqual(seen.lines, await phones());
  assert.match(await seen.text("#hotlines"), /^024/);
  await seen.page.close();
  await assertPagesLoadWhatTheyUse(browser, url(origin), options);
}

test("Next 16: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder, env });
  await assertModules(path.join(folder, ".next/static"));
  const server = await startServer((port) => ["npm", "run", "start", "--", "-H", "127.0.0.1", "-p", String(port)], { cwd: folder, env });
  await assertWorks(server.origin);
  await assertPreloads(browser, url(server.origin));
  await server.end();
});

test("Next 16: its dev server", async () => {
  const server = await startServer((port) => ["npm", "run", "dev", "--", "-H", "127.0.0.1", "-p", String(port)], { cwd: folder, env });
  await assertWorks(server.origin, { inside: true });
  await server.end();
});

// Next renders hotlines on the server, where the module comes with the JavaScript, and phones in the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { API_KEY, hasOneModule, look, phones, project, run, serverOf, vendor } from "./support.mjs";

const env = { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY };
let browser, folder;
before(async () => {
  folder = await project("next");
  browser = await launch();
});
after(() => browser?.close());

async function works(origin, { modules }) {
  const rendered = await (await fetch(origin)).text();
  assert.match(rendered, /<p id="hotlines">024/, "the server renders the hotlines");
  assert.ok(!rendered.includes(API_KEY));
  const seen = await look(browser, origin);
  assert.deepEqual(seen.lines, await phones());
  assert.match(await seen.text("#hotlines"), /^024/);
  assert.equal(seen.modules.length, modules, seen.modules.join());
  await seen.page.close();
}

test("Next 16: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder, env });
  await hasOneModule(path.join(folder, ".next/static"));
  const server = await serverOf((port) => ["npm", "run", "start", "--", "-H", "127.0.0.1", "-p", String(port)], { cwd: folder, env });
  await works(server.origin, { modules: 1 });
  await server.end();
});

test("Next 16: its dev server", async () => {
  const server = await serverOf((port) => ["npm", "run", "dev", "--", "-H", "127.0.0.1", "-p", String(port)], { cwd: folder, env });
  await works(server.origin, { modules: 0 });
  await server.end();
});

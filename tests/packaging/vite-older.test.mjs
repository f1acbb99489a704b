// Vite before version 8, whose dev server bundles packages into another folder without omicall.wasm: the condition
// `development` selects an entry that does not need the file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertPagesLoadWhatTheyUse, assertPreloads } from "./pages.mjs";
import { assertModules, project, projects, run, startServer, site, vendor } from "./support.mjs";

let browser, folder;
before(async () => {
  folder = await project("vite-older", { shared: true });
  await cp(path.join(projects, "vite/vite.config.js"), path.join(folder, "vite.config.js"));
  browser = await launch();
});
after(() => browser?.close());

for (const [version, installed] of [["5", "vite-5"], ["6", "vite-6"], ["7", "vite"]]) {
  const vite = ["node", `node_modules/${installed}/bin/vite.js`];

  test(`Vite ${version}: a production build`, async () => {
    await run([...vite, "build"], { cwd: folder });
    const dist = path.join(folder, "dist");
    await assertModules(dist);
    const origin = await site(dist);
    await assertPagesLoadWhatTheyUse(browser, (page) => `${origin}/${page}.html`);
    await assertPreloads(browser, (page) => `${origin}/${page}.html`);
  });

  test(`Vite ${version}: its dev server`, async () => {
    // Remove what another version has bundled.
    await rm(path.join(folder, "node_modules/.vite"), { recursive: true, force: true });
    const env = { OMICALL_URL: vendor, BACKEND_URL: await site(folder) };
    const server = await startServer((port) => [...vite, "--host", "127.0.0.1", "--port", String(port), "--strictPort"], { cwd: folder, env });
    await assertPagesLoadWhatTheyUse(browser, (page) => `${server.origin}/${page}.html`, { inside: true });
    await assertMissingStartFails(server.origin);
    await server.end();
  });
}

/** A page without `initAsync` fails in production, so it must fail in development too. */
async function assertMissingStartFails(origin) {
  const page = await browser.newPage();
  await page.goto(`${origin}/show.js`);
  const message = await page.evaluate(() => import("/main-unstarted.js").then(({ message }) => message));
  assert.match(message, /not started yet: `await initAsync\(\)` of `omicall-call-center` first/);
  await page.close();
}

// Vite before version 8: its dev server bundles packages into a folder of its own and leaves omicall.wasm behind, so
// that development has an entry that needs no file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { hasOneModule, project, projects, run, serverOf, shows, site, vendor } from "./support.mjs";

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
    await hasOneModule(dist);
    await shows(browser, await site(dist));
  });

  test(`Vite ${version}: its dev server`, async () => {
    // What another version has bundled.
    await rm(path.join(folder, "node_modules/.vite"), { recursive: true, force: true });
    const env = { OMICALL_URL: vendor, BACKEND_URL: await site(folder) };
    const server = await serverOf((port) => [...vite, "--host", "127.0.0.1", "--port", String(port), "--strictPort"], { cwd: folder, env });
    await shows(browser, server.origin, { modules: 0 });
    await forgettingToStartIsTold(server.origin);
    await server.end();
  });
}

/** A page without `initAsync` would fail in production, so it has to fail in development. */
async function forgettingToStartIsTold(origin) {
  const page = await browser.newPage();
  await page.goto(`${origin}/show.js`);
  const message = await page.evaluate(() => import("/main-unstarted.js").then(({ message }) => message));
  assert.match(message, /not started yet: `await initAsync\(\)` first/);
  await page.close();
}

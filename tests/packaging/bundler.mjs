// The tests of a bundler's project: the production build, and the dev server if there is one.
import { after, before, test } from "node:test";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertPagesLoadWhatTheyUse, assertPreloads } from "./pages.mjs";
import { assertModules, project, run, startServer, assertShowsPhones, site, vendor } from "./support.mjs";

/**
 * `dev(port)`: the arguments of `npm run dev`. `proxies`: whether the dev server itself proxies /omicall and /my-backend;
 * otherwise it runs behind a site that does. `inside`: whether it sets the export condition `development`, so that the
 * modules are inside the JavaScript. `chunks`, `repeats`, `lazy`: see pages.mjs; the last two for the dev server, and
 * `builtRepeats` for the production build.
 */
export function bundler(title, name, { dev, proxies = false, inside = false, chunks, repeats, builtRepeats, lazy }) {
  let browser, folder;
  before(async () => {
    folder = await project(name, { shared: true });
    browser = await launch();
  });
  after(() => browser?.close());

  test(`${title}: a production build`, async () => {
    await run(["npm", "run", "build"], { cwd: folder });
    const dist = path.join(folder, "dist");
    await assertModules(dist);
    const origin = await site(dist);
    await assertPagesLoadWhatTheyUse(browser, (page) => `${origin}/${page}.html`, { chunks, repeats: builtRepeats });
    await assertPreloads(browser, (page) => `${origin}/${page}.html`);
  });

  test(`${title}: a production build with the inline entry`, async () => {
    const [main, inline, page] = ["main.js", "main-inline.js", "dist/index.html"].map((file) => path.join(folder, file));
    const usual = await readFile(main);
    await cp(inline, main);
    // Parcel fails with its own cache if a file of the last build is no longer used.
    await rm(path.join(folder, ".parcel-cache"), { recursive: true, force: true });
    await run(["npm", "run", "build"], { cwd: folder });
    await writeFile(main, usual);
    // Some projects write the links by hand.
    await writeFile(page, (await readFile(page, "utf8")).replace(/<link[^>]*preload[^>]*>/g, ""));
    await assertShowsPhones(browser, await site(path.join(folder, "dist")), { modules: 0 });
  });

  if (!dev) return;
  test(`${title}: its dev server`, async () => {
    const env = { OMICALL_URL: vendor, BACKEND_URL: await site(folder) };
    const { origin } = await startServer((port) => ["npm", "run", "dev", "--", ...dev(String(port))], { cwd: folder, env });
    const pages = proxies ? origin : await site(origin);
    await assertPagesLoadWhatTheyUse(browser, (page) => `${pages}/${page}.html`, { inside, chunks, repeats, lazy });
  });
}

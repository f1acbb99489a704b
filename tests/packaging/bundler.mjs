// A bundler's project: its production build, and its dev server where it has one.
import { after, before, test } from "node:test";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { hasOneModule, project, run, serverOf, shows, site, vendor } from "./support.mjs";

/**
 * `dev(port)`: the words after `npm run dev --`. `proxies`: whether the dev server passes /omicall and /my-backend on by
 * itself; otherwise it stands behind a site that does. `devModules`: how many modules a page of the dev server loads: none
 * where the server sets the condition `development`.
 */
export function bundler(title, name, { dev, proxies = false, devModules = 1 }) {
  let browser, folder;
  before(async () => {
    folder = await project(name, { shared: true });
    browser = await launch();
  });
  after(() => browser?.close());

  test(`${title}: a production build`, async () => {
    await run(["npm", "run", "build"], { cwd: folder });
    const dist = path.join(folder, "dist");
    await hasOneModule(dist);
    await shows(browser, await site(dist));
  });

  test(`${title}: with the module inside`, async () => {
    const [main, inline] = ["main.js", "main-inline.js"].map((file) => path.join(folder, file));
    const usual = await readFile(main);
    await cp(inline, main);
    // Parcel stumbles over its own cache where a file of the last build is no longer used.
    await rm(path.join(folder, ".parcel-cache"), { recursive: true, force: true });
    await run(["npm", "run", "build"], { cwd: folder });
    await writeFile(main, usual);
    await shows(browser, await site(path.join(folder, "dist")), { modules: 0 });
  });

  if (!dev) return;
  test(`${title}: its dev server`, async () => {
    const env = { OMICALL_URL: vendor, BACKEND_URL: await site(folder) };
    const { origin } = await serverOf((port) => ["npm", "run", "dev", "--", ...dev(String(port))], { cwd: folder, env });
    await shows(browser, proxies ? origin : await site(origin), { modules: devModules });
  });
}

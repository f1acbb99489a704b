// Angular's bundler leaves the modules behind: an entry of the assets copies them.
import { after, before, test } from "node:test";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { assertPhonesPageWorks } from "./pages.mjs";
import { assertModules, project, run, site, startServer, vendor } from "./support.mjs";

let browser, folder;
before(async () => {
  folder = await project("angular");
  browser = await launch();
});
after(() => browser?.close());

test("Angular 19: a production build", async () => {
  await run(["npm", "run", "build"], { cwd: folder });
  const dist = path.join(folder, "dist/browser");
  await assertModules(dist);
  await assertPhonesPageWorks(browser, await site(dist));
});

test("Angular 19: its dev server", async () => {
  const env = { OMICALL_URL: vendor, BACKEND_URL: await site(folder) };
  const server = await startServer((port) => ["npm", "run", "dev", "--", "--host", "127.0.0.1", "--port", String(port)], { cwd: folder, env });
  await assertPhonesPageWorks(browser, server.origin, { inside: true });
  await server.end();
});

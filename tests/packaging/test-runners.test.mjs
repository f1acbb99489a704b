// The package in the tests of those who use it: Jest with jsdom, Vitest with happy-dom. Their own tests are in the projects.
import { test } from "node:test";
import { project, run, site, vendor } from "./support.mjs";

for (const [title, name] of [["Jest 30 with jsdom", "jest"], ["Vitest 4 with happy-dom", "vitest"]]) {
  test(title, async () => {
    const folder = await project(name);
    const TOKEN = await (await fetch(`${vendor}/__sandbox/token`)).text();
    await run(["npm", "test"], { cwd: folder, env: { SITE: await site(folder), TOKEN } });
  });
}

// The package in the tests of those who use it: Jest with jsdom; Vitest in Node, jsdom, happy-dom and Chromium. Their own tests are in
// the projects.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { project, projects, root, run, site, vendor } from "./support.mjs";

for (const [title, name] of [["Jest 30 with jsdom", "jest"], ["Vitest 4 in Node, jsdom, happy-dom and Chromium", "vitest"]]) {
  test(title, async () => {
    assert.ok(process.env.CHROME, "set CHROME to the browser to test with");
    const folder = await project(name);
    const TOKEN = await (await fetch(`${vendor}/__sandbox/token`)).text();
    await run(["npm", "test"], { cwd: folder, env: { SITE: await site(folder), TOKEN } });
  });
}

test("the set-up of these tests is the one that the documentation shows, in three lines", async () => {
  const documented = await readFile(path.join(root, "docs/testing.md"), "utf8");
  const lines = documented.match(/^```ts\n(?:import .*\n)+\n([^`]*)^```$/m)[1].trimEnd().split("\n");
  assert.equal(lines.length, 3);

  const source = (name) => readFile(path.join(projects, name), "utf8");
  // After the imports comes the set-up, then what is tested, and no other hook.
  const vitest = await source("vitest/dashboard.test.js");
  assert.deepEqual(vitest.match(/^(?:import .*\n)+\n((?:.+\n)+)\n/m)[1].trimEnd().split("\n"), lines);
  assert.doesNotMatch(vitest, /\b(?:before|after)(?:Each|All)\b/);

  const [, ...made] = lines.map((line) => line.replace(/^const /, ""));
  const jest = await source("jest/sandbox.test.js");
  assert.deepEqual(jest.match(/^beforeAll\(async \(\) => \{\n([^]*?)^\}\);$/m)[1].trimEnd().split("\n").map((line) => line.trim()), made);
});

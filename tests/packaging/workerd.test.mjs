// workerd, the runtime of Cloudflare Workers: it compiles modules that are imported, and no bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { API_KEY, hasOneModule, phones, project, run, serverOf, vendor } from "./support.mjs";

test("workerd", async () => {
  const folder = await project("workerd");
  await run(["npm", "run", "build"], { cwd: folder });
  await hasOneModule(path.join(folder, "dist"));
  const config = path.join(folder, "config.capnp");
  const text = await readFile(config, "utf8");
  const { origin } = await serverOf(() => ["npm", "start"], {
    cwd: folder,
    env: { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY },
    prepare: (port) => writeFile(config, text.replace(":8787", `:${port}`)),
  });
  const answer = await fetch(origin);
  const said = await answer.text();
  assert.equal(answer.status, 200, said);
  assert.deepEqual(JSON.parse(said), await phones());
});

// workerd, the runtime of Cloudflare Workers: it compiles modules that are imported, and no bytes.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { API_KEY, hasOneModule, phones, project, run, serverOf, vendor } from "./support.mjs";

let folder;
before(async () => {
  folder = await project("workerd");
  await run(["npm", "run", "build"], { cwd: folder });
});

// Before 2024-11-11, workerd refuses every `cache` option of `fetch`.
for (const date of ["2026-01-01", "2024-01-01"]) {
  test(`workerd, as it was on ${date}`, async () => {
    await hasOneModule(path.join(folder, "dist"));
    const text = await readFile(path.join(folder, "config.capnp"), "utf8");
    const { origin } = await serverOf(() => ["npx", "workerd", "serve", `${date}.capnp`], {
      cwd: folder,
      env: { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY },
      prepare: (port) => writeFile(path.join(folder, `${date}.capnp`), text.replace(":8787", `:${port}`).replace("2026-01-01", date)),
    });
    const answer = await fetch(origin);
    const said = await answer.text();
    assert.equal(answer.status, 200, said);
    assert.deepEqual(JSON.parse(said), await phones());
  });
}

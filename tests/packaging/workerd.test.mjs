// workerd, the runtime of Cloudflare Workers, which compiles imported modules but not bytes.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { API_KEY, assertModules, phones, project, run, startServer, vendor } from "./support.mjs";

let folder;
before(async () => {
  folder = await project("workerd");
  await run(["npm", "run", "build"], { cwd: folder });
});

// Before 2024-11-11, workerd rejects every `cache` option of `fetch`.
for (const date of ["2026-01-01", "2024-01-01"]) {
  test(`workerd with compatibility date ${date}`, async () => {
    await assertModules(path.join(folder, "dist"));
    const text = await readFile(path.join(folder, "config.capnp"), "utf8");
    const { origin } = await startServer(() => ["npx", "workerd", "serve", `${date}.capnp`], {
      cwd: folder,
      env: { OMICALL_URL: vendor, OMICALL_API_KEY: API_KEY },
      prepare: (port) => writeFile(path.join(folder, `${date}.capnp`), text.replace(":8787", `:${port}`).replace("2026-01-01", date)),
    });
    const create = async (group_name) => {
      const response = await fetch(origin, { method: "POST", body: JSON.stringify({ group_name, strategy: "rollover", sip_members: ["147"], timeout: 20 }) });
      return [response.status, response.status < 500 ? await response.json() : await response.text()];
    };
    // The first of them starts the checks, and the others wait for the same start.
    const created = await Promise.all(["Night shift", "", "Day shift"].map(create));
    assert.deepEqual(created.map(([status]) => status), [200, 422, 200], JSON.stringify(created));
    assert.deepEqual(created[1][1].map(({ code }) => code), ["group-name-required"]);
    const response = await fetch(origin);
    const body = await response.text();
    assert.equal(response.status, 200, body);
    assert.deepEqual(JSON.parse(body), await phones());
  });
}

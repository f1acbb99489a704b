// The package in Node: with `import`, with `require`, and bundled into one file.
import assert from "node:assert/strict";
import { test, before } from "node:test";
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { phones, project, root, run } from "./support.mjs";

let folder, expected;
before(async () => {
  folder = await project("node");
  expected = await phones();
});

const lines = (output) => output.trim().split("\n");

for (const file of ["import.mjs", "require.cjs"]) {
  test(`Node: ${file}`, async () => assert.deepEqual(lines(await run(["node", "--throw-deprecation", file], { cwd: folder })), expected));

  for (const format of ["esm", "cjs"]) {
    test(`Node: ${file} bundled into a single ${format} file`, async () => {
      const name = `server.${format === "esm" ? "mjs" : "cjs"}`;
      const alone = path.join(folder, `bundled-${file}-${format}`);
      await mkdir(alone);
      const bundle = `bundle-${file}-${format}/${name}`;
      // A CommonJS entry has no top-level await.
      const source = file === "import.mjs" && format === "cjs" ? "import-later.mjs" : file;
      if (source !== file) await run(["node", "-e", 'fs.writeFileSync("import-later.mjs", fs.readFileSync("import.mjs", "utf8").replace("for await", "(async () => { for await") + "})();")'], { cwd: folder });
      await run([path.join(root, "tests/node_modules/.bin/esbuild"), source, "--bundle", "--platform=node", `--format=${format}`, `--outfile=${bundle}`], { cwd: folder });
      await cp(path.join(folder, bundle), path.join(alone, name));
      assert.deepEqual(lines(await run(["node", name], { cwd: alone })), expected);
    });
  }
}

test("Node: both entries throw errors of their own class", async () => {
  const script = `
    const check = (sdk) => { try { new sdk.CallCenter({}); } catch (error) { console.log(error instanceof sdk.OmiCallError, error.kind); } };
    check(require("omicall-call-center"));
    check(require("omicall-call-center/inline"));
    import("omicall-call-center").then(check).then(() => import("omicall-call-center/inline")).then(check);`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), Array(4).fill("true usage"));
});

test("Node: `require` works with a member added to Object.prototype", async () => {
  const script = `
    Object.prototype.extend = 5;
    console.log(typeof require("omicall-call-center").CallCenter);`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), ["function"]);
});

test("Node: the other entries of the exports map", async () => {
  const script = `
    const at = (name) => require.resolve("omicall-call-center/" + name);
    console.log(fs.statSync(at("omicall.wasm")).size > 1000, require("omicall-call-center/package.json").name, fs.existsSync(at("classic.js")));
    try { at("omicall.js"); } catch (error) { console.log(error.code); }`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), ["true omicall-call-center true", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);
});

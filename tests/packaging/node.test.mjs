// The package in Node: with `import`, with `require`, and bundled into one file.
import assert from "node:assert/strict";
import { test, before } from "node:test";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { API_KEY, phones, project, root, run, startServer, vendor } from "./support.mjs";

let folder;
before(async () => {
  folder = await project("node");
});

const lines = (output) => output.trim().split("\n");

const created = ["Night shift", "group-name-required"];

for (const [file, expected] of [["import.mjs", phones], ["require.cjs", phones], ["create.mjs", () => created]]) {
  test(`Node: ${file}`, async () => assert.deepEqual(lines(await run(["node", "--throw-deprecation", file], { cwd: folder })), await expected()));

  for (const format of ["esm", "cjs"]) {
    test(`Node: ${file} bundled into a single ${format} file`, async () => {
      const name = `server.${format === "esm" ? "mjs" : "cjs"}`;
      const alone = path.join(folder, `bundled-${file}-${format}`);
      await mkdir(alone);
      const bundle = `bundle-${file}-${format}/${name}`;
      // A CommonJS entry has no top-level await.
      const source = file.endsWith(".mjs") && format === "cjs" ? `later-${file}` : file;
      if (source !== file) {
        const text = await readFile(path.join(folder, file), "utf8");
        await writeFile(path.join(folder, source), `${text.replace(/^for /m, "(async () => { for ")}})();`);
      }
      await run([path.join(root, "tests/node_modules/.bin/esbuild"), source, "--bundle", "--platform=node", `--format=${format}`, `--outfile=${bundle}`], { cwd: folder });
      await cp(path.join(folder, bundle), path.join(alone, name));
      assert.deepEqual(lines(await run(["node", name], { cwd: alone })), await expected());
    });
  }
}

test("Node: backend.mjs hands out tokens, and shows no key if it gets none", async () => {
  const start = (key) => startServer(() => ["node", path.join(folder, "backend.mjs")], { cwd: folder, env: { OMICALL_URL: vendor, OMICALL_API_KEY: key } });
  const [good, bad] = [await start(API_KEY), await start("wrong-key")];
  const ask = ({ origin }) => fetch(`${origin}/my-backend/omicall-token`).then(async (response) => [response.status, await response.text()]);
  const [[status, token], again] = [await ask(good), await ask(good)];
  assert.match(`${status} ${token}`, /^200 eyJ[\w.-]+$/);
  assert.deepEqual(again, [200, token]);
  assert.deepEqual(await ask(bad), [502, ""]);
  assert.match(bad.log(), /Check `auth\.apiKey`/);
  assert.doesNotMatch(good.log() + bad.log(), /wrong-key|eyJ/);
});

test("Node: both entries throw errors of their own class", async () => {
  const script = `
    const check = (sdk) => { try { new sdk.CallCenter({}); } catch (error) { console.log(error instanceof sdk.OmiCallError, error.kind); } };
    check(require("omicall-call-center"));
    check(require("omicall-call-center/inline"));
    import("omicall-call-center").then(check).then(() => import("omicall-call-center/inline")).then(check);`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), Array(4).fill("true usage"));
});

test("Node: the entries have one class of errors", async () => {
  const script = `
    const names = ["", "/inline", "/checks", "/checks/inline", "/softphone", "/softphone/inline", "/plan", "/plan/inline", "/testing", "/testing/inline", "/all", "/all/inline"].map((name) => "omicall-call-center" + name);
    const show = (entries) => console.log(entries.length, new Set(entries.map(({ OmiCallError }) => OmiCallError)).size);
    show(names.map((name) => require(name)));
    Promise.all(names.map((name) => import(name))).then(show);`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), ["12 1", "12 1"]);
});

test("Node: a change by `require` is checked", async () => {
  const script = `
    const { CallCenter, loadSoftphone } = require("omicall-call-center");
    const { OmiCallError, lintIvr } = require("omicall-call-center/checks");
    const callCenter = new CallCenter({ baseUrl: "http://127.0.0.1:1", auth: { accessToken: "x" } });
    callCenter.groups.create({ group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 20 }).catch((error) => console.log(error instanceof OmiCallError, error.kind, lintIvr({ scripts: [] }).ok));
    loadSoftphone().then((softphone) => console.log(softphone === require("omicall-call-center/softphone"), typeof softphone.jsSipConfig));`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })).sort(), ["true function", "true validation true"]);
});

test("Node: `require` loads plans only where they are asked for, and their rules are those of the checks", async () => {
  const script = `
    require("omicall-call-center/checks");
    const isLoaded = () => Object.keys(require.cache).some((file) => /\\bplan\\b/.test(file.split("omicall-call-center").pop()));
    const everything = fs.readFileSync(require.resolve("omicall-call-center").replace("inline.cjs", "everything.cjs"), "utf8");
    console.log(isLoaded(), everything.includes("omicall-result"));
    const { OmiCallError, plan } = require("omicall-call-center/plan");
    const tenant = (groups) => ({ format: "omicall-tenant", version: 1, takenAt: 1, phones: [{ sip_user: "101", agent_id: "a" }], hotlines: [], greetings: [], scripts: [], groups, complete: true, incomplete: [] });
    const { cannot } = plan(tenant([]), tenant([{ _id: "g", group_name: "Sales", strategy: "rollover", members: [{ sip_user: "101", timeout: -5 }], timeout: -5 }]));
    console.log(isLoaded(), typeof OmiCallError, cannot.map(({ code }) => code).join());`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), ["false false", "true function refused"]);
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
    console.log(["omicall.wasm", "checks/checks.wasm", "softphone/softphone.wasm", "testing/sandbox.wasm"].every((name) => fs.statSync(at(name)).size > 1000), require("omicall-call-center/package.json").name, fs.existsSync(at("classic.js")));
    try { at("omicall.js"); } catch (error) { console.log(error.code); }`;
  assert.deepEqual(lines(await run(["node", "-e", script], { cwd: folder })), ["true omicall-call-center true", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);
});

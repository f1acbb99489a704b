// The code of the documentation: every block is compiled or is part of a tested project, and the examples run against a sandbox.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PAGES, blocksOf } from "./blocks.mjs";
import { API_KEY, pkg, root, run } from "./support.mjs";

const folder = path.join(process.env.OMICALL_TARGET ?? path.join(root, "target"), "packaging/documentation");
const tools = fileURLToPath(new URL("../node_modules", import.meta.url));

const blocks = (await Promise.all(PAGES.map(blocksOf))).flat();
const place = ({ page, line }) => `${page}:${line}`;
const examples = blocks.filter(({ kind }) => kind === "example").map((block) => {
  // The file name shows the page and the line in compiler errors.
  const name = `${block.page.replaceAll("/", "-")}-line-${block.line}`;
  return { ...block, source: `${name}.${block.language}`, script: path.join(folder, "run", `${name}.mjs`) };
});

/** What the text around the examples assumes, for the compiler; `surroundings` has the same for those that run. */
const CONTEXT = `
declare const callCenter: import("omicall-call-center").CallCenter;
declare const form: import("omicall-call-center").IvrScriptDraft;
declare const group: import("omicall-call-center").InternalGroup, groups: typeof group[];
declare const script: import("omicall-call-center").IvrScript;
declare const phones: import("omicall-call-center").InternalPhone[];
declare const context: import("omicall-call-center").Tenant;
declare const saveButton: HTMLButtonElement, picture: HTMLElement, fileInput: HTMLInputElement;
declare function showAtField(path: string, severity: string, message: string): void;
declare function signInAgain(message: string): void;
declare const process: { env: Record<string, string | undefined> };
declare const sandbox: import("omicall-call-center/testing").Sandbox, id: string;
declare const expect: (value: unknown) => { toMatchObject(expected: object): void }, vi: { fn(): { mockRejectedValue(error: Error): unknown } };
`;

/** Examples with these libraries need a SIP server: `tests/softphone/` runs them. */
const needsSipServer = ({ code }) => /from "(jssip|sip\.js)"/.test(code);

before(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, "run/node_modules"), { recursive: true });
  await symlink(tools, path.join(folder, "node_modules"));
  await symlink(path.resolve(pkg), path.join(folder, "run/node_modules/omicall-call-center"));
  await writeFile(path.join(folder, "around.d.ts"), CONTEXT);
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }`);
  const compilerOptions = {
    strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, allowJs: true, checkJs: true, target: "es2022", lib: ["es2022", "dom"],
    module: "esnext", moduleResolution: "bundler", moduleDetection: "force", types: [],
    paths: { "omicall-call-center": [path.join(pkg, "index.d.ts")], "omicall-call-center/*": [path.join(pkg, "*/index.d.ts")] },
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "*.tsx", "*.js"] }));
  for (const { source, code } of examples) await writeFile(path.join(folder, source), code);
});

test("something looks after every code block", () => {
  assert.deepEqual(blocks.filter(({ kind }) => !kind).map((block) => `${place(block)} (${block.language || "no language"})`), []);
  // Only the README of the package has whole files: readme.test.mjs makes a project of them.
  assert.deepEqual(blocks.filter(({ kind, page }) => kind === "file" && page !== "pkg-template/README.md").map(place), []);
  assert.ok(examples.length > 25, `${examples.length} examples`);
});

test("the JSON can be parsed", () => {
  const texts = blocks.filter(({ kind }) => kind === "json");
  assert.ok(texts.length > 0);
  // Of an object, it may be only a member.
  for (const block of texts) assert.doesNotThrow(() => JSON.parse(/^\s*[[{]/.test(block.code) ? block.code : `{${block.code}}`), place(block));
});

test("the examples compile", async () => {
  await run([path.join(tools, ".bin/tsc"), "-p", folder], { cwd: folder });
});

// ---------------------------------------------------------------- running

const { fetch } = globalThis;
const packaged = (entry) => import(pathToFileURL(path.join(pkg, entry)));

/** What `CONTEXT` declares, with a sandbox of its own, which also gets what the example sends to the vendor and to the site's backend. */
async function surroundings() {
  const { CallCenter, groupRequest, scriptRequest } = await packaged("inline.js");
  const { createSandbox } = await packaged("testing/inline.js");
  const sandbox = await createSandbox();
  const fetch = async (url, init) => (url === "/my-backend/omicall-token" ? new Response(sandbox.token()) : sandbox.fetch(url, init));
  const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
  const phones = await callCenter.phones.iterate().toArray();
  const groups = await callCenter.groups.iterate().toArray();
  const scripts = await callCenter.ivrScripts.iterate().toArray();
  const isSafe = ({ unresolved, ringSeconds }) => unresolved.length === 0 && ringSeconds.length === 1;
  const group = groups.find((group) => isSafe(groupRequest(group, phones)));
  const unused = await callCenter.groups.create({ group_name: "Unused", strategy: "random", sip_members: ["147"], timeout: 20 });
  const script = scripts.find(({ scripts }) => scripts.length > 0);
  const form = { ...scriptRequest(script), script_name: "New", scripts: [{ ivr: "1", action_type: "", action: "" }] };
  const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
  const file = new File(Array(40).fill(frame), "welcome.mp3", { type: "audio/mpeg" });
  const expect = (value) => ({ toMatchObject: (expected) => assert.deepEqual({ ...value, ...expected }, value) });
  const vi = { fn: () => ({ mockRejectedValue() {} }) };
  return { sandbox, fetch, expect, vi, id: unused._id, callCenter, form, group, groups, script, phones, context: { groups, phones }, saveButton: {}, picture: {}, fileInput: { files: [file] }, showAtField() {}, signInAgain() {} };
}

test("the examples run", async (t) => {
  const running = examples.filter((example) => !needsSipServer(example));
  assert.ok(running.length > 20, `${running.length}`);
  await run([path.join(tools, ".bin/esbuild"), ...running.map(({ source }) => source), "--outdir=run", "--out-extension:.js=.mjs", "--format=esm", "--target=esnext", "--log-level=error"], { cwd: folder });
  process.env.OMICALL_API_KEY = API_KEY;
  const { log, warn } = console;
  for (const example of running) {
    await t.test(place(example), async () => {
      Object.assign(globalThis, await surroundings());
      // Only then: with it, a client takes Node for a page, which must not have an API key.
      if (example.code.includes("document.")) globalThis.document = { body: {} };
      Object.assign(console, { log() {}, warn() {} });
      try {
        await import(pathToFileURL(example.script));
      } finally {
        Object.assign(console, { log, warn });
        globalThis.fetch = fetch;
        delete globalThis.document;
        globalThis.callCenter.free();
      }
    });
  }
});

// The published files: their list, the manifest, the source map, the declarations.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PAGES } from "./blocks.mjs";
import { listFiles, pack, pkg, project, root, run } from "./support.mjs";

/** `recipes`: the files that the documentation links; `files`: all others. */
let folder, archive, files, recipes;
before(async () => {
  folder = await project("tools");
  const packed = await pack(folder);
  archive = packed.archive;
  const isRecipe = (file) => /^docs\/(projects|examples)\//.test(file);
  recipes = packed.files.filter(isRecipe);
  files = packed.files.filter((file) => !isRecipe(file));
});

const isEntry = /^(\w+\/)?(index|inline|workerd|development)\.js$/;

test("npm pack contains exactly the expected files", async () => {
  const entry = ["development.js", "index.d.cts", "index.d.ts", "index.js", "inline.cjs", "inline.d.ts", "inline.js", "workerd.js"];
  const module = (name) => [`${name}.js`, `${name}.js.map`, `${name}.wasm`, `${name}.wasm.js`];
  const below = (folder, names) => names.map((name) => `${folder}/${name}`);
  const expected = [
    ...["AGENTS.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "SECURITY.md", "THIRD-PARTY-NOTICES.md", "llms.txt", "package.json"],
    ...["docs/rules.md", ...PAGES.filter((page) => page.startsWith("docs/") && page !== "docs/figures.md")],
    ...["classic.js", "everything.cjs", "inflate.js", "shared.js", "shared.js.map", "types.d.cts", "types.d.ts"],
    ...below("cli", ["command-line.js", "documents.js", "main.js", "options.js", "plans.js", "reports.js", "runs.js", "tenants.js", "terminal.js", "words.js"]),
    ...[...entry, ...module("omicall"), ...below("all", [...entry, "start-all.js"])],
    ...below("tanstack", ["index.cjs", "index.d.cts", "index.d.ts", "index.js"]),
    ...["checks", "softphone", "plan"].flatMap((name) => below(name, [...entry, ...module(name)])),
    ...below("testing", [...entry, ...module("sandbox"), "msw.cjs", "msw.d.cts", "msw.d.ts", "msw.js"]),
  ].sort();
  assert.deepEqual(files, expected);
  assert.deepEqual(await listFiles(pkg), [...files, ...recipes].sort(), "pkg/ contains no other files");
  // links.test.mjs looks that none is missing.
  assert.ok(recipes.length > 30, `${recipes.length}`);
  for (const file of recipes) assert.deepEqual(await readFile(path.join(pkg, file)), await readFile(path.join(root, file.replace("docs/projects/", "tests/packaging/projects/").replace("docs/examples/", "examples/"))), file);
});

test("AGENTS.md and llms.txt list everything that can be called, with a sentence about it", async () => {
  const require = createRequire(path.join(folder, "package.json"));
  const { CallCenter } = require("omicall-call-center");
  const callCenter = new CallCenter({ baseUrl: "https://omicall.test", auth: { accessToken: "t" } });
  const { exports } = JSON.parse(await readFile(path.join(pkg, "package.json"), "utf8"));
  // Those without a package of others, which `…/testing/msw` would need.
  const entries = Object.keys(exports).filter((entry) => typeof exports[entry] === "object" && !/inline$|msw$/.test(entry));
  const exported = entries.flatMap((entry) => Object.entries(require(entry.replace(".", "omicall-call-center"))));
  const calls = exported.flatMap(([name, value]) => (typeof value === "function" && !/^[A-Z]/.test(name) ? [name] : []));
  for (const handle of Object.getOwnPropertyNames(callCenter)) {
    const value = callCenter[handle];
    if (typeof value === "function") calls.push(`callCenter.${handle}`);
    else calls.push(...Object.getOwnPropertyNames(value).filter((method) => method !== "free").map((method) => `callCenter.${handle}.${method}`));
  }
  assert.ok(calls.length > 40, `${calls}`);
  for (const [file, entry] of [["AGENTS.md", /^- `([\w.]+)(?:\(.*?\))?`: .{10}/gm], ["llms.txt", /^- \[([\w.]+)(?:\(.*?\))?\]\([\w./-]+\): .{10}/gm]]) {
    const listed = new Set([...(await readFile(path.join(pkg, file), "utf8")).matchAll(entry)].map(([, name]) => name));
    assert.deepEqual(calls.filter((name) => !listed.has(name)), [], file);
    // A method of the declarations that no handle has.
    assert.deepEqual([...listed].filter((name) => name.startsWith("callCenter.") && !calls.includes(name)), [], file);
  }
});

test("the notices have the licence of everything that is not ours", async () => {
  const tree = await run(["cargo", "tree", "--quiet", "--offline", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro", "--prefix", "none", "--all-features"], { cwd: root });
  // Our own crates have a path behind their version.
  const crates = new Set(tree.trim().split("\n").filter((line) => !line.includes("(/")).map((line) => line.replace(/ v(\S+).*/, " $1")));
  const { version } = JSON.parse(await readFile(path.join(root, "tests/node_modules/fflate/package.json"), "utf8"));
  const sections = (await readFile(path.join(pkg, "THIRD-PARTY-NOTICES.md"), "utf8")).split(/^## /m).slice(1);
  const named = sections.flatMap((section) => section.split("\n", 1)[0].split(", "));
  assert.deepEqual(named.sort(), [...crates, `fflate ${version}`, "the standard library of Rust"].sort());
  assert.ok(crates.size > 10);
  for (const section of sections) assert.match(section, /Permission is hereby\s+granted|Permission is granted|Unlicense/, section.split("\n", 1)[0]);
});

test("publint finds no problems", async () => {
  const output = await run(["node_modules/.bin/publint", "run", "node_modules/omicall-call-center", "--strict"], { cwd: folder });
  assert.match(output, /All good!/, output);
});

test("Are the types wrong? finds no problems", async () => {
  // Without types on purpose: the wasm modules, and the script that sets a global (declared with `export as namespace`).
  const exceptions = ["./omicall.wasm", "./checks/checks.wasm", "./softphone/softphone.wasm", "./plan/plan.wasm", "./testing/sandbox.wasm", "./classic.js"];
  const { code, output } = await run(["node_modules/.bin/attw", archive, "--no-emoji", "--no-color", "--exclude-entrypoints", ...exceptions], { cwd: folder, mayFail: true });
  assert.equal(code, 0, output);
  assert.match(output, /No problems found/, output);
});

test("every path in the manifest exists, and sideEffects is correct", async () => {
  const manifest = JSON.parse(await readFile(path.join(pkg, "package.json"), "utf8"));
  const paths = [];
  const walk = (value) => (typeof value === "string" ? paths.push(value.replace("./", "")) : Object.values(value).forEach(walk));
  walk([manifest.exports, manifest.main, manifest.module, manifest.types, manifest.unpkg, manifest.jsdelivr, manifest.sideEffects, manifest.bin]);
  for (const file of paths) assert.ok(files.includes(file), file);
  assert.match(manifest.version, /^\d+\.\d+\.\d+/);
  assert.notEqual(manifest.version, "0.0.0");
  // Bundlers must not drop the entries that set the module; all others may be dropped.
  const setsSource = async (file) => {
    const text = await readFile(path.join(pkg, file), "utf8");
    // What an entry imports counts: `all/inline.js` has the others' source.
    const others = [...text.matchAll(/from "(\.\.?\/[^"]*)"/g)].map(([, other]) => path.join(path.dirname(file), other)).filter((other) => isEntry.test(other));
    return text.includes(".setSource(") || (await Promise.all(others.map(setsSource))).includes(true);
  };
  const entries = files.filter((file) => isEntry.test(file));
  assert.equal(entries.length, 25);
  for (const file of entries) assert.equal(await setsSource(file), manifest.sideEffects.includes(`./${file}`), file);
});

test("import.meta.url is used once for each module, and there is no top-level await", async () => {
  const uses = {};
  // Not the single files, which have no use for it.
  for (const file of files.filter((file) => file.endsWith(".js") && file !== "classic.js")) {
    const count = (await readFile(path.join(pkg, file), "utf8")).split(/new URL\([^)]*import\.meta\.url\)/).length - 1;
    if (count) uses[file] = count;
  }
  assert.deepEqual(uses, { "checks/index.js": 1, "index.js": 1, "plan/index.js": 1, "softphone/index.js": 1, "testing/index.js": 1 });
  // esbuild rejects a top-level await in CommonJS.
  for (const file of files.filter((file) => isEntry.test(file) && !file.endsWith("workerd.js"))) await run([path.join(root, "tests/node_modules/.bin/esbuild"), `node_modules/omicall-call-center/${file}`, "--bundle", "--format=cjs", "--log-override:empty-import-meta=silent", "--outfile=no-await.cjs"], { cwd: folder });
});

// An engine that is too old shall say which feature of WebAssembly it lacks, and not report a syntax error.
test("engines that are too old can parse the JavaScript", async () => {
  const esbuild = (file, target) => run([path.join(root, "tests/node_modules/.bin/esbuild"), path.join(pkg, file), `--target=${target}`, "--charset=utf8", "--log-level=error"], { cwd: folder });
  // The command-line tool is for Node only.
  for (const file of files.filter((file) => /\.c?js$/.test(file) && !file.startsWith("cli/"))) assert.equal(await esbuild(file, "chrome91,firefox89,safari15"), await esbuild(file, "esnext"), file);
});

test("the source maps contain the sources", async () => {
  const parts = { "omicall.js": ["client.js", "handles.js"], "shared.js": ["start.js", "error.js"], "checks/checks.js": ["values.js"], "softphone/softphone.js": ["softphone.js"], "plan/plan.js": ["plan-apply.js", "plan-snapshot.js"], "testing/sandbox.js": ["create-sandbox.js", "sandbox-fetch.js"] };
  for (const [file, expected] of Object.entries(parts)) {
    const script = await readFile(path.join(pkg, file), "utf8");
    assert.ok(script.trimEnd().endsWith(`//# sourceMappingURL=${path.basename(file)}.map`), file);
    const { sources, sourcesContent, mappings } = JSON.parse(await readFile(path.join(pkg, `${file}.map`), "utf8"));
    assert.ok(mappings.length > 1000, file);
    assert.equal(sourcesContent.length, sources.length);
    for (const [index, source] of sources.entries()) {
      assert.ok(source.startsWith("../") && sourcesContent[index], source);
      assert.ok(!source.includes(root) && !sourcesContent[index].includes(root), `${source} contains a path of this machine`);
    }
    for (const part of expected) assert.ok(sources.some((source) => source.endsWith(part)), `${file}: ${part}`);
  }
});

test("no file contains a path of this machine", async () => {
  const home = process.env.HOME;
  for (const file of [...files, ...recipes]) {
    const bytes = await readFile(path.join(pkg, file));
    for (const place of [root, home && home.length > 2 ? `${home}/` : root]) assert.ok(!bytes.includes(place), `${file} has ${place}`);
  }
});

test("every method and function has an example", async () => {
  const declarations = ["types.d.ts", "index.d.ts", "checks/index.d.ts", "softphone/index.d.ts", "plan/index.d.ts", "testing/index.d.ts", "testing/msw.d.ts", "all/index.d.ts", "tanstack/index.d.ts"];
  const lines = (await Promise.all(declarations.map((file) => readFile(path.join(pkg, file), "utf8")))).join("\n").split("\n");
  const without = [];
  let owner = "", comment = "";
  for (const line of lines) {
    if (/^export class /.test(line)) owner = line.match(/class (\w+)/)[1];
    if (/^}/.test(line)) owner = "";
    if (/^\s*(\/\*\*|\*)/.test(line)) comment += line;
    else {
      // A constructor has the example of its class.
      const name = owner ? line.match(/^    (?!private|constructor)([\w[\].]+)\(/)?.[1] : line.match(/^export function (\w+)/)?.[1];
      if (name && !comment.includes("@example")) without.push(`${owner}.${name}`);
      comment = "";
    }
  }
  assert.deepEqual(without, []);
});

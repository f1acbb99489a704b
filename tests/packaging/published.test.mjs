// The published files: their list, the manifest, the source map, the declarations.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { listFiles, pack, pkg, project, root, run } from "./support.mjs";

let folder, archive, files;
before(async () => {
  folder = await project("tools");
  ({ archive, files } = await pack(folder));
});

test("npm pack contains exactly the expected files", async () => {
  const expected = [
    "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "classic.js", "development.js", "docs/rules.md", "index.d.cts", "index.d.ts", "index.js", "inline.cjs",
    "inline.d.ts", "inline.js", "omicall.js", "omicall.js.map", "omicall.wasm", "omicall.wasm.js", "package.json", "workerd.js",
  ];
  assert.deepEqual(files, expected);
  assert.deepEqual(await listFiles(pkg), expected, "pkg/ contains no other files");
});

test("publint finds no problems", async () => {
  const output = await run(["node_modules/.bin/publint", "run", "node_modules/omicall-call-center", "--strict"], { cwd: folder });
  assert.match(output, /All good!/, output);
});

test("Are the types wrong? finds no problems", async () => {
  // Without types on purpose: the wasm module, and the script that sets a global (declared with `export as namespace`).
  const exceptions = ["./omicall.wasm", "./classic.js"];
  const { code, output } = await run(["node_modules/.bin/attw", archive, "--no-emoji", "--no-color", "--exclude-entrypoints", ...exceptions], { cwd: folder, mayFail: true });
  assert.equal(code, 0, output);
  assert.match(output, /No problems found/, output);
});

test("every path in the manifest exists, and sideEffects is correct", async () => {
  const manifest = JSON.parse(await readFile(path.join(pkg, "package.json"), "utf8"));
  const paths = [];
  const walk = (value) => (typeof value === "string" ? paths.push(value.replace("./", "")) : Object.values(value).forEach(walk));
  walk([manifest.exports, manifest.main, manifest.module, manifest.types, manifest.unpkg, manifest.jsdelivr, manifest.sideEffects]);
  for (const file of paths) assert.ok(files.includes(file), file);
  assert.match(manifest.version, /^\d+\.\d+\.\d+/);
  assert.notEqual(manifest.version, "0.0.0");
  // Bundlers must not drop the entries that set the module; all others may be dropped.
  const text = async (file) => readFile(path.join(pkg, file), "utf8");
  for (const file of files.filter((file) => /^(index|inline|workerd|development)\.js$/.test(file))) assert.equal(/\.setSource\(/.test(await text(file)), manifest.sideEffects.includes(`./${file}`), file);
});

test("import.meta.url is used once, and there is no top-level await", async () => {
  let uses = 0;
  for (const file of files.filter((file) => /\.c?js$/.test(file))) {
    const text = await readFile(path.join(pkg, file), "utf8");
    if (/^(index|inline|workerd|development|omicall)\.js$/.test(file)) uses += text.split(/new URL\([^)]*import\.meta\.url\)/).length - 1;
  }
  assert.equal(uses, 1);
  // esbuild rejects a top-level await in CommonJS.
  for (const file of ["index.js", "inline.js", "development.js"]) await run([path.join(root, "tests/node_modules/.bin/esbuild"), `node_modules/omicall-call-center/${file}`, "--bundle", "--format=cjs", "--log-override:empty-import-meta=silent", "--outfile=no-await.cjs"], { cwd: folder });
});

test("the source map contains the sources", async () => {
  const script = await readFile(path.join(pkg, "omicall.js"), "utf8");
  assert.match(script, /\/\/# sourceMappingURL=omicall\.js\.map\s*$/);
  const { sources, sourcesContent, mappings } = JSON.parse(await readFile(path.join(pkg, "omicall.js.map"), "utf8"));
  assert.ok(mappings.length > 1000);
  assert.equal(sourcesContent.length, sources.length);
  for (const [index, source] of sources.entries()) {
    assert.ok(source.startsWith("../") && sourcesContent[index], source);
    assert.ok(!source.includes(root) && !sourcesContent[index].includes(root), `${source} contains a path of this machine`);
  }
  for (const part of ["start.js", "fetch.js", "error.js"]) assert.ok(sources.some((source) => source.endsWith(part)), part);
});

test("no file contains a path of this machine", async () => {
  const home = process.env.HOME;
  for (const file of files) {
    const bytes = await readFile(path.join(pkg, file));
    for (const place of [root, home && home.length > 2 ? `${home}/` : root]) assert.ok(!bytes.includes(place), `${file} has ${place}`);
  }
});

test("every method and function has an example", async () => {
  const lines = (await readFile(path.join(pkg, "index.d.ts"), "utf8")).split("\n");
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

// The code of the recipes is tested: each block is in a project file that the paragraph above it links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { root } from "./support.mjs";

for (const file of ["recipes.md", "forms.md"]) test(`the code of ${file} is in the projects`, async () => {
  const text = await readFile(path.join(root, "docs", file), "utf8");
  const linked = (before) => [...before.matchAll(/\]\(\.\.\/([^)]*)\)/g)].map(([, file]) => file);
  for (const file of linked(text)) await stat(path.join(root, file));
  // Examples in `ts` are compiled by documentation.test.mjs.
  const blocks = [...text.matchAll(/^```(?!ts\n)\w+\n([\s\S]*?)^```$/gm)];
  assert.ok(blocks.length > 3);
  for (const block of blocks) {
    // The paragraph above the block links its file.
    const paragraph = text.slice(0, block.index).trimEnd().split("\n\n").at(-1);
    const contents = await Promise.all(linked(paragraph).map((file) => readFile(path.join(root, file), "utf8")));
    assert.ok(contents.some((content) => content.includes(block[1])), `not in a file that is linked above it:\n${block[1]}`);
  }
});

test("the projects use the address that the vendor documents, and no token before its status", async () => {
  const projects = path.join(root, "tests/packaging/projects");
  const entries = await readdir(projects, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(c|m)?[jt]s$|\.(astro|conf|html|svelte|vue)$/.test(entry.name) && !/node_modules|\/(dist|build|\.\w+)(\/|$)/.test(entry.parentPath));
  const addresses = [];
  const tokenRequests = [];
  for (const { name, parentPath } of files) {
    const text = await readFile(path.join(parentPath, name), "utf8");
    addresses.push(...(text.match(/https:\/\/[\w.-]+\.omicall\.com/g) ?? []));
    for (const { index } of text.matchAll(/await fetch\(.*omicall-token/g)) tokenRequests.push(`${name}: ${text.slice(index, text.indexOf(".text()", index))}`);
  }
  assert.deepEqual([...new Set(addresses)], ["https://public-v1-stg.omicall.com"]);
  assert.ok(tokenRequests.length > 9, `${tokenRequests.length}`);
  for (const request of tokenRequests) assert.match(request, /if \(!response\.ok\) throw/);
});

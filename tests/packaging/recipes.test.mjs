// The code of the recipes is tested: each block is in a project file that the paragraph above it links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { root } from "./support.mjs";

test("the code of the recipes is in the projects", async () => {
  const text = await readFile(path.join(root, "docs/recipes.md"), "utf8");
  const linked = (before) => [...before.matchAll(/\]\(\.\.\/([^)]*)\)/g)].map(([, file]) => file);
  for (const file of linked(text)) await stat(path.join(root, file));
  const blocks = [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)];
  assert.ok(blocks.length > 5);
  for (const block of blocks) {
    // The paragraph above the block links its file.
    const paragraph = text.slice(0, block.index).trimEnd().split("\n\n").at(-1);
    const contents = await Promise.all(linked(paragraph).map((file) => readFile(path.join(root, file), "utf8")));
    assert.ok(contents.some((content) => content.includes(block[1])), `not in a file that is linked above it:\n${block[1]}`);
  }
});

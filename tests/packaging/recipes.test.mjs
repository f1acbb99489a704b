// The recipes show what is tested: each block of code is in the project file that is linked last before it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { root } from "./support.mjs";

test("what the recipes show is in the projects", async () => {
  const text = await readFile(path.join(root, "docs/recipes.md"), "utf8");
  const linked = (before) => [...before.matchAll(/\]\(\.\.\/([^)]*)\)/g)].map(([, file]) => file);
  for (const file of linked(text)) await stat(path.join(root, file));
  const blocks = [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)];
  assert.ok(blocks.length > 5);
  for (const block of blocks) {
    // The paragraph before the block names its file first.
    const paragraph = text.slice(0, block.index).trimEnd().split("\n\n").at(-1);
    const contents = await Promise.all(linked(paragraph).map((file) => readFile(path.join(root, file), "utf8")));
    assert.ok(contents.some((content) => content.includes(block[1])), `in no file that is linked above it:\n${block[1]}`);
  }
});

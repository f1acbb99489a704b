// Every link of the documentation leads to a file and a heading that exist, in the project and in the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { PAGES } from "./blocks.mjs";
import { listFiles, pkg, root } from "./support.mjs";

const withoutCode = (text) => text.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** The anchors of a page, as GitHub makes them of its headings. */
function anchors(text) {
  const headings = [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
  return headings.map((heading) => heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-"));
}

/** What is wrong with the links of a page, and how many there are. */
async function check(folder, page) {
  const text = await readFile(path.join(folder, page), "utf8");
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target).filter((target) => !/^https?:/.test(target));
  const wrong = [];
  for (const target of targets) {
    const [file, anchor] = target.split("#");
    const linked = path.resolve(folder, path.dirname(page), file || path.basename(page));
    const exists = await stat(linked).catch(() => undefined);
    if (!exists || !linked.startsWith(path.resolve(folder))) wrong.push(`${page}: ${target}`);
    else if (anchor && !anchors(await readFile(linked, "utf8")).includes(anchor)) wrong.push(`${page}: ${target} (no such heading)`);
  }
  return { wrong, count: targets.length };
}

test("the links in the project", async () => {
  // `types.d.ts` is made with the package, beside AGENTS.md and llms.txt.
  const pages = [...PAGES, "HACKING.md", "SECURITY.md", "CHANGELOG.md", "tests/rules/README.md", "pkg-template/docs/rules.md"];
  const found = await Promise.all(pages.map((page) => check(root, page)));
  assert.deepEqual(found.flatMap(({ wrong }) => wrong), []);
  assert.ok(found.reduce((sum, { count }) => sum + count, 0) > 100);
});

test("the links in the package, and which pages it has", async () => {
  const pages = (await listFiles(pkg)).filter((file) => /\.md$|^llms\.txt$/.test(file) && file !== "THIRD-PARTY-NOTICES.md");
  const expected = PAGES.filter((page) => !["README.md", "docs/figures.md"].includes(page)).map((page) => page.replace("pkg-template/", ""));
  assert.deepEqual(pages, [...expected, "CHANGELOG.md", "SECURITY.md", "docs/rules.md"].sort());
  const found = await Promise.all(pages.map((page) => check(pkg, page)));
  assert.deepEqual(found.flatMap(({ wrong }) => wrong), []);
  // The recipes bring the files along that they are about.
  const recipes = await check(pkg, "docs/recipes.md");
  assert.ok(recipes.count > 40, `${recipes.count}`);
});

test("heading anchors are GitHub's", () => {
  assert.deepEqual(anchors("# A\n## Tests with Jest, `b` and [C](d)\n```sh\n# no heading\n```\n### A backend\n"), ["a", "tests-with-jest-b-and-c", "a-backend"]);
});

// The code blocks of the documentation, and what looks after each of them.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { root } from "./support.mjs";

/** The documentation for users, relative to the project's folder. */
export const PAGES = [
  "README.md",
  ...["README.md", "AGENTS.md", "llms.txt"].map((name) => `pkg-template/${name}`),
  ...(await readdir(path.join(root, "docs"))).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`).sort(),
];

/** Languages of which nothing can be compiled. */
const NO_CODE = ["sh", "text", "nginx", "html"];

/**
 * The blocks of a page, with `page`, `line`, `language`, `code`, and
 * - `kind: "file"` with its `name`, if the paragraph above begins with it: "`src/main.tsx` shows …". readme.test.mjs makes a project of these.
 * - `kind: "part"`: a part of a file that the paragraph above links, and that other tests build and run.
 * - `kind: "example"`: it compiles, and runs if it can: documentation.test.mjs.
 * - `kind: "json"`; `kind: "other"`; and without a kind, nothing looks after it.
 */
export async function blocksOf(page) {
  const text = await readFile(path.join(root, page), "utf8");
  const blocks = [];
  for (const { 1: language, 2: code, index } of text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const paragraph = text.slice(0, index).trimEnd().split("\n\n").at(-1);
    const name = paragraph.match(/^`([\w./-]+\.(?:tsx?|m?js))`/)?.[1];
    const linked = [...paragraph.matchAll(/\]\((\.\.?\/[^)#]*\.\w+)\)/g)].map(([, file]) => path.join(root, path.dirname(page), file)).filter((file) => !file.endsWith(".md"));
    const contents = await Promise.all(linked.map((file) => readFile(file, "utf8")));
    const kind = contents.some((content) => content.includes(code)) ? "part"
      : NO_CODE.includes(language) ? "other"
      : name ? "file"
      : ["ts", "tsx", "js"].includes(language) ? "example"
      : language === "json" ? "json"
      : undefined;
    blocks.push({ page, line: text.slice(0, index).split("\n").length + 1, language, code, kind, name });
  }
  return blocks;
}

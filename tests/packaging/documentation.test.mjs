// The TypeScript examples of the documentation compile, each as a separate module.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { mkdir, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pkg, root, run } from "./support.mjs";

const folder = path.join(process.env.OMICALL_TARGET ?? path.join(root, "target"), "packaging/documentation");

// What the text around the examples assumes.
const CONTEXT = `
declare const callCenter: import("omicall-call-center").CallCenter;
declare const form: import("omicall-call-center").IvrScriptDraft;
declare const group: import("omicall-call-center").InternalGroup, groups: typeof group[];
declare const script: import("omicall-call-center").IvrScript;
declare const phones: import("omicall-call-center").InternalPhone[];
declare const context: import("omicall-call-center").Tenant;
declare const saveButton: HTMLButtonElement, picture: HTMLElement;
declare function showAtField(path: string, severity: string, message: string): void;
declare function signInAgain(message: string): void;
`;

before(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "around.d.ts"), CONTEXT);
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }`);
  const compilerOptions = {
    strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, target: "es2022", lib: ["es2022", "dom"],
    module: "esnext", moduleResolution: "bundler", moduleDetection: "force", types: [],
    paths: { "omicall-call-center": [path.join(pkg, "index.d.ts")], "omicall-call-center/*": [path.join(pkg, "*/index.d.ts")] },
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
});

test("the examples of README and docs compile", async () => {
  const docs = (await readdir(path.join(root, "docs"))).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`);
  let examples = 0;
  for (const file of ["README.md", "pkg-template/README.md", ...docs]) {
    const text = await readFile(path.join(root, file), "utf8");
    for (const block of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
      const line = text.slice(0, block.index).split("\n").length + 1;
      // The file name shows the file and line of the example in compiler errors.
      await writeFile(path.join(folder, `${file.replaceAll("/", "-")}-line-${line}.ts`), block[1]);
      examples++;
    }
  }
  assert.ok(examples >= 10, `${examples} examples`);
  await run([path.join(root, "tests/node_modules/.bin/tsc"), "-p", folder], { cwd: folder });
});

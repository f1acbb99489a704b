// The type tests of tests/types with the installed package, for each kind of module resolution.
import { before, test } from "node:test";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { project, root, run } from "./support.mjs";

let folder;
before(async () => {
  folder = await project("types");
  for (const name of ["uses-everything.ts", "must-not-compile.ts"]) {
    const text = await readFile(path.join(root, "tests/types", name), "utf8");
    for (const ending of [".ts", ".mts"]) await writeFile(path.join(folder, name.replace(".ts", ending)), text);
  }
  // As CommonJS, where imports become `require`.
  await cp(path.join(folder, "uses-everything.ts"), path.join(folder, "uses-everything.cts"));
  await cp(path.join(folder, "inline.ts"), path.join(folder, "inline.mts"));
});

const bundler = { module: "esnext", moduleResolution: "bundler" };
const settings = {
  bundler: [bundler, ["uses-everything.ts", "must-not-compile.ts", "inline.ts"]],
  // A script cannot be resolved as a module.
  "bundler, a classic script": [bundler, ["classic.ts"]],
  node16: [{ module: "node16", moduleResolution: "node16" }, ["uses-everything.mts", "uses-everything.cts", "must-not-compile.mts", "inline.ts", "inline.mts"]],
  nodenext: [{ module: "nodenext", moduleResolution: "nodenext" }, ["uses-everything.mts", "uses-everything.cts", "must-not-compile.mts", "inline.ts", "inline.mts"]],
};

for (const version of ["5.4", "6", "newest"]) {
  for (const [name, [module, files]] of Object.entries(settings)) {
    test(`TypeScript ${version}: ${name}`, async () => {
      const config = path.join(folder, `tsconfig-${version}-${name.replace(/\W+/g, "-")}.json`);
      const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, target: "es2022", lib: ["es2022", "dom"], types: [], ...module };
      await writeFile(config, JSON.stringify({ compilerOptions, files }));
      await run(["node", `node_modules/typescript-${version}/bin/tsc`, "-p", config], { cwd: folder });
    });
  }
}

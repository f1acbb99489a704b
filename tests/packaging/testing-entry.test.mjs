// `omicall-call-center/testing` is for tests: nothing of it is in an app that does not use it.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { modules } from "./loads.mjs";
import { listFiles, pkg, project, run } from "./support.mjs";

const BY_MISTAKE = `
import "omicall-call-center/testing";
import { createSandbox, omiCallError } from "omicall-call-center/testing";
import * as testing from "omicall-call-center/testing";
import { CallCenter, initAsync } from "omicall-call-center";
export const start = () => initAsync().then(() => new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "x" } }));
`;
const ON_PURPOSE = `
export { createSandbox } from "omicall-call-center/testing";
export { CallCenter } from "omicall-call-center";
`;

/** Whether a folder has the JavaScript of the sandbox, or the module itself. */
async function hasSandbox(folder) {
  const files = await Promise.all((await listFiles(folder)).map((file) => readFile(path.join(folder, file), "latin1")));
  const { build, inline } = modules.sandbox;
  return files.some((text) => text.includes(build) || text.includes(inline));
}

async function sources(folder) {
  await writeFile(path.join(folder, "mistake.js"), BY_MISTAKE);
  await writeFile(path.join(folder, "purpose.js"), ON_PURPOSE);
}

describe("an app that imports it by mistake", () => {
  let esbuild, rollup;
  before(async () => {
    [esbuild, rollup] = [await project("esbuild"), await project("rollup")];
    await sources(esbuild);
    await sources(rollup);
  });

  for (const [title, options] of [["a browser", []], ["a dev server", ["--conditions=development"]], ["Node", ["--platform=node"]]]) {
    test(`has nothing of it, built by esbuild for ${title}`, async () => {
      const built = async (source) => {
        const out = path.join(esbuild, `out-${source}-${title.replaceAll(" ", "-")}`);
        await run(["npx", "esbuild", `${source}.js`, "--bundle", "--splitting", "--format=esm", `--outdir=${out}`, "--log-level=error", ...options], { cwd: esbuild });
        return hasSandbox(out);
      };
      assert.deepEqual([await built("mistake"), await built("purpose")], [false, true]);
    });
  }

  test("has nothing of it, built by Rollup", async () => {
    const built = async (source) => {
      await run(["npx", "rollup", `${source}.js`, "--plugin", "@rollup/plugin-node-resolve", "--format", "es", "--dir", `out-${source}`, "--silent"], { cwd: rollup });
      return hasSandbox(path.join(rollup, `out-${source}`));
    };
    assert.deepEqual([await built("mistake"), await built("purpose")], [false, true]);
  });
});

test("no other entry has anything of it", async () => {
  const { build, inline } = modules.sandbox;
  for (const file of (await listFiles(pkg)).filter((file) => /\.c?js$/.test(file) && !/^(?:testing|docs)\//.test(file))) {
    const text = await readFile(path.join(pkg, file), "latin1");
    assert.ok(!text.includes(build) && !text.includes(inline) && !text.includes("createSandbox"), file);
  }
});

test("fflate's licence is in each file that contains fflate, and in no other", async () => {
  const files = (await listFiles(pkg)).filter((file) => /\.c?js$/.test(file));
  const having = async (text) => {
    const texts = await Promise.all(files.map((file) => readFile(path.join(pkg, file), "utf8")));
    return files.filter((_, index) => texts[index].includes(text));
  };
  const inflating = await having("invalid length/literal");
  assert.ok(inflating.includes("inflate.js"));
  assert.deepEqual(await having("With fflate:"), inflating);
});

test("a module is the same whether Node's zlib inflates it or fflate", async (t) => {
  const { default: inflated } = await import(pathToFileURL(path.join(pkg, "testing/sandbox.wasm.js")));
  const expected = await readFile(path.join(pkg, "testing/sandbox.wasm"));
  const builtIn = t.mock.method(process, "getBuiltinModule");
  assert.ok(expected.equals(inflated()));
  assert.equal(builtIn.mock.calls[0].arguments[0], "node:zlib");
  builtIn.mock.mockImplementation(() => undefined);
  assert.ok(expected.equals(inflated()));
});

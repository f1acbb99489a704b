// What a page loads of the package. Files are recognized by their content, because bundlers rename and merge them: each module
// and its JavaScript contain the same build.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pkg } from "./support.mjs";

/** The modules by name: their file, its bytes, and the text that stands for them in the JavaScript of the inline entries. */
export const modules = {};
for (const file of ["omicall.wasm", "checks/checks.wasm", "softphone/softphone.wasm", "testing/sandbox.wasm"]) {
  const bytes = await readFile(path.join(pkg, file));
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "omicall");
  // Enough of it: bundlers break the lines of the rest elsewhere.
  const [inline] = (await readFile(path.join(pkg, `${file}.js`), "utf8")).match(/[\w+/=]{200,800}/);
  modules[path.basename(file, ".wasm")] = { file, bytes, inline, build: new TextDecoder().decode(section) };
}
assert.equal(new Set(Object.values(modules).map(({ build }) => build)).size, 4, "builds tell the modules apart");

/** The parts in a response: `checks.wasm`, `checks.js` (its JavaScript), `checks.wasm.js` (the module inside JavaScript). */
function partsIn(body) {
  const isWasm = body.subarray(0, 4).equals(Buffer.from("\0asm"));
  const text = body.toString("latin1");
  const parts = [];
  for (const [name, { build, inline }] of Object.entries(modules)) {
    for (const [part, mark] of [[isWasm ? "wasm" : "js", build], ["wasm.js", inline]]) parts.push(...Array(text.split(mark).length - 1).fill(`${name}.${part}`));
  }
  return parts;
}

/** Records what `page` requests and which modules it instantiates, from before it is opened. */
export async function watch(page) {
  let responses = [], requests = [];
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  page.on("response", (response) => response.ok() && responses.push(response.body().then(partsIn)));
  await page.addInitScript(() => {
    window.instantiated = [];
    const note = (module) => {
      const [section] = WebAssembly.Module.customSections(module, "omicall");
      if (section) instantiated.push(new TextDecoder().decode(section));
    };
    const { instantiate, Instance } = WebAssembly;
    WebAssembly.instantiate = (module, ...others) => (note(module), instantiate(module, ...others));
    WebAssembly.Instance = new Proxy(Instance, { construct: (_, all) => (note(all[0]), new Instance(...all)) });
  });
  return {
    /** The parts since the last call, each as often as it was loaded. */
    parts: async () => (await Promise.all(responses.splice(0))).flat().sort(),
    requests: () => requests.splice(0),
    instantiated: async () => {
      const builds = await page.evaluate(() => window.instantiated);
      return builds.map((found) => Object.keys(modules).find((name) => modules[name].build === found)).sort();
    },
  };
}

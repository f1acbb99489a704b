// Compares size and speed of the package with alternatives. In a folder with `pkg/`:
//   npm ci --prefix tests/bench && CHROME=/usr/bin/chromium node tests/bench/run.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { openPage, root, sample } from "../page/support.mjs";
import { rounded } from "./table.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(root, "target/bench");
const groups = await sample("internal_group_list");
const bundle = (entry, name) =>
  build({ stdin: { contents: entry, resolveDir: here }, bundle: true, minify: true, format: "esm", outfile: path.join(out, name), logLevel: "error" });
await bundle(`export * from "./rounds.js";`, "rounds.js");
await bundle(`import axios from "axios"; import * as z from "zod"; globalThis.kept = [axios.create(), z];`, "axios-zod.js");

const server = spawn(process.execPath, [path.join(here, "server.mjs"), path.join(root, "tests/samples/internal_group_list.json")], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => server.kill());
const origin = String(await once(server.stdout, "data")).trim();
const table = (title, rows) => (console.log(`\n${title}`), console.table(rows));
const row = (values) => rounded(values, 3);

const rounds = await import(path.join(out, "rounds.js"));
const sdk = await import(path.join(root, "pkg/index.js"));
await sdk.initAsync(await readFile(path.join(root, "pkg/omicall.wasm")));
table("Node: from bytes to a validated object (1 = TextDecoder + JSON.parse)", (await rounds.decoding(sdk, groups)).map(row));
table("Node: one call, milliseconds", (await rounds.calls(sdk, origin)).map(row));

const chrome = await openPage();
const run = (name, argument) =>
  chrome.page.evaluate(async ([name, argument]) => (await import("/target/bench/rounds.js"))[name](window.sdk, argument), [name, argument]);
table("Chromium: from bytes to a validated object (1 = TextDecoder + JSON.parse)", (await run("decoding", groups)).map(row));
table("Chromium: one call, milliseconds", (await run("calls", origin)).map(row));
await chrome.close();

// Start-up: a new page each time, files from the same local server; the module is already loaded, as with preloading.
const pages = await openPage();
const times = { package: [], others: [] };
for (let round = 0; round < 21; round++) {
  for (const [name, script] of Object.entries({
    package: `const bytes = await (await fetch("/pkg/omicall.wasm")).arrayBuffer();
      const startTime = performance.now(); const { default: client } = await import("/pkg/omicall.js");
      await client.start(bytes); return performance.now() - startTime;`,
    others: `const startTime = performance.now(); await import("/target/bench/axios-zod.js"); return performance.now() - startTime;`,
  })) {
    const page = await pages.newPage();
    await page.goto(pages.origin);
    times[name].push(await page.evaluate(`(async () => { ${script} })()`));
    await page.close();
  }
}
const [ours, others] = [times.package, times.others].map((all) => all.sort((a, b) => a - b)[10]);
table("Chromium: until ready, milliseconds", [row({ package: ours, "axios + zod": others, ratio: ours / others })]);
await pages.close();
server.kill();

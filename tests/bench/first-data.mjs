// Measures how long a page takes until it shows its first data, on a slow network and a slow processor: the same page built
// with the package and with axios and zod.
//   cargo xtask package && CHROME=/usr/bin/chromium node tests/bench/first-data.mjs [rounds]
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { launch } from "../page/chromium.mjs";
import { root, sample } from "../page/support.mjs";

const ROUNDS = Number(process.argv[2] ?? 7);
assert.ok(Number.isInteger(ROUNDS) && ROUNDS > 0, "the argument is the number of rounds");
const LIST = "/api/call_center/internal_phone/list";
const SLOW_PROCESSOR = 4;
/** "Fast 3G" as in Chromium's DevTools, which take 10 % off the speeds and make the latency 3.75 times as long. */
const FAST_3G = {
  offline: false,
  downloadThroughput: ((1.6 * 1024 * 1024) / 8) * 0.9,
  uploadThroughput: ((750 * 1024) / 8) * 0.9,
  latency: 150 * 3.75,
};

// ---------------------------------------------------------------- what is served

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
/** All that is served, by path, compressed in advance so that the server needs no time of its own. */
const files = new Map();
const serve = (place, content, type) => files.set(place, { body: gzipSync(content, { level: 9 }), type: types[type] });

const pkg = path.join(root, "pkg");
const here = fileURLToPath(new URL("first-data", import.meta.url));

/** The page, bundled as a site would; `preload` lists what it asks for before its script does. */
async function servePage(name, source, { preload = [], wasm = [] } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: here }, entryNames: "main", outdir: here, write: false, metafile: true,
    bundle: true, minify: true, format: "esm", splitting: true, logLevel: "warning",
    // esbuild looks for an alias in its working directory: these are the versions of the comparison of sizes, even if
    // tests/bench/node_modules has others.
    alias: { "omicall-call-center": path.join(pkg, "index.js"), axios: "axios", zod: "zod" },
    absWorkingDir: path.join(root, "tests"),
  });
  // What the script imports at once, which Vite lets the page fetch together with it.
  const main = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === "<stdin>");
  const staticChunks = main.imports.filter(({ kind }) => kind === "import-statement").map(({ path: file }) => path.basename(file));
  for (const { path: file, contents } of outputFiles) serve(`/${name}/${path.relative(here, file)}`, contents, ".js");
  for (const file of wasm) serve(`/${name}/${file}`, await readFile(path.join(pkg, file)), ".wasm");
  serve(`/${name}/`, `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Phones</title>
  <link rel="icon" href="data:," />
${staticChunks.map((file) => `  <link rel="modulepreload" href="./${file}" />\n`).join("")}${preload.map((file) => `  <link rel="preload" as="fetch" crossorigin href="./${file}" />\n`).join("")}  <script type="module" src="./main.js"></script>
  <ul id="phones"></ul>
</html>
`, ".html");
}

const wasm = (await readdir(pkg)).filter((file) => file.endsWith(".wasm"));
// Of several modules, the page preloads the one that `initAsync` fetches.
const [, started] = (await readFile(path.join(pkg, "index.js"), "utf8")).match(/new URL\("\.\/([^"]+\.wasm)"/) ?? [];
assert.ok(wasm.includes(started), "pkg/index.js names no module of the package");

const [withPackage, byHand] = await Promise.all(["package.js", "axios-zod.js"].map((file) => readFile(path.join(here, file), "utf8")));
await servePage("package", withPackage, { wasm });
await servePage("package-preloaded", withPackage, { wasm, preload: [started] });
await servePage("axios-zod", byHand);
/** Titles, and the paths of the pages. */
const variants = {
  package: "package",
  "package, preloaded": "package-preloaded",
  "axios + zod": "axios-zod",
};

const list = await sample("internal_phone_list");
const items = Array.from({ length: 10 }, (_, at) => ({ ...list.payload.items[at % list.payload.items.length], sip_user: String(100 + at) }));
serve(LIST, JSON.stringify({ ...list, payload: { ...list.payload, items, page_size: items.length } }), ".json");

let requests = [];
const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url, "http://page");
  requests.push(pathname);
  const file = files.get(pathname);
  if (!file) return response.writeHead(404).end();
  if (pathname === LIST && (request.headers.authorization !== "Bearer token" || search !== "?size=10")) return response.writeHead(400).end();
  response.writeHead(200, { "content-type": file.type, "content-encoding": "gzip", "content-length": file.body.length }).end(file.body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

// ---------------------------------------------------------------- visits

/** Opens the page in a profile of its own. Returns the milliseconds until the data was there, and the bytes that were sent. */
async function visit(browser, name) {
  requests = [];
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", FAST_3G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PROCESSOR });
  // The page reports by itself: waiting with Playwright's own functions would run their code in the page meanwhile.
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "reportFirstData" });
  const firstData = await new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`${name}: ${reason}`));
    session.on("Runtime.bindingCalled", ({ payload }) => resolve(Number(payload)));
    page.on("pageerror", fail);
    // A warning is a failure too: of drift, or of a preload that the page did not use.
    page.on("console", (message) => fail(message.text()));
    setTimeout(fail, 60_000, "no data after a minute").unref();
    page.goto(`${origin}/${name}/`, { waitUntil: "commit" }).catch(fail);
  });
  const shown = await page.evaluate(() => Array.from(document.querySelectorAll("#phones li"), (item) => item.textContent));
  assert.equal(shown.length, 10, `${name} shows ${shown.length} phones instead of 10`);
  assert.deepEqual(shown, items.map(({ sip_user, full_name }) => `${sip_user} ${full_name}`), name);
  assert.deepEqual(requests, [...new Set(requests)], `${name} fetched something twice`);
  await context.close();
  return { firstData, bytes: requests.reduce((sum, place) => sum + files.get(place).body.length, 0) };
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const visits = Object.fromEntries(Object.keys(variants).map((title) => [title, []]));
const browser = await launch();
try {
  // Round 0 warms up. The variants alternate, so that disturbances affect all of them.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [title, name] of Object.entries(variants)) {
      const result = await visit(browser, name);
      if (round > 0) visits[title].push(result);
    }
  }
} finally {
  await browser.close();
  server.close();
}

const middle = (title) => median(visits[title].map(({ firstData }) => firstData));
console.log(`Chromium on Fast 3G, processor ${SLOW_PROCESSOR} times slower: milliseconds until the first data is shown, median of ${ROUNDS} visits`);
console.table(
  Object.fromEntries(
    Object.entries(visits).map(([title, all]) => {
      const times = all.map(({ firstData }) => firstData);
      const [fastest, slowest] = [Math.min(...times), Math.max(...times)].map(Math.round);
      const ratio = Number((middle(title) / middle("axios + zod")).toFixed(2));
      return [title, { median: Math.round(middle(title)), fastest, slowest, ratio, "bytes with gzip": all[0].bytes }];
    }),
  ),
);

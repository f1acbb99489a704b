// `omicall-call-center/testing/msw` with Mock Service Worker 2: in Node, and in Chromium with its service worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { pkg, project, root, run, site } from "./support.mjs";

const tool = (name) => path.join(root, "tests/node_modules/.bin", name);

let folder, browser;
before(async () => {
  folder = await project("msw");
  await cp(path.join(folder, "node_modules/msw/lib/mockServiceWorker.js"), path.join(folder, "mockServiceWorker.js"));
  await run([tool("esbuild"), "main.js", "--bundle", "--format=esm", "--splitting", "--conditions=development", "--outdir=built"], { cwd: folder });
  browser = await launch();
});
after(() => browser?.close());

test("there is a handler for each endpoint of the client, and no other", async () => {
  const endpoints = [];
  for (const file of ["api/src/phones.rs", "api/src/hotlines.rs", "api/src/extensions.rs", "api/src/groups.rs", "api/src/ivr_scripts.rs", "api/src/greetings.rs"]) {
    const source = await readFile(path.join(root, "crates", file), "utf8");
    // Without its tests, which have made-up endpoints.
    const [code] = source.split("#[cfg(test)]");
    endpoints.push(...code.matchAll(/Endpoint::(get|post|put|delete)\(\s*"([^"]+)"/g));
  }
  const signIn = (await readFile(path.join(root, "src/client/sign_in.rs"), "utf8")).match(/Endpoint::(get)\(\s*"([^"]+)"/);
  const expected = [...endpoints, signIn].map(([, method, path]) => `${method} ${path}`).sort();
  assert.equal(expected.length, 20);
  const output = await run(["node", "--input-type=module", "--eval", `
    import { handlers } from "omicall-call-center/testing/msw";
    console.log(JSON.stringify(handlers({ fetch() {} }, { baseUrl: "https://sandbox.test" }).map(({ info }) => [info.method, info.path])));`], { cwd: folder });
  const handled = JSON.parse(output).map(([method, path]) => `${method.toLowerCase()} ${path.replace("https://sandbox.test", "")}`);
  assert.deepEqual(handled.sort(), expected);
});

test("a sandbox that nobody has awaited is refused", async () => {
  await run(["node", "--input-type=module", "--eval", `
    import assert from "node:assert/strict";
    import { createSandbox } from "omicall-call-center/testing";
    import { handlers } from "omicall-call-center/testing/msw";
    assert.throws(() => handlers(createSandbox(), { baseUrl: "https://sandbox.test" }), /await createSandbox/);`], { cwd: folder });
});

test("setupServer in Node", () => run(["npm", "test"], { cwd: folder }));

test("the types compile, as ES module and as CommonJS", async () => {
  await writeFile(path.join(folder, "types.mts"), await readFile(path.join(folder, "types.ts")));
  const required = `import { handlers } from "omicall-call-center/testing/msw";\nexport const count = (sandbox: Parameters<typeof handlers>[0]): number => handlers(sandbox, { baseUrl: "/" }).length;\n`;
  await writeFile(path.join(folder, "types.cts"), required);
  for (const [name, resolution, files] of [["bundler", { module: "esnext", moduleResolution: "bundler" }, ["types.ts"]], ["nodenext", { module: "nodenext", moduleResolution: "nodenext" }, ["types.mts", "types.cts"]]]) {
    const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [], ...resolution };
    await writeFile(path.join(folder, `tsconfig-${name}.json`), JSON.stringify({ compilerOptions, files }));
    await run([tool("tsc"), "-p", `tsconfig-${name}.json`], { cwd: folder });
  }
});

test("setupWorker in a page", async () => {
  const origin = await site(folder, { api: false });
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (line) => line.type() === "error" && !line.text().startsWith("Failed to load resource") && problems.push(line.text()));
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error}`));
  await page.goto(`${origin}/index.html`);
  await page.locator("#phones > li").nth(136).waitFor();
  assert.equal(await page.locator("#phones > li").count(), 137);

  const outcomes = await page.evaluate(async () => {
    const { callCenter, sandbox } = window;
    const kindOf = (promise) => promise.then(() => "none", (error) => [error.kind, error.status, error.attempts].join(" "));
    const requests = () => sandbox.requests.length;
    const outcomes = {};

    let before = requests();
    sandbox.fail({ call: "phones.list", with: { network: "reset" } });
    outcomes.total = (await callCenter.phones.list()).total_items;
    outcomes.attempts = requests() - before;
    sandbox.fail({ call: "hotlines.list", with: { network: "down" } });
    outcomes.down = await kindOf(callCenter.hotlines.list({}, { maxRetries: 0 }));
    sandbox.fail({ call: "hotlines.list", with: { status: 429, retryAfter: 1 } });
    outcomes.tooMany = await kindOf(callCenter.hotlines.list({}, { maxRetries: 0 }));

    const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
    const file = new File(Array(40).fill(frame), "silence.mp3", { type: "audio/mpeg" });
    await callCenter.greetings.upload({ file, greeting_name: "Silence" });
    outcomes.uploaded = sandbox.requests.at(-1).body.file;
    await callCenter.greetings.upload({ file, greeting_name: "Again" }, { onProgress: () => {} });
    outcomes.greetings = sandbox.tenant().greetings.map(({ greeting_name }) => greeting_name).filter((name) => ["Silence", "Again"].includes(name));

    sandbox.fail({ call: "groups.delete", with: { status: 303, headers: { location: `${location.origin}/omicall/api/call_center/internal_group/list` } } });
    outcomes.redirected = await callCenter.groups.delete(sandbox.tenant().groups[0]._id).catch(({ message }) => /the change was redirected to /.test(message) || message);

    before = requests();
    sandbox.fail({ call: "phones.list", with: { delayMs: 60_000 } });
    const controller = new AbortController();
    const list = callCenter.phones.list({}, { signal: controller.signal });
    while (requests() === before) await new Promise((done) => setTimeout(done, 10));
    controller.abort();
    outcomes.aborted = await kindOf(list);
    return outcomes;
  });
  assert.deepEqual(outcomes, {
    total: 137, attempts: 2, down: "network  1", tooMany: "http 429 1",
    uploaded: { name: "silence.mp3", type: "audio/mpeg", size: 40 * 417 }, greetings: ["Again", "Silence"], redirected: true, aborted: "aborted  1",
  });
  assert.deepEqual(problems, []);
  await page.close();
});

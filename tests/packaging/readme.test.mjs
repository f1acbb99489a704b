// The README of the package, as a new user follows it: its files are copied into an empty project of Vite, React and TypeScript,
// which `projects/react` is. They compile, show the phones, say what is wrong in a form, and pass their own test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { blocksOf } from "./blocks.mjs";
import { API_KEY, freePort, openPage, project, run, startServer, vendor } from "./support.mjs";

let folder, browser, port;
before(async () => {
  folder = await project("react");
  port = await freePort();
  for (const { name, code } of await blocksOf("pkg-template/README.md")) {
    if (!name) continue;
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, code.replaceAll("https://public-v1-stg.omicall.com", vendor).replaceAll("3001", String(port)));
  }
  await writeFile(path.join(folder, ".env.development.local"), `VITE_OMICALL_API_KEY=${API_KEY}\n`);
  browser = await launch();
});
after(() => browser?.close());

/** Lets `backend.mjs` listen on another port the next time, and returns it. */
async function backendOnAnotherPort() {
  const [file, other] = [path.join(folder, "backend.mjs"), await freePort()];
  await writeFile(file, (await readFile(file, "utf8")).replace(String(port), String(other)));
  return other;
}

const vite = (...more) => (port) => ["node_modules/.bin/vite", ...more, "--host", "127.0.0.1", "--port", String(port), "--strictPort"];

/** Searches, and creates a group after the form has said what is wrong. */
async function use(origin) {
  const { page, modules } = await openPage(browser, origin, { done: "li" });
  await page.getByLabel("Tìm số nội bộ").fill("147");
  await page.waitForFunction(() => document.querySelectorAll("li").length === 1);
  assert.match(await page.locator("li").textContent(), /^147 /);
  await page.getByRole("button", { name: "Lưu" }).click();
  const under = (label) => page.locator("form > div", { has: page.getByLabel(label) }).locator("div").allTextContents();
  assert.match((await under("Tên nhóm")).join(), /Cần nhập tên nhóm/);
  assert.match((await under("Thành viên")).join(), /Chưa có thành viên/);
  assert.deepEqual(await under("Số giây đổ chuông"), []);
  await page.getByLabel("Tên nhóm").fill("Kinh doanh");
  await page.getByLabel("Thành viên").fill("147, 999999");
  assert.match((await under("Thành viên")).join(), /999999/);
  await page.getByLabel("Thành viên").fill("147, 145");
  assert.deepEqual(await under("Thành viên"), []);
  await page.getByRole("button", { name: "Lưu" }).click();
  await page.getByText("Đã tạo nhóm Kinh doanh").waitFor();
  await page.close();
  return modules;
}

test("in development, with a key", async () => {
  const { origin } = await startServer(vite(), { cwd: folder });
  assert.deepEqual(await use(origin), [], "the modules are inside the JavaScript");
});

test("a production build, with the backend's tokens", async () => {
  await run(["npm", "run", "build"], { cwd: folder });
  const links = (await readFile(path.join(folder, "dist/index.html"), "utf8")).match(/<link rel="preload"[^>]*\.wasm">/g);
  assert.equal(links.length, 2);
  const script = (await run(["sh", "-c", "cat dist/assets/*.js"], { cwd: folder })).toString();
  assert.ok(!script.includes(API_KEY), "the key is in the build");
  const backend = await startServer(() => ["node", "backend.mjs"], { cwd: folder, ready: "/my-backend/omicall-token", port });
  assert.match(await (await fetch(`${backend.origin}/my-backend/omicall-token`)).text(), /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const wrong = await startServer(() => ["node", "backend.mjs"], { cwd: folder, env: { OMICALL_API_KEY: "wrong" }, ready: "/", port: await backendOnAnotherPort() });
  assert.equal((await fetch(`${wrong.origin}/my-backend/omicall-token`)).status, 502, wrong.log());
  const { origin } = await startServer(vite("preview"), { cwd: folder });
  const modules = await use(origin);
  assert.equal(modules.length, 2, "each module is fetched once");
});

test("its own test", async () => {
  // A busy machine takes longer than the second that the testing library waits.
  await writeFile(path.join(folder, "patience.ts"), `import { configure } from "@testing-library/react";\nconfigure({ asyncUtilTimeout: 60_000 });\n`);
  await writeFile(path.join(folder, "vitest.config.ts"), `export default { test: { setupFiles: ["patience.ts"], testTimeout: 120_000 } };\n`);
  const output = await run(["node_modules/.bin/vitest", "run"], { cwd: folder });
  assert.match(output, /3 passed/, output);
});

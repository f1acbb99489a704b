// The examples: they compile, and they run. Those with a telephone run in tests/softphone/examples.test.mjs.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { API_KEY, SANDBOX, project, root, run, site, startServer } from "./support.mjs";

const world = `${SANDBOX}/w/examples`;
const sources = path.join(root, "examples");
const pages = ["list-phones.ts", "edit-group.ts", "ivr-editor.tsx", "upload.ts", "jssip.ts", "sipjs.ts"];

const sandbox = (name, body) => fetch(`${world}/__sandbox/${name}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
/** What the vendor has, as it is sent. */
async function vendor(path, body) {
  const authorization = `Bearer ${await (await sandbox("token")).text()}`;
  const response = await fetch(`${world}/api/call_center/${path}`, { headers: { authorization, "content-type": "application/json" }, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  return (await response.json()).payload;
}
const records = async (list) => (await vendor(`${list}/list?page=1&size=500`)).items;

let folder, browser;
before(async () => {
  folder = await project("examples");
  for (const file of await readdir(sources)) if (/\.tsx?$/.test(file)) await cp(path.join(sources, file), path.join(folder, file));
  for (const file of pages) await writeFile(path.join(folder, file.replace(/\.\w+$/, ".html")), `<!doctype html><html lang="en"><title>${file}</title><body><script type="module" src="/${file}"></script>`);
  await run(["npm", "run", "build"], { cwd: folder });
  browser = await launch();
});
after(() => browser?.close());
beforeEach(() => sandbox("reset", {}));

test("the examples are short, begin with what they show and need, and are all in the README", async () => {
  const readme = await readFile(path.join(sources, "README.md"), "utf8");
  const files = (await readdir(sources)).filter((file) => file !== "README.md");
  assert.ok(files.length >= 9);
  for (const file of files) {
    const lines = (await readFile(path.join(sources, file), "utf8")).trimEnd().split("\n");
    assert.ok(lines.length >= 15 && lines.length <= 40, `${file} has ${lines.length} lines`);
    assert.match(lines[0], /^\/\/ .+\. npm install .*(omicall-call-center|vitest)/, file);
    assert.ok(readme.includes(`](${file})`), file);
  }
});

test("the examples compile in strict TypeScript", () => run(["node_modules/.bin/tsc", "-p", "."], { cwd: folder }));

/** Opens an example, runs `use`, and asserts that the page reported nothing. */
async function onPage(name, use) {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const problems = [];
  page.on("console", (message) => /error|warning/.test(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.stack));
  await page.goto(`${await site(path.join(folder, "dist"), { world })}/${name}.html`);
  try {
    await use(page, (text) => page.locator("output").filter({ hasText: text }).waitFor());
  } catch (error) {
    assert.fail(`${error.stack}\nthe page shows:\n${await page.locator("body").innerText()}\n${problems.join("\n")}`);
  }
  assert.deepEqual(problems, []);
  await page.close();
}

test("list-phones: lists and searches", () =>
  onPage("list-phones", async (page, says) => {
    const phones = await records("internal_phone");
    await says(`${Math.min(50, phones.length)} of ${phones.length}`);
    assert.deepEqual(await page.locator("li").allTextContents(), phones.slice(0, 50).map((phone) => `${phone.sip_user} ${phone.full_name}`));
    await page.getByLabel("Search").pressSequentially("147", { delay: 20 });
    await says(/^1 of 1$/);
    assert.match(await page.locator("li").textContent(), /^147 /);
  }));

test("edit-group: changes the ring time and keeps the rest", () =>
  onPage("edit-group", async (page, says) => {
    page.on("dialog", (dialog) => dialog.accept());
    const group = async (name) => (await records("internal_group")).find((group) => group.group_name === name);
    const select = (name) => page.getByLabel("Group").selectOption(name);
    const save = async (seconds) => {
      await page.getByLabel("Seconds").fill(seconds);
      await page.getByRole("button", { name: "Save" }).click();
    };
    await select("Nhóm Tech");
    await save("20");
    await says(/^Members would leave the group, because no phone has their agent/);
    const before = await group("Nhóm CSKH");
    await select("Nhóm CSKH");
    await save("0");
    await says("Ring each member 1–60 s");
    assert.deepEqual(await group("Nhóm CSKH"), before);
    await save("35");
    await says("Saved.");
    const changed = await group("Nhóm CSKH");
    assert.ok(changed.members.length > 0);
    assert.deepEqual(changed.members.map((member) => [member.agent_id, member.timeout]), before.members.map((member) => [member.agent_id, 35]));
    assert.deepEqual([changed.strategy, changed.target_timeout], [before.strategy, before.target_timeout]);
    await page.reload();
    await select("Nhóm CSKH");
    assert.equal(await page.getByLabel("Seconds").inputValue(), "35");
    // What somebody else saves meanwhile is not overwritten.
    await vendor(`internal_group/update/${before._id}`, { group_name: "Nhóm CSKH 2", strategy: "random", sip_members: [(await records("internal_phone")).find(({ agent_id }) => agent_id === before.members[0].agent_id).sip_user], timeout: 25 });
    await save("45");
    await says(/^Changed by /);
    assert.equal((await group("Nhóm CSKH 2")).members[0].timeout, 25);
  }));

test("ivr-editor: the diagram opens scripts by mouse and keyboard, and a script is saved", async () => {
  const [{ greeting_id, scripts }] = await records("key-interaction");
  await vendor("key-interaction/add", { script_name: "At night", greeting_id, max_failure: 3, time_out: 5, scripts });
  await onPage("ivr-editor", async (page, says) => {
    const [first, second] = await records("key-interaction");
    const name = page.getByLabel("Name");
    await name.waitFor();
    const opens = (script) => page.waitForFunction((name) => document.querySelector("input").value === name, script.script_name);
    await page.locator(`[data-script="${second._id}"]`).first().click();
    await opens(second);
    // From the start of the page, as somebody without a mouse gets there.
    await page.evaluate(() => document.activeElement.blur());
    const focused = () => page.evaluate(() => [document.activeElement.dataset.script, document.activeElement.getAttribute("role")]);
    do await page.keyboard.press("Tab");
    while ((await focused())[0] !== first._id) await new Promise((done) => setTimeout(done, 20));
    assert.equal((await focused())[1], "button");
    await page.keyboard.press("Enter");
    await opens(first);
    assert.equal((await focused())[0], first._id, "the focus stays");
    do await page.keyboard.press("Tab");
    while ((await focused())[0] !== second._id);
    await page.keyboard.press("Space");
    await opens(second);
    await page.locator(`[data-script="${first._id}"]`).first().click();
    await opens(first);

    await name.fill("");
    await page.locator("em").first().waitFor();
    await name.fill("Main menu, at night");
    await page.locator("svg", { hasText: "Main menu, at night" }).waitFor();
    assert.equal(await page.locator("label:has-text('Name') em").count(), 0);
    const key = page.getByLabel(`Key ${first.scripts[0].ivr}`);
    assert.equal(await key.inputValue(), first.scripts[0].action);
    await key.selectOption("");
    await page.locator("label:has(select) em").first().waitFor();
    await key.selectOption(second.script_name);
    await page.waitForFunction(() => document.querySelectorAll("label:has(select) em").length === 0);
    await page.getByRole("button", { name: "Save" }).click();
    await says("Saved.");
    const saved = (await records("key-interaction")).find(({ _id }) => _id === first._id);
    assert.equal(saved.script_name, "Main menu, at night");
    const destinations = ({ scripts }) => scripts.map(({ ivr, action, action_type }) => ({ ivr, action, action_type }));
    assert.deepEqual(destinations(saved), destinations({ scripts: [{ ...first.scripts[0], action: second._id, action_type: "Ivr_menu" }, ...first.scripts.slice(1)] }));
  });
});

test("upload: shows progress, says what is wrong with a file, and stops", { timeout: 60_000 }, () =>
  onPage("upload", async (page, says) => {
    const frame = Buffer.alloc(417);
    frame.set([0xff, 0xfb, 0x90, 0x00]);
    const file = (buffer) => page.getByLabel("MP3 file").setInputFiles({ name: "welcome.mp3", mimeType: "audio/mpeg", buffer });
    const upload = () => page.getByRole("button", { name: "Upload" }).click();
    await page.getByLabel("Name").fill("Welcome back");
    await file(Buffer.from("RIFF, not MP3"));
    await upload();
    await says(/MP3/);
    await file(Buffer.concat(Array(40).fill(frame)));
    await upload();
    await says("Uploaded.");
    assert.equal(await page.locator("progress").evaluate((progress) => progress.value), 1);
    assert.ok((await records("greeting")).some((greeting) => greeting.greeting_name === "Welcome back"));
    await sandbox("faults", [{ match: { path: "/greeting/upload" }, fault: { kind: "hang" } }]);
    await upload();
    while ((await (await sandbox("requests")).json()).filter((request) => request.path.endsWith("/upload")).length < 2) await new Promise((done) => setTimeout(done, 20));
    await page.getByRole("button", { name: "Stop" }).click();
    await says(/abort/i);
  }));

test("server-tokens: gives a token only to whoever is signed in", async () => {
  await run([path.join(root, "tests/node_modules/.bin/esbuild"), "server-tokens.ts", "--outfile=server-tokens.mjs"], { cwd: folder });
  const env = { OMICALL_API_KEY: API_KEY, OMICALL_URL: world, SESSION: "of-this-test" };
  const { origin } = await startServer(() => ["node", "server-tokens.mjs"], { cwd: folder, env });
  const ask = (cookie) => fetch(`${origin}/my-backend/omicall-token`, { headers: { cookie } });
  for (const cookie of ["", "session=", "session=undefined", "session=of-this-test2"]) assert.equal((await ask(cookie)).status, 401, cookie);
  const response = await ask("theme=dark; session=of-this-test");
  assert.equal(response.headers.get("cache-control"), "no-store");
  const list = await fetch(`${world}/api/call_center/hotline/list`, { headers: { authorization: `Bearer ${await response.text()}` } });
  assert.equal(list.status, 200);
  const { code, output } = await run(["node", "server-tokens.mjs"], { cwd: folder, env: { ...env, SESSION: "" }, mayFail: true });
  assert.notEqual(code, 0);
  assert.match(output, /Set OMICALL_API_KEY, and SESSION/);
});

test("sandbox.test: Vitest passes without a network", async () => {
  const output = await run(["npm", "test"], { cwd: folder });
  assert.match(output, /Tests +3 passed/);
});

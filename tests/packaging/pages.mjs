// The pages of the projects load only what they use, and nothing twice.
import assert from "node:assert/strict";
import { API_KEY, phones } from "./support.mjs";
import { watch } from "./loads.mjs";

/** Opens a page, and returns it with what it loads. `ready` matches what the page shows when it is ready. */
async function open(browser, url, ready) {
  const page = await browser.newPage();
  const lines = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !message.location().url.endsWith("/favicon.ico") && lines.push(message.text()));
  page.on("pageerror", (error) => lines.push(`uncaught: ${error.stack ?? error}`));
  const loads = await watch(page);
  const waitFor = async (selector) => {
    const problem = page.locator("#problem:not(:empty)");
    await page.locator(selector).or(problem).first().waitFor({ state: "attached", timeout: 60_000 }).catch(async () => assert.fail(`${url} has no ${selector}: ${(await page.content()).slice(0, 2000)}\n${lines.join("\n")}`));
    if (await problem.count()) assert.fail(`${url}: ${await problem.textContent()}`);
  };
  await page.goto(url);
  await waitFor(ready);
  return { page, loads, lines, waitFor };
}

async function close({ page, lines }) {
  assert.deepEqual(lines, []);
  await page.close();
}

/** Asserts that a page has loaded exactly these modules with their JavaScript, each once, since it was last asked. */
async function assertLoaded(seen, { inside, repeats }, names, when) {
  const expected = names.flatMap((name) => [`${name}.js`, inside ? `${name}.wasm.js` : `${name}.wasm`]);
  const parts = await seen.loads.parts();
  assert.deepEqual(repeats ? [...new Set(parts)] : parts, expected.sort(), when);
}

/** The page that lists, which never loads the checks. */
async function assertLists(browser, url, options) {
  const list = await open(browser, url, "[data-done]");
  assert.deepEqual(await list.page.locator("#phones > li").allTextContents(), await phones());
  await assertLoaded(list, options, ["omicall"]);
  assert.deepEqual(await list.loads.instantiated(), ["omicall"]);
  await close(list);
}

async function assertConfiguresSoftphone(browser, url, options) {
  const softphone = await open(browser, url, "[data-done]");
  assert.equal(await softphone.page.locator("#uri").textContent(), "sip:147@acme.example");
  await assertLoaded(softphone, options, ["softphone"]);
  assert.deepEqual(await softphone.loads.instantiated(), ["softphone"]);
  await close(softphone);
}

/** The page that changes something, which loads the checks with the first change, and nothing else. */
async function assertCreates(browser, url, options) {
  const { inside, chunks = 1, lazy } = options;
  const create = await open(browser, url, "#create:enabled");
  await assertLoaded(create, options, ["omicall"], "before the first change");
  create.loads.requests();
  const groups = create.page.locator("#groups > li");
  const click = async () => {
    const count = await groups.count();
    await create.page.click("#create");
    await groups.nth(count).waitFor();
  };
  await click();
  await assertLoaded(create, options, ["checks"], "with the first change");
  const requests = create.loads.requests();
  const expected = [...Array(chunks).fill(".js"), ...(inside ? [] : [".wasm"]), "POST"];
  if (!lazy) assert.deepEqual(requests.map((request) => request.match(/\.js$|\.wasm$|^POST/)?.[0]), expected, requests.join());
  await click();
  await assertLoaded(create, options, [], "with the second change");
  assert.deepEqual(await create.loads.instantiated(), ["checks", "omicall"]);
  await close(create);
}

/** The page that imports the checks, which the client then does not load again. */
export async function assertFormWorks(browser, url, options = {}) {
  const form = await open(browser, url, "form button:enabled");
  const output = (name) => form.page.locator(`[name=${name}]`).textContent();
  assert.match(await output("issues"), /name/);
  await form.page.click("form button");
  await form.waitFor("[name=result]:not(:empty)");
  assert.equal(await output("result"), await output("issues"));
  await form.page.fill("[name=group_name]", "Night shift");
  assert.equal(await output("issues"), "");
  await form.page.click("form button");
  await form.page.getByText("Created Night shift").waitFor();
  // An error that the client makes is of the class that the page has from the checks.
  await form.page.route("**/internal_group/add", (route) => route.fulfill({ json: { status_code: 400, message: "no more groups" } }));
  await form.page.click("form button");
  await form.page.getByText("no more groups").waitFor();
  await assertLoaded(form, options, ["checks", "omicall"]);
  assert.deepEqual(await form.loads.instantiated(), ["checks", "omicall"]);
  await close(form);
}

/** The server of a framework's project, or its build, lists hotlines in the HTML, and keeps the API key. */
export function assertHotlinesRendered(html) {
  assert.match(html, /<p id="hotlines">024/, "the hotlines are rendered");
  assert.ok(!html.includes(API_KEY));
}

/** The page of a framework's project: it lists when it opens, and loads the checks with its first change. */
export async function assertPhonesPageWorks(browser, url, options = {}) {
  const seen = await open(browser, url, "[data-done]");
  assert.deepEqual(await seen.page.locator("#phones > li").allTextContents(), await phones());
  await assertLoaded(seen, options, ["omicall"], "before the first change");
  await seen.page.click("#create");
  await seen.waitFor("#groups > li");
  assert.deepEqual(await seen.page.locator("#groups > li").allTextContents(), ["Night shift"]);
  await assertLoaded(seen, options, ["checks"], "with the first change");
  assert.deepEqual(await seen.loads.instantiated(), ["checks", "omicall"]);
  await close(seen);
}

/** Each page fetches its modules once, because a link asks for them before its script does. */
export async function assertPreloads(browser, url) {
  const pages = { index: ["omicall"], softphone: ["softphone"], create: ["omicall"], form: ["checks", "omicall"] };
  const opened = await Promise.all(
    Object.entries(pages).map(async ([name, expected]) => {
      const seen = await open(browser, url(name), "[data-done], #create:enabled, form button:enabled");
      const links = await seen.page.locator("link[rel=preload][as=fetch]").evaluateAll((all) => all.map((link) => link.href));
      assert.equal(links.length, expected.length, `${name}: ${links.join()}`);
      assert.deepEqual((await seen.loads.parts()).filter((part) => part.endsWith(".wasm")), expected.map((name) => `${name}.wasm`), name);
      return seen;
    }),
  );
  // Chromium warns of a link that nothing used three seconds after the page has loaded.
  await new Promise((done) => setTimeout(done, 4_000));
  for (const seen of opened) await close(seen);
}

/**
 * Opens the pages at `url(name)`. `inside`: the modules are inside the JavaScript, as with the condition `development`.
 * `chunks`: how many files of JavaScript the checks are. `repeats`: whether pages may fetch the same in two files, of which
 * they use one. `lazy`: the dev server bundles what is imported on demand only then, and asks for files of its own.
 */
export async function assertPagesLoadWhatTheyUse(browser, url, options = {}) {
  await assertLists(browser, url("index"), options);
  await assertConfiguresSoftphone(browser, url("softphone"), options);
  await assertCreates(browser, url("create"), options);
  await assertFormWorks(browser, url("form"), options);
}

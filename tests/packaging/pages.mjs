// The pages of the projects load only what they use, and nothing twice.
import assert from "node:assert/strict";
import { phones } from "./support.mjs";
import { watch } from "./loads.mjs";

/** What a page loads that uses these modules. */
const partsOf = (inside, ...names) => names.flatMap((name) => [`${name}.js`, inside ? `${name}.wasm.js` : `${name}.wasm`]).sort();

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

/**
 * Opens the pages at `url(name)`. `inside`: the modules are inside the JavaScript, as with the condition `development`.
 * `chunks`: how many files of JavaScript the checks are. `repeats`: whether the bundler puts the checks into two files if
 * a page imports them both ways; the browser fetches both, but runs one.
 */
export async function assertPagesLoadWhatTheyUse(browser, url, { inside = false, chunks = 1, repeats = false } = {}) {
  const list = await open(browser, url("index"), "[data-done]");
  assert.deepEqual(await list.page.locator("#phones > li").allTextContents(), await phones());
  assert.deepEqual(await list.loads.parts(), partsOf(inside, "omicall"), "the page that lists");
  assert.deepEqual(await list.loads.instantiated(), ["omicall"]);

  const softphone = await open(browser, url("softphone"), "[data-done]");
  assert.equal(await softphone.page.locator("#uri").textContent(), "sip:147@acme.example");
  assert.deepEqual(await softphone.loads.parts(), partsOf(inside, "softphone"), "the page with a softphone");
  assert.deepEqual(await softphone.loads.instantiated(), ["softphone"]);

  const create = await open(browser, url("create"), "#create:enabled");
  assert.deepEqual(await create.loads.parts(), partsOf(inside, "omicall"), "before the first change");
  create.loads.requests();
  await create.page.click("#create");
  await create.waitFor("[data-done]");
  assert.deepEqual(await create.loads.parts(), partsOf(inside, "checks"), "with the first change");
  const requests = create.loads.requests();
  assert.deepEqual(requests.map((request) => request.match(/\.js$|\.wasm$|^POST/)?.[0]), [...Array(chunks).fill(".js"), ...(inside ? [] : [".wasm"]), "POST"], requests.join());
  const groups = create.page.locator("#groups > li");
  const count = await groups.count();
  await create.page.click("#create");
  await groups.nth(count).waitFor();
  assert.deepEqual([await create.loads.parts(), await create.loads.instantiated()], [[], ["checks", "omicall"]], "after the second change");

  const form = await open(browser, url("form"), "button:enabled");
  const output = (name) => form.page.locator(`[name=${name}]`).textContent();
  assert.match(await output("issues"), /name/);
  await form.page.click("button");
  await form.waitFor("[name=result]:not(:empty)");
  assert.equal(await output("result"), await output("issues"));
  await form.page.fill("[name=group_name]", "Night shift");
  assert.equal(await output("issues"), "");
  await form.page.click("button");
  await form.page.getByText("Created Night shift").waitFor();
  const parts = await form.loads.parts();
  assert.deepEqual(repeats ? [...new Set(parts)] : parts, partsOf(inside, "checks", "omicall"), "the form");
  assert.deepEqual(await form.loads.instantiated(), ["checks", "omicall"]);

  for (const { page, lines } of [list, softphone, create, form]) {
    assert.deepEqual(lines, []);
    await page.close();
  }
}

// The pages without a bundler in a second engine: Firefox ESR, over WebDriver BiDi.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { phones, plain, site } from "./support.mjs";

let browser, folder;
before(async () => {
  assert.ok(process.env.FIREFOX, "set FIREFOX to the Firefox to test with, or run `cargo xtask test packaging`, which finds it");
  folder = await plain("firefox");
  browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true });
});
after(() => browser?.close());

/** Opens a page and waits until it is finished or shows a problem. */
async function open(url) {
  const page = await browser.newPage();
  const consoleLines = [];
  page.on("console", (message) => message.type() === "error" && consoleLines.push(message.text()));
  page.on("pageerror", (error) => consoleLines.push(`uncaught: ${error.message}`));
  await page.goto(url);
  await page.waitForSelector("[data-done], #problem:not(:empty)", { timeout: 60_000 }).catch((error) => assert.fail(`${url}: ${error.message}\n${consoleLines.join("\n")}`));
  const texts = (selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent));
  return { consoleLines, lines: await texts("#phones > li"), classic: await texts("#classic > li"), problem: (await texts("#problem"))[0], close: () => page.close() };
}

for (const name of ["module", "classic", "inline", "worker"]) {
  test(`Firefox: ${name}.html`, async () => {
    const seen = await open(`${await site(folder)}/${name}.html`);
    assert.deepEqual([seen.problem, seen.consoleLines], ["", []]);
    assert.deepEqual(seen.lines, await phones());
    if (name === "worker") assert.deepEqual(seen.classic, await phones());
    await seen.close();
  });
}

test("Firefox: two entries by an import map", async () => {
  const paths = [];
  const origin = await site(folder, { respond: (request, response, pathname) => void paths.push(pathname) });
  const page = await browser.newPage();
  await page.goto(`${origin}/form.html`);
  await page.waitForSelector("button:enabled");
  await page.click("button");
  await page.waitForSelector("[name=result]:not(:empty)");
  const [issues, result] = await page.$$eval("output", (all) => all.map((one) => one.textContent));
  assert.equal(result, issues);
  await page.type("[name=group_name]", "Night shift");
  await page.click("button");
  await page.waitForFunction(() => document.querySelector("[name=result]").textContent === "Created Night shift");
  assert.deepEqual(paths.filter((pathname) => pathname.endsWith(".wasm")).sort(), ["/cdn/omicall-call-center/checks/checks.wasm", "/cdn/omicall-call-center/omicall.wasm"]);
  await page.close();
});

const csp = (words) => ({ headers: () => ({ "content-security-policy": `default-src 'self'; ${words}` }) });

test("Firefox: the documented Content-Security-Policy", async () => {
  const seen = await open(`${await site(folder, csp("script-src 'self' 'wasm-unsafe-eval'"))}/module.html`);
  assert.deepEqual([seen.problem, seen.lines], ["", await phones()]);
  await seen.close();
});

test("Firefox: errors explain why the module does not start", async () => {
  const serving = (status, type) => ({ respond: (request, response, pathname) => pathname.endsWith(".wasm") && (response.writeHead(status, { "content-type": type }).end("<!doctype html>"), true) });
  const cases = [
    [csp("script-src 'self'"), /add 'wasm-unsafe-eval' to its script-src/],
    [csp("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"), /could not be fetched: .*connect-src/],
    [serving(404, "text/plain"), /status 404/],
    [serving(200, "text/html"), /MIME type text\/html/],
    [serving(200, "application/wasm"), /could not be started \(.*magic/],
  ];
  for (const [options, message] of cases) {
    const seen = await open(`${await site(folder, options)}/module.html`);
    assert.match(seen.problem, message);
    await seen.close();
  }
});

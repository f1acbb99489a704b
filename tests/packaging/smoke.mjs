// The pages without a bundler in an engine besides Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { phones, plain, site } from "./support.mjs";

const csp = (words) => ({ headers: () => ({ "content-security-policy": `default-src 'self'; ${words}` }) });

/**
 * `start()` starts the browser and returns `{ open(url), close() }`. `open` returns the page: `texts(selector)`, `click(selector)`,
 * `type(selector, text)`, `close()`, and `consoleLines`, the errors in its console. `notWasm`: what the engine says of bytes that
 * are not WebAssembly. `usesPreloads`: whether `fetch` takes what a link has preloaded.
 */
export function smokeTests(name, start, { notWasm, usesPreloads }) {
  let browser, folder;
  before(async () => {
    folder = await plain(name.toLowerCase());
    browser = await start();
  });
  after(() => browser?.close());

  /** Waits until an element that matches `selector` is there. */
  async function waitFor(page, selector) {
    for (const end = Date.now() + 60_000; (await page.texts(selector)).length === 0; await new Promise((done) => setTimeout(done, 20))) {
      if (Date.now() > end) assert.fail(`the page has no ${selector} after a minute: ${await page.texts("body")}\n${page.consoleLines.join("\n")}`);
    }
  }

  /** Opens a page and waits until it is finished or shows a problem. */
  async function open(url) {
    const page = await browser.open(url);
    await waitFor(page, "[data-done], #problem:not(:empty)");
    const [lines, classic, [problem]] = await Promise.all(["#phones > li", "#classic > li", "#problem"].map(page.texts));
    return { lines, classic, problem, consoleLines: page.consoleLines, close: page.close };
  }

  for (const page of ["module", "classic", "inline", "worker"]) {
    test(`${name}: ${page}.html`, async () => {
      const seen = await open(`${await site(folder)}/${page}.html`);
      assert.deepEqual([seen.problem, seen.consoleLines], ["", []]);
      assert.deepEqual(seen.lines, await phones());
      if (page === "worker") assert.deepEqual(seen.classic, await phones());
      await seen.close();
    });
  }

  test(`${name}: two entries by an import map`, async () => {
    const paths = [];
    const origin = await site(folder, { respond: (request, response, pathname) => void paths.push(pathname) });
    const page = await browser.open(`${origin}/form.html`);
    await waitFor(page, "button:enabled");
    await page.click("button");
    await waitFor(page, "[name=result]:not(:empty)");
    const [issues, result] = await page.texts("output");
    assert.equal(result, issues);
    await page.type("[name=group_name]", "Night shift");
    await page.click("button");
    await waitFor(page, "[name=issues]:empty");
    while ((await page.texts("[name=result]"))[0] === result) await new Promise((done) => setTimeout(done, 20));
    assert.deepEqual(await page.texts("[name=result]"), ["Created Night shift"]);
    const modules = paths.filter((pathname) => pathname.endsWith(".wasm")).sort();
    assert.deepEqual(usesPreloads ? modules : [...new Set(modules)], ["/cdn/omicall-call-center/checks/checks.wasm", "/cdn/omicall-call-center/omicall.wasm"]);
    await page.close();
  });

  test(`${name}: the documented Content-Security-Policy`, async () => {
    const seen = await open(`${await site(folder, csp("script-src 'self' 'wasm-unsafe-eval'"))}/module.html`);
    assert.deepEqual([seen.problem, seen.lines], ["", await phones()]);
    await seen.close();
  });

  test(`${name}: errors explain why the module does not start`, async () => {
    const serving = (status, type) => ({ respond: (request, response, pathname) => pathname.endsWith(".wasm") && (response.writeHead(status, { "content-type": type }).end("<!doctype html>"), true) });
    const cases = [
      [csp("script-src 'self'"), /add 'wasm-unsafe-eval' to its script-src/],
      [csp("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"), /could not be fetched: .*connect-src/],
      [serving(404, "text/plain"), /status 404/],
      [serving(200, "text/html"), /MIME type text\/html/],
      [serving(200, "application/wasm"), new RegExp(`could not be started \\(.*${notWasm}`)],
    ];
    for (const [options, message] of cases) {
      const seen = await open(`${await site(folder, options)}/module.html`);
      assert.match(seen.problem, message);
      await seen.close();
    }
  });
}

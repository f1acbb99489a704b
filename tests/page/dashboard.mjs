// Shared by the tests of the dashboard: a browser that is signed in to a tenant of its own, and checks after each test.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

export const SANDBOX = process.env.OMICALL_SANDBOX;
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

/** Starts a browser before the tests of a file, for a world of the sandbox that only this file uses. */
export function dashboard(name) {
  const world = `${SANDBOX}/w/${name}`;
  let browser;
  /** Requests to the API without the page and the package. */
  const api = {};

  before(async () => {
    assert.ok(SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox started with --www www-example");
    browser = await launch();
    // Earlier runs may have changed it.
    await fetch(`${world}/__sandbox/reset`, { method: "POST" });
    const { apiKey } = await (await fetch(`${world}/sandbox.json`)).json();
    const token = await (await fetch(`${world}/__sandbox/token`)).text();
    const call = async (method, path, body) => {
      const headers = { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) };
      const response = await fetch(`${world}/api/call_center/${path}`, { method, headers, body: JSON.stringify(body) });
      return (await response.json()).payload;
    };
    const get = (path, query) => call("GET", `${path}?${new URLSearchParams(query)}`);
    const list = (query) => get("internal_phone/list", query);
    const { items } = await list({ size: 200 });
    Object.assign(api, { apiKey, token, call, get, list, items, passwords: items.map(({ password }) => password) });
  });

  after(() => browser?.close());

  /** A test that starts signed in. At its end no secret may be in the console, the address or storage, and the console may
   * contain only `expected` lines. */
  function onDashboard(name, body, { url = `${world}/index.html`, ready = "137 phones", expected = [], ...look } = {}) {
    test(name, async () => {
      const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 }, ...look });
      context.setDefaultTimeout(15_000);
      try {
        const page = await context.newPage();
        const consoleLines = [];
        const secrets = new Set([api.apiKey, api.token, ...api.passwords]);
        page.on("console", (line) => consoleLines.push(`${line.type()}: ${line.text()} (${line.location().url})`));
        page.on("pageerror", (error) => consoleLines.push(`page error: ${error.stack}`));
        page.on("request", (request) => {
          const token = request.headers().authorization?.replace("Bearer ", "");
          if (token) secrets.add(token);
        });
        await page.goto(url);
        await page.getByText(ready).waitFor();
        await body(page);
        const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
        const visible = [...consoleLines, page.url(), stored].join("\n");
        for (const secret of secrets) assert.ok(!visible.includes(secret), `a secret is visible: ${visible}`);
        const unexpected = consoleLines.filter((line) => !expected.some((pattern) => pattern.test(line)));
        assert.deepEqual(unexpected, []);
      } finally {
        await context.close();
      }
    });
  }

  /** The error of the package when the request fails. */
  function packageError(page, auth) {
    return page.evaluate(
      async ([baseUrl, auth]) => {
        const { CallCenter } = await import("omicall-call-center");
        const callCenter = new CallCenter({ baseUrl, auth, maxRetries: 0 });
        return callCenter.phones.list().catch(({ message, kind }) => ({ message, kind }));
      },
      [world, auth],
    );
  }

  /** Sets the response to the next request for that path. */
  function respondNext(path, response) {
    const fault = { kind: "raw", body: JSON.stringify(response), content_type: "application/json" };
    return fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { path }, fault }]) });
  }

  /** The requests for that path that the server has received since the last reset. */
  async function requestsFor(path) {
    const requests = await (await fetch(`${world}/__sandbox/requests`)).json();
    return requests.filter((request) => request.path.includes(path));
  }

  return { world, api, onDashboard, packageError, respondNext, requestsFor };
}

/** Runs `body(page, look)` in each size and colour scheme; `look(name)` takes a screenshot and checks that nothing overflows. */
export function onEveryScreen(onDashboard, title, body, expected = []) {
  for (const width of [360, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      const viewport = { width, height: width === 360 ? 740 : 900 };
      const run = async (page) => {
        mkdirSync(SCREENSHOTS, { recursive: true });
        await body(page, async (name) => {
          const sideways = await page.evaluate(({ scrollWidth, clientWidth } = document.documentElement) => scrollWidth - clientWidth);
          assert.equal(sideways, 0, `${name} scrolls sideways`);
          await page.screenshot({ path: `${SCREENSHOTS}${name}-${width}-${colorScheme}.png`, animations: "disabled" });
        });
      };
      onDashboard(`${title}: ${width} px, ${colorScheme} (see target/screenshots)`, run, { viewport, colorScheme, expected });
    }
  }
}

export const search = (page) => page.getByRole("searchbox");
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const alert = (page) => page.getByRole("alert");
export const focused = (page) => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);

/** Holds back the responses to requests whose URL contains `part`, until `release`. */
export async function holdResponses(page, part) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(`**/*${part}*`, async (route) => {
    const response = await route.fetch();
    await released;
    // The page may have aborted it.
    await route.fulfill({ response }).catch(() => {});
  });
  return release;
}

/** The issues under a field, found as a screen reader finds them, e.g. "error ivr-name-required". */
export const issuesOf = (field) =>
  field.evaluate((field) => {
    const lists = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
    const items = lists.flatMap((list) => [...(list?.querySelectorAll("li") ?? [])]);
    return items.map(({ dataset }) => `${dataset.severity} ${dataset.code}`);
  });
/** The issues of a whole part of a form, by its `data-path`. */
export const issuesAt = (page, path) =>
  page.locator(`[data-path="${path}"] > .issues > li`).evaluateAll((items) => items.map(({ dataset }) => `${dataset.severity} ${dataset.code}`));

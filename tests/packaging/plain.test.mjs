// The package without a bundler: its folder is copied to a server, as on a CDN.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../page/chromium.mjs";
import { assertFormWorks } from "./pages.mjs";
import { openPage, phones, plain, assertShowsPhones, site, vendor } from "./support.mjs";

let browser, folder;
before(async () => {
  folder = await plain();
  browser = await launch();
});
after(() => browser?.close());

test("a module script", async () => assertShowsPhones(browser, `${await site(folder)}/module.html`));

test("two entries by an import map", async () => assertFormWorks(browser, `${await site(folder)}/form.html`));

test("a classic script", async () => assertShowsPhones(browser, `${await site(folder)}/classic.html`, { modules: 0 }));

test("a module script with the inline entry", async () => assertShowsPhones(browser, `${await site(folder)}/inline.html`, { modules: 0 }));

test("module workers and classic workers", async () => {
  const seen = await openPage(browser, `${await site(folder)}/worker.html`);
  assert.deepEqual(seen.lines, await phones());
  assert.deepEqual(await seen.page.locator("#classic > li").allTextContents(), await phones());
  await seen.page.close();
});

test("a CDN on another origin", async () => {
  const cdn = await site(path.join(folder, "cdn"), { headers: () => ({ "access-control-allow-origin": "*" }) });
  for (const [page, script, modules] of [["module", "module.js", 1], ["classic", undefined, 0]]) {
    const respond = async (request, response, pathname) => {
      if (pathname !== `/${page}.html` && pathname !== `/${script}`) return false;
      const text = (await readFile(path.join(folder, pathname), "utf8")).replace('"/cdn/', `"${cdn}/`);
      response.writeHead(200, { "content-type": pathname.endsWith(".html") ? "text/html" : "text/javascript" }).end(text);
      return true;
    };
    await assertShowsPhones(browser, `${await site(folder, { respond })}/${page}.html`, { modules });
  }
});

test("a classic script has the checks and the softphone inside, and one class of errors", async () => {
  const seen = await openPage(browser, `${await site(folder)}/classic.html`);
  const outcome = await seen.page.evaluate(async () => {
    const { CallCenter, OmiCallError, jsSipConfig, validateGroup } = OmiCallCenter;
    const caught = (call) => Promise.resolve().then(call).catch((error) => error instanceof OmiCallError && error.kind);
    const callCenter = new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "x" } });
    return [validateGroup({}).ok, await caught(() => jsSipConfig({})), await caught(() => callCenter.groups.create({ group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 20 }))];
  });
  assert.deepEqual([outcome, seen.modules], [[false, "validation", "validation"], []]);
  await seen.page.close();
});

test("a classic script from a file: URL", async () => {
  const offline = path.join(folder, "offline");
  await mkdir(offline);
  await cp(path.join(folder, "cdn/omicall-call-center/classic.js"), path.join(offline, "classic.js"));
  await writeFile(path.join(offline, "index.html"), '<!doctype html><script src="classic.js"></script>');
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path.join(offline, "index.html")).href);
  const before = await page.evaluate(() => Object.keys(window).filter((name) => /omicall/i.test(name)));
  assert.deepEqual(before, ["OmiCallCenter"], "one global");
  const token = await (await fetch(`${vendor}/__sandbox/token`)).text();
  const count = await page.evaluate(
    async ([baseUrl, accessToken]) => (await new OmiCallCenter.CallCenter({ baseUrl, auth: { accessToken } }).phones.list({ size: 500 })).items.length,
    [vendor, token],
  );
  assert.equal(count, (await phones()).length);
  await page.close();
});

test("the documented Content-Security-Policy", async () => {
  const csp = (more) => ({ headers: () => ({ "content-security-policy": `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'${more}` }) });
  for (const [name, modules] of [["module", 1], ["classic", 0], ["inline", 0]]) await assertShowsPhones(browser, `${await site(folder, csp(""))}/${name}.html`, { modules });

  // If pages call the vendor directly, connect-src must contain its origin.
  const direct = async (more) => {
    const page = await browser.newPage();
    await page.goto(`${await site(folder, csp(more))}/module.html`);
    const end = await page.evaluate(async (baseUrl) => {
      const { CallCenter, initAsync } = await import("/cdn/omicall-call-center/index.js");
      await initAsync();
      const callCenter = new CallCenter({ baseUrl, auth: { accessToken: "refused" }, maxRetries: 0 });
      return callCenter.phones.list().catch((error) => error.kind);
    }, vendor);
    await page.close();
    return end;
  };
  assert.equal(await direct(` ${new URL(vendor).origin}`), "auth");
  assert.equal(await direct(""), "network");
});

test("importing does nothing until the first use", async () => {
  const requestedPaths = [];
  const origin = await site(folder, { respond: (request, response, pathname) => void requestedPaths.push(pathname) });
  const page = await browser.newPage();
  await page.goto(`${origin}/show.js`);
  const [before, afterwards] = await page.evaluate(async () => {
    const started = [];
    for (const name of ["Module", "Instance"]) {
      const usual = WebAssembly[name];
      WebAssembly[name] = new Proxy(usual, { construct: (_, all) => (started.push(name), new usual(...all)) });
    }
    const globals = Object.getOwnPropertyNames(window);
    await import("/cdn/omicall-call-center/all/index.js");
    const { CallCenter } = await import("/cdn/omicall-call-center/all/inline.js");
    const before = [...Object.getOwnPropertyNames(window).filter((name) => !globals.includes(name)), ...started];
    new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "x" } }).free();
    return [before, started];
  });
  assert.deepEqual([before, afterwards], [[], ["Module", "Instance"]]);
  assert.ok(requestedPaths.includes("/cdn/omicall-call-center/checks/index.js") && !requestedPaths.some((pathname) => pathname.endsWith(".wasm")), requestedPaths.join());
  await page.close();
});

test("exports match the declarations", async () => {
  const page = await browser.newPage();
  await page.goto(`${await site(folder)}/classic.html`);
  const exported = (entry) => page.evaluate(async (entry) => Object.keys(await import(entry)).filter((name) => name !== "default").sort(), `/cdn/omicall-call-center/${entry}`);
  for (const entry of ["", "checks/", "softphone/", "testing/", "all/"]) {
    const declared = await declaredValues(`${entry}index.d.ts`);
    for (const kind of ["index", "inline", "development"]) assert.deepEqual(await exported(`${entry}${kind}.js`), declared, `${entry}${kind}.js`);
  }
  assert.deepEqual(await page.evaluate(() => Object.keys(OmiCallCenter).sort()), await declaredValues("all/index.d.ts"));
  await page.close();
});

/** The names of the values that an entry declares, or passes on from another file. */
async function declaredValues(file) {
  const text = await readFile(path.join(folder, "cdn/omicall-call-center", file), "utf8");
  const own = [...text.matchAll(/^export (?:class|function|const|enum) (\w+)/gm)].map(([, name]) => name);
  const passedOn = [...text.matchAll(/^export \{([^}]*)\} from/gm)].flatMap(([, names]) => names.split(",").map((name) => name.trim()));
  return [...new Set([...own, ...passedOn])].sort();
}

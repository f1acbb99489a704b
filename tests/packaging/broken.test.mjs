// The errors when the package is served incorrectly: they explain the cause.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { launch } from "../page/chromium.mjs";
import { pkg, plain, site } from "./support.mjs";

let browser, folder;
before(async () => {
  folder = await plain("broken");
  browser = await launch();
});
after(() => browser?.close());

const csp = (words) => ({ headers: () => ({ "content-security-policy": `default-src 'self'; ${words}` }) });

/** A site with this response for a module. */
const serving = (status, type, body, file = "omicall.wasm") => ({
  respond: (request, response, pathname) => {
    if (!pathname.endsWith(`/${file}`)) return false;
    response.writeHead(status, type ? { "content-type": type } : {}).end(body);
    return true;
  },
});

/** The outcome of `initAsync` on such a site. */
async function start(options, entry = "index.js") {
  const page = await browser.newPage();
  await page.goto(`${await site(folder, options)}/show.js`);
  const end = await page.evaluate(async (entry) => {
    const { initAsync, OmiCallError } = await import(`/cdn/omicall-call-center/${entry}`);
    return initAsync().then(
      () => ({}),
      (error) => ({ isOurs: error instanceof OmiCallError, kind: error.kind, message: error.message, retryable: error.retryable }),
    );
  }, entry);
  await page.close();
  return end;
}

function assertFails(end, message, retryable = false) {
  assert.deepEqual([end.isOurs, end.kind], [true, "usage"], JSON.stringify(end));
  assert.match(end.message, message);
  assert.equal(end.retryable, retryable);
}

test("omicall.wasm is missing", async () => assertFails(await start(serving(404, "text/plain", "not found")), /omicall\.wasm has the status 404: .*served there.*initAsync\(url\)/));

test("the server responds with 503", async () => assertFails(await start(serving(503)), /omicall\.wasm has the status 503/, true));

test("an HTML page instead, as from servers of single-page apps", async () =>
  assertFails(await start(serving(200, "text/html; charset=utf-8", "<!doctype html>")), /MIME type text\/html.*: that is a web page/));

test("another MIME type", async () => {
  const bytes = await readFile(path.join(pkg, "omicall.wasm"));
  for (const type of ["text/plain", "application/octet-stream"]) assertFails(await start(serving(200, type, bytes)), new RegExp(`MIME type ${type}: .*application/wasm`));
  // MIME parameters are ignored, and a missing type is accepted.
  for (const type of ["application/wasm; charset=binary", undefined]) assert.deepEqual(await start(serving(200, type, bytes)), {});
});

test("the correct type with invalid content", async () => {
  assertFails(await start(serving(200, "application/wasm", "<!doctype html>")), /could not be started \(.*magic/);
  const half = (await readFile(path.join(pkg, "omicall.wasm"))).subarray(0, 20_000);
  assertFails(await start(serving(200, "application/wasm", half)), /could not be started \(.*CompileError|could not be started \(WebAssembly/);
});

test("an old omicall.wasm with new JavaScript", async () => {
  const old = Buffer.from(await readFile(path.join(pkg, "omicall.wasm")));
  old.write("00000000", old.length - 8);
  assertFails(await start(serving(200, "application/wasm", old)), /not from one build \(\d+\.\d+\.\d+-00000000 and \d+\.\d+\.\d+-[0-9a-f]{8}\): deploy both together/);
  const other = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  assertFails(await start(serving(200, "application/wasm", other)), /not from one build \(none and/);
});

/** The outcome of a call that checks its payload, and of the same call after `repair`, on a site where the checks are broken. */
async function change(options, repair = () => {}) {
  const page = await browser.newPage();
  await page.goto(`${await site(folder, options)}/show.js`);
  const call = () =>
    page.evaluate(async () => {
      const { initAsync, CallCenter, OmiCallError } = await import("/cdn/omicall-call-center/index.js");
      await initAsync();
      const callCenter = new CallCenter({ baseUrl: "/omicall", auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() } });
      const group = { group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 };
      return callCenter.groups.create(group).then(
        ({ group_name }) => ({ group_name }),
        (error) => ({ isOurs: error instanceof OmiCallError, kind: error.kind, message: error.message, retryable: error.retryable }),
      );
    });
  const first = await call();
  await repair();
  const second = await call();
  await page.close();
  return [first, second];
}

test("the checks are missing: a change is not sent, and works as soon as they are there", async () => {
  const sent = [];
  let missing = true;
  const respond = (request, response, pathname) => {
    if (pathname.startsWith("/omicall/")) sent.push(pathname);
    return missing && pathname.endsWith("/checks.wasm") && (response.writeHead(404).end(), true);
  };
  const [first, second] = await change({ respond }, () => {
    assert.deepEqual(sent, []);
    missing = false;
  });
  assertFails(first, /checks\.wasm has the status 404: checks\.wasm has to be served there/);
  assert.deepEqual(second, { group_name: "Night shift" });
});

test("an old checks.wasm with new JavaScript", async () => {
  const old = Buffer.from(await readFile(path.join(pkg, "checks/checks.wasm")));
  old.write("00000000", old.length - 8);
  for (const end of await change(serving(200, "application/wasm", old, "checks.wasm"))) assertFails(end, /: checks\.wasm and the JavaScript of omicall-call-center are not from one build/);
});

test("the JavaScript of the checks is missing", async () => {
  let missing = true;
  const respond = (request, response, pathname) => missing && pathname.endsWith("/checks/checks.js") && (response.writeHead(404).end(), true);
  const [first, second] = await change({ respond }, () => (missing = false));
  assertFails(first, /: the payload was not checked, and nothing was sent: checks\/index\.js of omicall-call-center could not be loaded: serve it .*reload the page/);
  assert.deepEqual(second, { group_name: "Night shift" });
});

test("a Content-Security-Policy that forbids WebAssembly", async () => {
  for (const entry of ["index.js", "inline.js"]) assertFails(await start(csp("script-src 'self'"), entry), /Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src/);
});

test("the first use of the classic script under that policy", async () => {
  const page = await browser.newPage();
  await page.goto(`${await site(folder, csp("script-src 'self'"))}/classic.html`);
  const message = await page.locator("#problem:not(:empty)").textContent();
  assert.match(message, /add 'wasm-unsafe-eval'/);
  const first = await page.evaluate(() => {
    try {
      return new OmiCallCenter.CallCenter({ baseUrl: "/", auth: { accessToken: "x" } });
    } catch (error) {
      return [error.kind, error.message];
    }
  });
  assert.equal(first[0], "usage");
  assert.match(first[1], /add 'wasm-unsafe-eval'/);
  await page.close();
});

test("a Content-Security-Policy that forbids fetching it", async () =>
  assertFails(await start(csp("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'")), /omicall\.wasm could not be fetched: .*connect-src/, true));

/** What an engine that lacks something says in this entry: of `initAsync`, or of the first use. `lack` runs before the package. */
async function without(lack, entry, isFirstUse = false) {
  const page = await browser.newPage();
  await page.addInitScript(lack);
  await page.goto(`${await site(folder)}/show.js`);
  const end = await page.evaluate(
    async ([entry, isFirstUse]) => {
      const { CallCenter, OmiCallError, initAsync } = await import(`/cdn/omicall-call-center/${entry}`);
      try {
        await (isFirstUse ? new CallCenter({ baseUrl: "/", auth: { accessToken: "x" } }) : initAsync());
        return {};
      } catch (error) {
        return { isOurs: error instanceof OmiCallError, kind: error.kind, message: error.message, retryable: error.retryable };
      }
    },
    [entry, isFirstUse],
  );
  await page.close();
  return end;
}

const OLDEST = "it takes Chrome 96, Firefox 93, Safari 16\\.4 or newer";

test("an engine whose WebAssembly is switched off, as in Lockdown Mode of iOS", async () => {
  const lack = () => delete globalThis.WebAssembly;
  for (const [entry, isFirstUse] of [["index.js"], ["inline.js"], ["inline.js", true], ["all/index.js"]]) assertFails(await without(lack, entry, isFirstUse), new RegExp(`switched off, as in Lockdown Mode of iOS, or missing: ${OLDEST}`));
});

test("an engine without SIMD or reference types", async () => {
  // As such an engine does: it refuses every module that uses them.
  const lack = () => {
    WebAssembly.validate = () => false;
    const refuse = () => {
      throw new WebAssembly.CompileError("WebAssembly.compile(): invalid value type 's128', enable with --experimental-wasm-simd");
    };
    WebAssembly.compile = WebAssembly.compileStreaming = async () => refuse();
    WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: refuse });
  };
  for (const [entry, isFirstUse] of [["index.js"], ["inline.js"], ["inline.js", true]]) assertFails(await without(lack, entry, isFirstUse), new RegExp(`lacks SIMD or reference types of WebAssembly: ${OLDEST}`));
});

test("Chrome before 115, which starts only small modules at first use", async () => {
  const lack = () => {
    const refuse = () => {
      throw new RangeError("WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB. Use WebAssembly.compile, or compile on a worker thread.");
    };
    WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: refuse });
  };
  assertFails(await without(lack, "inline.js", true), /`await initAsync\(\)` of `omicall-call-center` first/);
  assert.deepEqual(await without(lack, "inline.js"), {}, "initAsync starts it there too");
  const page = await browser.newPage();
  await page.addInitScript(lack);
  await page.goto(`${await site(folder)}/show.js`);
  await page.addScriptTag({ url: "/cdn/omicall-call-center/classic.js" });
  const [message, restarted] = await page.evaluate(async () => {
    const open = () => new OmiCallCenter.CallCenter({ baseUrl: "/", auth: { accessToken: "x" } });
    try {
      return [open()];
    } catch ({ message }) {
      await OmiCallCenter.initAsync();
      return [message, open().constructor === OmiCallCenter.CallCenter];
    }
  });
  assert.match(message, /`await initAsync\(\)` of `OmiCallCenter` first/);
  assert.equal(restarted, true);
  await page.close();
});

test("anything used before initAsync, in every entry", async () => {
  const page = await browser.newPage();
  await page.goto(`${await site(folder)}/show.js`);
  const ends = await page.evaluate(async () => {
    const sdk = await import("/cdn/omicall-call-center/all/index.js");
    const ends = [];
    // Every export: constructs classes, calls functions.
    for (const [name, value] of Object.entries(sdk)) {
      if (["initAsync", "loadChecks", "loadSoftphone", "OmiCallError"].includes(name)) continue;
      // A schema can be made before the module has started.
      if (value["~standard"]) {
        try {
          ends.push([name, "nothing", String(value()["~standard"].validate({}))]);
        } catch (error) {
          ends.push([name, error.kind, error.message]);
        }
        continue;
      }
      // These are JavaScript only, and work without a module.
      if (["groupRequest", "scriptRequest", "issuesByField", "unlisted"].includes(name)) continue;
      try {
        const isClass = /^class/.test(String(value));
        if (isClass) new value({});
        else await value({});
        ends.push([name, "nothing"]);
      } catch (error) {
        ends.push([name, error instanceof sdk.OmiCallError && error.kind, error.message]);
      }
    }
    return ends;
  });
  assert.ok(ends.length > 0);
  const notStarted = ends.filter(([, , message]) => message.includes("not started yet")).map(([name]) => name);
  for (const name of ["CallCenter", "lintIvr", "validateIvrScript", "groupSchema", "sipAccountSchema", "jsSipConfig"]) assert.ok(notStarted.includes(name), name);
  const entryOf = (name) => ({ CallCenter: "", jsSipConfig: "/softphone", lintIvr: "/checks" })[name];
  for (const [name, kind, message] of ends) {
    if (entryOf(name) !== undefined) assert.ok(message.includes(`of \`omicall-call-center${entryOf(name)}\` first`), message);
    assert.equal(kind, "usage", `${name}: ${message}`);
    // A page cannot construct a handle, with or without the module.
    assert.match(message, /not started yet: `await initAsync\(\)` of `omicall-call-center[/\w]*` first|^`new (Extensions|Greetings|Groups|Hotlines|IvrScripts|Phones)\(\)` is not possible/, name);
  }
  await page.close();
});

test("a failed start can be repeated", async () => {
  let broken = true;
  const page = await browser.newPage();
  await page.goto(`${await site(folder, { respond: (request, response, pathname) => broken && pathname.endsWith(".wasm") && (response.writeHead(404).end(), true) })}/show.js`);
  const again = () => page.evaluate(async () => (await import("/cdn/omicall-call-center/index.js")).initAsync().then(() => "started", (error) => error.message));
  assert.match(await again(), /404/);
  broken = false;
  assert.equal(await again(), "started");
  await page.close();
});

test("initAsync takes a URL, a Response, bytes, a module and a promise", async () => {
  const origin = await site(folder);
  const ways = {
    address: (url) => url,
    relative: () => "cdn/omicall-call-center/omicall.wasm",
    URL: (url) => new URL(url),
    Request: (url) => new Request(url),
    Response: async (url) => await fetch(url),
    promise: (url) => fetch(url),
    buffer: async (url) => (await fetch(url)).arrayBuffer(),
    bytes: async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer()),
    "a Response of one's own": async (url) => new Response(await (await fetch(url)).arrayBuffer()),
    module: (url) => WebAssembly.compileStreaming(fetch(url)),
    null: () => null,
  };
  for (const [way, of] of Object.entries(ways)) {
    const page = await browser.newPage();
    await page.goto(`${origin}/show.js`);
    const kind = await page.evaluate(async (of) => {
      const { initAsync, CallCenter } = await import("/cdn/omicall-call-center/index.js");
      const input = await new Function(`return ${of}`)()("/cdn/omicall-call-center/omicall.wasm".replace(/^/, location.origin));
      await initAsync(input);
      return new CallCenter({ baseUrl: "/", auth: { accessToken: "x" } }).constructor === CallCenter;
    }, String(of));
    assert.equal(kind, true, way);
    await page.close();
  }
});

test("errors do not contain the query of a URL", async () => {
  const page = await browser.newPage();
  await page.goto(`${await site(folder)}/show.js`);
  const message = await page.evaluate(async () => (await import("/cdn/omicall-call-center/index.js")).initAsync("/nowhere.wasm?signature=SECRET#SECRET").catch((error) => error.message));
  assert.match(message, /nowhere\.wasm has the status 404/);
  assert.doesNotMatch(message, /SECRET/);
  await page.close();
});

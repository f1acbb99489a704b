// The same calls in every environment: a Web Worker, a service worker, Node.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { TOKEN, json, masked, openPage, root, sample, vendor } from "./support.mjs";

let chrome, server, site, phones, detail;

/** The calls made in every environment. Its source is sent there, so it must not use anything from this module. */
async function calls(sdk, base) {
  const client = (options) => new sdk.CallCenter({ baseUrl: base, auth: { accessToken: "test-token-4711" }, maxRetries: 0, ...options });
  const outcome = async (call) => {
    try {
      return { value: await call() };
    } catch (error) {
      return { isOurs: error instanceof sdk.OmiCallError, message: error.message, kind: error.kind, code: error.code, path: error.path, attempts: error.attempts };
    }
  };
  const callCenter = client();
  const waiting = new AbortController();
  const aborted = outcome(() => callCenter.phones.list({ keyword: "hang" }, { signal: waiting.signal }));
  // Abort only after the request has been sent.
  await fetch(`${base}/hanging`);
  waiting.abort();
  const results = {
    list: await outcome(() => callCenter.phones.list({ page: 1, size: 2 })),
    iterated: await outcome(async () => {
      const names = [];
      for await (const phone of callCenter.phones.iterate({ size: 1 })) names.push(phone.sip_user);
      return names;
    }),
    all: await outcome(async () => (await callCenter.phones.iterate({ size: 1 }).toArray({ limit: 2 })).length),
    detail: await outcome(() => callCenter.extensions.detail({ type: "sip_user", keyword: "6349" })),
    aborted: await aborted,
    late: await outcome(() => callCenter.phones.list({ keyword: "silence" }, { timeoutMs: 100 })),
    wrong: await outcome(() => callCenter.phones.list({ page: "2" })),
    // Its check is in another module.
    invalid: await outcome(() => callCenter.groups.create({ group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 20 })),
    refused: await outcome(() => callCenter.extensions.detail({ type: "sip_user", keyword: "nobody" })),
  };
  callCenter.free();
  results.freed = await outcome(() => callCenter.phones.list());
  return results;
}

/** The script of a worker: responds to a message with the base URL with the results of `calls`. */
const worker = (prelude) => `
  import * as sdk from "/pkg/all/index.js";
  ${calls}
  ${prelude}
  const started = sdk.initAsync();
  self.addEventListener("message", async (event) => {
    const [base, port] = [event.data, event.ports[0]];
    try {
      await started;
      port.postMessage({ place: self.constructor.name, results: await calls(sdk, base) });
    } catch (error) {
      port.postMessage({ failed: String(error) });
    }
  });`;

function later() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

before(async () => {
  [phones, detail] = [await sample("internal_phone_list"), await sample("extensions_detail")];
  chrome = await openPage();
  // `/hanging` responds as soon as a call with the keyword "hang" has arrived.
  let hangs = later();
  server = await vendor(async (request, response, url) => {
    if (url.pathname === "/hanging") {
      await hangs.promise;
      hangs = later();
      return response.end();
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return json(response, { error: "unauthorized" }, 401);
    const keyword = url.searchParams.get("keyword");
    if (keyword === "hang") return hangs.resolve();
    if (keyword === "silence") return;
    if (keyword === "nobody") return json(response, { status_code: -9999, message: "extension_invalid" });
    if (url.pathname.endsWith("/extensions/detail")) return json(response, detail);
    const [page, size] = [Number(url.searchParams.get("page") ?? 1), Number(url.searchParams.get("size"))];
    const items = ["100", "101", "102"].slice((page - 1) * size, page * size).map((sip_user) => ({ ...phones.payload.items[0], sip_user }));
    json(response, { ...phones, payload: { ...phones.payload, items, page_number: page, page_size: size, has_next: page * size < 3, next_page: page + 1, total_items: 3 } });
  });
  // An origin with the package and the scripts of the workers.
  site = await serveWorkers();
});
after(async () => {
  await chrome.close();
  await site.close();
  await server.close();
});

/** Serves a page, the package, and the workers' scripts on a separate origin. */
async function serveWorkers() {
  const scripts = {
    "/": ["text/html", "<!doctype html><title>places</title>"],
    "/worker.js": ["text/javascript", worker("")],
    "/service-worker.js": ["text/javascript", worker(`self.addEventListener("install", () => self.skipWaiting());`)],
  };
  const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
  const http = createServer(async (request, response) => {
    const [type, text] = scripts[request.url] ?? [types[path.extname(request.url)], undefined];
    const body = text ?? (request.url.startsWith("/pkg/") && (await readFile(path.join(root, request.url)).catch(() => undefined)));
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": type ?? "text/plain" }).end(body);
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  http.unref();
  return {
    origin: `http://127.0.0.1:${http.address().port}`,
    close: () => new Promise((done) => (http.close(done), http.closeAllConnections())),
  };
}

function check(results, requests) {
  const value = (name) => (assert.ok("value" in results[name], `${name}: ${results[name].message}`), results[name].value);
  const { list, ...others } = results;
  assert.deepEqual(value("list").items.map((one) => one.sip_user), ["100", "101"]);
  assert.deepEqual({ ...value("list").items[0], sip_user: "" }, { ...masked(phones.payload).items[0], sip_user: "" });
  assert.deepEqual(value("iterated"), ["100", "101", "102"]);
  assert.equal(value("all"), 2);
  assert.deepEqual(value("detail"), detail.payload);
  const failed = Object.entries(others).filter(([, { kind }]) => kind);
  assert.deepEqual(
    failed.map(([name, { isOurs, kind, code, path, attempts }]) => [name, isOurs, kind, code ?? path, attempts]),
    [
      ["aborted", true, "aborted", undefined, 1],
      ["late", true, "timeout", undefined, 1],
      ["wrong", true, "validation", "/page", 0],
      ["invalid", true, "validation", "/group_name", 0],
      ["refused", true, "api", "extension_invalid", 1],
      ["freed", true, "usage", undefined, 0],
    ],
  );
  // list, three of iterate, two of toArray, detail, the aborted and the refused one; the invalid one was never sent.
  const sent = requests.filter(({ path, query }) => path.startsWith("/api/") && query.keyword !== "silence");
  assert.deepEqual(sent.map(({ method, headers }) => `${method} ${headers.authorization}`), Array(9).fill(`GET Bearer ${TOKEN}`));
}

test("calls work in a module Web Worker", async () => {
  server.requests.length = 0;
  const page = await chrome.newPage();
  await page.goto(site.origin);
  const { place, results, failed } = await page.evaluate(
    (base) =>
      new Promise((done, fail) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onerror = (event) => fail(new Error(`the worker did not start: ${event.message}`));
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => (worker.terminate(), done(data));
        worker.postMessage(base, [port2]);
      }),
    server.origin,
  );
  await page.close();
  assert.deepEqual([place, failed], ["DedicatedWorkerGlobalScope", undefined]);
  check(results, server.requests);
});

test("calls work in a service worker", async () => {
  server.requests.length = 0;
  const page = await chrome.newPage();
  await page.goto(site.origin);
  const { place, results, failed } = await page.evaluate(async (base) => {
    await navigator.serviceWorker.register("/service-worker.js", { type: "module" });
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const reply = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
    active.postMessage(base, [port2]);
    return reply;
  }, server.origin);
  await page.close();
  assert.deepEqual([place, failed], ["ServiceWorkerGlobalScope", undefined]);
  check(results, server.requests);
});

test("in a blob worker, a path is not a valid base URL", async () => {
  const page = await chrome.newPage();
  await page.goto(site.origin);
  const failure = await page.evaluate(async () => {
    const code = `
      import { initAsync, CallCenter } from "${location.origin}/pkg/index.js";
      await initAsync();
      const callCenter = new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "example" } });
      const { kind, path, attempts, retryable, message } = await callCenter.phones.list().catch((error) => error);
      postMessage({ kind, path, attempts, retryable, message });`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
    return new Promise((done, fail) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = (event) => fail(new Error(`the worker did not start: ${event.message}`));
    });
  });
  await page.close();
  const { message, ...rest } = failure;
  assert.deepEqual(rest, { kind: "usage", path: "/baseUrl", attempts: 1, retryable: false }, message);
});

test("calls work in Node, with the bytes of the modules", async () => {
  const sdk = await import(path.join(root, "pkg/index.js"));
  await sdk.initAsync(await readFile(path.join(root, "pkg/omicall.wasm")));
  const checks = await import(path.join(root, "pkg/checks/index.js"));
  await checks.initAsync(await readFile(path.join(root, "pkg/checks/checks.wasm")));
  server.requests.length = 0;
  check(await calls(sdk, server.origin), server.requests);
});

test("in Node, an API key needs no confirmation, and a path is not a valid base URL", async () => {
  const sdk = await import(path.join(root, "pkg/index.js"));
  await sdk.initAsync(await readFile(path.join(root, "pkg/omicall.wasm")));
  const seen = [];
  const backend = await vendor((request, response, url) => {
    seen.push([url.pathname, request.headers.authorization]);
    if (url.pathname === "/api/auth") return json(response, { status_code: 9999, payload: { access_token: "from-key", token_type: "Bearer" } });
    json(response, phones);
  });
  const callCenter = new sdk.CallCenter({ baseUrl: backend.origin, auth: { apiKey: "key" } });
  assert.deepEqual((await callCenter.phones.list()).items, masked(phones.payload).items);
  assert.deepEqual(seen, [["/api/auth", undefined], ["/api/call_center/internal_phone/list", "Bearer from-key"]]);
  callCenter.free();
  await backend.close();
  assert.throws(
    () => new sdk.CallCenter({ baseUrl: "/omicall", auth: { apiKey: "key" } }),
    (error) => error instanceof sdk.OmiCallError && error.kind === "usage" && error.path === "/baseUrl" && /no page here/.test(error.message),
  );
});

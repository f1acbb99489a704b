// A page with the package in a real Chromium, and a fake vendor server whose responses each test defines.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const TOKEN = "test-token-4711";

/** A list page of phones as the client returns it: passwords are masked unless a call asks for them. */
export const masked = (page) => ({ ...page, items: page.items.map((phone) => ({ ...phone, password: "***" })) });

export const sample = async (name) => JSON.parse(await readFile(path.join(root, "tests/samples", `${name}.json`), "utf8"));

const types = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html", ".map": "application/json" };

async function listen(handle) {
  const server = createServer(handle);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // A test that fails before it closes its server must not keep the process alive.
  server.unref();
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

/** A server on another origin than the page's. `respond(request, response, url)` is called after CORS and logging. */
export async function vendor(respond) {
  const requests = [];
  const preflights = [];
  let open = 0;
  const server = await listen(async (request, response) => {
    open += 1;
    response.on("close", () => (open -= 1));
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "authorization, content-type");
    response.setHeader("access-control-allow-methods", "GET, POST, PUT, DELETE");
    const url = new URL(request.url, "http://vendor");
    if (request.method === "OPTIONS") {
      preflights.push({ path: url.pathname, requestedHeaders: request.headers["access-control-request-headers"] });
      return response.writeHead(204).end();
    }
    const entry = { method: request.method, path: url.pathname, query: Object.fromEntries(url.searchParams), raw: request.url, headers: request.headers };
    requests.push(entry);
    if (request.method !== "GET") {
      try {
        entry.body = Buffer.concat(await request.toArray());
      } catch {
        return (entry.isAborted = true);
      }
    }
    await respond(request, response, url);
  });
  return { ...server, requests, preflights, openRequests: () => open };
}

/** The headers of a request that the browser did not add. */
export const ownHeaders = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(host|connection|content-length|accept.*|user-agent|referer|origin|cache-control|pragma|sec-.*)$/.test(name)));

export const json = (response, body, status = 200) =>
  response.writeHead(status, { "content-type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body));

/**
 * Opens an empty page in Chromium with the package as `window.sdk`. `flags` are for its JavaScript engine. `api(request, response)` is
 * what the page's origin serves as `/omicall`.
 */
export async function openPage(flags = "", { api } = {}) {
  const files = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    if (api && pathname.startsWith("/omicall/")) return api(request, response);
    if (pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>test</title>");
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    try {
      const body = await readFile(path.join(root, pathname));
      response.writeHead(200, { "content-type": types[path.extname(pathname)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  const browser = await launch(`--js-flags=--expose-gc ${flags}`);
  const page = await browser.newPage();
  const consoleLines = [];
  // Chromium's own messages about failed requests include their URL, as in the console.
  const lineOf = (message) => (message.text().startsWith("Failed to load") ? `${message.text()} ${message.location().url}` : message.text());
  page.on("console", (message) => consoleLines.push(lineOf(message)));
  page.on("pageerror", (error) => consoleLines.push(`uncaught: ${error.message}`));
  await page.goto(files.origin);
  await page.evaluate(async () => {
    // The exports of the modules have minified names; memory and the table of JavaScript values are found by type.
    const instances = [];
    const sumOf = (type, size) => instances.flatMap(({ exports }) => Object.values(exports).filter((one) => one instanceof type)).reduce((sum, one) => sum + size(one), 0);
    window.wasm = {
      memory: { get buffer() { return { byteLength: sumOf(WebAssembly.Memory, (memory) => memory.buffer.byteLength) }; } },
      table: { get length() { return sumOf(WebAssembly.Table, (table) => table.length); } },
    };
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...args) => {
      const instance = await instantiate(...args);
      instances.push(instance);
      return instance;
    };
    // Active timers: the package keeps the functions that it finds now.
    window.timers = new Set();
    const { setTimeout, clearTimeout } = globalThis;
    globalThis.setTimeout = (run, ...rest) => {
      const id = setTimeout((...all) => (timers.delete(id), run(...all)), ...rest);
      timers.add(id);
      return id;
    };
    globalThis.clearTimeout = (id) => (timers.delete(id), clearTimeout(id));
    window.sdk = await import("/pkg/all/index.js");
    Object.assign(globalThis, { setTimeout, clearTimeout });
    await window.sdk.initAsync();
    /** The outcome of a call, as plain data. */
    window.outcome = async (call) => {
      try {
        return { value: await call() };
      } catch (error) {
        const fields = error instanceof window.sdk.OmiCallError ? { ...error } : { kind: `not an OmiCallError: ${error}` };
        return { message: error.message, name: error.name, isError: error instanceof Error, ...fields, cause: String(error.cause ?? "") };
      }
    };
    window.client = (baseUrl, options) =>
      new window.sdk.CallCenter({ baseUrl, auth: { accessToken: "test-token-4711" }, maxRetries: 0, ...options });
  });
  const close = async () => {
    await browser.close();
    await files.close();
  };
  return { page, consoleLines, origin: files.origin, newPage: () => browser.newPage(), close };
}

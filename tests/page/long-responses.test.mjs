// Long responses: read as they arrive, up to a limit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

const MIB = 1024 * 1024;
let chrome, phones;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
});
after(() => chrome.close());

const call = (base, options = "{}") =>
  chrome.page.evaluate(([base, options]) => outcome(() => client(base, eval(`(${options})`)).phones.list()), [base, options]);

const wasm = () =>
  chrome.page.evaluate(() => window.wasm.memory.buffer.byteLength);

/** A server with 300 MB responses; `state.sent` is the number of bytes sent. */
async function flood(headers) {
  const state = { sent: 0, closed: false };
  const server = await vendor((request, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    const chunk = Buffer.alloc(MIB, " ");
    response.on("close", () => (state.closed = true));
    const more = () => {
      while (!response.destroyed && state.sent < 300 * MIB) {
        state.sent += MIB;
        if (!response.write(chunk)) return response.once("drain", more);
      }
      response.end();
    };
    more();
  });
  return { ...server, state };
}

const until = async (condition) => {
  for (let tries = 0; tries < 100 && !condition(); tries++) await new Promise((done) => setTimeout(done, 20));
  assert.ok(condition());
};

for (const [name, options] of [["the global fetch", "{}"], ["a custom fetch", "{ fetch: (url, { signal, ...init }) => fetch(url, init) }"]]) {
  test(`300 MB without Content-Length are read up to the limit, with ${name}`, async () => {
    const server = await flood({});
    const before = await wasm();
    const end = await call(server.origin, options);
    assert.deepEqual([end.kind, end.status, end.attempts], ["decode", 200, 1], end.message);
    assert.match(end.message, /longer than 64 MiB/);
    await until(() => server.state.closed);
    assert.ok(server.state.sent < 120 * MIB, `${server.state.sent / MIB} MiB were sent`);
    assert.ok((await wasm()) - before < 2 * MIB, "the body never enters the wasm memory");
    await server.close();
  });
}

test("a Content-Length beyond the limit is not read", async () => {
  const server = await flood({ "content-length": String(300 * MIB) });
  const end = await call(server.origin);
  assert.deepEqual([end.kind, end.status], ["decode", 200], end.message);
  await until(() => server.state.closed);
  assert.ok(server.state.sent < 40 * MIB, `${server.state.sent / MIB} MiB were sent`);
  await server.close();
});

test("a long response below the limit is read completely", async () => {
  const payload = { ...phones.payload, padding: "ễ".repeat(2 * MIB) };
  const server = await vendor((request, response) => json(response, { ...phones, payload }));
  const same = await chrome.page.evaluate(
    async (base) => {
      const page = await client(base).phones.list();
      return [page.padding === "ễ".repeat(2 * 1024 * 1024), page.items.length];
    },
    server.origin,
  );
  assert.deepEqual(same, [true, 2]);
  await server.close();
});

test("an abort cancels a body stream that ignores the signal", async () => {
  const cancelled = await chrome.page.evaluate(async () => {
    const stop = new AbortController();
    let cancelled = false;
    const body = new ReadableStream({ pull: () => (setTimeout(() => stop.abort(), 10), new Promise(() => {})), cancel: () => void (cancelled = true) });
    const end = await outcome(() => client("http://nowhere.invalid", { fetch: async () => new Response(body) }).phones.list({}, { signal: stop.signal }));
    return [end.kind, cancelled];
  });
  assert.deepEqual(cancelled, ["aborted", true]);
});

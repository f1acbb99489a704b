// A page's own `fetch` that returns something other than a Response: the error says so, and nothing hangs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, sample } from "./support.mjs";

let chrome, text;

before(async () => {
  text = JSON.stringify(await sample("internal_phone_list"));
  chrome = await openPage();
  await chrome.page.evaluate((text) => {
    window.text = text;
    window.bytes = new TextEncoder().encode(text);
    window.whole = (arrayBuffer, headers = new Headers()) => ({ status: 200, headers, arrayBuffer });
    /** A response whose body yields these chunks, over and over. */
    window.stream = (...chunks) => {
      let at = 0;
      const read = async () => ({ done: false, value: chunks[at++ % chunks.length] });
      return { ...whole(async () => {}), body: { getReader: () => ({ read, cancel: async () => {} }) } };
    };
  }, text);
});
after(() => chrome.close());

/** The outcome of a call with a `fetch` whose body is `code`. */
const list = (code, options = {}) =>
  chrome.page.evaluate(([code, options]) => outcome(() => client("http://nowhere.invalid", { ...options, fetch: new Function("url", "init", code) }).phones.list()), [code, options]);

const usable = {
  "an ArrayBuffer": "return whole(async () => bytes.slice().buffer)",
  "a Uint8Array": "return whole(async () => bytes)",
  "a DataView, not a promise of one": "return whole(() => new DataView(bytes.buffer))",
  "a stream of ArrayBuffers": "return new Response(new ReadableStream({ start(to) { to.enqueue(bytes.slice(0, 9).buffer); to.enqueue(bytes.slice(9).buffer); to.close(); } }))",
  "a stream with empty chunks": "return new Response(new ReadableStream({ start(to) { to.enqueue(new Uint8Array()); to.enqueue(bytes); to.enqueue(new Uint8Array()); to.close(); } }))",
  "a cloned Response of another frame": "const frame = document.body.appendChild(document.createElement('iframe')); return new frame.contentWindow.Response(text).clone()",
};
for (const [title, code] of Object.entries(usable)) {
  test(`own fetch: ${title} is read`, async () => {
    const end = await list(code);
    assert.equal(end.value?.items.length, 2, end.message);
  });
}

const unusable = {
  "an object without a status": "return { headers: new Headers(), arrayBuffer: async () => bytes.buffer }",
  "only json(), as in many mocks": "return { ok: true, status: 200, headers: new Headers(), json: async () => ({}) }",
  "undefined": "return undefined",
  "headers that are a plain object": "return whole(async () => bytes, { 'content-type': 'application/json' })",
  "no headers": "return whole(async () => bytes, null)",
  "headers that are an array": "return whole(async () => bytes, [['content-type', 'application/json']])",
  "a body that was read before": "const response = new Response(text); return response.text().then(() => response)",
  "a body that is being read": "const response = new Response(text); response.body.getReader(); return response",
  "a body that is text": "return whole(async () => text)",
  "a body that only looks like bytes": "return whole(async () => ({ byteLength: 5 }))",
  "a body that claims to be an ArrayBuffer": "return whole(async () => ({ [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 1e15, length: 1e15 }))",
  "a stream of strings": "return new Response(new ReadableStream({ start(to) { to.enqueue(text); to.close(); } }))",
  "a stream of plain objects": "return stream({})",
  "a stream of arrays": "return stream([123, 125])",
  "a stream with a string after bytes": "return stream(new Uint8Array(5), 'text')",
  "a stream of undefined": "return stream(undefined)",
  "a stream of Proxies of bytes": "return stream(new Proxy(new Uint8Array(5), {}))",
  "a stream of Proxies that throw": "return stream(new Proxy(new Uint8Array(5), { get() { throw 1; } }))",
  "a stream of bytes whose length lies": "return stream(Object.defineProperties(new Uint8Array(9), { byteLength: { value: -1 }, length: { value: NaN } }))",
  "a reader that returns undefined": "return { ...whole(), arrayBuffer() {}, body: { getReader: () => ({ read: async () => undefined, cancel() { throw 1; } }) } }",
  "a stream of nothing that never ends": "return stream(new Uint8Array())",
};
for (const [title, code] of Object.entries(unusable)) {
  test(`own fetch: ${title} is an error about options.fetch, at once`, async () => {
    const end = await list(code, { maxRetries: 2 });
    assert.deepEqual([end.kind, end.path, end.attempts, end.retryable], ["usage", "/fetch", 1, false], end.message ?? JSON.stringify(end).slice(0, 200));
    assert.match(end.message, /`options\.fetch`.*must return a promise of a Response/);
  });
}

test("own fetch: a body that never comes ends with the timeout", async () => {
  for (const code of ["return whole(() => new Promise(() => {}))", "return new Response(new ReadableStream({}))", "return { ...whole(), arrayBuffer() {}, body: { getReader: () => ({ read: () => ({ then() {} }) }) } }"]) {
    assert.equal((await list(code, { timeoutMs: 100 })).kind, "timeout", code);
  }
});

test("own fetch: it gets plain headers, and what keeps caches and cookies out", async () => {
  const init = await chrome.page.evaluate(async () => {
    let seen;
    await outcome(() => client("http://nowhere.invalid", { fetch: async (url, init) => (seen = { url, ...init, signal: String(init.signal) }, new Response("")) }).phones.list());
    return seen;
  });
  assert.deepEqual(init, {
    url: "http://nowhere.invalid/api/call_center/internal_phone/list", method: "GET", signal: "[object AbortSignal]",
    headers: { authorization: "Bearer test-token-4711" }, cache: "no-store", credentials: "omit",
  });
});

test("there were no panics", () => assert.deepEqual(chrome.consoleLines.filter((line) => /uncaught|unreachable|panicked|RuntimeError/.test(line)), []));

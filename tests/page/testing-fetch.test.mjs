// The `fetch` of the sandbox where it must be like a browser's: what it refuses, redirects, bodies, and what `reset` does to it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { CallCenter } from "../../pkg/inline.js";
import { createSandbox } from "../../pkg/testing/inline.js";

const BASE = "https://sandbox.test/api/call_center";
const LIST = `${BASE}/internal_phone/list`;
let sandbox, headers;
beforeEach(async () => {
  sandbox = await createSandbox();
  headers = { authorization: `Bearer ${sandbox.token()}` };
});
const later = (ms) => new Promise((done) => setTimeout(done, ms));

test("refuses what every fetch refuses", async () => {
  for (const [url, init] of [
    [LIST, { method: "POST", body: new Response("x").body }],
    [LIST, { method: "POST", duplex: "half", body: new ReadableStream({ start: (stream) => (stream.enqueue("text"), stream.close()) }) }],
    [LIST, { headers: { accept: "a\nb" } }], [LIST, { headers: { accept: "ệ" } }], [LIST, { headers: [["accept"]] }], [LIST, { headers: { "a b": "c" } }],
    ["https://user:secret@sandbox.test/api/x"], ["ftp://sandbox.test/api/x"], ["data:text/plain,/api/x"],
    [LIST, { method: "" }], [LIST, { method: "G T" }], [LIST, { signal: {} }], [LIST, { signal: "x" }],
  ]) {
    await assert.rejects(sandbox.fetch(url, init), (error) => error instanceof TypeError && /^Failed to fetch: /.test(error.message) && !/CORS|secret/.test(error.message), `${url} ${JSON.stringify(init)}`);
  }
  assert.deepEqual(sandbox.requests, []);
});

test("takes headers from any iterable, and joins those of the same name", async () => {
  function* pairs() {
    yield* Object.entries(headers);
  }
  assert.equal((await sandbox.fetch(LIST, { headers: pairs() })).status, 200);
  const twice = [["authorization", "Bearer x"], ["Authorization", headers.authorization]];
  assert.equal((await sandbox.fetch(LIST, { headers: twice })).status, 401);
});

test("shows nothing of a redirect that it does not follow", async () => {
  sandbox.fail({ with: { status: 302, headers: { location: LIST } } });
  const response = await sandbox.fetch(LIST, { headers, redirect: "manual" });
  assert.deepEqual([response.status, response.ok, response.type, [...response.headers], await response.text()], [0, false, "opaqueredirect", [], ""]);
  assert.equal(sandbox.requests[0].status, 302);
});

test("sends no body in response to HEAD", async () => {
  sandbox.fail({ with: { status: 200, body: "text" } });
  assert.equal(await (await sandbox.fetch(LIST, { method: "HEAD", headers })).text(), "");
});

test("clones know what the response knows", async () => {
  const clone = (await sandbox.fetch(LIST, { headers })).clone().clone();
  assert.deepEqual([clone.url, clone.type, (await clone.json()).payload.total_items], [LIST, "cors", 137]);
});

test("sends a body as it was when it was called", async () => {
  const url = `${BASE}/internal_group/add`;
  const text = JSON.stringify({ group_name: "x" });
  const bytes = new TextEncoder().encode(text);
  const json = { ...headers, "content-type": "application/json" };
  const form = new FormData();
  form.append("note", "hi");
  const calls = [bytes, bytes.buffer, form].map((body) => sandbox.fetch(url, { method: "POST", headers: body === form ? headers : json, body }));
  bytes.fill(0);
  form.delete("note");
  await Promise.all(calls);
  assert.deepEqual(sandbox.requests.map(({ body }) => body), [{ group_name: "x" }, { group_name: "x" }, { note: "hi" }]);
});

test("takes the body of a Request that does not show it, as in Firefox", async () => {
  const request = (method, body) => Object.defineProperty(new Request(LIST, { method, headers: { ...headers, "content-type": "application/json" }, body }), "body", { value: undefined });
  await sandbox.fetch(request("POST", '{"a":1}'));
  await sandbox.fetch(request("GET"));
  assert.deepEqual(sandbox.requests.map(({ body }) => body), [{ a: 1 }, undefined]);
});

test("Node warns of nothing when many requests are on their way", async () => {
  const warnings = [];
  const note = ({ name }) => warnings.push(name);
  process.on("warning", note);
  await Promise.all(Array.from({ length: 30 }, () => sandbox.fetch(LIST, { headers })));
  await later(1);
  process.off("warning", note);
  assert.deepEqual(warnings, []);
});

test("cancels the stream of a body if it is aborted", async () => {
  let cancelled;
  const stop = new AbortController();
  const body = new ReadableStream({ pull: () => stop.abort(new Error("mine")), cancel: (reason) => void (cancelled = reason) }, { highWaterMark: 0 });
  await assert.rejects(sandbox.fetch(LIST, { method: "POST", headers, body, duplex: "half", signal: stop.signal }), { message: "mine" });
  assert.equal(cancelled?.message, "mine");
});

test("a body without end lets timers fire, and ends with an abort", { timeout: 60_000 }, async () => {
  sandbox.fail({ times: 2, with: { huge: true } });
  const stop = new AbortController();
  const response = await sandbox.fetch(LIST, { headers, signal: stop.signal });
  setTimeout(() => stop.abort(), 1);
  let chunks = 0;
  await assert.rejects(async () => {
    for await (const _ of response.body) if (++chunks > 100_000) return;
  }, { name: "AbortError" });
  const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch, maxRetries: 0 });
  await assert.rejects(callCenter.phones.list({}, { timeoutMs: 1 }), { kind: "timeout" });
});

test("`reset` ends what is on its way, and nothing of it is done", async () => {
  const [{ _id }] = sandbox.tenant().groups;
  const before = sandbox.tenant();
  const remove = () => sandbox.fetch(`${BASE}/internal_group/delete/${_id}`, { method: "DELETE", headers });
  for (const fault of [{ delayMs: 20 }, { connectMs: 20 }, undefined]) {
    if (fault) sandbox.fail({ with: fault });
    const ended = assert.rejects(remove(), { name: "TypeError", message: /the sandbox was reset/ });
    if (fault) await later(5);
    sandbox.reset();
    await ended;
    await later(30);
    assert.deepEqual([sandbox.requests, sandbox.tenant()], [[], before]);
  }
  sandbox.fail({ with: { hang: true } });
  const response = await remove();
  sandbox.reset();
  await assert.rejects(response.text(), /the sandbox was reset/);
  assert.equal((await remove()).status, 200);
});

test("`reset` makes expired tokens valid again", async () => {
  sandbox.expireTokens();
  assert.equal((await sandbox.fetch(LIST, { headers })).status, 401);
  sandbox.reset();
  assert.equal((await sandbox.fetch(LIST, { headers })).status, 200);
});

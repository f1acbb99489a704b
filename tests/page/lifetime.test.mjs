// Freed clients, a thousand concurrent calls, a module started twice: no panics and no leaks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

let chrome, server, phones;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => (url.searchParams.get("keyword") === "broken" ? json(response, "{") : json(response, phones)));
});
after(async () => {
  await chrome.close();
  await server.close();
});

test("a freed client and its handles reject with usage", async () => {
  const ends = await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    const { phones, extensions } = callCenter;
    const iterator = phones.iterate();
    const inProgress = phones.list();
    callCenter.free();
    callCenter.free();
    const query = { type: "sip_user", keyword: "147" };
    const calls = [() => callCenter.phones.list(), () => phones.list(), () => extensions.detail(query), () => iterator.next(), () => iterator.toArray()];
    const ends = [];
    for (const call of calls) ends.push(await outcome(call));
    const other = client(base);
    other.phones.free();
    ends.push(await outcome(() => other.phones.list()), await outcome(() => other.phones.iterate()));
    // Freed while a call reads its argument.
    const third = client(base);
    await outcome(() => third.phones.list({ get page() { third.phones.free(); return 1; } }));
    ends.push(await outcome(() => third.phones.list()));
    return [(await inProgress).items.length, ends];
  }, server.origin);
  assert.equal(ends[0], 2, "the call in progress continues");
  for (const end of ends[1].filter((_, index) => index !== 4)) {
    assert.equal(end.kind, "usage", end.message);
    assert.match(end.message, /freed|after `free\(\)`/);
  }
  assert.deepEqual(ends[1][4], { value: [] }, "an iterator that has failed is finished");
});

test("getters return the same handle, and handles keep their client alive", async () => {
  const result = await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    const same = callCenter.phones === callCenter.phones && callCenter.extensions === callCenter.extensions;
    const phones = (() => client(base).phones)();
    for (let i = 0; i < 3; i++) await new Promise((done) => setTimeout(() => (gc(), done()), 10));
    return [same, (await phones.list()).items.length];
  }, server.origin);
  assert.deepEqual(result, [true, 2]);
});

test("a thousand concurrent calls succeed", async () => {
  const count = await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    const pages = await Promise.all(Array.from({ length: 1000 }, (_, page) => callCenter.phones.list({ page: page + 1 })));
    return pages.filter((page) => page.items.length === 2).length;
  }, server.origin);
  assert.equal(count, 1000);
});

test("the module may be started repeatedly", async () => {
  const result = await chrome.page.evaluate(async () => {
    const { initAsync } = await import("/pkg/index.js");
    const starts = [initAsync(), initAsync(), initAsync("/pkg/nowhere.wasm")];
    await Promise.all([...starts, sdk.initAsync()]);
    // Another copy of the entry on the same page.
    await (await import("/pkg/index.js?another")).initAsync();
    await initAsync("/pkg/omicall.wasm");
    return [starts.every((start) => start === starts[0]), (await outcome(() => client("/x").phones.list({ page: 0 }))).kind];
  });
  assert.deepEqual(result, [true, "validation"]);
});

test("a failed start explains the problem and can be repeated", async () => {
  const page = await chrome.newPage();
  await page.goto(chrome.origin);
  const [isOurs, kind, message] = await page.evaluate(async () => {
    const { initAsync, CallCenter, OmiCallError } = await import("/pkg/index.js");
    const failed = await initAsync("/pkg/nowhere.wasm").catch((error) => [error instanceof OmiCallError, error.kind, error.message]);
    await initAsync();
    new CallCenter({ baseUrl: "/", auth: { accessToken: "x" } }).free();
    return failed;
  });
  assert.deepEqual([isOurs, kind], [true, "usage"]);
  assert.match(message, /omicall\.wasm/);
  await page.close();
});

test("ten thousand calls do not leak memory, timers or listeners", async () => {
  const [early, late] = await chrome.page.evaluate(async (base) => {
    const { memory, table } = window.wasm;
    // Listeners on a signal that outlives all calls.
    const { signal } = new AbortController();
    let listeners = 0;
    for (const [name, step] of [["addEventListener", 1], ["removeEventListener", -1]]) {
      signal[name] = function (...all) {
        listeners += step;
        return EventTarget.prototype[name].apply(this, all);
      };
    }
    const aborted = AbortSignal.abort();
    const keep = client(base);
    const id = "62ff11b208d4bf3ea694a6f3";
    let calls = 0;
    const round = async () => {
      const passing = client(base);
      const hanging = client(base, { timeoutMs: 1, fetch: () => new Promise(() => {}) });
      const unsigned = client(base, { timeoutMs: 1, auth: { getAccessToken: () => new Promise(() => {}) } });
      const all = [
        keep.phones.list({}, { signal }), keep.phones.list({ keyword: "broken" }, { signal }), keep.phones.list({ page: 0 }, { signal }),
        keep.phones.list({}, { signal: aborted }), keep.phones.iterate({ size: 2 }, { signal }).toArray({ limit: 1 }), keep.phones.iterate({ page: 0 }).next(),
        keep.phones.setEnabled({ sip_user: "1", enabled: true }, { signal }), keep.groups.delete(id, { signal }), keep.groups.delete("..", { signal }),
        keep.groups.addMembers({ group_id: id, sip_users: ["1"] }, { signal }), keep.greetings.upload({ file: new Uint8Array(9) }, { signal }),
        passing.phones.list(), hanging.phones.list({}, { signal }), unsigned.phones.list({}, { signal }),
      ];
      calls += all.length;
      await Promise.allSettled(all);
      try { new sdk.CallCenter({}); } catch {}
      for (const one of [passing, hanging, unsigned]) one.free();
    };
    const until = async (count) => {
      while (calls < count) await round();
      gc();
      await new Promise((done) => setTimeout(done, 100));
      return { bytes: memory.buffer.byteLength, references: table.length, timers: timers.size, listeners };
    };
    const ends = [await until(500), await until(10_500)];
    return ends;
  }, server.origin);
  assert.deepEqual(late, early);
  assert.deepEqual([late.timers, late.listeners], [0, 0]);
  assert.equal(server.openRequests(), 0);
});

test("there were no panics", () => {
  const panics = chrome.consoleLines.filter((line) => /uncaught|unreachable|panicked|null pointer|RuntimeError/.test(line));
  assert.deepEqual(panics, []);
});

// Fake timers of tests (Jest, sinon, node:test) replace timers and microtasks. Calls end nevertheless, and so do later ones.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, mock, test } from "node:test";
import { json, openPage, root, sample, vendor } from "./support.mjs";

let chrome, server, phones;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    if (url.searchParams.get("keyword") === "hang") return;
    if (url.searchParams.get("keyword") === "busy") return response.setHeader("retry-after", "0").writeHead(503).end();
    json(response, phones);
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

const FAKED = ["queueMicrotask", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "requestAnimationFrame", "requestIdleCallback"];
const fakes = { "that never fire": "() => {}", "that throw": "() => { throw new Error('fake'); }", "that are gone": "undefined" };

for (const [title, fake] of Object.entries(fakes)) {
  test(`calls end while there are timers and microtasks ${title}, and afterwards`, async () => {
    const ends = await chrome.page.evaluate(async ([base, names, fake]) => {
      const real = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
      for (const name of names) globalThis[name] = eval(fake);
      const token = { auth: { getAccessToken: async () => "token-1" } };
      const kind = async (call) => (await outcome(call)).kind ?? "value";
      const callCenter = client(base, { ...token, maxRetries: 1 });
      const ends = [
        await kind(() => callCenter.phones.list()),
        await kind(() => callCenter.phones.list({ keyword: "busy" })),
        await kind(() => callCenter.phones.list({ keyword: "hang" }, { timeoutMs: 50 })),
        await kind(() => callCenter.groups.create({ group_name: "New", strategy: "rollover", sip_members: ["147"], timeout: 20 })),
        await kind(() => callCenter.phones.iterate().toArray({ limit: 1 })),
        await kind(() => client("http://127.0.0.1:9").phones.list()),
      ];
      Object.assign(globalThis, real);
      return [...ends, await kind(() => callCenter.phones.list())];
    }, [server.origin, FAKED, fake]);
    assert.deepEqual(ends, ["value", "http", "timeout", "value", "value", "network", "value"]);
  });
}

test("in Node, calls end under the fake timers of node:test", async () => {
  const { CallCenter } = await import(path.join(root, "pkg/inline.js"));
  const callCenter = new CallCenter({ baseUrl: server.origin, auth: { accessToken: "token-1" }, maxRetries: 0 });
  await callCenter.phones.list();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"] });
  try {
    assert.equal((await callCenter.phones.list()).items.length, phones.payload.items.length);
    await assert.rejects(callCenter.phones.list({ keyword: "hang" }, { timeoutMs: 50 }), { kind: "timeout" });
  } finally {
    mock.timers.reset();
  }
  assert.ok(await callCenter.phones.list());
  callCenter.free();
});

test("an uncaught error in Node shows no long line of the package's code", async () => {
  const { execFile } = await import("node:child_process");
  for (const call of ["new CallCenter({})", "await new CallCenter({ baseUrl: 'http://127.0.0.1:9', auth: { accessToken: 'x-1' }, maxRetries: 0 }).phones.list()"]) {
    const code = `import { CallCenter } from ${JSON.stringify(path.join(root, "pkg/inline.js"))}; ${call};`;
    const [exitCode, shown] = await new Promise((done) => execFile(process.execPath, ["--input-type=module", "--eval", code], (error, _, stderr) => done([error?.code, stderr])));
    assert.equal(exitCode, 1);
    assert.match(shown, /OmiCallError: /);
    for (const line of shown.split("\n")) assert.ok(line.length < 2_500, `${line.length} characters`);
  }
});

// `omicall-call-center/testing`: the sandbox as a `fetch`, in Node, where the module is inside the JavaScript.
import assert from "node:assert/strict";
import { before, beforeEach, describe, test } from "node:test";

// The memories of the modules, which the package keeps for itself.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const instance = await instantiate(...args);
  memories.push(...Object.values(instance.exports).filter((one) => one instanceof WebAssembly.Memory));
  return instance;
};
const memory = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

const { CallCenter, OmiCallError, groupRequest } = await import("../../pkg/inline.js");
const { lintIvr } = await import("../../pkg/checks/inline.js");
const { createSandbox, initAsync, omiCallError } = await import("../../pkg/testing/inline.js");

const LIST = "https://sandbox.test/api/call_center/internal_phone/list";
const usage = (message) => ({ name: "OmiCallError", kind: "usage", message });
const client = (sandbox, options) => new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch, maxRetries: 0, ...options });
const mp3 = () => new File([Uint8Array.from({ length: 4170 }, (_, i) => [0xff, 0xfb, 0x90, 0x00][i % 417] ?? 0)], "hello.mp3", { type: "audio/mpeg" });

describe("createSandbox", () => {
  test("has as many agents as one asks for", async () => {
    for (const agents of [0, 3, 137, 300]) {
      const sandbox = await createSandbox({ agents });
      assert.equal(sandbox.tenant().phones.length, agents);
      assert.equal((await client(sandbox).phones.list()).total_items, agents);
    }
  });

  test("makes the same from the same seed, and other agents from another", async () => {
    const made = async (seed) => {
      const sandbox = await createSandbox({ seed, now: 1_700_000_000_000 });
      const group = await client(sandbox).groups.create({ group_name: "New", strategy: "random", sip_members: ["147"], timeout: 20 }, { validation: false });
      return { group, tenant: sandbox.tenant() };
    };
    const first = await made(7);
    assert.deepEqual(await made(7), first);
    assert.equal(first.group.created_date, 1_700_000_000_000);
    const other = await made(8);
    assert.notEqual(other.group._id, first.group._id);
    assert.notDeepEqual(other.tenant.phones, first.tenant.phones);
  });

  test("takes records of one's own, which it completes", async () => {
    const sandbox = await createSandbox({ tenant: { phones: [{ sip_user: "101", full_name: "An", own: 1 }], hotlines: ["0901"], groups: [{ group_name: "Sales" }] } });
    const callCenter = client(sandbox, { responseValidation: "error" });
    assert.deepEqual((await callCenter.phones.list()).items.map(({ sip_user, password, own }) => [sip_user, password, own]), [["101", "***", 1]]);
    assert.deepEqual(await callCenter.hotlines.list(), ["0901"]);
    assert.equal((await callCenter.groups.list()).items[0].group_name, "Sales");
    assert.equal((await callCenter.ivrScripts.list()).total_items, 0);
    assert.match((await callCenter.phones.list({}, { includePasswords: true })).items[0].password, /^example-101/);
  });

  test("completes members and keys, so that they are as the types say", async () => {
    const sandbox = await createSandbox({ tenant: { phones: [{ sip_user: "101", agent_id: "a101" }], groups: [{ group_name: "Sales", members: [{ agent_id: "a101" }] }], scripts: [{ script_name: "Menu", scripts: [{ ivr: "1" }] }] } });
    const callCenter = client(sandbox, { responseValidation: "error" });
    assert.equal((await callCenter.ivrScripts.list()).items[0].scripts[0].action_type, "");
    const [{ _id, members }] = (await callCenter.groups.list()).items;
    assert.equal(members[0].timeout, 30);
    const { request } = await callCenter.groups.patch(_id, { timeout: 20 });
    assert.deepEqual(request.sip_members, ["101"]);
  });

  test("takes the records of a snapshot", async () => {
    const records = (await createSandbox()).tenant();
    for (const snapshot of [{ version: 1, records }, { version: 1, ...records }]) {
      const copies = (await createSandbox({ snapshot })).tenant();
      // The phones without an agent have got theirs.
      const phones = records.phones.map((phone, index) => ({ agent_id: copies.phones[index].agent_id, ...phone }));
      assert.deepEqual(copies, { ...records, phones });
      assert.ok(copies.phones.every(({ agent_id }) => agent_id));
    }
  });

  test("refuses options that make no sense", async () => {
    for (const [options, message] of [
      [1, /`options` must be an object/],
      [{ agent: 1 }, /`agent` is not an option of `createSandbox`: use agents, tenant/],
      [{ agents: -1 }, /`agents` must be a whole number/],
      [{ seed: "a" }, /`seed` must be a whole number/],
      [{ now: "today" }, /`now` must be a Date or Unix milliseconds/],
      [{ now: NaN }, /`now` must be a Date/],
      [{ tokenLifeMs: 1.5 }, /`tokenLifeMs` must be/],
      [{ tenant: [] }, /`tenant` must be an object with lists/],
      [{ tenant: { phone: [] } }, /`tenant` has no list `phone`: use phones/],
      [{ tenant: { phones: [{}] } }, /`tenant`: phones\[0\].sip_user is required/],
      [{ tenant: {} }, /`tenant`: it has none of the lists phones, hotlines/],
      [{ tenant: new Map() }, /`tenant`: it has none of the lists/],
      [{ snapshot: { foo: 1 } }, /`snapshot`: it has none of the lists/],
      [{ snapshot: { records: null } }, /`snapshot`: it has none of the lists/],
      [{ snapshot: { phones: [{}] } }, /`snapshot`: phones\[0\].sip_user is required/],
      [{ tenant: { hotlines: ["\ud800"] } }, /`tenant`: a text in it has half of a surrogate pair/],
      [{ tenant: { phones: [{ sip_user: "101", deep: JSON.parse("[".repeat(200) + "]".repeat(200)) }] } }, /`tenant`: it is nested too deeply/],
      [{ tenant: {}, snapshot: {} }, /`snapshot` cannot be given together with `tenant`/],
    ]) {
      await assert.rejects(createSandbox(options), usage(message));
    }
  });

  test("starts its module by itself, and `initAsync` in advance", async () => assert.equal(await initAsync(), undefined));
});

describe("a sandbox", () => {
  let sandbox, callCenter;
  before(async () => {
    sandbox = await createSandbox();
    callCenter = client(sandbox);
  });
  beforeEach(() => sandbox.reset());

  test("knows what it received", async () => {
    await callCenter.phones.list({ keyword: "an", page: 2, size: 5 });
    await callCenter.phones.setEnabled({ sip_user: "999999", enabled: true }).catch(() => {});
    const group = { group_name: "New", strategy: "random", sip_members: ["147"], timeout: 20 };
    await callCenter.groups.create(group);
    await callCenter.greetings.upload({ file: mp3(), greeting_name: "Hi" });
    const rest = { status: 200, aborted: false };
    assert.deepEqual(sandbox.requests, [
      { method: "GET", path: "/api/call_center/internal_phone/list", query: { keyword: "an", page: "2", size: "5" }, body: undefined, ...rest },
      { method: "PUT", path: "/api/call_center/internal_phone/status", query: { sip_user: "999999", enabled: "true" }, body: undefined, ...rest },
      { method: "POST", path: "/api/call_center/internal_group/add", query: {}, body: group, ...rest },
      { method: "POST", path: "/api/call_center/greeting/upload", query: { greeting_name: "Hi" }, body: { file: { name: "hello.mp3", type: "audio/mpeg", size: 4170 } }, ...rest },
    ]);
  });

  test("shows neither key nor token", async () => {
    await client(sandbox, { auth: { apiKey: "sandbox-api-key" } }).phones.list();
    const text = JSON.stringify(sandbox.requests);
    assert.match(text, /"apiKey":"\*\*\*"/);
    assert.doesNotMatch(text, /sandbox-api-key|eyJ/);
  });

  test("shows no secret of a query or a body, and what counted of a query", async () => {
    const url = `${LIST}?page=1&page=2&apikey=s3cret&api_key=s3cret&access_token=s3cret&Token=s3cret&password=s3cret`;
    await sandbox.fetch(url, { headers: { authorization: `Bearer ${sandbox.token()}` } });
    await sandbox.fetch(LIST, { method: "POST", body: '{"access_token":"s3cret"' });
    await sandbox.fetch(LIST, { method: "POST", body: new URLSearchParams({ password: "s3cret" }) });
    const form = new FormData();
    form.append("password", "s3cret");
    form.append("note", "hi");
    await sandbox.fetch(LIST, { method: "POST", body: form });
    const json = { sip_user: "147", password: "s3cret", list: [{ apiKey: 5, sip_password: ["s3cret"] }], token: "", secret: true, pass: null, authorization: "s3cret", tokens: ["s3cret"], nested: { userCredential: "s3cret" } };
    await sandbox.fetch(LIST, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(json) });
    const [{ query }, ...posts] = sandbox.requests.slice(-5);
    assert.deepEqual(query, { page: "1", apikey: "***", api_key: "***", access_token: "***", Token: "***", password: "***" });
    assert.deepEqual(posts.map(({ body }) => body), [
      { size: 24 }, { size: 15 }, { password: "***", note: "hi" },
      { sip_user: "147", password: "***", list: [{ apiKey: "***", sip_password: "***" }], token: "", secret: true, pass: null, authorization: "***", tokens: "***", nested: { userCredential: "***" } },
    ]);
  });

  test("masks passwords of the tenant as responses are masked", async () => {
    const phone = { sip_user: "101", sip_password: "a", nested: { password: "b" }, passwordHash: "" };
    const own = await createSandbox({ tenant: { phones: { items: [phone] } } });
    const shown = ({ password, sip_password, nested, passwordHash }) => ({ password, sip_password, nested, passwordHash });
    const masked = { password: "***", sip_password: "***", nested: { password: "***" }, passwordHash: "" };
    assert.deepEqual(own.tenant().phones.map(shown), [masked]);
    assert.deepEqual((await client(own).phones.list()).items.map(shown), [masked]);
    assert.equal(own.tenant({ includePasswords: true }).phones[0].nested.password, "b");
  });

  test("patches a group of phones without agents of their own", async () => {
    const own = await createSandbox({ tenant: { phones: [{ sip_user: "101" }, { sip_user: "102", agent_id: "a102" }] } });
    const { groups } = client(own);
    const { _id } = await groups.create({ group_name: "New", strategy: "random", sip_members: ["101", "102"], timeout: 20 });
    await groups.patch(_id, { timeout: 30 });
    assert.deepEqual(own.tenant().groups[0].members.map(({ agent_id, timeout }) => [agent_id, timeout]), own.tenant().phones.map(({ agent_id }) => [agent_id, 30]));
  });

  test("gives the tenant as `lintIvr` takes it, without passwords unless one asks", async () => {
    assert.ok(lintIvr(sandbox.tenant()).issues);
    assert.ok(sandbox.tenant().phones.every(({ password }) => password === "***"));
    assert.ok(sandbox.tenant({ includePasswords: true }).phones.every(({ password }) => password && password !== "***"));
    sandbox.tenant().groups.length = 0;
    assert.ok(sandbox.tenant().groups.length > 0);
  });

  test("has the vendor's rules", async () => {
    const [{ _id }] = (await callCenter.ivrScripts.list()).items;
    const used = sandbox.tenant().scripts[0].greeting_id;
    await assert.rejects(callCenter.greetings.delete(used), { kind: "api", code: "greeting_in_use", status: 200 });
    await callCenter.ivrScripts.delete(_id);
    assert.equal(sandbox.tenant().scripts.length, 0);
  });

  test("goes back to the beginning, except for tokens", async () => {
    const before = sandbox.tenant();
    sandbox.now = 5;
    sandbox.fail({ times: Infinity, with: { status: 500 } });
    await callCenter.groups.list().catch(() => {});
    sandbox.reset();
    assert.deepEqual([sandbox.requests, sandbox.tenant()], [[], before]);
    assert.ok(Math.abs(sandbox.now - Date.now()) < 60_000);
    await callCenter.groups.create({ group_name: "New", strategy: "random", sip_members: ["147"], timeout: 20 });
    assert.equal(sandbox.tenant().groups.length, before.groups.length + 1);
    sandbox.reset();
    assert.deepEqual(sandbox.tenant(), before);
  });

  test("has a clock, by which tokens expire", async () => {
    const sandbox = await createSandbox({ tokenLifeMs: 60_000, now: new Date("2026-01-01T00:00:00Z") });
    const call = async (token) => (await sandbox.fetch(LIST, { headers: { authorization: `Bearer ${token}` } })).status;
    const token = sandbox.token();
    assert.equal(await call(token), 200);
    sandbox.now += 60_000;
    assert.equal(await call(token), 401);
    assert.equal(await call(sandbox.token()), 200);
    sandbox.expireTokens();
    await assert.rejects(client(sandbox, { auth: { accessToken: token } }).phones.list(), { kind: "auth", code: "access_token_expired" });
    assert.throws(() => (sandbox.now = "now"), usage(/`now` must be/));
    sandbox.now = undefined;
    assert.ok(sandbox.now > Date.parse("2026-01-02"));
  });

  test("may be 1 000 times reset without growing", async () => {
    const headers = { authorization: `Bearer ${sandbox.token()}` };
    const round = async () => {
      sandbox.reset();
      sandbox.fail({ call: "phones.list", with: { delayMs: 1 } });
      const stop = new AbortController();
      const call = sandbox.fetch(LIST, { headers, signal: stop.signal });
      stop.abort();
      await call.catch(() => {});
      await (await sandbox.fetch(LIST, { headers })).text();
    };
    for (let i = 0; i < 50; i++) await round();
    const before = memory();
    assert.ok(before > 0);
    for (let i = 0; i < 1000; i++) await round();
    assert.equal(memory(), before);
  });
});

describe("its fetch", () => {
  let sandbox, headers;
  before(async () => {
    sandbox = await createSandbox();
    headers = { authorization: `Bearer ${sandbox.token()}` };
  });

  test("takes a URL, text or a Request, and any form of headers", async () => {
    const { fetch } = sandbox;
    for (const [input, init] of [
      [LIST, { headers }], [new URL(LIST), { headers: new Headers(headers) }], [new Request(LIST, { headers })], [new Request(LIST), { headers: Object.entries(headers) }], [`${LIST}#a`, { headers, method: "get" }],
    ]) {
      const response = await fetch(input, init);
      assert.ok(response instanceof Response);
      assert.deepEqual([response.status, response.ok, response.url, response.type, response.redirected], [200, true, LIST, "cors", false]);
      assert.equal((await response.json()).payload.total_items, 137);
    }
  });

  test("takes every kind of body", async () => {
    const url = "https://sandbox.test/api/call_center/internal_group/add";
    const text = JSON.stringify({ group_name: "x" });
    const json = { ...headers, "content-type": "application/json" };
    const bytes = new TextEncoder().encode(text);
    for (const body of [text, bytes, bytes.buffer, new Blob([text]), new Response(text).body]) {
      const { payload } = await (await sandbox.fetch(url, { method: "POST", headers: json, body, duplex: "half" })).json();
      assert.match(payload.message, /strategy/);
    }
    const { payload } = await (await sandbox.fetch(new Request(url, { method: "POST", headers: json, body: text }))).json();
    assert.match(payload.message, /strategy/);
    assert.equal((await sandbox.fetch(url, { method: "POST", headers, body: new URLSearchParams({ a: "1" }) })).status, 415);
    await assert.rejects(sandbox.fetch(LIST, { body: "x" }), TypeError);
  });

  test("reaches the API below any base URL, and nothing else", async () => {
    for (const base of ["http://localhost:3000/omicall", "https://a.test/api/b"]) assert.equal((await sandbox.fetch(`${base}/api/call_center/internal_phone/list`, { headers })).status, 200);
    for (const url of ["https://sandbox.test/", "https://sandbox.test/users?secret=1"]) {
      await assert.rejects(sandbox.fetch(url), (error) => error instanceof TypeError && /the sandbox is all that can be reached/.test(error.message) && !error.message.includes("secret"));
    }
    assert.equal((await sandbox.fetch("https://sandbox.test/api/unknown", { headers })).status, 404);
    await assert.rejects(sandbox.fetch("not a url"), TypeError);
  });

  test("refuses what the vendor's preflight refuses", async () => {
    for (const init of [{ headers: { ...headers, "x-own": "1" } }, { method: "PATCH", headers }, { credentials: "include", headers }]) {
      await assert.rejects(sandbox.fetch(LIST, init), { name: "TypeError", message: /CORS/ });
    }
  });

  test("shows the headers that a page sees", async () => {
    sandbox.fail({ with: { status: 429, retryAfter: 2, headers: { "x-hidden": "1", date: "now" } } });
    const response = await sandbox.fetch(LIST, { headers });
    assert.deepEqual([...response.headers], [["content-length", "0"], ["content-type", "application/json;charset=UTF-8"], ["retry-after", "2"]]);
  });

  test("follows redirects, or does not", async () => {
    const location = "https://sandbox.test/moved/api/call_center/internal_group/list";
    const elsewhere = "https://other.test/api/call_center/internal_group/add";
    const redirect = (status, to = location) => sandbox.fail({ with: { status, headers: { location: to } } });
    sandbox.reset();
    redirect(302);
    const response = await sandbox.fetch(LIST, { headers });
    assert.deepEqual([response.status, response.redirected, response.url], [200, true, location]);
    // A changed method, as browsers change it; another origin gets no token.
    const post = () => sandbox.fetch(LIST, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: "{}" }).then((response) => response.status);
    redirect(303);
    assert.equal(await post(), 200);
    redirect(308, elsewhere);
    assert.equal(await post(), 401);
    assert.deepEqual(sandbox.requests.map(({ method, body }) => [method, body]), [["GET", undefined], ["GET", undefined], ["POST", {}], ["GET", undefined], ["POST", {}], ["POST", {}]]);
    redirect(301);
    await assert.rejects(sandbox.fetch(LIST, { headers, redirect: "error" }), TypeError);
    redirect(301, "https://elsewhere.test/");
    await assert.rejects(sandbox.fetch(LIST, { headers }), { name: "TypeError", message: /the sandbox is all that can be reached/ });
    sandbox.fail({ times: Infinity, with: { status: 302, headers: { location } } });
    await assert.rejects(sandbox.fetch(LIST, { headers }), { name: "TypeError", message: /too many redirects/ });
    await assert.rejects(client(sandbox).phones.setEnabled({ sip_user: "147", enabled: true }), { name: "OmiCallError" });
    sandbox.reset();
  });

  test("ends at once on an abort: before, during a delay, in the body", async () => {
    const aborted = { name: "AbortError" };
    await assert.rejects(sandbox.fetch(LIST, { headers, signal: AbortSignal.abort() }), aborted);
    await assert.rejects(sandbox.fetch(LIST, { headers, signal: AbortSignal.abort(new Error("mine")) }), { message: "mine" });
    sandbox.reset();
    for (const fault of [{ delayMs: 1e9 }, { connectMs: 1e9 }]) {
      sandbox.fail({ with: fault });
      const stop = new AbortController();
      const call = sandbox.fetch(LIST, { headers, signal: stop.signal });
      setTimeout(() => stop.abort(), 10);
      await assert.rejects(call, aborted);
    }
    for (const fault of [{ hang: true }, { dripMs: 1000 }, { delayMs: 1 }]) {
      sandbox.fail({ with: fault });
      const stop = new AbortController();
      const response = await sandbox.fetch(LIST, { headers, signal: stop.signal });
      setTimeout(() => stop.abort(), 10);
      if (fault.delayMs) stop.abort();
      await assert.rejects(response.text(), aborted);
    }
    // The one that did not get through did not arrive.
    assert.deepEqual(sandbox.requests.map(({ status, aborted }) => [status, aborted]), [[null, true], [200, true], [200, true], [200, true]]);
  });
});

// The same tenant answers there over HTTP.
test("the HTTP server sends the same bytes", async () => {
  const world = `${process.env.OMICALL_SANDBOX}/w/testing-bytes`;
  await fetch(`${world}/__sandbox/reset`, { method: "POST" });
  const sandbox = await createSandbox();
  const tokens = [await (await fetch(`${world}/__sandbox/token`)).text(), sandbox.token()];
  const group = JSON.stringify({ group_name: "Trực đêm", strategy: "rollover", sip_members: ["147"], timeout: 20 });
  const form = () => {
    const form = new FormData();
    form.append("file", mp3());
    return form;
  };
  const json = { "content-type": "application/json" };
  const [{ _id: groupId }] = sandbox.tenant().groups;
  let count = 0;
  for (const [method, path, { body, headers, token = true } = {}] of [
    ["GET", "internal_phone/list"], ["GET", "internal_phone/list?keyword=%C4%91%E1%BA%B7ng&size=5&page=2"], ["GET", "internal_phone/list?page=0"], ["GET", "internal_phone/list?page=99&size=1000"],
    ["GET", "hotline/list"], ["GET", "hotline/list?extension=147"], ["GET", "hotline/list?extension=9"], ["GET", "extensions/detail?type=sip_user&keyword=6349"], ["GET", "extensions/detail?type=no&keyword=1"],
    ["GET", "internal_group/list"], ["GET", "key-interaction/list?page=1&size=10"], ["GET", "key-interaction/list"], ["GET", "greeting/list?page=1&size=20"],
    ["POST", "internal_group/add", { body: group, headers: json }], ["POST", `internal_group/update/${groupId}`, { body: group, headers: json }], ["POST", "internal_group/add", { body: group }], ["POST", "internal_group/add", { body: "{", headers: json }],
    ["POST", "greeting/upload?greeting_name=A", { body: form() }], ["POST", "greeting/upload-text-to-speech?greeting_name=B", { body: JSON.stringify({ text: "Xin chào", speed: "0", voice: "banmai" }), headers: json }],
    ["PUT", "internal_phone/status?sip_user=147&enabled=false"], ["DELETE", `internal_group/delete/${groupId}`], ["DELETE", "greeting/delete/1"], ["PUT", "greeting/list"], ["GET", "nothing"],
    ["GET", "internal_group/list", { token: false }], ["GET", "internal_group/list", { headers: { authorization: "Bearer x" }, token: false }],
  ]) {
    const [server, page] = await Promise.all([fetch, sandbox.fetch].map(async (fetch, index) => {
      const base = [world, "https://sandbox.test"][index];
      const response = await fetch(`${base}/api/call_center/${path}`, { method, body, headers: { ...(token && { authorization: `Bearer ${tokens[index]}` }), ...headers } });
      // The moment of a change is another one.
      const text = (await response.text()).replace(/("(?:created|last_updated)_date"):17[6-9]\d{10}|("(?:created|last_updated)_date"):1[89]\d{11}/g, "$1$2:0");
      return [response.status, ...["content-type", "content-length"].map((name) => response.headers.get(name)), text];
    }));
    assert.deepEqual(page, server, `${method} ${path}`);
    count += 1;
  }
  assert.equal(count, 26);
});

describe("fail", () => {
  let sandbox, callCenter;
  before(async () => {
    sandbox = await createSandbox();
    callCenter = client(sandbox);
  });
  beforeEach(() => sandbox.reset());

  test("strikes one call as often as one asks, in the order of the plans", async () => {
    sandbox.fail({ call: "groups.list", times: 2, with: { status: 503 } });
    sandbox.fail({ with: { error: "tenant_invalid", message: "No" } });
    sandbox.fail({ call: "groups.list", with: { network: "down" } });
    sandbox.fail({ call: "auth", with: { status: 500 } });
    const ends = [];
    for (const list of ["groups", "phones", "groups", "groups", "phones"]) ends.push(await callCenter[list].list().then(() => "ok", ({ kind, status, code }) => `${kind} ${status ?? ""} ${code ?? ""}`.trim()));
    assert.deepEqual(ends, ["http 503", "api 200 tenant_invalid", "http 503", "network", "ok"]);
  });

  test("strikes a call whatever its id", async () => {
    const [group] = sandbox.tenant().groups;
    sandbox.fail({ call: "groups.update", with: { status: 429, retryAfter: 2 } });
    const { request } = groupRequest(group, sandbox.tenant().phones);
    await assert.rejects(callCenter.groups.update(group._id, request, { validation: false }), { kind: "http", status: 429, retryable: true });
  });

  test("says what is wrong with a plan", () => {
    for (const [plan, message] of [
      [undefined, /`with` must have exactly one of status, error, network/],
      [{ with: {} }, /`with` must have exactly one of/],
      [{ with: { status: 500, hang: true } }, /exactly one of/],
      [{ with: { status: 500, afterBytes: 1 } }, /`afterBytes` does not go with `status`/],
      [{ with: { status: 99 } }, /a status must be from 200 to 599, not 99/],
      [{ with: { network: "slow" } }, /`network` must be "down", "reset" or "cut"/],
      [{ with: { set: { pointer: "a", value: 1 } } }, /`set.pointer` must begin with a slash/],
      [{ with: { delayMs: "1" } }, /`sandbox.fail`: `delayMs` must be a whole number/],
      [{ with: { set: true } }, /`sandbox.fail`/],
      [{ call: "groups.updat", with: { hang: true } }, /`call` must be one of phones.list, .*groups.update.*, not groups.updat/],
      [{ times: 0, with: { hang: true } }, /`times` must be a whole number of at least 1, or Infinity/],
      [{ path: "/x", with: { hang: true } }, /`path` is not known; it takes `call`, `times` and `with`/],
    ]) {
      assert.throws(() => sandbox.fail(plan), usage(message), JSON.stringify(plan));
    }
  });
});

describe("omiCallError", () => {
  test("is the client's own class, with the client's fields", async () => {
    const sandbox = await createSandbox();
    for (const [made, fault] of [
      [{ kind: "http", status: 503 }, { status: 503 }], [{ kind: "http", status: 404 }, { status: 404 }], [{ kind: "network" }, { network: "down" }],
      [{ kind: "api", code: "tenant_invalid", serverMessage: "No", instanceId: undefined }, { error: "tenant_invalid", message: "No" }],
      [{ kind: "auth" }, { status: 401 }], [{ kind: "decode", status: 200, path: "" }, { empty: true }],
    ]) {
      sandbox.fail({ with: fault });
      const error = omiCallError({ endpoint: "GET /api/call_center/internal_phone/list", ...made });
      assert.ok(error instanceof OmiCallError && error instanceof Error);
      const real = await client(sandbox).phones.list().catch((error) => error);
      const { cause: _, ...fields } = { ...real };
      assert.deepEqual({ ...error }, fields, made.kind);
    }
  });

  test("has a message, and a cause if one gives one", () => {
    assert.match(omiCallError({ kind: "timeout" }).message, /\w/);
    const error = omiCallError({ kind: "usage", message: "No", cause: new TypeError("why") });
    assert.deepEqual([error.message, error.cause.name, error.retryable, error.attempts], ["No", "TypeError", false, 0]);
    for (const fields of [undefined, { kind: "no" }, { kind: "api", staus: 1 }]) assert.throws(() => omiCallError(fields), usage(/omiCallError/));
  });
});

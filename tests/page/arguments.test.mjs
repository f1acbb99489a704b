// Invalid arguments cause an OmiCallError that names the field, before anything is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, openPage, sample, vendor } from "./support.mjs";

let chrome, server;

before(async () => {
  const phones = await sample("internal_phone_list");
  chrome = await openPage();
  await chrome.page.evaluate(() => {
    window.revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    };
  });
  server = await vendor((request, response) => json(response, phones));
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** Evaluates `call`, an expression that uses `callCenter`, and returns the outcome. */
const run = (call) =>
  chrome.page.evaluate(
    ([base, call]) => {
      const callCenter = client(base);
      return outcome(() => new Function("callCenter", "revoked", `return ${call}`)(callCenter, revoked));
    },
    [server.origin, call],
  );

const endpoints = { phones: "GET /api/call_center/internal_phone/list", extensions: "GET /api/call_center/extensions/detail" };

const rows = [
  ...["page", "size"].flatMap((field) =>
    ["0", "-1", "1.5", '"2"', "NaN", "Infinity", "1e300", "true", "[]", "{}", "4294967296"].map((value) => [`phones.list({ ${field}: ${value} })`, "validation", `/${field}`, `query.${field}`])),
  ["phones.list({ keyword: 5 })", "usage", "/keyword", "query.keyword"],
  ["phones.list({ kewyord: 'x' })", "usage", "/kewyord", "query.kewyord"],
  ["phones.list('Nguyễn')", "usage", "", "query"],
  ["phones.list([])", "usage", "", "query"],
  ["phones.list(() => {})", "usage", "", "query"],
  ["phones.list(new URLSearchParams('keyword=An&page=3'))", "usage", "", "query", /not an instance of URLSearchParams/],
  ["phones.list(new Map([['page', 3]]))", "usage", "", "query", /not an instance of Map/],
  ["phones.list(new Proxy(new Set(), {}))", "usage", "", "query", /not an instance of Set/],
  ["phones.list(new File([], 'x'))", "usage", "", "query", /not an instance of File/],
  ["phones.list(new Date())", "usage", "", "query", /not an instance of Date/],
  ["phones.list(new FormData())", "usage", "", "query", /not an instance of FormData/],
  ["phones.list(new Event('click'))", "usage", "", "query", /not an instance of Event/],
  ["phones.list(Promise.resolve({}))", "usage", "", "query", /not an instance of Promise/],
  ["phones.list({}, new Map())", "usage", "", "options", /not an instance of Map/],
  ["phones.list({}, { timeoutMs: -Infinity })", "usage", "/timeoutMs", "options.timeoutMs", /not -Infinity/],
  ["phones.list({}, { timeoutMs: NaN })", "usage", "/timeoutMs", "options.timeoutMs", /not NaN/],
  ["phones.list({}, { maxRetries: 0.5 })", "usage", "/maxRetries", "options.maxRetries", /a number with a fraction/],
  ["phones.list({ page: Infinity })", "validation", "/page", "query.page", /not Infinity/],
  ["phones.list(new Proxy({}, { get() { throw new Error('no') } }))", "usage", "/keyword", "query.keyword"],
  ["phones.list(new Proxy({}, { ownKeys() { throw new Error('no') } }))", "usage", "", "query"],
  ["phones.list(revoked())", "usage", "", "query"],
  ["phones.list({ page: revoked() })", "validation", "/page", "query.page"],
  ["phones.list({}, revoked())", "usage", "", "options"],
  ["phones.list({}, { signal: revoked() })", "usage", "/signal", "options.signal"],
  ["phones.iterate(revoked()).next()", "usage", "", "query"],
  ["phones.list({}, { signal: 5 })", "usage", "/signal", "options.signal"],
  ["phones.list({}, { timeoutMs: 0 })", "usage", "/timeoutMs", "options.timeoutMs"],
  ["phones.list({}, { maxRetries: -1 })", "usage", "/maxRetries", "options.maxRetries"],
  ["phones.iterate({ page: 0 }).next()", "validation", "/page", "query.page"],
  ["phones.iterate({ page: 0 }).toArray()", "validation", "/page", "query.page"],
  ["phones.iterate({}).toArray({ limit: -1 })", "usage", "/limit", "options.limit"],
  ["extensions.detail({ type: 'name', keyword: 'x' })", "usage", "/type", "query.type"],
  ["extensions.detail({ keyword: 'x' })", "usage", "/type", "query.type"],
  ["extensions.detail({ type: 'sip_user' })", "usage", "/keyword", "query.keyword"],
  ["extensions.detail({ type: 'sip_user', keyword: '  ' })", "usage", "/keyword", "query.keyword"],
  ["extensions.detail({ type: 'sip_user', keyword: 6349 })", "usage", "/keyword", "query.keyword"],
  ["extensions.detail()", "usage", "/type", "query.type"],
];

for (const [call, kind, path, field, message = /./] of rows) {
  test(`${call} → ${kind} at ${path || "the argument itself"}`, async () => {
    server.requests.length = 0;
    const end = await run(`callCenter.${call}`);
    assert.deepEqual([end.kind, end.path, end.name, end.isError, end.attempts], [kind, path, "OmiCallError", true, 0], end.message);
    assert.match(end.message, new RegExp(`\`${field.replace(".", "\\.")}\``));
    if (!field.includes("limit")) assert.equal(end.endpoint, endpoints[call.split(".")[0]]);
    if (kind === "validation") assert.deepEqual(end.issues.map((issue) => [issue.code, issue.severity, issue.path]), [["list-page-invalid", "error", path]]);
    else assert.deepEqual(end.issues, []);
    assert.equal(server.requests.length, 0, "nothing was sent");
  });
}

test("Infinity means no limit", async () => {
  for (const call of [
    "phones.list({}, { timeoutMs: Infinity, maxRetries: Infinity })",
    "phones.list({}, { timeoutMs: 2 ** 31 })",
    "phones.iterate({ size: 2 }, { timeoutMs: Infinity }).toArray({ limit: Infinity })",
  ]) {
    const end = await run(`callCenter.${call}`);
    assert.equal(end.kind, undefined, `${call}: ${end.message}`);
  }
  const end = await chrome.page.evaluate((base) => outcome(() => client(base, { timeoutMs: Infinity, maxRetries: Infinity }).phones.list()), server.origin);
  assert.equal(end.kind, undefined, end.message);
});

test("numbers that JSON does not have are not sent, even unchecked", async () => {
  for (const number of ["NaN", "Infinity", "-Infinity"]) {
    for (const [call, path] of [
      [`groups.create({ group_name: "A", strategy: "rollover", sip_members: ["147"], timeout: ${number} }, { validation: false })`, "/timeout"],
      [`ivrScripts.create({ script_name: "A", greeting_id: "1", max_failure: 3, time_out: ${number}, scripts: [] }, { validation: false })`, "/time_out"],
    ]) {
      server.requests.length = 0;
      const end = await run(`callCenter.${call}`);
      assert.deepEqual([end.kind, end.path, server.requests.length], ["usage", path, 0], end.message);
      assert.match(end.message, new RegExp(`must be a number, not ${number}\\.`));
    }
  }
});

test("issue messages are in the client's language", async () => {
  const messages = await chrome.page.evaluate(async (base) => {
    const ends = ["en", "vi"].map((language) => outcome(() => client(base, { language }).phones.list({ page: 0 })));
    return (await Promise.all(ends)).map((end) => end.issues[0].message);
  }, server.origin);
  assert.deepEqual(messages, ["A whole number of at least 1", "Số nguyên từ 1 trở lên"]);
});

const auth = "{ accessToken: 'test-token-4711' }";
const constructors = [
  ["undefined", "/baseUrl"],
  ["null", "/baseUrl"],
  ["5", ""],
  ["{}", "/baseUrl"],
  [`{ baseUrl: 5, auth: ${auth} }`, "/baseUrl"],
  ...["", "not a url", "example.com", "ftp://example.com", "//example.com", "/\\\\example.com", "javascript:alert(1)", "https://", "https://user:pw@example.com", "https://example.com/?a=1", "https://example.com/#a", " https://example.com", "/omicall?x", "/\t/evil.example", "/\n/evil.example", "https://example.com/\u0000"].map((url) =>
    [`{ baseUrl: ${JSON.stringify(url)}, auth: ${auth} }`, "/baseUrl"]),
  ["revoked()", ""],
  ["{ baseUrl: '/omicall', auth: revoked() }", "/auth"],
  ["{ baseUrl: '/omicall' }", "/auth"],
  ["{ baseUrl: '/omicall', auth: {} }", "/auth"],
  ["{ baseUrl: '/omicall', auth: 'test-token-4711' }", "/auth"],
  ["{ baseUrl: '/omicall', auth: null }", "/auth"],
  ["{ baseUrl: '/omicall', auth: { accessToken: 'test-token-4711', apiKey: 'k' } }", "/auth"],
  ["{ baseUrl: '/omicall', auth: { accessToken: '' } }", "/auth/accessToken"],
  ["{ baseUrl: '/omicall', auth: { accessToken: 'a\\nb' } }", "/auth/accessToken"],
  ["{ baseUrl: '/omicall', auth: { accessToken: 'Bearer x' } }", "/auth/accessToken"],
  ["{ baseUrl: '/omicall', auth: { getAccessToken: 'x' } }", "/auth/getAccessToken"],
  ["{ baseUrl: '/omicall', auth: { apiKey: 'secret-key-1' } }", "/auth/apiKey"],
  ["{ baseUrl: '/omicall', auth: { apiKey: 'secret-key-1', dangerouslyAllowBrowser: 'yes' } }", "/auth/apiKey"],
  [`{ baseUrl: '/omicall', auth: ${auth}, timeoutMs: '5' }`, "/timeoutMs"],
  [`{ baseUrl: '/omicall', auth: ${auth}, fetch: {} }`, "/fetch"],
  [`{ baseUrl: '/omicall', auth: ${auth}, language: 'fr' }`, "/language"],
  [`{ baseUrl: '/omicall', auth: ${auth}, responseValidation: 'strict' }`, "/responseValidation"],
  [`{ baseUrl: '/omicall', auth: ${auth}, onDrift: 'log' }`, "/onDrift"],
  [`{ baseURL: '/omicall', auth: ${auth} }`, "/baseUrl"],
  [`{ baseUrl: '/omicall', auth: ${auth}, retries: 3 }`, "/retries"],
];

for (const [options, path] of constructors) {
  test(`new CallCenter(${options}) reports ${path || "the options"}`, async () => {
    const end = await chrome.page.evaluate((options) => outcome(() => new Function("sdk", "revoked", `return new sdk.CallCenter(${options})`)(window.sdk, revoked)), options);
    assert.deepEqual([end.kind, end.path], ["usage", path], end.message);
    assert.match(end.message, new RegExp(`\`options${path.replaceAll("/", "\\.")}\``));
    for (const secret of [TOKEN, "secret-key-1", "user:pw"]) assert.ok(!JSON.stringify(end).includes(secret), end.message);
  });
}

test("20 000 invalid arguments do not leak memory", async () => {
  const result = await chrome.page.evaluate(async (base) => {
    const { memory } = window.wasm;
    const callCenter = client(base);
    const invalidCalls = [() => callCenter.phones.list(revoked()), () => callCenter.phones.list({}, revoked()), () => callCenter.phones.list({ page: 0 }), async () => new sdk.CallCenter(revoked())];
    const rounds = async (count) => {
      for (let i = 0; i < count; i++) for (const call of invalidCalls) await call().catch(() => {});
      return memory.buffer.byteLength;
    };
    return [await rounds(500), await rounds(4500), (await callCenter.phones.list()).items.length];
  }, server.origin);
  assert.equal(result[1], result[0]);
  assert.equal(result[2], 2);
});

test("throwing getters do not leak slots of the table of JavaScript values", async () => {
  const [early, late, kinds] = await chrome.page.evaluate(async (base) => {
    const one = client(base);
    const broken = () => { throw new Error("broken"); };
    const query = { get keyword() { broken(); } };
    const noKeys = new Proxy({}, { ownKeys: broken });
    const members = new Proxy(["1"], { get: (list, name) => (name === "0" ? broken() : list[name]) });
    const kinds = new Set();
    const round = async (count) => {
      for (let i = 0; i < count; i++) {
        const calls = [
          one.phones.list(query), one.phones.list({}, { get timeoutMs() { broken(); } }), one.phones.list(noKeys),
          one.groups.addMembers({ group_id: "1", sip_users: members }, { validation: false }),
        ];
        for (const end of await Promise.all(calls.map((call) => outcome(() => call)))) kinds.add(end.kind);
        for (const options of [{ baseUrl: base, get auth() { broken(); } }, { baseUrl: base, auth: { get apiKey() { broken(); } } }, { baseUrl: "not a URL", auth: { accessToken: "x" } }]) {
          kinds.add((await outcome(() => new sdk.CallCenter(options))).kind);
        }
      }
      return wasm.table.length;
    };
    return [await round(50), await round(1_200), [...kinds]];
  }, server.origin);
  assert.deepEqual(kinds, ["usage"]);
  assert.equal(late, early);
});

test("the console is empty", () => assert.deepEqual(chrome.consoleLines, []));

test("hostile arguments cause an OmiCallError or are sent", async () => {
  const result = await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    const thrower = new Proxy({}, { get() { throw 1; }, ownKeys() { throw 1; }, getPrototypeOf() { throw 1; }, has() { throw 1; } });
    const cyclic = {};
    cyclic.self = cyclic;
    const list = new Proxy([1], { get(_, name) { if (name === "length") throw 1; return Reflect.get([1], name); } });
    const hostile = [
      undefined, null, 5, NaN, "text", true, 1n, Symbol("s"), () => {}, [], {}, new Map(), cyclic, revoked(), thrower, list, Object.create(null), new Date(NaN), "x".repeat(1e6),
      { get page() { throw 1; } }, Object.freeze({ page: 1 }), { toString() { throw 1; } }, { toJSON() { throw 1; } },
    ];
    const fields = ["sip_user", "enabled", "hotline", "user_email", "directions", "type", "keyword", "group_name", "strategy", "sip_members", "timeout", "target_timeout_type", "target_timeout", "group_id", "sip_users", "script_name", "greeting_id", "max_failure", "time_out", "scripts", "file", "greeting_name", "text", "speed", "voice"];
    const values = [...hostile, ...hostile.map((one) => [one]), [[revoked()]], [{ ivr: revoked(), action_type: "", action: "" }]];
    const arguments_ = [...hostile, ...fields.flatMap((field) => values.map((value) => ({ [field]: value })))];
    const wrong = [];
    let calls = 0;
    for (const family of ["phones", "hotlines", "extensions", "groups", "ivrScripts", "greetings"]) {
      const handle = callCenter[family];
      for (const method of Object.getOwnPropertyNames(handle)) {
        // Those that read lists before they send have tests of their own.
        if (["free", "patch", "moveMembers"].includes(method)) continue;
        for (const [index, one] of arguments_.entries()) {
          for (const all of [[one], ["62ff11b208d4bf3ea694a6f3", one], [one, {}]]) {
            const call = async () => (method === "iterate" ? handle.iterate(...all).next() : handle[method](...all));
            calls++;
            const end = await call().then(() => undefined, (error) => error);
            if (end !== undefined && !(end instanceof sdk.OmiCallError)) wrong.push(`${family}.${method} #${index}: ${String(end)}`);
          }
        }
      }
    }
    return [wrong.slice(0, 10), (await callCenter.phones.list()).items.length, calls > 50_000];
  }, server.origin);
  assert.deepEqual(result, [[], 2, true]);
});

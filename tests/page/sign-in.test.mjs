// The three ways to sign in: how often tokens are requested, and what is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

const KEY = "test-key-0815";
const jwt = (name, exp) => ["{}", JSON.stringify({ exp, name }), "s"].map((part) => Buffer.from(part).toString("base64url")).join(".");
const hour = () => Math.floor(Date.now() / 1000) + 3600;
let chrome, server, phones, valid, signIns, tokens;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    if (url.pathname === "/api/auth") {
      signIns += 1;
      if (url.searchParams.get("apiKey") !== KEY) return json(response, { status_code: -9999, message: "api_key_invalid" });
      return json(response, { status_code: 9999, payload: { access_token: tokens.shift(), access_type: "normal", token_type: "Bearer" } });
    }
    const sent = request.headers.authorization?.replace("Bearer ", "");
    return valid.has(sent) ? json(response, phones) : json(response, { status_code: -9999 }, 401);
  });
});
after(async () => {
  await chrome.close();
  await server.close();
  for (const line of chrome.consoleLines) for (const secret of [KEY, "eyJ"]) assert.ok(!line.includes(secret), line);
});

function reset(names) {
  tokens = names.map((name) => jwt(name, hour()));
  valid = new Set(tokens);
  signIns = 0;
  server.requests.length = 0;
}

const withKey = (base, count, key = "test-key-0815") =>
  chrome.page.evaluate(async ([base, count, key]) => {
    const callCenter = client(base, { auth: { apiKey: key, dangerouslyAllowBrowser: true } });
    return Promise.all(Array.from({ length: count }, () => outcome(() => callCenter.phones.list())));
  }, [base, count, key]);

test("one sign-in serves all waiting calls", async () => {
  reset(["first"]);
  const ends = await withKey(server.origin, 200);
  assert.equal(ends.filter((end) => end.value).length, 200);
  assert.equal(signIns, 1);
});

test("a refused token is replaced once for all calls", async () => {
  reset(["stale", "fresh"]);
  valid.delete(tokens[0]);
  const ends = await withKey(server.origin, 50);
  assert.equal(ends.filter((end) => end.value).length, 50);
  assert.equal(signIns, 2);
});

test("after a second 401 the call is not replayed again", async () => {
  reset(["one", "two", "three"]);
  valid.clear();
  const [end] = await withKey(server.origin, 1);
  assert.deepEqual([end.kind, end.status, signIns], ["auth", 401, 2]);
});

test("a wrong API key is reported without the key", async () => {
  reset([]);
  const [end] = await withKey(server.origin, 1, "wrong-key-4711");
  assert.deepEqual([end.kind, end.code, end.endpoint], ["auth", "api_key_invalid", "GET /api/auth"]);
  assert.ok(!JSON.stringify(end).includes("wrong-key-4711"));
});

test("a token is refreshed shortly before it expires, unless the expiry is in the past", async () => {
  reset(["x"]);
  const count = (expires) =>
    chrome.page.evaluate(async ([base, expires]) => {
      let calls = 0;
      const now = Date.now();
      const token = (exp) => ["{}", JSON.stringify({ exp }), "s"].map((part) => btoa(part).replaceAll("=", "")).join(".");
      const callCenter = client(base, {
        fetch: async () => new Response('{"status_code":9999,"payload":{"items":[],"page_number":1,"page_size":1,"total_items":0,"total_pages":0,"has_next":false,"next_page":1,"has_previous":false,"previous_page":1}}'),
        auth: { getAccessToken: () => (calls++, token(Math.floor(now / 1000) + expires)) },
      });
      const real = Date.now;
      await callCenter.phones.list();
      await callCenter.phones.list();
      Date.now = () => real() + (expires - 30) * 1000;
      await callCenter.phones.list();
      Date.now = real;
      return calls;
    }, [server.origin, expires]);
  assert.equal(await count(3600), 2);
  assert.equal(await count(-5), 1);
});

test("getAccessToken may throw, reject, hang or return an invalid token", async () => {
  reset(["x"]);
  const listWith = (body) =>
    chrome.page.evaluate(([base, body]) => outcome(() => client(base, { timeoutMs: 300, auth: { getAccessToken: new Function(body) } }).phones.list()), [server.origin, body]);
  for (const [body, message] of [
    ["throw new Error('backend unavailable')", /getAccessToken: it failed/],
    ["const p = Promise.resolve('x'); p.then = () => { throw new Error('backend unavailable') }; return p", /getAccessToken: it failed/],
    ["const p = Promise.resolve('x'); Object.defineProperty(p, 'constructor', { get() { throw new Error('backend unavailable') } }); return p", /getAccessToken: it failed/],
    ["return Promise.reject('backend unavailable')", /getAccessToken: it failed/],
    ["return undefined", /must return a string or a promise of one, not undefined/],
    ["return { token: 'x' }", /not an object/],
    ["return 'Bearer abc'", /bare token/],
    ["return 'abc\\n'", /bare token/],
    ["return ''", /bare token, not an empty string/],
    ["return 'Unauthorized'", /bare token, not a word in place of a token: check `response.ok`/],
    ["return 'forbidden'", /bare token, not a word in place of a token/],
    ["return 'undefined'", /bare token, not a word in place of a token/],
    ["return String({ token: 'abc-4711' })", /bare token, not an object as text/],
    ["return JSON.stringify({ token: 'abc-4711' })", /bare token, not JSON/],
    ["return JSON.stringify('abc-4711')", /bare token, not JSON/],
    ["return '<html><p>abc-4711'", /bare token, not a web page/],
    ["return 'abc 4711'", /bare token, not a text with spaces/],
    ["return 'abc;4711'", /bare token, not a text with characters/],
  ]) {
    const end = await listWith(body);
    assert.equal(end.kind, "auth", body);
    assert.match(end.message, message);
    if (body.includes("unavailable")) assert.match(end.cause, /backend unavailable/);
    assert.doesNotMatch(JSON.stringify(end), /4711/);
  }
  const hung = await listWith("return new Promise(() => {})");
  assert.equal(hung.kind, "timeout");
  assert.match(hung.message, /waiting for an access token|must not call this client/);
  assert.equal(server.requests.length, 0);
  assert.ok((await listWith(`return "${[...valid][0]}"`)).value);
});

test("a token that the server issues must be one too", async () => {
  for (const token of ["Bearer abc-4711", "{abc-4711}", "<p>", "Unauthorized"]) {
    const other = await vendor((_, response) => json(response, { status_code: 9999, payload: { access_token: token } }));
    const [end] = await withKey(other.origin, 1);
    assert.deepEqual([end.kind, other.requests.length], ["auth", 1], end.message);
    assert.match(end.message, /issued no access token, but /);
    assert.doesNotMatch(JSON.stringify(end), /4711/);
    await other.close();
  }
});

/** Evaluates `body`, which uses `callCenter`, `base` and `hang`, a `getAccessToken` that never settles. */
const inPage = (body, auth = `{ apiKey: "${KEY}", dangerouslyAllowBrowser: true }`) =>
  chrome.page.evaluate(
    ([base, body, auth]) => {
      const callCenter = client(base, { auth: eval(`(${auth})`) });
      const hang = () => new Promise(() => {});
      return outcome(() => new Function("callCenter", "base", "hang", `return (async () => { ${body} })()`)(callCenter, base, hang));
    },
    [server.origin, body, auth],
  );

test("accessToken() resolves to the token that calls use", async () => {
  reset(["first", "second"]);
  const [first, second] = tokens;
  const end = await inPage(`
    const all = await Promise.all([callCenter.accessToken(), callCenter.phones.list(), callCenter.accessToken({ timeoutMs: 5000 })]);
    return [all[0], all[2], await callCenter.accessToken()];`);
  assert.deepEqual(end.value, [first, first, first], end.message);
  assert.equal(signIns, 1);
  assert.ok(first !== second && valid.has(first));
});

test("accessToken() returns another token shortly before the first expires, and after a 401", async () => {
  reset(["refused", "fresh"]);
  const [refused, fresh] = tokens;
  valid.delete(refused);
  const end = await inPage("const before = await callCenter.accessToken(); await callCenter.phones.list(); return [before, await callCenter.accessToken()];");
  assert.deepEqual(end.value, [refused, fresh], end.message);
  reset([]);
  tokens = [jwt("short", Math.floor(Date.now() / 1000) + 90), jwt("long", hour())];
  const expected = [...tokens];
  const both = await inPage(`
    const { now } = Date;
    const before = await callCenter.accessToken();
    Date.now = () => now() + 60_000;
    try { return [before, await callCenter.accessToken()]; } finally { Date.now = now; }`);
  assert.deepEqual(both.value, expected, both.message);
});

test("accessToken() works with the other ways to sign in, and fails like a call", async () => {
  reset(["x"]);
  for (const auth of ["{ accessToken: 'given-1' }", "{ getAccessToken: async () => 'given-1' }"]) {
    assert.equal((await inPage("return callCenter.accessToken();", auth)).value, "given-1");
  }
  for (const [body, auth, kind, message] of [
    ["return callCenter.accessToken();", "{ getAccessToken: () => '{}' }", "auth", /auth\.getAccessToken: it must return the bare token/],
    ["return callCenter.accessToken();", "{ apiKey: 'wrong-4711', dangerouslyAllowBrowser: true }", "auth", /GET \/api\/auth/],
    ["return callCenter.accessToken({ timeoutMs: 20 });", "{ getAccessToken: () => new Promise(() => {}) }", "timeout", /callCenter\.accessToken: .* 20 ms/],
    ["return callCenter.accessToken({ signal: AbortSignal.abort() });", "{ getAccessToken: () => new Promise(() => {}) }", "aborted", /callCenter\.accessToken: /],
    ["return callCenter.accessToken({ signal: 5 });", "{ accessToken: 'x' }", "usage", /`options\.signal`/],
    ["return callCenter.accessToken({ timeout: 5 });", "{ accessToken: 'x' }", "usage", /`options\.timeout` is unknown/],
    ["callCenter.free(); return callCenter.accessToken();", "{ accessToken: 'x' }", "usage", /after `free\(\)`/],
  ]) {
    const end = await inPage(body, auth);
    assert.equal(end.kind, kind, end.message);
    assert.match(end.message, message);
    assert.doesNotMatch(JSON.stringify(end), /4711/);
  }
});

test("a call waits for the sign-in no longer than its own limits", async () => {
  reset(["x"]);
  const hanging = "{ getAccessToken: () => new Promise(() => {}) }";
  const ends = await inPage(`
    const stop = new AbortController();
    const calls = [callCenter.phones.list({}, { timeoutMs: 20 }), callCenter.hotlines.list({}, { signal: stop.signal })].map((call) => outcome(() => call));
    const first = await calls[0];
    stop.abort();
    return [first.kind, (await calls[1]).kind];`, hanging);
  assert.deepEqual(ends.value, ["timeout", "aborted"], ends.message);
});

test("the sign-in has the limits of the call that starts it, if they are larger", async () => {
  reset(["x"]);
  let failures = 0;
  const other = await vendor((request, response, url) => {
    if (url.pathname !== "/api/auth") return json(response, phones);
    failures -= 1;
    if (failures >= 0) return response.setHeader("retry-after", "0").writeHead(503).end();
    return json(response, { status_code: 9999, payload: { access_token: "good-1" } });
  });
  const attempt = (fails, own, client) => {
    failures = fails;
    other.requests.length = 0;
    return chrome.page.evaluate(([base, own, options]) => outcome(() => client(base, { auth: { apiKey: "k-1", dangerouslyAllowBrowser: true }, ...options }).hotlines.list({}, own)), [other.origin, own, client]);
  };
  const sentSignIns = () => other.requests.filter(({ path }) => path === "/api/auth").length;
  assert.equal((await attempt(3, { maxRetries: 3 }, { maxRetries: 0 })).kind, "decode", "the response is not a list of hotlines, but there was a token");
  assert.equal(sentSignIns(), 4);
  assert.equal((await attempt(2, { maxRetries: 0 }, { maxRetries: 2 })).kind, "decode");
  assert.equal(sentSignIns(), 3);
  assert.equal((await attempt(9, { maxRetries: 1 }, { maxRetries: 0 })).kind, "http");
  assert.equal(sentSignIns(), 2);
  await other.close();
  const slow = await chrome.page.evaluate((base) => {
    const token = () => new Promise((resolve) => setTimeout(resolve, 300, "late-1"));
    return outcome(() => client(base, { timeoutMs: 50, auth: { getAccessToken: token }, fetch: async () => new Response('{"status_code":9999,"payload":[]}') }).hotlines.list({}, { timeoutMs: 20_000 }));
  }, server.origin);
  assert.equal(slow.kind, undefined, slow.message);
});

test("errors of the sign-in never contain the API key", async () => {
  for (const [status, type, body, kind, code] of [
    [401, "application/json", '{"message":"api_key_invalid"}', "auth", "api_key_invalid"],
    [401, "text/html", "<p>no</p>", "auth", undefined],
    [200, "text/plain", "opaque-new-token-777", "decode", undefined],
    [200, "text/html", "<p>/api/auth?apiKey=test%2Bkey-0815 and test+key-0815</p>", "decode", undefined],
  ]) {
    const other = await vendor((_, response) => response.writeHead(status, { "content-type": type }).end(body));
    const [end] = await withKey(other.origin, 1, "test+key-0815");
    await other.close();
    assert.deepEqual([end.kind, end.code, end.status, end.endpoint], [kind, code, status, "GET /api/auth"], end.message);
    assert.ok(!/key-0815|777/.test(JSON.stringify(end)), end.message);
  }
  // The only place where the key appears, and not our code: Chromium logs the URL of a failed request.
  const shown = chrome.consoleLines.splice(0).filter((line) => line.includes("key-0815"));
  assert.deepEqual(shown.map((line) => line.replace(/ http:.*/, "")), Array(2).fill("Failed to load resource: the server responded with a status of 401 (Unauthorized)"));
  const cause = await chrome.page.evaluate((base) =>
    outcome(() => client(base, { fetch: async (url) => { throw new Error(`request to ${url} failed`); }, auth: { apiKey: "test-key-0815", dangerouslyAllowBrowser: true } }).phones.list()), server.origin);
  assert.deepEqual([cause.kind, cause.cause], ["network", ""]);
});

test("attempts and retries are counted across tokens", async () => {
  reset(["x"]);
  const statuses = [503, 503, 401, 503, 200];
  const end = await chrome.page.evaluate(async ([base, statuses, body]) => {
    let calls = 0;
    const end = await outcome(() => client(base, {
      maxRetries: 2,
      fetch: async () => new Response(body, { status: statuses[calls++], headers: { "retry-after": "0" } }),
      auth: { getAccessToken: () => "no-jwt" },
    }).phones.list());
    return [end.kind, end.status, end.attempts, calls];
  }, [server.origin, statuses, JSON.stringify(phones)]);
  assert.deepEqual(end, ["http", 503, 4, 4]);
});

test("aborting one call does not abort the token request of others", async () => {
  reset(["x"]);
  const ends = await chrome.page.evaluate(async ([base, token]) => {
    const stop = new AbortController();
    let resolveToken;
    const callCenter = client(base, { auth: { getAccessToken: () => new Promise((resolve) => (resolveToken = resolve)) } });
    const calls = [callCenter.phones.list({}, { signal: stop.signal }), callCenter.phones.list()].map((call) => outcome(() => call));
    await new Promise((done) => setTimeout(done));
    stop.abort();
    const first = await calls[0];
    resolveToken(token);
    return [first.kind, Boolean((await calls[1]).value)];
  }, [server.origin, tokens[0]]);
  assert.deepEqual(ends, ["aborted", true]);
});

test("a custom fetch is used for every request, and its failures are distinguished", async () => {
  reset(["x"]);
  const run = (body) =>
    chrome.page.evaluate(([base, body]) => {
      const seen = [];
      const own = new Function("url", "init", "seen", body);
      return outcome(() => client(base, { fetch: (url, init) => own(url, init, seen) }).phones.list({ keyword: "ễ" })).then((end) => [end, seen]);
    }, [server.origin, body]);
  const [, seen] = await run("seen.push([url, init.method, init.headers, init.signal instanceof AbortSignal]); throw 'no'");
  assert.deepEqual(seen, [[`${server.origin}/api/call_center/internal_phone/list?keyword=%E1%BB%85`, "GET", { authorization: "Bearer test-token-4711" }, true]]);
  for (const [body, kind] of [
    ["throw 'a string'", "network"],
    ["return Promise.reject(undefined)", "network"],
    ["return 5", "usage"],
    ["return {}", "usage"],
    ["return { status: 200, headers: new Headers(), arrayBuffer: () => new ArrayBuffer(3) }", "decode"],
    ["return { status: 200, headers: new Headers(), arrayBuffer: async () => new TextEncoder().encode('{') }", "decode"],
    ["return { status: 200, headers: new Headers(), arrayBuffer: () => ({ length: 1e15 }) }", "usage"],
    ["const b = new ArrayBuffer(3); structuredClone(b, { transfer: [b] }); return { status: 200, headers: new Headers(), arrayBuffer: () => b }", "decode"],
    ["return { status: 200, get headers() { throw 1 }, arrayBuffer: async () => new ArrayBuffer(3) }", "network"],
    ["return { status: 200, headers: { get() { throw 1 } }, arrayBuffer: async () => new ArrayBuffer(3) }", "network"],
    ["return new Proxy(new Response('{}'), { get() { throw 1 } })", "network"],
    ["return Response.error()", "network"],
    ["return fetch(url, { mode: 'no-cors' })", "network"],
    ["return { status: 200, headers: new Headers(), arrayBuffer: async () => { throw 'cut' } }", "network"],
    ["return { status: 200, headers: new Headers(), arrayBuffer: async () => 'text' }", "usage"],
    ["return new Response(new ReadableStream({ start(c) { c.error('a string') } }))", "network"],
  ]) {
    const [end] = await run(body);
    assert.equal(end.kind, kind, `${body}: ${end.message}`);
  }
});

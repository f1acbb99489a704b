// Whatever the server does, the call rejects with the right kind of error and a helpful message.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, masked, openPage, sample, vendor } from "./support.mjs";

const SECRETS = [TOKEN, "example-secret", "XXXXXX"];
let chrome, server, respond, phones, text;

before(async () => {
  phones = await sample("internal_phone_list");
  text = JSON.stringify(phones);
  chrome = await openPage();
  server = await vendor((...args) => respond(...args));
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** The outcome of `phones.list` when `handler` responds; `options` are the client's. */
async function list(handler, options = {}) {
  respond = handler;
  server.requests.length = 0;
  const end = await chrome.page.evaluate(([base, options]) => outcome(() => client(base, options).phones.list()), [server.origin, options]);
  if (end.message) for (const secret of SECRETS) assert.ok(!JSON.stringify(end).includes(secret), end.message);
  return end;
}

const html = "<!DOCTYPE html><title>Đăng nhập</title><h1>Hệ thống đang bảo trì, xin quý khách vui lòng quay lại sau</h1>";
const send = (status, type, body) => (_, response) => response.writeHead(status, type ? { "content-type": type } : {}).end(body);
const closeInBody = (status) => (_, response) => {
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, 300), () => response.destroy());
};

const rows = [
  ["-9999 with HTTP 200", (_, response) => json(response, { status_code: -9999, instance_id: "stg", message: "tenant_invalid" }), { kind: "api", code: "tenant_invalid", status: 200, statusCode: -9999, instanceId: "stg" }, /tenant_invalid.*tenant/],
  ["-9999 with a payload", (_, response) => json(response, { status_code: -9999, payload: { status: "fail", error: "data_is_required", message: "Thiếu" } }), { kind: "api", code: "data_is_required" }, /data_is_required – Thiếu/],
  ["HTML with 200", send(200, "text/html", html), { kind: "decode", status: 200 }, /text\/html instead of JSON, beginning "<!DOCTYPE html>.*baseUrl/],
  ["HTML with 502", send(502, "text/html", html), { kind: "http", status: 502, retryable: true }, /HTTP 502.*text\/html.*try again/],
  ["an empty body", send(200, "application/json", ""), { kind: "decode", status: 200 }, /an empty body/],
  ["204", send(204), { kind: "decode", status: 204 }, /HTTP 204 with an empty body/],
  ["truncated JSON", (_, response) => json(response, text.slice(0, 700)), { kind: "decode", status: 200 }, /cut off after \d+ bytes/],
  ["a connection closed in the body", closeInBody(200), { kind: "network", retryable: true }, /broke before the complete response/],
  ["404 without a body", send(404), { kind: "http", status: 404, retryable: false }, /nothing at this address.*baseUrl/],
  ["404 with JSON", send(404, "application/json", '{"error":"Not Found","message":"No message available"}'), { kind: "http", status: 404, code: "Not Found" }, /HTTP 404: Not Found/],
  ["a closed connection", (request) => request.socket.destroy(), { kind: "network", retryable: true }, /could not be reached.*CORS/],
  ["401", send(401, "application/json", '{"status_code":-9999}'), { kind: "auth", status: 401 }, /refused the access token.*sign in again/],
  ["429", send(429), { kind: "http", status: 429, retryable: true }, /Too many requests/],
  ["a has_next that is a string", (_, response) => json(response, text.replace('"has_next":true', '"has_next":"true"')), { kind: "decode", path: "/payload/has_next" }, /has_next should be true or false, but is of type string/],
  ["a token echoed by the server", (_, response) => json(response, { status_code: -9999, message: `bad token ${TOKEN}` }), { kind: "api" }, /bad token \*\*\*/],
];

for (const [name, handler, fields, message] of rows) {
  test(`${name} → ${fields.kind}`, async () => {
    const end = await list(handler);
    for (const [field, value] of Object.entries(fields)) assert.equal(end[field], value, `${field}: ${end.message}`);
    assert.match(end.message, message);
    assert.equal(end.endpoint, "GET /api/call_center/internal_phone/list");
    assert.equal(end.attempts, 1);
    // Chromium itself repeats a GET when a kept-alive connection breaks before the response.
    assert.ok(server.requests.length === 1 || (name === "a closed connection" && server.requests.length === 2));
  });
}

test("an unreachable server is a network error", async () => {
  const gone = await vendor(() => {});
  await gone.close();
  const end = await chrome.page.evaluate((base) => outcome(() => client(base).phones.list()), gone.origin);
  assert.deepEqual([end.kind, end.cause], ["network", "TypeError: Failed to fetch"]);
});

test("a GET is retried after transient failures, up to maxRetries", async () => {
  let failures = 2;
  const flaky = (_, response) => (failures-- > 0 ? response.writeHead(503, { "retry-after": "0", "access-control-expose-headers": "retry-after" }).end() : json(response, phones));
  const end = await list(flaky, { maxRetries: 2 });
  assert.deepEqual(end.value, masked(phones.payload));
  assert.equal(server.requests.length, 3);
  failures = 9;
  const failed = await list(flaky, { maxRetries: 1 });
  assert.deepEqual([failed.kind, failed.status, failed.attempts, server.requests.length], ["http", 503, 2, 2]);
});

test("a call times out before the headers and in the body", async () => {
  for (const handler of [() => {}, (_, response) => response.writeHead(200, { "content-type": "application/json" }).write("{")]) {
    const end = await list(handler, { timeoutMs: 300 });
    assert.deepEqual([end.kind, end.retryable], ["timeout", true]);
    assert.match(end.message, /within 300 ms/);
  }
});

test("a signal aborts before the call and in the body", async () => {
  respond = (_, response) => response.writeHead(200, { "content-type": "application/json" }).write("{");
  for (const when of ["before", "later"]) {
    server.requests.length = 0;
    const end = await chrome.page.evaluate(async ([base, when]) => {
      const stop = new AbortController();
      if (when === "before") stop.abort();
      else setTimeout(() => stop.abort(), 100);
      return outcome(() => client(base).phones.list({}, { signal: stop.signal }));
    }, [server.origin, when]);
    assert.equal(end.kind, "aborted");
    assert.equal(server.requests.length, when === "before" ? 0 : 1);
  }
});

test("mismatches are reported, rejected or ignored", async () => {
  const mismatched = structuredClone(phones);
  mismatched.payload.items[1].email = 5;
  delete mismatched.payload.items[0].full_name;
  const handler = (_, response) => json(response, mismatched);
  const [drift, page] = await (async () => {
    respond = handler;
    return chrome.page.evaluate(async (base) => {
      const drift = [];
      const page = await client(base, { onDrift: (event) => { drift.push(event); throw new Error("ignored"); } }).phones.list();
      return [drift, page];
    }, server.origin);
  })();
  assert.deepEqual(page, masked(mismatched.payload));
  const endpoint = "GET /api/call_center/internal_phone/list";
  assert.deepEqual(drift, [
    { endpoint, path: "/payload/items/0/full_name", expected: "a string", found: "missing" },
    { endpoint, path: "/payload/items/1/email", expected: "a string", found: "number" },
  ]);
  const rejected = await list(handler, { responseValidation: "error" });
  assert.deepEqual([rejected.kind, rejected.path], ["decode", "/payload/items/0/full_name"]);
  assert.deepEqual((await list(handler, { responseValidation: "off" })).value, masked(mismatched.payload));

  chrome.consoleLines.length = 0;
  await chrome.page.evaluate(async (base) => {
    const callCenter = client(base);
    for (let i = 0; i < 3; i++) await callCenter.phones.list();
  }, server.origin);
  assert.equal(chrome.consoleLines.length, 2, "each kind of mismatch is reported once, not with every call");
  assert.match(chrome.consoleLines[1], /\/payload\/items\/1\/email should be a string, but is of type number/);
  for (const secret of SECRETS) assert.ok(!chrome.consoleLines.join().includes(secret));

  const thrown = await chrome.page.evaluate(async (base) => {
    const real = console.warn;
    console.warn = () => { throw new Error("no warnings here"); };
    const callCenter = client(base);
    const pages = [await callCenter.phones.list(), await callCenter.phones.list()];
    console.warn = real;
    return pages.length;
  }, server.origin);
  assert.equal(thrown, 2);
});

// The fault matrix, part 1, wrong responses: statuses, Retry-After, the envelope, records.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DELETE, GET, METHODS, POST, PUT, UPLOAD, again, fault, matrix, methodOf, status } from "./sandbox.mjs";

const { row, count, chrome } = matrix("responses");
const together = { concurrency: 12 };
const isPage = (page) => assert.deepEqual([page.page_number, page.items.length], [1, 50]);
const anything = () => {};

describe("statuses", together, () => {
  const transient = [408, 429, 500, 502, 503, 504];
  const permanent = [400, 403, 404, 405, 409, 413, 418, 422, 501, 505, 599];
  for (const [method, call] of Object.entries(METHODS)) {
    const retried = method === "GET" ? transient : [429, 503];
    const check = method === "GET" ? isPage : anything;
    for (const code of [...transient, ...permanent]) {
      if (retried.includes(code)) {
        row(`${method}, ${code} once: retried with success`, { ...call, plan: [again(code)], wire: `${code} 200`, ends: { check } });
      } else {
        // Retrying a change after 500 or 504 may make it twice.
        row(`${method}, ${code}: not retried`, {
          ...call, plan: [again(code)], wire: `${code}`, ends: { kind: "http", status: code, retryable: false, message: new RegExp(`HTTP ${code}`) },
        });
      }
    }
    row(`${method}, 503 forever: retried up to maxRetries`, { ...call, plan: [again(503, 9)], wire: "503 503 503", ends: { kind: "http", status: 503, retryable: true } });
    row(`${method}, 429 forever: retried up to maxRetries`, {
      ...call, plan: [again(429, 9)], wire: "429 429 429", ends: { kind: "http", status: 429, retryable: true, message: /Too many requests/ },
    });
    row(`${method}, 503 with maxRetries 0: not retried`, { ...call, plan: [again(503, 9)], options: () => ({ maxRetries: 0 }), wire: "503", ends: { kind: "http", status: 503 } });
    row(`${method}, two different transient failures`, { ...call, plan: [again(429), again(503)], wire: "429 503 200", ends: { check } });
    row(`${method}, a transient failure, then a permanent one`, { ...call, plan: [again(503), again(403)], wire: "503 403", ends: { kind: "http", status: 403, retryable: false } });
  }
  row("GET, an HTML page with 502, then success", { ...GET, plan: [fault("html", 1, { code: 502 })], wire: "502 200", ends: { check: isPage } });
  row("GET, the option of the call overrides the client's", {
    ...GET, call: (callCenter) => callCenter.phones.list({}, { maxRetries: 1 }), options: () => ({ maxRetries: 5 }),
    plan: [again(503, 9)], wire: "503 503", ends: { kind: "http", status: 503 },
  });
  row("upload, 503 once: retried with success", { ...UPLOAD, plan: [again(503)], wire: "503 200", ends: { check: anything } });
  row("upload, 500: not retried", { ...UPLOAD, plan: [again(500)], wire: "500", ends: { kind: "http", status: 500, retryable: false } });
  row("upload, 413: not retried", { ...UPLOAD, plan: [again(413)], wire: "413", ends: { kind: "http", status: 413, retryable: false } });
});

describe("Retry-After", together, () => {
  const waits = (min, max) => ({ waits }) => {
    assert.equal(waits.length, 1);
    assert.ok(min <= waits[0] && waits[0] <= max, `it waits ${waits[0]} ms`);
  };
  const inSeconds = (seconds) => new Date(Date.now() + 1000 * seconds).toUTCString();
  for (const call of [GET, POST]) {
    const success = { ...call, wire: "503 200", ends: { check: anything } };
    const notRetried = { ...call, wire: "503", ends: { kind: "http", status: 503, retryable: true }, check: ({ waits }) => assert.deepEqual(waits, []) };
    const method = methodOf(call);
    row(`${method}, in seconds`, { ...success, plan: [again(503, 1, "1")], check: waits(1000, 1000) });
    row(`${method}, as a date`, { ...success, plan: () => [again(503, 1, inSeconds(6))], check: waits(501, 6000) });
    row(`${method}, as a date that has passed: ignored`, { ...success, plan: () => [again(503, 1, inSeconds(-60))], check: waits(0, 500) });
    row(`${method}, unparsable: ignored`, { ...success, plan: [again(503, 1, "soon")], check: waits(0, 500) });
    row(`${method}, negative: ignored`, { ...success, plan: [again(503, 1, "-5")], check: waits(0, 500) });
    row(`${method}, missing`, { ...success, plan: [status(503)], check: waits(0, 500) });
    row(`${method}, an hour: past the deadline, so not retried`, { ...notRetried, plan: [again(503, 9, "3600")] });
    row(`${method}, absurdly long`, { ...notRetried, plan: [again(503, 9, "9".repeat(400))] });
    row(`${method}, a date in the year 9999`, { ...notRetried, plan: [again(503, 9, "Fri, 31 Dec 9999 23:59:59 GMT")] });
    row(`${method}, a second delay would pass the deadline`, {
      ...call, plan: [again(503, 9, "8")], options: () => ({ timeoutMs: 15_500, maxRetries: 9 }), wire: "503 503", ends: { kind: "http", status: 503 },
    });
  }
});

describe("the envelope", together, () => {
  const failed = { status_code: -9999, instance_id: "stg" };
  const shapes = [
    ["the message is the code", { status_code: -9999, message: "tenant_invalid" }, { code: "tenant_invalid" }],
    ["code and message in the envelope", { ...failed, error: "user_not_registered", message: "No such user" }, { code: "user_not_registered", instanceId: "stg", message: /user_not_registered – No such user/ }],
    ["code and message in the payload", { ...failed, payload: { status: "fail", error: "data_is_required", message: "Thiếu" } }, { code: "data_is_required", instanceId: "stg", message: /Thiếu/ }],
    ["only the status code", { status_code: -9999 }, { code: undefined }],
    ["a payload of null", { ...failed, payload: null }, { code: undefined }],
    ["a payload that looks like a success", { ...failed, payload: { items: [] } }, { code: undefined }],
  ];
  for (const [title, body, ends] of shapes) {
    for (const [method, call] of Object.entries(METHODS)) {
      row(`${method}, -9999 with HTTP 200, ${title}`, { ...call, plan: [status(200, 1, { body })], wire: "200", ends: { kind: "api", status: 200, statusCode: -9999, retryable: false, ...ends } });
    }
    row(`-9999 with HTTP 400, ${title}`, { ...GET, plan: [status(400, 1, { body })], wire: "400", ends: { kind: "api", status: 400, statusCode: -9999, retryable: false, ...ends } });
    row(`-9999 with HTTP 500, ${title}: retried because of its status`, {
      ...GET, plan: [status(500, 9, { body, headers: { "retry-after": "0" } })], wire: "500 500 500", ends: { kind: "api", status: 500, statusCode: -9999, retryable: true, ...ends },
    });
  }
  row("-9999 from the sandbox itself", {
    ...PUT, call: (callCenter) => callCenter.phones.setEnabled({ sip_user: "999999", enabled: true }), wire: "200", ends: { kind: "api", status: 200, code: "user_not_registered", statusCode: -9999 },
  });
  row("9999 with HTTP 500 is not a success, and is retried", { ...GET, plan: [status(500, 1, { body: { status_code: 9999, payload: {} } })], wire: "500 200", ends: { check: isPage } });
  row("another negative status code", { ...GET, plan: [status(200, 1, { body: { status_code: -1, message: "unknown_error" } })], wire: "200", ends: { kind: "api", code: "unknown_error", statusCode: -1 } });
  const invalid = { kind: "decode", status: 200, retryable: false };
  for (const [title, body, path] of [
    ["no status code", { payload: {} }, "/status_code"],
    ["a status code that is a string", { status_code: "9999", payload: {} }, "/status_code"],
    ["a success without a payload", { status_code: 9999 }, "/payload"],
    ["a success with a payload of null", { status_code: 9999, payload: null }, "/payload"],
    ["a success that is an array", [], ""],
  ]) {
    row(`GET, ${title}`, { ...GET, plan: [status(200, 1, { body })], wire: "200", ends: { ...invalid, path } });
  }
  for (const [method, call] of Object.entries({ ...METHODS, upload: UPLOAD })) {
    row(`${method}, 204 instead of JSON`, { ...call, plan: [status(204)], wire: "204", ends: { kind: "decode", status: 204, retryable: false, message: /HTTP 204 with an empty body/ } });
    row(`${method}, an empty body instead of JSON`, { ...call, plan: [fault("empty")], wire: "200", ends: { ...invalid, message: /an empty body/ } });
    row(`${method}, HTML instead of JSON`, { ...call, plan: [fault("html")], wire: "200", ends: { ...invalid, message: /text\/html.*instead of JSON, beginning "<!doctype html>/ } });
    row(`${method}, truncated JSON`, { ...call, plan: [fault("raw", 1, { body: '{"status_code":9999,"payload":{"a' })], wire: "200", ends: { ...invalid, message: /cut off after/ } });
    row(`${method}, invalid UTF-8`, { ...call, plan: [fault("raw", 1, { body_base64: "/////w==" })], wire: "200", ends: invalid });
  }
});

describe("records", together, () => {
  const name = "/payload/items/1/full_name";
  const changes = [
    ["a field is missing", fault("remove", 1, { pointer: name }), `${name} missing`, (page) => assert.ok(!("full_name" in page.items[1]))],
    ["a field is of another type", fault("set", 1, { pointer: name, value: 5 }), `${name} number`, (page) => assert.equal(page.items[1].full_name, 5)],
    ["a field is null", fault("set", 1, { pointer: name, value: null }), `${name} null`, (page) => assert.equal(page.items[1].full_name, null)],
    ["a field is an object", fault("set", 1, { pointer: name, value: { first: "An" } }), `${name} object`, (page) => assert.deepEqual(page.items[1].full_name, { first: "An" })],
    ["a field is extra", fault("set", 1, { pointer: "/payload/items/1/ễ", value: [1] }), undefined, (page) => assert.deepEqual(page.items[1]["ễ"], [1])],
    ["an optional field is missing", fault("remove", 1, { pointer: "/payload/items/1/agent_id" }), undefined, (page) => assert.ok(!("agent_id" in page.items[1]))],
    ["a record is null", fault("set", 1, { pointer: "/payload/items/1", value: null }), "/payload/items/1 null", (page) => assert.equal(page.items[1], null)],
  ];
  for (const [title, plan, drift, check] of changes) {
    row(`${title}, "warn"`, {
      ...GET, plan: [plan], options: () => ({ responseValidation: "warn" }), wire: "200",
      ends: { check: (page, log) => (check(page), assert.deepEqual(log.drift, drift ? [drift] : []), assert.equal(page.items.length, 50)) },
    });
    row(`${title}, "off"`, {
      ...GET, plan: [plan], options: () => ({ responseValidation: "off" }), wire: "200",
      ends: { check: (page, log) => (check(page), assert.deepEqual(log.drift, []), assert.equal(page.items.length, 50)) },
    });
    row(`${title}, "error"`, {
      ...GET, plan: [plan], options: () => ({ responseValidation: "error" }), wire: "200",
      ends: drift ? { kind: "decode", status: 200, path: drift.split(" ")[0], retryable: false } : { check },
    });
  }
  // Iteration could not continue without these.
  for (const responseValidation of ["warn", "error", "off"]) {
    for (const [pointer, value] of [["/payload/has_next", "true"], ["/payload/page_number", null], ["/payload/total_pages", "3"], ["/payload/items", {}]]) {
      row(`${pointer} is ${JSON.stringify(value)}, "${responseValidation}"`, {
        ...GET, plan: [fault("set", 1, { pointer, value })], options: new Function(`return { responseValidation: "${responseValidation}" }`),
        wire: "200", ends: { kind: "decode", path: pointer, status: 200 },
      });
    }
  }
  row("the response of a change is validated, too", {
    ...POST, plan: [fault("set", 1, { pointer: "/payload/group_name", value: 7 })], options: () => ({ responseValidation: "error" }), wire: "200", ends: { kind: "decode", path: "/payload/group_name" },
  });
});

// Sequential and after all others, because memory is measured.
describe("300 MB", () => {
  const wasm = () => chrome().page.evaluate(() => window.wasm.memory.buffer.byteLength);
  let before;
  test("measures the memory", async () => (before = await wasm()));
  const tooLong = { kind: "decode", status: 200, retryable: false, message: /longer than 64 MiB/ };
  for (const [method, call] of Object.entries({ GET, DELETE, upload: UPLOAD })) {
    row(`${method}, without a length`, { ...call, plan: [fault("huge", 1, { bytes: 300_000_000 })], wire: "200!", ends: tooLong });
    row(`${method}, with a length`, { ...call, plan: [fault("huge", 1, { bytes: 300_000_000, announced: true })], wire: "200!", ends: tooLong });
    row(`${method}, without an end`, { ...call, plan: [fault("huge", 1)], wire: "200!", ends: tooLong });
  }
  test("the bodies never enter the wasm memory", async () => assert.ok((await wasm()) - before < 2 * 1024 * 1024));
  row("1 MB is read", { ...DELETE, plan: [fault("huge", 1, { bytes: 1_000_000 })], wire: "200", ends: { check: (text) => assert.equal(text.length, 1_000_000 - 33) } });
});

count({ all: 226, inPage: 226 });

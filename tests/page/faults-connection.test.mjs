// The fault matrix, part 2: no response, a truncated or late response; aborts; refused or missing tokens.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { DELETE, GET, METHODS, POST, PUT, STALLED, UPLOAD, again, fault, matrix, methodOf, preflight, sign, status } from "./sandbox.mjs";

const { row, count } = matrix("connection");
const together = { concurrency: 12 };
const isPage = (page) => assert.deepEqual([page.page_number, page.items.length], [1, 50]);
const anything = () => {};
const CHANGES = { PUT, POST, DELETE, upload: UPLOAD };
/** It is unknown whether the change was made. */
const unknownOutcome = { retryable: false, message: /may have been made/ };

describe("a broken connection", together, () => {
  const cause = /TypeError/;
  const retryable = { kind: "network", retryable: true, cause };
  // A port without a listener.
  const unreachable = "http://127.0.0.1:9";
  row("GET, connection refused", { ...GET, base: unreachable, connection: "a port", wire: "", attempts: 3, ends: { ...retryable, message: /could not be reached.*CORS/ } });
  for (const [title, plan, sent] of [
    ["closed before the headers", (times) => [fault("drop", times)], "–"],
    ["reset before the headers", (times) => [fault("reset", times)], "–"],
    ["closed in the middle of the body", (times) => [fault("cut_body", times)], "200"],
    ["closed before the first byte of the body", (times) => [fault("cut_body", times, { bytes: 0 })], "200"],
    ["closed before the last byte of the body", (times) => [fault("cut_body", times, { bytes: 1e9 })], "200"],
  ]) {
    row(`GET, ${title}, once`, { ...GET, plan: plan(1), wire: `${sent} 200`, ends: { check: isPage } });
    row(`GET, ${title}, forever`, { ...GET, plan: plan(9), wire: `${sent} ${sent} ${sent}`, ends: retryable });
    row(`GET, ${title}, with maxRetries 0`, { ...GET, plan: plan(9), options: () => ({ maxRetries: 0 }), wire: sent, ends: retryable });
    for (const [method, call] of Object.entries(CHANGES)) row(`${method}, ${title}: not retried`, { ...call, plan: plan(9), wire: sent, ends: { kind: "network", cause, ...unknownOutcome } });
  }
  for (const [method, call] of Object.entries(CHANGES)) row(`${method}, connection refused`, { ...call, base: unreachable, connection: "a port", wire: "", attempts: 1, ends: { kind: "network", cause, retryable: false } });
  row("GET, two different broken connections, then a response", { ...GET, plan: [fault("reset"), fault("cut_body")], wire: "– 200 200", ends: { check: isPage } });
  row("PUT, a broken connection after a 503 is not retried", { ...PUT, plan: [again(503), fault("reset")], wire: "503 –", ends: { kind: "network", ...unknownOutcome } });
});

describe("a preflight", together, () => {
  for (const code of [403, 404, 500]) {
    row(`GET, refused with ${code}`, { ...GET, plan: [preflight("status", 9, { code })], wire: "", attempts: 3, ends: { kind: "network", retryable: true, message: /CORS/, cause: /Failed to fetch/ } });
  }
  row("GET, refused once", { ...GET, plan: [preflight("status", 1, { code: 403 })], wire: "200", ends: { check: isPage } });
  row("GET, without a response", { ...GET, plan: [preflight("reset", 9)], wire: "", attempts: 3, ends: { kind: "network", message: /CORS/ } });
  for (const [method, call] of Object.entries(CHANGES)) {
    row(`${method}, refused`, { ...call, plan: [preflight("status", 9, { code: 403 })], wire: "", attempts: 1, ends: { kind: "network", retryable: false, message: /CORS/ } });
  }
  row("GET, slower than the timeout", { ...GET, plan: [preflight("delay", 9, STALLED.delay)], options: () => ({ timeoutMs: 3000 }), wire: "", attempts: 1, ends: { kind: "timeout", retryable: true } });
});

describe("a timeout", together, () => {
  const timedOut = { kind: "timeout", retryable: true };
  for (const [title, plan, sent] of [
    ["no headers", fault("delay", 9, STALLED.delay), "–!"],
    ["headers, then nothing", fault("hang", 9), "200!"],
    ["a slow body", fault("drip", 9, STALLED.drip), "200!"],
  ]) {
    row(`GET, ${title}`, { ...GET, plan: [plan], timesOut: 1, wire: sent, ends: timedOut });
    for (const [method, call] of Object.entries(CHANGES)) row(`${method}, ${title}`, { ...call, plan: [plan], timesOut: 1, wire: sent, ends: { ...timedOut, ...unknownOutcome } });
  }
  row("GET, the option of the call overrides the client's", {
    ...GET, call: (callCenter, { timeoutMs }) => callCenter.phones.list({}, { timeoutMs }), options: () => ({ timeoutMs: 1e6 }), plan: [fault("hang", 9)], timesOut: 1, wire: "200!", ends: timedOut,
  });
  row("GET, one timeout for all attempts", { ...GET, plan: [again(503), fault("hang", 9)], timesOut: 2, wire: "503 200!", ends: timedOut });
  row("PUT, a slow body within the timeout", { ...PUT, plan: [fault("drip", 1, { ms_per_byte: 5 })], wire: "200", ends: { check: anything } });
  row("GET, a slow response within the timeout", { ...GET, plan: [fault("delay", 1, { ms: 700 })], wire: "200", ends: { check: isPage } });
});

describe("an abort", together, () => {
  const aborted = { kind: "aborted", retryable: false, cause: /^Error: enough$/ };
  for (const call of [GET, PUT, POST, DELETE, UPLOAD]) {
    const name = call === UPLOAD ? "upload" : methodOf(call);
    /** Aborts when the promise `when` settles, an expression that uses `io`. */
    const abortWhen = (when) => `async (callCenter, io) => {
      const call = (${call.call})(callCenter, io);
      call.catch(() => {});
      await (${when});
      io.stop.abort("enough");
      return call;
    }`;
    const abortOnArrival = abortWhen("io.arrived(1)");
    row(`${name}, before the call`, { ...call, call: `async (callCenter, io) => (io.stop.abort("enough"), (${call.call})(callCenter, io))`, wire: "", ends: aborted });
    row(`${name}, at once`, { ...call, call: abortWhen("undefined"), plan: [fault("delay", 9, { ms: 8000 })], wire: (statuses) => assert.ok(statuses.length <= 1), ends: aborted });
    row(`${name}, while waiting for getAccessToken`, {
      ...call, call: abortWhen("io.sleep(200)"), options: () => ({ auth: { getAccessToken: () => new Promise(() => {}) } }), wire: "", ends: aborted,
    });
    // The sign-in is not aborted, since it may serve other calls.
    row(`${name}, while waiting for the sign-in`, { ...call, call: abortOnArrival, signIn: true, plan: [sign("delay", 1, { ms: 600 })], wire: "auth:200", ends: aborted });
    row(`${name}, while connecting`, {
      ...call, call: abortWhen("io.begun.then(() => io.sleep(200))"), plan: [preflight("delay", 9, { ms: 2000 })], wire: "", attempts: 1, ends: aborted,
      options: (io) => {
        let begin;
        io.begun = new Promise((done) => (begin = done));
        return { onRequest: () => begin() };
      },
    });
    row(`${name}, before the headers`, { ...call, call: abortOnArrival, plan: [fault("delay", 9, { ms: 8000 })], wire: "–!", ends: aborted });
    row(`${name}, in the body`, { ...call, call: abortWhen("io.arrived(1).then(() => io.sleep(200))"), plan: [fault("drip", 9, { ms_per_byte: 300 })], wire: "200!", ends: aborted });
    row(`${name}, in a stalled body`, { ...call, call: abortWhen("io.arrived(1).then(() => io.sleep(200))"), plan: [fault("hang", 9)], wire: "200!", ends: aborted });
    row(`${name}, during the back-off`, {
      ...call, call: abortWhen("io.backedOff"), plan: [again(503, 9, "10")], wire: "503", ends: aborted,
      options: (io) => {
        let backOff;
        io.backedOff = new Promise((done) => (backOff = done));
        return { onRetry: () => backOff() };
      },
    });
  }
  for (const own of [false, true]) {
    row(`during an upload${own ? ", with a custom fetch" : ""}`, {
      connection: own && "the browser's fetch",
      ...UPLOAD, plan: [fault("slow_upload", 1, { ms: 1500 })], wire: "–!", ends: { ...aborted, message: /may have been made/ },
      options: own ? () => ({ fetch: (url, init) => fetch(url, init) }) : undefined,
      call: async (callCenter, io) => {
        const call = callCenter.greetings.upload({ file: io.mp3(100_000) }, io.options);
        call.catch(() => {});
        await io.arrived(1);
        await io.sleep(300);
        io.stop.abort("enough");
        return call;
      },
    });
  }
  row("during an upload with progress", {
    connection: "XMLHttpRequest",
    ...UPLOAD, plan: [fault("slow_upload", 1, { ms: 1500 })], wire: "–!", ends: aborted,
    call: (callCenter, io) => callCenter.greetings.upload({ file: io.mp3(100_000) }, {
      ...io.options,
      onProgress: ({ loaded, total }) => {
        if (loaded >= total) throw new Error("everything has already been sent");
        io.stop.abort("enough");
      },
    }),
  });
  row("a slow upload without an abort", { ...UPLOAD, call: (callCenter, { mp3 }) => callCenter.greetings.upload({ file: mp3(20_000) }), plan: [fault("slow_upload", 1, { ms: 500 })], wire: "200", ends: { check: anything } });
  row("of one call does not affect the others", {
    ...GET, plan: [fault("delay", 3, { ms: 500 })], wire: (statuses) => assert.deepEqual(statuses.toSorted(), ["200", "200", "–!"]),
    call: async (callCenter, io) => {
      const calls = [callCenter.phones.list({}, io.options), callCenter.phones.list({ page: 2 }), callCenter.phones.list({ size: 50 })];
      calls[0].catch(() => {});
      await io.arrived(3);
      io.stop.abort();
      const ends = await Promise.all(calls.map((call) => outcome(() => call)));
      return ends.map(({ kind, value }) => kind ?? value.items.length);
    },
    ends: { value: ["aborted", 50, 50] },
  });
});

describe("401", together, () => {
  const refused = (times) => [status(401, times, { body: { status_code: -9999, message: "access_token_expired" } })];
  const ends = { kind: "auth", status: 401, statusCode: -9999, code: "access_token_expired", retryable: false };
  for (const [method, call] of Object.entries({ ...METHODS, upload: UPLOAD })) {
    const checks = { check: method === "GET" ? isPage : anything };
    row(`${method}, once: replayed with another token`, { ...call, signIn: true, plan: refused(1), wire: "auth:200 401 auth:200 200", ends: checks });
    row(`${method}, twice`, { ...call, signIn: true, plan: refused(2), wire: "auth:200 401 auth:200 401", ends });
    row(`${method}, forever`, { ...call, signIn: true, plan: refused(99), wire: "auth:200 401 auth:200 401", ends });
    row(`${method}, with maxRetries 0: replayed nevertheless`, { ...call, signIn: true, options: () => ({ maxRetries: 0 }), plan: refused(1), wire: "auth:200 401 auth:200 200", ends: checks });
    row(`${method}, with a fixed token: not replayed`, { ...call, plan: refused(99), wire: "401", ends });
    row(`${method}, with getAccessToken`, {
      ...call, plan: refused(99), wire: "401 401", ends,
      options: ({ log }) => ({ auth: { getAccessToken: () => `own-${(log.tokenRequests = (log.tokenRequests ?? 0) + 1)}` } }), check: ({ tokenRequests }) => assert.equal(tokenRequests, 2),
    });
    row(`${method}, then 503, then success`, { ...call, signIn: true, plan: [...refused(1), again(503)], wire: "auth:200 401 auth:200 503 200", ends: checks });
  }
  row("GET, between two broken connections: retries are counted across tokens", {
    ...GET, signIn: true, plan: [fault("reset"), ...refused(1), fault("reset", 9)], wire: "auth:200 – 401 auth:200 – –", ends: { kind: "network", retryable: true },
  });
  row("POST, then a broken connection: not retried", { ...POST, signIn: true, plan: [...refused(1), fault("reset", 9)], wire: "auth:200 401 auth:200 –", ends: { kind: "network", ...unknownOutcome } });
  row("GET, an HTML page with 401", { ...GET, plan: [fault("html", 9, { code: 401 })], wire: "401", ends: { kind: "auth", status: 401, retryable: false } });
  row("GET, and the next sign-in fails", { ...GET, signIn: true, plan: [...refused(1), sign("delay", 1, { ms: 1 }), sign("status", 9, { code: 403 })], wire: "auth:200 401 auth:403", ends: { kind: "http", status: 403, endpoint: "GET /api/auth" }, attempts: 1 });
  row("200 calls at once with an expired token: one sign-in", {
    ...GET, signIn: true,
    call: async (callCenter, { control }) => {
      await callCenter.phones.list();
      await control("expire-tokens", {});
      const ends = await Promise.all(Array.from({ length: 200 }, (_, i) => outcome(() => callCenter.phones.list({ page: 1 + (i % 3) }))));
      return ends.filter(({ value }) => value?.items.length > 0).length;
    },
    ends: { value: 200 },
    wire: (statuses) => {
      const count = (text) => statuses.filter((status) => status === text).length;
      assert.deepEqual([count("auth:200"), count("200")], [2, 201]);
      assert.ok(count("401") >= 1 && count("401") <= 200 && statuses.length === 203 + count("401"), statuses.join(" "));
    },
  });
});

describe("signing in", together, () => {
  const base = { ...GET, signIn: true, attempts: 0 };
  const endpoint = "GET /api/auth";
  row("fails once, then succeeds", { ...base, plan: [sign("status", 1, { code: 500, headers: { "retry-after": "0" } })], wire: "auth:500 auth:200 200", ends: { check: isPage } });
  row("fails forever", { ...base, attempts: 3, plan: [sign("status", 99, { code: 503, headers: { "retry-after": "0" } })], wire: "auth:503 auth:503 auth:503", ends: { kind: "http", status: 503, retryable: true, endpoint } });
  row("fails forever, before a change", { ...base, ...POST, attempts: 3, plan: [sign("status", 99, { code: 503, headers: { "retry-after": "0" } })], wire: "auth:503 auth:503 auth:503", ends: { kind: "http", status: 503, endpoint } });
  row("connection breaks once", { ...base, plan: [sign("reset")], wire: "auth:– auth:200 200", ends: { check: isPage } });
  row("connection breaks forever", { ...base, attempts: 3, plan: [sign("reset", 99)], wire: "auth:– auth:– auth:–", ends: { kind: "network", retryable: true, endpoint } });
  row("is closed in the body once", { ...base, plan: [sign("cut_body")], wire: "auth:200 auth:200 200", ends: { check: isPage } });
  row("is slow", { ...base, plan: [sign("delay", 1, { ms: 700 })], wire: "auth:200 200", ends: { check: isPage } });
  row("is slower than the timeout", { ...base, plan: [sign("delay", 99, STALLED.delay)], timesOut: 1, wire: (statuses) => assert.deepEqual(statuses, ["auth:–!"]), ends: { kind: "timeout", retryable: true, endpoint: GET.line } });
  row("stalls after its headers", { ...base, plan: [sign("hang", 99)], timesOut: 1, wire: (statuses) => assert.deepEqual(statuses, ["auth:200!"]), ends: { kind: "timeout", retryable: true } });
  const invalid = { kind: "decode", status: 200, endpoint, retryable: false };
  // There is no token at all, so the error is not about its characters.
  const noToken = { kind: "auth", endpoint, retryable: false, message: /^(?!.*not valid in an HTTP header)/ };
  for (const [title, plan, ends] of [
    ["HTML", sign("html"), invalid],
    ["an empty body", sign("empty"), invalid],
    ["204", sign("status", 1, { code: 204 }), { ...invalid, status: 204 }],
    ["plain text", sign("raw", 1, { body: "eyJhbGciOiJub25lIn0.e30.", content_type: "text/plain" }), invalid],
    ["no token", sign("remove", 1, { pointer: "/payload/access_token" }), noToken],
    ["a token that is a number", sign("set", 1, { pointer: "/payload/access_token", value: 5 }), noToken],
    ["a token that is null", sign("set", 1, { pointer: "/payload/access_token", value: null }), noToken],
    ["an empty token", sign("set", 1, { pointer: "/payload/access_token", value: "" }), { kind: "auth", endpoint }],
    ["a token with a line break", sign("set", 1, { pointer: "/payload/access_token", value: "eyJ\r\nx: y" }), { kind: "auth", endpoint }],
    ["a non-ASCII token", sign("set", 1, { pointer: "/payload/access_token", value: "eyJễ" }), { kind: "auth", endpoint }],
    ["a payload of null", sign("set", 1, { pointer: "/payload", value: null }), invalid],
    ["-9999", sign("raw", 1, { body: '{"status_code":-9999,"message":"api_key_invalid"}' }), { kind: "auth", code: "api_key_invalid", statusCode: -9999, endpoint }],
    ["-9999 that quotes the key", sign("raw", 1, { body: '{"status_code":-9999,"message":"sandbox-api-key is unknown"}' }), { kind: "api", statusCode: -9999, endpoint }],
    ["a page that quotes the key", sign("raw", 1, { body: "<p>/api/auth?apiKey=sandbox-api-key", content_type: "text/html" }), invalid],
    ["401", sign("status", 1, { code: 401 }), { kind: "auth", status: 401, endpoint }],
    ["403", sign("status", 1, { code: 403 }), { kind: "http", status: 403, endpoint }],
  ]) {
    row(`responds with ${title}`, { ...base, attempts: 1, plan: [plan], wire: `auth:${ends.status ?? 200}`, ends });
  }
  row("responds with a token that is a number, in strict mode", {
    ...base, attempts: 1, plan: [sign("set", 1, { pointer: "/payload/access_token", value: 5 })], options: () => ({ responseValidation: "error" }),
    wire: "auth:200", ends: { ...invalid, path: "/payload/access_token" },
  });
  row("fails for 50 calls, and the next call signs in again", {
    ...base, plan: [sign("status", 1, { code: 403 })], wire: "auth:403 auth:200 200", ends: { value: [50, 50] },
    call: async (callCenter) => {
      const ends = await Promise.all(Array.from({ length: 50 }, () => outcome(() => callCenter.phones.list())));
      return [ends.filter(({ kind, status }) => kind === "http" && status === 403).length, (await callCenter.phones.list()).items.length];
    },
  });
  row("is endless", { ...base, attempts: 1, plan: [sign("huge")], wire: "auth:200!", ends: { ...invalid, message: /longer than 64 MiB/ } });
  row("happens once for 200 calls", {
    ...base, call: async (callCenter) => (await Promise.all(Array.from({ length: 200 }, () => callCenter.phones.list({ size: 1 })))).length,
    wire: (statuses) => assert.deepEqual([statuses.length, statuses[0], statuses.filter((status) => status === "200").length], [201, "auth:200", 200]), ends: { value: 200 },
  });
});

describe("getAccessToken", together, () => {
  const base = { ...GET, attempts: 0 };
  const authError = { kind: "auth", retryable: false, endpoint: "auth.getAccessToken" };
  row("is slow", {
    ...base, wire: "200", ends: { check: isPage },
    options: ({ control, sleep }) => ({ auth: { getAccessToken: () => sleep(500).then(() => control("token")).then((response) => response.text()) } }),
  });
  row("fails once, and the next call requests a token again", {
    ...base, wire: "200", ends: { value: ["auth", 50] },
    options: ({ control }) => {
      let calls = 0;
      return { auth: { getAccessToken: async () => (calls++ ? (await control("token")).text() : Promise.reject(new Error("backend unavailable"))) } };
    },
    call: async (callCenter) => [(await outcome(() => callCenter.phones.list())).kind, (await callCenter.phones.list()).items.length],
  });
  for (const [title, options, ends] of [
    ["fails", () => ({ auth: { getAccessToken: async () => { throw new Error("backend unavailable"); } } }), { ...authError, cause: /backend unavailable/ }],
    ["returns nothing", () => ({ auth: { getAccessToken: () => undefined } }), authError],
    ["returns an object", () => ({ auth: { getAccessToken: async () => ({ token: "eyJ" }) } }), authError],
    ["returns a header", () => ({ auth: { getAccessToken: async () => "Bearer eyJ" } }), authError],
    ["never returns", () => ({ timeoutMs: 500, auth: { getAccessToken: () => new Promise(() => {}) } }), { kind: "timeout", retryable: true }],
  ]) {
    for (const call of [GET, POST]) row(`${title}, ${methodOf(call)}`, { ...base, ...call, options, wire: "", ends });
  }
});

count({ all: 202, inPage: 195 });

// The hooks for requests, responses and retries: they never receive a secret, and never break the call.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, masked, openPage, sample, vendor } from "./support.mjs";

let chrome, server, phones, replies;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    if (url.pathname === "/api/auth") return json(response, { status_code: 9999, payload: { access_token: "fresh-token-77" } });
    const reply = replies.shift() ?? phones;
    // Before the headers, Chromium would retry by itself.
    if (reply === "close") return response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
    if (typeof reply === "number") return response.setHeader("retry-after", "0").writeHead(reply).end();
    return json(response, reply);
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

const watch = ([base, call, options]) =>
  (async () => {
    const events = [];
    const hook = (name) => (event) => events.push([name, event]);
    const callCenter = client(base, { onRequest: hook("request"), onResponse: hook("response"), onRetry: hook("retry"), maxRetries: 2, ...options });
    const end = await outcome(() => new Function("callCenter", `return ${call}`)(callCenter));
    return { events, end };
  })();

const list = { method: "GET", path: "/api/call_center/internal_phone/list" };

/** Checks the times and removes them. */
const withoutTimes = (events) =>
  events.map(([name, { elapsedMs, waitMs, ...event }]) => {
    for (const [is, time] of [["response", elapsedMs], ["retry", waitMs]]) {
      if (name === is) assert.ok(time >= 0 && time < 5_000, `${name} ${time}`);
      else assert.equal(time, undefined);
    }
    return [name, event];
  });

test("hooks receive the events of a call in order", async () => {
  replies = [503, "close", phones];
  const { events, end } = await chrome.page.evaluate(watch, [server.origin, "callCenter.phones.list({ keyword: 'secret-keyword' })", {}]);
  assert.deepEqual(end.value, masked(phones.payload));
  assert.deepEqual(withoutTimes(events), [
    ["request", { ...list, attempt: 1 }],
    ["response", { ...list, attempt: 1, status: 503 }],
    ["retry", { ...list, attempt: 1, status: 503 }],
    ["request", { ...list, attempt: 2 }],
    ["retry", { ...list, attempt: 2 }],
    ["request", { ...list, attempt: 3 }],
    ["response", { ...list, attempt: 3, status: 200 }],
  ]);
  for (const secret of [TOKEN, "secret-keyword", phones.payload.items[0].password]) assert.ok(!JSON.stringify(events).includes(secret));
});

test("hooks receive token requests and the replay after a 401, without the key", async () => {
  replies = [401, phones];
  const auth = { apiKey: "secret-key-1", dangerouslyAllowBrowser: true };
  const { events, end } = await chrome.page.evaluate(watch, [server.origin, "callCenter.phones.list()", { auth }]);
  assert.deepEqual(end.value, masked(phones.payload));
  const token = { method: "GET", path: "/api/auth", attempt: 1 };
  assert.deepEqual(withoutTimes(events), [
    ["request", token],
    ["response", { ...token, status: 200 }],
    ["request", { ...list, attempt: 1 }],
    ["response", { ...list, attempt: 1, status: 401 }],
    ["retry", { ...list, attempt: 1, status: 401 }],
    ["request", token],
    ["response", { ...token, status: 200 }],
    ["request", { ...list, attempt: 2 }],
    ["response", { ...list, attempt: 2, status: 200 }],
  ]);
  for (const secret of ["secret-key-1", "fresh-token-77"]) assert.ok(!JSON.stringify(events).includes(secret));
});

test("events have the path template instead of the id", async () => {
  replies = [phones];
  const { events } = await chrome.page.evaluate(watch, [server.origin, "callCenter.groups.delete('62ff11b208d4bf3ea694a6f3')", {}]);
  assert.deepEqual(withoutTimes(events)[0], ["request", { method: "DELETE", path: "/api/call_center/internal_group/delete/:id", attempt: 1 }]);
});

test("hooks that throw, reject or free the client do not break the call", async () => {
  const errors = [];
  chrome.page.on("pageerror", (error) => errors.push(String(error)));
  for (const hook of ["() => { throw new Error('no') }", "async () => { throw 5 }", "() => ({ get then() { throw 1 } })", "() => new Promise(() => {})", "() => callCenter.free()"]) {
    replies = [503, phones];
    const end = await chrome.page.evaluate(
      async ([base, hook]) => {
        let callCenter;
        const call = eval(`(${hook})`);
        callCenter = client(base, { onRequest: call, onResponse: call, onRetry: call, maxRetries: 2 });
        return outcome(() => callCenter.phones.list());
      },
      [server.origin, hook],
    );
    assert.deepEqual(end.value, masked(phones.payload), hook);
  }
  assert.deepEqual(errors, []);
});

test("a hook can abort the call", async () => {
  replies = [];
  server.requests.length = 0;
  const end = await chrome.page.evaluate(
    (base) => {
      const stop = new AbortController();
      return outcome(() => client(base, { onRequest: () => stop.abort() }).phones.list({}, { signal: stop.signal }));
    },
    server.origin,
  );
  assert.equal(end.kind, "aborted");
  assert.equal(server.requests.length, 0);
});

// What a page may watch: each request, answer and wait; never a secret, and never at the cost of the call.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, openPage, sample, vendor } from "./support.mjs";

let chrome, server, phones, answers;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => {
    if (url.pathname === "/api/auth") return json(response, { status_code: 9999, payload: { access_token: "fresh-token-77" } });
    const answer = answers.shift() ?? phones;
    // Before its headers, Chromium would ask again by itself.
    if (answer === "cut") return response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
    if (typeof answer === "number") return response.setHeader("retry-after", "0").writeHead(answer).end();
    return json(response, answer);
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

const watch = ([base, call, options]) =>
  (async () => {
    const heard = [];
    const hook = (name) => (event) => heard.push([name, event]);
    const callCenter = client(base, { onRequest: hook("request"), onResponse: hook("response"), onRetry: hook("retry"), maxRetries: 2, ...options });
    const end = await outcome(() => new Function("callCenter", `return ${call}`)(callCenter));
    return { heard, end };
  })();

const list = { method: "GET", path: "/api/call_center/internal_phone/list" };

/** Times are checked and taken away. */
const plain = (heard) =>
  heard.map(([name, { elapsedMs, waitMs, ...event }]) => {
    for (const [is, time] of [["response", elapsedMs], ["retry", waitMs]]) {
      if (name === is) assert.ok(time >= 0 && time < 5_000, `${name} ${time}`);
      else assert.equal(time, undefined);
    }
    return [name, event];
  });

test("a call, its retries and its end are heard of in order", async () => {
  answers = [503, "cut", phones];
  const { heard, end } = await chrome.page.evaluate(watch, [server.origin, "callCenter.phones.list({ keyword: 'secret-keyword' })", {}]);
  assert.deepEqual(end.value, phones.payload);
  assert.deepEqual(plain(heard), [
    ["request", { ...list, attempt: 1 }],
    ["response", { ...list, attempt: 1, status: 503 }],
    ["retry", { ...list, attempt: 1, status: 503 }],
    ["request", { ...list, attempt: 2 }],
    ["retry", { ...list, attempt: 2 }],
    ["request", { ...list, attempt: 3 }],
    ["response", { ...list, attempt: 3, status: 200 }],
  ]);
  for (const secret of [TOKEN, "secret-keyword", phones.payload.items[0].password]) assert.ok(!JSON.stringify(heard).includes(secret));
});

test("the call for a token and the one replay after a 401 are heard of, without the key", async () => {
  answers = [401, phones];
  const auth = { apiKey: "secret-key-1", dangerouslyAllowBrowser: true };
  const { heard, end } = await chrome.page.evaluate(watch, [server.origin, "callCenter.phones.list()", { auth }]);
  assert.deepEqual(end.value, phones.payload);
  const token = { method: "GET", path: "/api/auth", attempt: 1 };
  assert.deepEqual(plain(heard), [
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
  for (const secret of ["secret-key-1", "fresh-token-77"]) assert.ok(!JSON.stringify(heard).includes(secret));
});

test("an id is not told, only where it stands", async () => {
  answers = [phones];
  const { heard } = await chrome.page.evaluate(watch, [server.origin, "callCenter.groups.delete('62ff11b208d4bf3ea694a6f3')", {}]);
  assert.deepEqual(plain(heard)[0], ["request", { method: "DELETE", path: "/api/call_center/internal_group/delete/:id", attempt: 1 }]);
});

test("hooks that throw, reject, return what they like or free the client do not break the call", async () => {
  const said = [];
  chrome.page.on("pageerror", (error) => said.push(String(error)));
  for (const hook of ["() => { throw new Error('no') }", "async () => { throw 5 }", "() => ({ get then() { throw 1 } })", "() => new Promise(() => {})", "() => callCenter.free()"]) {
    answers = [503, phones];
    const end = await chrome.page.evaluate(
      async ([base, hook]) => {
        let callCenter;
        const call = eval(`(${hook})`);
        callCenter = client(base, { onRequest: call, onResponse: call, onRetry: call, maxRetries: 2 });
        return outcome(() => callCenter.phones.list());
      },
      [server.origin, hook],
    );
    assert.deepEqual(end.value, phones.payload, hook);
  }
  assert.deepEqual(said, []);
});

test("a signal that aborts in a hook ends the call there", async () => {
  answers = [];
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

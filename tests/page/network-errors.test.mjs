// No response: what the page can know about the reason is in the error, and what helps.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

let chrome, server, withoutCors, origin;

before(async () => {
  const phones = await sample("internal_phone_list");
  chrome = await openPage();
  server = await vendor((request, response) => json(response, phones));
  withoutCors = createServer((request, response) => json(response, phones)).listen(0, "127.0.0.1");
  await new Promise((done) => withoutCors.on("listening", done));
  withoutCors.unref();
  origin = `http://127.0.0.1:${withoutCors.address().port}`;
});
after(async () => {
  await chrome.close();
  await server.close();
  withoutCors.close();
});

const CALLS = {
  list: "callCenter.phones.list()",
  create: "callCenter.groups.create({ group_name: 'New', strategy: 'rollover', sip_members: ['147'], timeout: 20 })",
  upload: "callCenter.greetings.upload({ file: new Uint8Array(9) }, { validation: false })",
  "upload with progress": "callCenter.greetings.upload({ file: new Uint8Array(9) }, { validation: false, onProgress() {} })",
};

/** The outcomes of all calls, in a new page with this policy, or with these headers. */
async function ends(base, { policy, headers, prepare = "" } = {}) {
  const page = await chrome.newPage();
  if (headers) await page.route(`${chrome.origin}/`, (route) => route.fulfill({ headers, body: "<!doctype html>" }));
  await page.goto(chrome.origin);
  const all = await page.evaluate(async ([base, calls, policy, prepare]) => {
    const sdk = await import("/pkg/all/index.js");
    await sdk.initAsync();
    if (policy) document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "Content-Security-Policy", content: policy }));
    await eval(`(async () => { ${prepare} })()`);
    const ends = {};
    for (const [name, call] of Object.entries(calls)) {
      const attempts = [];
      const callCenter = new sdk.CallCenter({ baseUrl: base, auth: { accessToken: "token-1" }, maxRetries: 2, onRequest: ({ attempt }) => attempts.push(attempt) });
      try {
        await new Function("callCenter", `return ${call}`)(callCenter);
        ends[name] = "value";
      } catch ({ kind, message, retryable }) {
        ends[name] = { kind, message, retryable, attempts };
      }
    }
    return ends;
  }, [base, CALLS, policy, prepare]);
  await page.close();
  return Object.entries(all);
}

test("a blocked connect-src is named, and not retried", async () => {
  for (const policy of ["connect-src 'self'", "default-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'", "connect-src https: ws:"]) {
    for (const [name, end] of await ends(server.origin, { policy })) {
      assert.deepEqual([end.kind, end.retryable, end.attempts], ["network", false, [1]], `${name}: ${JSON.stringify(end)}`);
      assert.match(end.message, /Content-Security-Policy blocked the request: add the origin of `baseUrl` to its connect-src/);
      assert.doesNotMatch(end.message, /CORS|may have been made/);
    }
  }
  assert.equal(server.requests.length, 0);
});

test("another violation of the policy meanwhile is not the reason", async () => {
  for (const [name, end] of await ends(origin, { policy: `connect-src 'self' ${origin}`, prepare: "addEventListener('securitypolicyviolation', () => {}); setInterval(() => fetch('http://127.0.0.1:9/').catch(() => {}), 1);" })) {
    assert.match(end.message, /CORS/, `${name}: ${end.message}`);
  }
});

test("a policy that only reports is not the reason", async () => {
  const policies = [`connect-src 'self'`, "default-src https:"];
  for (const policy of policies) {
    const headers = { "content-type": "text/html", "content-security-policy-report-only": policy };
    for (const [name, end] of await ends(origin, { headers })) {
      assert.match(end.message, /could not be reached.*CORS/, `${name}: ${end.message}`);
      assert.equal(end.attempts.length, name === "list" ? 3 : 1);
    }
  }
  // An event without an address, as of another blocked thing.
  const fire = "fetch = async () => { dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { effectiveDirective: 'connect-src', disposition: 'enforce', blockedURI: '' })); throw new TypeError('no'); };";
  for (const [name, end] of await ends(origin, { prepare: fire })) if (name !== "upload with progress") assert.match(end.message, /CORS/, `${name}: ${end.message}`);
});

test("CORS is named with the way out", async () => {
  for (const [name, end] of await ends(origin)) {
    assert.deepEqual([end.kind, end.retryable, end.attempts.length], ["network", name === "list", name === "list" ? 3 : 1], end.message);
    assert.match(end.message, /could not be reached.*CORS.*`baseUrl: "\/omicall"`.*connect-src/s);
  }
});

test("offline is named, without CORS", async () => {
  await chrome.page.context().setOffline(true);
  try {
    const message = await chrome.page.evaluate(async (base) => (await outcome(() => client(base).phones.list())).message, server.origin);
    assert.match(message, /this device is offline/);
    assert.doesNotMatch(message, /CORS|baseUrl/);
  } finally {
    await chrome.page.context().setOffline(false);
  }
  for (const [name, end] of await ends("http://127.0.0.1:9", { prepare: "Object.defineProperty(navigator, 'onLine', { value: false });" })) {
    assert.deepEqual([end.kind, end.attempts.length], ["network", name === "list" ? 3 : 1]);
    assert.match(end.message, /this device is offline/);
  }
});

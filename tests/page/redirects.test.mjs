// Redirects: browsers follow them and turn some changes into a GET. A redirected change is an error.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, masked, openPage, sample, vendor } from "./support.mjs";

const CODES = [301, 302, 303, 307, 308];
const CHANGES = {
  POST: `callCenter.groups.create({ group_name: "New", strategy: "rollover", sip_members: ["147"], timeout: 20 })`,
  PUT: `callCenter.phones.setEnabled({ sip_user: "147", enabled: false })`,
  DELETE: `callCenter.groups.delete("62ff11b208d4bf3ea694a6f3")`,
  upload: `callCenter.greetings.upload({ file: mp3, greeting_name: "Chào" })`,
};
const FETCHES = {
  "the engine's fetch": undefined,
  "a custom fetch": "(url, init) => window.fetch(url, init)",
  // The response of polyfills based on XMLHttpRequest.
  "a fetch whose response only has a URL": `async (url, init) => {
    const response = await window.fetch(url, init);
    return { status: response.status, headers: response.headers, url: response.url, arrayBuffer: () => response.arrayBuffer() };
  }`,
};

let chrome, server, otherOrigin, phones, redirect, respond;

before(async () => {
  phones = await sample("internal_phone_list");
  chrome = await openPage();
  otherOrigin = await vendor((_, response) => respond(response));
  server = await vendor((request, response, url) => {
    if (url.pathname.startsWith("/moved")) return respond(response);
    response.writeHead(redirect.code, { location: redirect.to(url) }).end();
  });
});
after(async () => {
  await chrome.close();
  await server.close();
  await otherOrigin.close();
});

const success = (response) => json(response, { status_code: 9999, payload: { _id: "1" } });
const movedTo = (url) => `/moved${url.pathname}?secret=4711#part`;

const run = (call, { fetch, auth } = {}) => {
  for (const { requests } of [server, otherOrigin]) requests.length = 0;
  return chrome.page.evaluate(
    ([base, call, fetch, auth]) => {
      const mp3 = new Uint8Array(4_170);
      for (let at = 0; at < mp3.length; at += 417) mp3.set([0xff, 0xfb, 0x90, 0x00], at);
      window.tokenRequests = 0;
      const options = { maxRetries: 2, validation: false, fetch: eval(fetch), ...(auth && { auth: eval(`(${auth})`) }) };
      return outcome(() => new Function("callCenter", "mp3", `return ${call}`)(client(base, options), mp3));
    },
    [server.origin, call, fetch, auth],
  );
};

/** Checks the error of a change that was sent once and redirected to `url`. */
function check(end, url) {
  assert.deepEqual([end.name, end.kind, end.retryable, end.attempts, end.status], ["OmiCallError", "http", false, 1, undefined], JSON.stringify(end));
  assert.ok(end.message.includes(` ${url}.`), end.message);
  assert.match(end.message, /redirected.*307 and 308.*may have been made.*baseUrl/s);
  assert.doesNotMatch(JSON.stringify(end), /4711|#part/);
  assert.equal(server.requests.filter(({ path }) => !path.startsWith("/moved")).length, 1, "sent once");
}

for (const [way, fetch] of Object.entries(FETCHES)) {
  for (const code of CODES) {
    for (const [change, call] of Object.entries(CHANGES)) {
      test(`redirects: ${change} after ${code} is an error, with ${way}`, async () => {
        redirect = { code, to: movedTo };
        respond = success;
        const end = await run(call, { fetch });
        check(end, `${server.origin}/moved${server.requests[0].path}`);
      });
    }
  }
}

test("redirects: a redirect to another origin is an error, whatever the response there", async () => {
  redirect = { code: 308, to: (url) => `${otherOrigin.origin}/v2${url.pathname}` };
  for (const status of [200, 401, 429, 503]) {
    respond = (response) => json(response.setHeader("retry-after", "0"), { status_code: 9999, payload: {} }, status);
    for (const call of Object.values(CHANGES)) {
      const end = await run(call, { auth: "{ getAccessToken: () => `token-${(tokenRequests += 1)}` }" });
      check(end, `${otherOrigin.origin}/v2${server.requests[0].path}`);
      assert.equal(await chrome.page.evaluate(() => tokenRequests), 1, "no second token is requested");
    }
  }
});

test("redirects: a token in the URL is masked in the error", async () => {
  redirect = { code: 307, to: () => "/moved/test-token-4711" };
  respond = success;
  check(await run(CHANGES.POST), `${server.origin}/moved/***`);
});

test("redirects: a GET follows them", async () => {
  respond = (response) => json(response, phones);
  for (const code of CODES) {
    redirect = { code, to: movedTo };
    for (const fetch of Object.values(FETCHES)) {
      const end = await run("callCenter.phones.list()", { fetch });
      assert.deepEqual(end.value, masked(phones.payload), end.message);
    }
  }
});

test("redirects: a custom fetch that rewrites the URL is not a redirect", async () => {
  respond = success;
  const fetch = "(url, init) => window.fetch(url.replace('/api/', '/moved/api/'), init)";
  for (const call of Object.values(CHANGES)) {
    const end = await run(call, { fetch });
    assert.deepEqual(end.value, { _id: "1" }, end.message);
  }
});

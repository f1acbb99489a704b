// A proxy on the page's own origin: it gets the requests but no cookies, and the browser asks nobody for a password.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

let chrome, requests, reply;

before(async () => {
  const phones = await sample("internal_phone_list");
  requests = [];
  reply = (response) => json(response, phones);
  chrome = await openPage("", {
    api: async (request, response) => {
      requests.push({ method: request.method, cookie: request.headers.cookie, authorization: request.headers.authorization });
      await request.toArray();
      response.setHeader("set-cookie", "theirs=1");
      reply(response);
    },
  });
  await chrome.page.evaluate(() => (document.cookie = "session=4711"));
});
after(() => chrome.close());

const CALLS = {
  "a list": "callCenter.phones.list()",
  "a change": "callCenter.groups.addMembers({ group_id: '1', sip_users: ['147'] }, { validation: false })",
  "an upload": "callCenter.greetings.upload({ file: new Uint8Array(9) }, { validation: false })",
};

const run = (call, options = {}) =>
  chrome.page.evaluate(([call, options]) => {
    const own = options.own && ((url, init) => fetch(url, { ...init, credentials: "same-origin" }));
    return outcome(() => new Function("callCenter", `return ${call}`)(client("/omicall", { timeoutMs: 5_000, fetch: own })));
  }, [call, options]);

test("a path leads to the page's own origin, whatever its <base> says", async () => {
  const other = await vendor((request, response) => response.writeHead(404).end());
  const end = await chrome.page.evaluate((href) => (document.head.prepend(Object.assign(document.createElement("base"), { href })), document.baseURI), other.origin);
  assert.equal(end, `${other.origin}/`);
  try {
    for (const call of Object.values(CALLS)) {
      requests.length = 0;
      await run(call);
      assert.deepEqual([requests.length, other.requests.length], [1, 0], call);
    }
  } finally {
    await chrome.page.evaluate(() => document.querySelector("base").remove());
    await other.close();
  }
});

test("in a frame without an address of its own, a path leads to the page around it", async () => {
  requests.length = 0;
  const end = await chrome.page.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.srcdoc = `<script type="module">
      import { CallCenter, initAsync } from "/pkg/all/index.js";
      await initAsync();
      parent.ended(await new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token-1" } }).phones.list().then(() => "value", (error) => error.message));
    </script>`;
    const ended = new Promise((resolve) => (window.ended = resolve));
    document.body.append(frame);
    const end = await ended;
    frame.remove();
    return end;
  });
  assert.deepEqual([end, requests.length], ["value", 1]);
});

for (const [title, call] of Object.entries(CALLS)) {
  test(`cookies: ${title} sends none and keeps none`, async () => {
    requests.length = 0;
    await run(call);
    assert.deepEqual(requests.map(({ cookie, authorization }) => [cookie, authorization]), [[undefined, "Bearer test-token-4711"]]);
    assert.equal(await chrome.page.evaluate(() => document.cookie), "session=4711");
  });

  test(`cookies: ${title} sends them with an own fetch that asks for it`, async () => {
    requests.length = 0;
    await run(call, { own: true });
    assert.match(requests[0].cookie, /session=4711/);
  });

  for (const challenge of ['Basic realm="proxy"', "Digest realm=\"proxy\", nonce=\"1\"", "Negotiate", "NTLM"]) {
    test(`cookies: a 401 with ${challenge.split(" ")[0]} after ${title} is an error at once`, async () => {
      requests.length = 0;
      reply = (response) => response.writeHead(401, { "www-authenticate": challenge }).end("no");
      const end = await run(call);
      assert.deepEqual([end.kind, end.status, requests.length], ["auth", 401, 1], end.message);
    });
  }
}

// A page loads only the modules that it uses: the client loads the checks at the first call that needs them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

const GROUP = { group_name: "Sales", strategy: "rollover", sip_members: ["147"], timeout: 20 };
let chrome, server;

before(async () => {
  chrome = await openPage();
  const created = await sample("internal_group_add");
  const list = await sample("internal_phone_list");
  server = await vendor((request, response, url) => json(response, url.pathname.endsWith("/list") ? list : created));
});
after(() => Promise.all([chrome.close(), server.close()]));

/** Runs `work` in a page that has loaded only the client. `routes` answers files of the package in another way. */
async function inPage(work, { routes = {}, argument } = {}) {
  const page = await chrome.newPage();
  const fetched = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/pkg/")) fetched.push(pathname.slice("/pkg/".length));
  });
  for (const [file, handle] of Object.entries(routes)) await page.route(`**/${file}`, handle);
  await page.goto(chrome.origin);
  await page.evaluate(async (base) => {
    window.sdk = await import("/pkg/index.js");
    await window.sdk.initAsync();
    window.client = (options) => new window.sdk.CallCenter({ baseUrl: base, auth: { accessToken: "token" }, maxRetries: 0, ...options });
    window.failure = (promise) => promise.then(() => "no failure", ({ kind, message, endpoint, retryable, attempts }) => ({ kind, message, endpoint, retryable, attempts }));
  }, server.origin);
  server.requests.length = 0;
  const result = await page.evaluate(work, argument);
  await page.close();
  return { result, fetched, changes: server.requests.filter(({ method }) => method !== "GET").length };
}

const CLIENT = ["index.js", "omicall.js", "shared.js", "omicall.wasm"];
const CHECKS = ["checks/index.js", "checks/checks.js", "checks/checks.wasm"];
const sorted = (files) => [...files].sort();

test("a page that only reads never loads the checks", async () => {
  const { fetched } = await inPage(async () => {
    const callCenter = client();
    await callCenter.phones.list();
    for await (const _ of callCenter.phones.iterate()) break;
  });
  assert.deepEqual(sorted(fetched), sorted(CLIENT));
});

test("with `validation: false` the checks are never loaded", async () => {
  const { fetched, changes } = await inPage(async (group) => {
    await client({ validation: false }).groups.create(group);
    await client().groups.create(group, { validation: false });
  }, { argument: GROUP });
  assert.deepEqual(sorted(fetched), sorted(CLIENT));
  assert.equal(changes, 2);
});

test("changes load the checks, once", async () => {
  const { fetched, changes, result } = await inPage(async (group) => {
    const callCenter = client();
    await Promise.all(Array.from({ length: 5 }, () => callCenter.groups.create(group)));
    const again = await import("/pkg/checks/index.js");
    await again.initAsync();
    return [(await sdk.loadChecks()) === again, again.OmiCallError === sdk.OmiCallError];
  }, { argument: GROUP });
  assert.deepEqual(sorted(fetched), sorted([...CLIENT, ...CHECKS]));
  assert.equal(changes, 5);
  assert.deepEqual(result, [true, true]);
});

test("a page that has the checks already loads nothing for a change", async () => {
  const { fetched, result } = await inPage(async (group) => {
    const { validateGroup } = await sdk.loadChecks();
    const { ok } = validateGroup(group);
    await client().groups.create(group);
    return ok;
  }, { argument: GROUP });
  assert.deepEqual(sorted(fetched), sorted([...CLIENT, ...CHECKS]));
  assert.equal(result, true);
});

test("the softphone alone loads nothing of the client", async () => {
  const page = await chrome.newPage();
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(chrome.origin);
  const url = await page.evaluate(async (detail) => {
    const { initAsync, jsSipConfig } = await import("/pkg/softphone/index.js");
    await initAsync();
    return jsSipConfig(detail).webSocketUrl;
  }, (await sample("extensions_detail")).payload);
  assert.match(url, /^wss:/);
  const files = fetched.filter((path) => path.startsWith("/pkg/"));
  assert.deepEqual(sorted(files), sorted(["softphone/index.js", "softphone/softphone.js", "shared.js", "softphone/softphone.wasm"].map((file) => `/pkg/${file}`)));
  await page.close();
});

test("the token is requested while the checks load", async () => {
  const order = [];
  let release;
  const tokenRequested = new Promise((done) => (release = done));
  const { changes } = await inPage(async (group) => {
    const getAccessToken = async () => (await fetch("/token-requested"), "token");
    await client({ auth: { getAccessToken } }).groups.create(group);
  }, {
    argument: GROUP,
    routes: {
      // If the token came after the checks, this would wait forever.
      "checks/checks.wasm": async (route) => {
        await tokenRequested;
        order.push("checks");
        await route.continue();
      },
      "token-requested": async (route) => {
        order.push("token");
        release();
        await route.fulfill({ body: "" });
      },
    },
  });
  assert.deepEqual(order, ["token", "checks"]);
  assert.equal(changes, 1);
});

test("a token function that fails while the checks load is called once", async () => {
  const { result, changes } = await inPage(async (group) => {
    let calls = 0;
    const getAccessToken = async () => {
      calls += 1;
      throw new Error("no session");
    };
    const { kind } = await failure(client({ auth: { getAccessToken } }).groups.create(group));
    return { calls, kind };
  }, { argument: GROUP });
  assert.deepEqual(result, { calls: 1, kind: "auth" });
  assert.equal(changes, 0);
});

test("an aborted call and an unusable argument ask for no token and load nothing that they do not need", async () => {
  const { result, fetched } = await inPage(async (group) => {
    let tokens = 0;
    const callCenter = client({ auth: { getAccessToken: () => ((tokens += 1), "token") } });
    const aborted = await failure(callCenter.groups.create(group, { signal: AbortSignal.abort() }));
    return { kind: aborted.kind, tokens };
  }, { argument: GROUP });
  assert.deepEqual(result, { kind: "aborted", tokens: 0 });
  assert.deepEqual(sorted(fetched), sorted(CLIENT));
  const unusable = await inPage(async (group) => {
    let tokens = 0;
    const callCenter = client({ auth: { getAccessToken: () => ((tokens += 1), "token") } });
    const { kind } = await failure(callCenter.groups.create({ ...group, colour: "red" }));
    return { kind, tokens };
  }, { argument: GROUP });
  assert.deepEqual(unusable.result, { kind: "usage", tokens: 0 });
});

test("a page that imports the inline checks fetches no second copy", async () => {
  const { fetched, changes } = await inPage(async (group) => {
    await import("/pkg/checks/inline.js");
    await client().groups.create(group);
  }, { argument: GROUP });
  assert.ok(!fetched.includes("checks/checks.wasm"), fetched.join(" "));
  assert.equal(changes, 1);
});

test("checks of another build are not used", async () => {
  const otherBuild = async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/="[0-9a-f]{8}"/, '="00000000"') });
  };
  const { result, changes } = await inPage((group) => failure(client().groups.create(group)), { argument: GROUP, routes: { "checks/checks.js": otherBuild } });
  assert.equal(result.kind, "usage");
  assert.match(result.message, /omicall\.js and checks\/checks\.js are not from one build/);
  assert.equal(changes, 0);
});

test("`loadChecks` rejects with an OmiCallError if the entry cannot be loaded", async () => {
  const { result } = await inPage(() => failure(sdk.loadChecks()), { routes: { "checks/index.js": (route) => route.fulfill({ status: 404 }) } });
  assert.equal(result.kind, "usage");
  assert.match(result.message, /^checks\/index\.js of omicall-call-center could not be loaded/);
});

test("issues of a payload do not wait for the token", async () => {
  const { result } = await inPage(async () => {
    const getAccessToken = () => new Promise(() => {});
    const { kind, endpoint, attempts } = await failure(client({ auth: { getAccessToken } }).groups.create({ group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 20 }));
    return { kind, endpoint, attempts };
  });
  assert.deepEqual(result, { kind: "validation", endpoint: "POST /api/call_center/internal_group/add", attempts: 0 });
});

for (const file of ["checks/index.js", "checks/checks.wasm"]) {
  test(`if ${file} cannot be loaded, the error names it, nothing is sent, and the next call tries again`, async () => {
    let failures = 1;
    const handle = (route) => (failures-- > 0 ? route.fulfill({ status: 404, body: "no such file" }) : route.continue());
    const { result, changes } = await inPage(async (group) => {
      const callCenter = client();
      const failed = await failure(callCenter.groups.create(group));
      const succeeded = await callCenter.groups.create(group);
      return { ...failed, succeeded: typeof succeeded };
    }, { argument: GROUP, routes: { [file]: handle } });
    const { message, ...rest } = result;
    assert.deepEqual(rest, { kind: "usage", endpoint: "POST /api/call_center/internal_group/add", retryable: false, attempts: 0, succeeded: "object" });
    assert.ok(message.includes(file), message);
    assert.equal(changes, 1);
  });
}

test("abort and timeout end a call that waits for the checks", async () => {
  const { result, changes } = await inPage(async (group) => {
    const controller = new AbortController();
    const aborted = failure(client().groups.create(group, { signal: controller.signal }));
    controller.abort(new Error("left the page"));
    return [await aborted, await failure(client().groups.create(group, { timeoutMs: 50 }))].map(({ kind, message }) => `${kind}: ${message}`);
  }, { argument: GROUP, routes: { "checks/checks.wasm": () => {} } });
  assert.deepEqual(result, [
    "aborted: POST /api/call_center/internal_group/add: the call was aborted by its signal. It was still checking the payload.",
    "timeout: POST /api/call_center/internal_group/add: no complete response within 50 ms. Try again, or allow more time with `timeoutMs`. It was still checking the payload.",
  ]);
  assert.equal(changes, 0);
});

// `omicall-call-center/tanstack` with the real TanStack Query: its options in Node, and pages with React and Vue.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../page/chromium.mjs";
import { SANDBOX, project, root, run, site } from "./support.mjs";

const world = `${SANDBOX}/w/tanstack`;
const control = async (name, body) => {
  const response = await fetch(`${world}/__sandbox/${name}`, body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  assert.ok(response.ok, await response.clone().text());
  return response;
};
/** The requests to a path since the last reset, as `{ method, status, aborted, … }`. */
const requestsTo = async (path) => (await (await control("requests")).json()).filter((request) => request.path.endsWith(path));
/** The requests to a path as soon as they are as `fits` says. */
async function awaitRequests(path, fits) {
  for (let requests; ; await new Promise((done) => setTimeout(done, 20))) if (fits((requests = await requestsTo(path)))) return requests;
}
const PHONES = "/internal_phone/list", GROUPS = "/internal_group/list", DELETE = "/internal_group/delete/62ff11b208d4bf3ea694a6f3";

let folder, browser, sdk, queries, core, accounts;
before(async () => {
  folder = await project("tanstack");
  const { resolve } = createRequire(path.join(folder, "package.json"));
  const load = (name) => import(pathToFileURL(resolve(name)));
  [sdk, queries, core] = [await import(pathToFileURL(path.join(folder, "node_modules/omicall-call-center/inline.js"))), await import(pathToFileURL(path.join(folder, "node_modules/omicall-call-center/tanstack/index.js"))), await load("@tanstack/react-query")];
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  await control("reset", "");
  const { items } = await client({}).phones.list({ size: 500 }, { includePasswords: true });
  accounts = items;
  assert.ok(accounts.length > 10);
  await control("reset", "");
});

const client = (options) => new sdk.CallCenter({ baseUrl: world, auth: { getAccessToken: async () => (await control("token")).text() }, ...options });

// ---------------------------------------------------------------- types

test("the options have the types that React's and Vue's adapters need", () => run(["node_modules/.bin/tsc", "-p", "."], { cwd: folder }));

// ---------------------------------------------------------------- keys

test("clients have different keys, unless they are named after the same tenant", async () => {
  const { reactive } = createRequire(path.join(folder, "package.json"))("vue");
  const { phonesQuery, omiCallKeys, nameTenant } = queries;
  const hash = (callCenter, query) => core.hashKey(phonesQuery(callCenter, query).queryKey);
  const [one, other] = [client(), client()];
  assert.notEqual(hash(one), hash(other));
  assert.equal(hash(one), hash(one, {}));
  assert.equal(hash(one, { keyword: "a", page: undefined }), hash({ ...one }, { keyword: "a" }));
  assert.equal(hash(one), hash(reactive({ one }).one), "behind a Proxy");
  assert.deepEqual(phonesQuery(one).queryKey.slice(0, 3), omiCallKeys.phones(one));

  assert.equal(nameTenant(one, "acme"), one);
  assert.deepEqual(phonesQuery(one, { size: 5 }).queryKey, ["omicall", "acme", "phones", "list", { size: 5 }]);
  assert.notEqual(hash(one), hash(other));
  assert.equal(hash(one), hash(nameTenant(other, "acme")));
  for (const tenant of ["", undefined, 7]) {
    assert.throws(() => nameTenant(one, tenant), (error) => error instanceof sdk.OmiCallError && error.kind === "usage" && /`tenant`/.test(error.message));
  }
});

test("the keys of all families are below their own, and no list shares one", () => {
  const callCenter = client();
  const seen = new Set();
  for (const [name, make] of Object.entries(queries).filter(([name]) => name.endsWith("Query"))) {
    const { queryKey } = make(callCenter, { keyword: "1", type: "sip_user" });
    const family = name.replace(/^(all|infinite)|Query$/g, "").replace(/^\w/, (letter) => letter.toLowerCase()).replace("extension", "extensions");
    assert.deepEqual(queryKey.slice(0, 3), queries.omiCallKeys[family](callCenter), name);
    assert.deepEqual(queryKey.slice(0, 2), queries.omiCallKeys.all(callCenter));
    seen.add(JSON.stringify(queryKey));
  }
  assert.equal(seen.size, 14);
});

test("nothing but the members of a query is in a key", async () => {
  const members = { phones: ["keyword", "page", "size"], hotlines: ["extension"], extensions: ["type", "keyword"], groups: ["keyword", "page", "size"], ivrScripts: ["keyword", "page", "size"], greetings: ["page", "size"] };
  const everything = { apiKey: "secret", keyword: "k", page: 1, size: 2, extension: "147", type: "sip_user", password: "secret" };
  for (const [name, make] of Object.entries(queries).filter(([name]) => name.endsWith("Query"))) {
    const { queryKey } = make(client(), everything);
    const family = queryKey[2];
    assert.deepEqual(queryKey[4], Object.fromEntries(members[family].map((member) => [member, everything[member]])), name);
    for (const query of ["abc", 5, null, undefined, ["x"], new Date()]) assert.deepEqual(make(client(), query).queryKey[4], {}, name);
  }
  // The call says what is wrong.
  await assert.rejects(new core.QueryClient().fetchQuery(queries.phonesQuery(client(), { apiKey: "secret" })), { kind: "usage" });
});

test("doubles with a common prototype have keys of their own", () => {
  class Double {
    free() {}
  }
  const keyOf = (callCenter) => core.hashKey(queries.phonesQuery(callCenter).queryKey);
  const [one, other] = [new Double(), new Double()];
  assert.notEqual(keyOf(one), keyOf(other));
  assert.equal(keyOf(one), keyOf(one));
});

test("secrets of every kind are masked in the details of an extension", async () => {
  const detail = { sip_password: 1234, pbx: { secret: { text: "x" }, passwd: [1], no_password: false, password: "", ha1: null } };
  const double = { extensions: { detail: async () => detail } };
  const { queryFn } = queries.extensionQuery(double, { type: "sip_user", keyword: "147" });
  assert.deepEqual(await queryFn({}), { sip_password: "***", pbx: { secret: "***", passwd: "***", no_password: false, password: "", ha1: null } });
});

test("`require` gives the same", () => {
  const require = createRequire(path.join(folder, "package.json"));
  const required = require("omicall-call-center/tanstack");
  assert.deepEqual(Object.keys(required).sort(), Object.keys(queries).sort());
  assert.throws(() => required.nameTenant(client(), ""), require("omicall-call-center").OmiCallError);
});

test("a page that imports one query gets a few hundred bytes", async () => {
  const esbuild = path.join(root, "tests/node_modules/.bin/esbuild");
  const script = `import { phonesQuery } from "omicall-call-center/tanstack"; console.log(phonesQuery);`;
  const bundle = await run(["sh", "-c", `echo '${script}' | ${esbuild} --bundle --minify --format=esm --external:*/shared.js`], { cwd: folder });
  assert.ok(bundle.length < 600, `${bundle.length} bytes: ${bundle}`);
  assert.doesNotMatch(bundle, /wasm|greetings/);
});

// ---------------------------------------------------------------- queries

test("a failing call is sent as often as the client's retries say, whatever the QueryClient's are", async () => {
  await control("faults", [{ match: { path: PHONES }, times: 100, fault: { kind: "status", code: 503 } }]);
  const queryClient = new core.QueryClient({ defaultOptions: { queries: { retry: 3, retryDelay: 0 } } });
  const error = await queryClient.fetchQuery(queries.phonesQuery(client({ maxRetries: 1 }))).catch((error) => error);
  assert.ok(error instanceof sdk.OmiCallError);
  assert.equal((await requestsTo(PHONES)).length, 2);
});

test("cancelling a query aborts its request", { timeout: 60_000 }, async () => {
  for (const name of ["phonesQuery", "allPhonesQuery", "infinitePhonesQuery", "extensionQuery"]) {
    await control("reset", "");
    const target = name === "extensionQuery" ? "/extensions/detail" : PHONES;
    await control("faults", [{ match: { path: target }, fault: { kind: "hang" } }]);
    const queryClient = new core.QueryClient();
    const options = queries[name](client(), name === "extensionQuery" ? { type: "sip_user", keyword: "147" } : {});
    const ended = queryClient[name.startsWith("infinite") ? "fetchInfiniteQuery" : "fetchQuery"](options).catch((error) => error);
    await awaitRequests(target, (requests) => requests.length > 0);
    await queryClient.cancelQueries({ queryKey: options.queryKey });
    await ended;
    await awaitRequests(target, ([request]) => request.aborted);
  }
});

test("all lists are complete, and an infinite one ends where `has_next` is false", async () => {
  const callCenter = client();
  const queryClient = new core.QueryClient();
  const users = accounts.map((phone) => phone.sip_user);
  const all = await queryClient.fetchQuery(queries.allPhonesQuery(callCenter, { size: 5 }));
  assert.deepEqual(all.map((phone) => phone.sip_user), users);
  const pages = Math.ceil(users.length / 5);
  const infinite = await queryClient.fetchInfiniteQuery({ ...queries.infinitePhonesQuery(callCenter, { size: 5 }), pages: pages + 5 });
  assert.deepEqual(infinite.pages.flatMap((page) => page.items.map((phone) => phone.sip_user)), users);
  assert.equal((await requestsTo(PHONES)).length, 2 * pages);
  const second = await queryClient.fetchInfiniteQuery({ ...queries.infinitePhonesQuery(callCenter, { size: 5, page: 2 }), pages: 1 });
  assert.deepEqual(second.pages[0].items.map((phone) => phone.sip_user), users.slice(5, 10));
});

test("an infinite list ends if the server repeats a page", async () => {
  await control("faults", [{ match: { path: PHONES }, times: 100, fault: { kind: "repeat_page" } }]);
  const queryClient = new core.QueryClient();
  await queryClient.fetchInfiniteQuery({ ...queries.infinitePhonesQuery(client(), { size: 2 }), pages: 9 });
  assert.equal((await requestsTo(PHONES)).length, 2);
  const { getNextPageParam } = queries.infinitePhonesQuery(client());
  const page = (page_number, ...items) => ({ page_number, items, has_next: true });
  assert.equal(getNextPageParam(page(4, "c", "d"), [page(3, "a", "b"), page(4, "c", "d")], 4), 5);
  assert.equal(getNextPageParam(page(3, "c", "d"), [page(3, "a", "b"), page(3, "c", "d")], 4), undefined);
  assert.equal(getNextPageParam(page(4), [page(3, "a", "b"), page(4)], 4), undefined);
});

test("no password and no token gets into a saved cache", async () => {
  const callCenter = client();
  const queryClient = new core.QueryClient();
  await queryClient.fetchQuery(queries.allPhonesQuery(callCenter));
  const extension = await queryClient.fetchQuery(queries.extensionQuery(callCenter, { type: "sip_user", keyword: "147" }));
  assert.equal(extension.pbx_account.sip_password, "***");
  assert.equal(extension.pbx_account.sip_user, "147");
  const saved = JSON.stringify(core.dehydrate(queryClient));
  assert.ok(saved.includes(`"full_name":"${extension.full_name}"`));
  assertNoSecret(saved, [await callCenter.accessToken()]);
});

test("what a server fetched is found in the browser, where the tenant has the same name", async () => {
  const [onServer, inBrowser] = [new core.QueryClient(), new core.QueryClient()];
  await onServer.prefetchQuery(queries.phonesQuery(queries.nameTenant(client(), "acme"), { keyword: "147" }));
  core.hydrate(inBrowser, JSON.parse(JSON.stringify(core.dehydrate(onServer))));
  const found = (callCenter) => inBrowser.getQueryData(queries.phonesQuery(callCenter, { keyword: "147" }).queryKey)?.items[0].sip_user;
  assert.equal(found(queries.nameTenant(client({ baseUrl: "https://proxy.test/omicall" }), "acme")), "147");
  assert.equal(found(queries.nameTenant(client(), "another")), undefined);
  assert.equal(found(client()), undefined);
});

function assertNoSecret(text, tokens) {
  for (const secret of [...tokens, ...accounts.map((phone) => phone.password)]) assert.ok(secret.length > 5 && !text.includes(secret), "a secret is in the cache");
}

// ---------------------------------------------------------------- mutations

const GROUP = "62ff11b208d4bf3ea694a6f3";
/** Runs a mutation, and returns how it ended and which keys were invalidated. */
async function mutate(callCenter, call, args) {
  const queryClient = new core.QueryClient({ defaultOptions: { mutations: { retry: 3, retryDelay: 0 } } });
  const invalidated = [];
  queryClient.invalidateQueries = ({ queryKey }) => void invalidated.push(queryKey.join(" "));
  const options = { ...queries.omiCallMutation(callCenter, queryClient, call), onSuccess: () => {}, onError: () => {} };
  const result = await new core.MutationObserver(queryClient, options).mutate(args).catch((error) => error);
  return { result, invalidated };
}

test("a mutation passes its arguments on, and invalidates its family", async () => {
  const callCenter = queries.nameTenant(client(), "acme");
  const group = { group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 };
  const created = await mutate(callCenter, "groups.create", [group]);
  assert.equal(created.result.group_name, "Night shift");
  assert.deepEqual(created.invalidated, ["omicall acme groups"]);
  const disabled = await mutate(callCenter, "phones.setEnabled", [{ sip_user: "147", enabled: false }]);
  assert.deepEqual(disabled.invalidated, ["omicall acme phones", "omicall acme extensions"]);
});

test("a mutation also invalidates if the response is lost, but not if nothing was sent", async () => {
  const callCenter = queries.nameTenant(client(), "acme");
  await control("faults", [{ match: { path: DELETE }, fault: { kind: "cut_body" } }]);
  const lost = await mutate(callCenter, "groups.delete", [GROUP]);
  assert.equal(lost.result.kind, "network");
  assert.deepEqual(lost.invalidated, ["omicall acme groups"]);
  assert.equal((await requestsTo(DELETE)).length, 1, "a change is sent once");
  const invalid = await mutate(callCenter, "groups.create", [{ group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 20 }]);
  assert.equal(invalid.result.kind, "validation");
  assert.deepEqual(invalid.invalidated, []);
});

// ---------------------------------------------------------------- pages

test("React and Vue: pages are built", () => run(["npm", "run", "build"], { cwd: folder }));

for (const name of ["react", "vue"]) {
  /** Opens the page, runs `use`, and asserts that nothing was reported but failed requests. */
  const onPage = async (use) => {
    const page = await browser.newPage();
    const problems = [];
    page.on("console", (message) => /error|warning/.test(message.type()) && !message.text().startsWith("Failed to load resource") && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.stack));
    await page.goto(`${await site(path.join(folder, "dist"), { world })}/${name}.html`);
    await page.locator("#groups li").first().waitFor();
    await use(page, {
      lines: () => page.locator("#phones li").allTextContents(),
      haveLines: (count, of = "#phones") => page.waitForFunction(([of, count]) => document.querySelectorAll(`${of} li`).length === count, [of, count]),
    });
    assert.deepEqual(problems, []);
    await page.close();
  };

  test(`${name}: lists appear page by page, and follow the search`, async () => {
    await onPage(async (page, { lines, haveLines }) => {
      await haveLines(5);
      for (let count = 10; await page.getByRole("button", { name: "More" }).count(); count += 5) {
        await page.getByRole("button", { name: "More" }).click();
        await haveLines(Math.min(count, accounts.length));
        if (count >= accounts.length) await page.getByRole("button", { name: "More" }).waitFor({ state: "detached" });
      }
      assert.deepEqual(await lines(), accounts.map((phone) => `${phone.sip_user} ${phone.full_name}`));
      await page.getByLabel("Search").fill("147");
      await haveLines(1);
      assert.match((await lines())[0], /^147 /);
    });
  });

  test(`${name}: leaving the list aborts its request`, { timeout: 60_000 }, async () => {
    await control("faults", [{ match: { path: PHONES }, fault: { kind: "hang" } }]);
    await onPage(async (page) => {
      await awaitRequests(PHONES, (requests) => requests.length > 0);
      await page.getByLabel("Show").uncheck();
      await awaitRequests(PHONES, ([request]) => request.aborted);
    });
  });

  test(`${name}: what a mutation changed is fetched again`, async () => {
    await onPage(async (page, { haveLines }) => {
      const groups = await page.locator("#groups li").count();
      const [first] = await page.locator("#groups li").allTextContents();
      await page.locator("#groups button").first().click();
      await haveLines(groups - 1, "#groups");
      assert.ok(!(await page.locator("#groups li").allTextContents()).includes(first));
      assert.equal((await requestsTo(GROUPS)).length, 2);
    });
  });

  test(`${name}: a failing call is not sent more often than the client does`, async () => {
    await control("faults", [{ match: { path: PHONES }, times: 100, fault: { kind: "status", code: 503, headers: { "retry-after": "0" } } }]);
    await onPage(async (page) => {
      assert.match(await page.getByRole("alert").textContent(), /^http: /);
      assert.equal((await requestsTo(PHONES)).length, 3);
    });
  });

  test(`${name}: no secret is in the page's cache`, async () => {
    await onPage(async (page, { haveLines }) => {
      await haveLines(5);
      await page.locator("#extension:not(:empty)").waitFor();
      const saved = await page.evaluate(() => JSON.stringify(dehydrate(queryClient)));
      assert.match(saved, /"queryKey":\["omicall","acme","extensions","detail",\{"type":"sip_user","keyword":"147"\}\]/);
      assert.match(saved, /"sip_password":"\*\*\*"/);
      assert.doesNotMatch(saved, /eyJ/, "a token");
      assertNoSecret(saved, []);
    });
  });
}

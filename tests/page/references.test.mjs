// Who uses what, and deletions that are refused while something uses a record. In Chromium, against the sandbox (OMICALL_SANDBOX),
// which refuses to delete what is in use, as the vendor does: it must agree with the package.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage } from "./support.mjs";
import { SANDBOX, openTenant } from "./tenant.mjs";

const SCRIPT = "632969ce7534d97b0933d51d"; // "KỊCH BẢN BẤM PHÍM"
const CSKH = "62ff119508d4bf3ea694a44a"; // the group that its keys 1 and 2 lead to
const HELLO = "6209c99b067f745da47367f3"; // the greeting that it plays
const FAMILIES = { groups: "internal_group", ivrScripts: "key-interaction", greetings: "greeting" };

let chrome, serial = 0;

before(async () => {
  chrome = await openPage();
});
after(() => chrome?.close());

/** A tenant of its own: calls it without the package, and runs code with the package in the page. */
async function newTenant() {
  const { world, token, request, call, received } = await openTenant(`references-${serial++}`);
  const lists = async () => {
    const list = async (path) => (await call("GET", `${path}/list?page=1&size=200`)).items;
    return { groups: await list("internal_group"), scripts: await list("key-interaction"), greetings: await list("greeting"), phones: await list("internal_phone") };
  };
  return {
    request,
    call,
    lists,
    /** The paths of the deletions that the server has received. */
    deletions: async () => (await received()).filter(({ method }) => method === "DELETE").map(({ path }) => path),
    /** Runs `work({ callCenter, sdk, context }, ...args)`. Returns its outcome and the issues given to `onIssue`. */
    run: async (work, args = [], options = {}) =>
      chrome.page.evaluate(
        async ([baseUrl, accessToken, context, work, args, options]) => {
          const told = [];
          const callCenter = new sdk.CallCenter({ baseUrl, auth: { accessToken }, maxRetries: 0, onIssue: (issue) => told.push(issue), ...options });
          const end = await outcome(() => new Function(`return ${work}`)()({ callCenter, sdk, context }, ...args));
          callCenter.free();
          return { ...end, told };
        },
        [world, token, await lists(), String(work), args, options],
      ),
  };
}

const remove = ({ callCenter, context }, family, id, options) => callCenter[family].delete(id, { context, ...options });
const places = (issues) => issues.map(({ code, severity, path, params }) => [code, severity, path, params]);

test("what is in use is not deleted, and each place is told", async () => {
  const tenant = await newTenant();
  const outer = await tenant.call("POST", "key-interaction/add", {
    script_name: "Ngoài giờ", greeting_id: HELLO, invalid_sound_id: HELLO, max_failure: 1, time_out: 5, scripts: [{ ivr: "9", action_type: "Ivr_menu", action: SCRIPT }],
    action_type: "Recording", action: HELLO,
  });
  const before = await tenant.lists();
  const [{ group_name }] = before.groups.filter(({ _id }) => _id === CSKH);
  const by = (name, id, path) => ["still-used", "error", "", { path, kind: "script", id, name }];
  const recorded = (path) => by("KỊCH BẢN BẤM PHÍM", SCRIPT, path);
  const late = (path) => by("Ngoài giờ", outer._id, path);
  const rows = [
    ["groups", CSKH, [recorded("/scripts/0/action"), recorded("/scripts/1/action")]],
    ["ivrScripts", SCRIPT.toUpperCase(), [late("/scripts/0/action")]],
    ["greetings", HELLO, [late("/greeting_id"), late("/invalid_sound_id"), late("/action"), recorded("/greeting_id")]],
  ];
  assert.ok(group_name);
  for (const [family, id, expected] of rows) {
    const { kind, message, issues, path, attempts, retryable, endpoint, told } = await tenant.run(remove, [family, id]);
    assert.deepEqual(places(issues ?? []), expected, message);
    const facts = [kind, path, attempts, retryable, endpoint, told];
    assert.deepEqual(facts, ["validation", "", 0, false, `DELETE /api/call_center/${FAMILIES[family]}/delete/:id`, []]);
    assert.match(message, /`id` breaks the rule still-used: Still used by ".+" \(\/.+\)\. Nothing was sent\. `force: true` deletes it all the same\.$/);
  }
  const [, , greeting] = rows;
  const vietnamese = await tenant.run(remove, [greeting[0], greeting[1]], { language: "vi" });
  assert.equal(vietnamese.issues[0].message, 'Vẫn đang được "Ngoài giờ" sử dụng (/greeting_id)');
  assert.deepEqual(await tenant.deletions(), []);
  assert.deepEqual(await tenant.lists(), before, "the tenant is as it was");
});

test("with `force` the places are warnings, and the record is deleted", async () => {
  const tenant = await newTenant();
  const { _id } = await tenant.call("POST", "internal_group/add", { group_name: "Nhóm thừa", strategy: "random", sip_members: [], timeout: 5 });
  const forced = await tenant.run(
    // The page believes that a menu leads there.
    ({ callCenter }, id) => callCenter.groups.delete(id, { force: true, context: { scripts: [{ _id: "x", script_name: "Cũ", action_type: "Ring_group", action: id }] } }),
    [_id],
  );
  assert.equal(forced.value, null, forced.message);
  assert.deepEqual(places(forced.told), [["still-used", "warning", "", { path: "/action", kind: "script", id: "x", name: "Cũ" }]]);
  assert.ok((await tenant.lists()).groups.every((group) => group._id !== _id));
  // The server has its own opinion.
  const { kind, code, told } = await tenant.run(remove, ["groups", CSKH, { force: true }]);
  assert.deepEqual([kind, code, told.length], ["api", "group_in_use", 2]);
  const notForced = await tenant.run(remove, ["groups", CSKH, { force: false }]);
  assert.equal(notForced.kind, "validation");
});

test("without a context, or without validation, it is sent as it is", async () => {
  const tenant = await newTenant();
  const rows = [
    [{ context: undefined }, {}], [{ context: null }, {}], [{ context: undefined, force: true }, {}], [{ validation: false }, {}], [{}, { validation: false }],
    [{ context: {} }, {}], [{ context: { phones: [] } }, {}],
  ];
  for (const [options, ofClient] of rows) {
    const { kind, code, told } = await tenant.run(remove, ["groups", CSKH, options], ofClient);
    assert.deepEqual([kind, code, told], ["api", "group_in_use", []], JSON.stringify([options, ofClient]));
  }
  assert.equal((await tenant.deletions()).length, rows.length);
});

test("only a deletion with a context loads the checks", async () => {
  const page = await chrome.newPage();
  try {
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(chrome.origin);
    const end = await page.evaluate(async (base) => {
      const sdk = await import("/pkg/index.js");
      await sdk.initAsync();
      const callCenter = new sdk.CallCenter({ baseUrl: base, auth: { accessToken: "wrong" }, maxRetries: 0 });
      const kindOf = (promise) => promise.catch(({ kind }) => kind);
      return Promise.all([kindOf(callCenter.groups.delete("62ff119508d4bf3ea694a44b")), kindOf(callCenter.greetings.delete("x", { force: true }))]);
    }, `${SANDBOX}/w/references-${serial++}`);
    assert.deepEqual(end, ["auth", "auth"]);
    assert.deepEqual(fetched.filter((path) => path.startsWith("/pkg/checks")), []);
    await page.evaluate(async (base) => {
      const sdk = await import("/pkg/index.js");
      await new sdk.CallCenter({ baseUrl: base, auth: { accessToken: "wrong" } }).groups.delete("x", { context: {} }).catch(() => {});
    }, `${SANDBOX}/w/references-${serial++}`);
    assert.ok(fetched.includes("/pkg/checks/checks.wasm"));
  } finally {
    await page.close();
  }
});

test("the context is that of the moment of the call, and a wrong one is an error", async () => {
  const tenant = await newTenant();
  const late = await tenant.run(({ callCenter, context }, id) => {
    const call = callCenter.groups.delete(id, { context });
    context.scripts.length = 0;
    return call;
  }, [CSKH]);
  assert.equal(late.kind, "validation");
  for (const [context, path] of [[5, "/context"], [{ scripts: "x" }, "/context/scripts"], [{ complete: "no" }, "/context/complete"]]) {
    const end = await tenant.run(({ callCenter }, id, context) => callCenter.groups.delete(id, { context }), [CSKH, context]);
    assert.deepEqual([end.kind, end.path], ["usage", path], end.message);
  }
  const wrongForce = await tenant.run(({ callCenter }, id) => callCenter.groups.delete(id, { force: "yes" }), [CSKH]);
  assert.deepEqual([wrongForce.kind, wrongForce.path], ["usage", "/force"]);
  assert.deepEqual(await tenant.deletions(), []);
});

test("the package and the server agree on what is in use, and deleting orphans breaks nothing", async () => {
  const tenant = await newTenant();
  const script = (script_name, more) => tenant.call("POST", "key-interaction/add", { script_name, greeting_id: HELLO, max_failure: 1, time_out: 5, scripts: [], ...more });
  const alone = await script("Một mình", { scripts: [] });
  await tenant.call("POST", `key-interaction/update/${alone._id}`, { script_name: "Một mình", greeting_id: HELLO, max_failure: 1, time_out: 5, scripts: [{ ivr: "*", action_type: "Ivr_menu", action: alone._id }] });
  const inner = await script("Bên trong", { greeting_short_id: "6209c99b067f745da47367e1", action_type: "Ivr_menu", action: SCRIPT });
  const agent = (await tenant.lists()).phones.find(({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id));
  const group = { group_name: "Nhóm A", strategy: "random", sip_members: [agent.sip_user], timeout: 5 };
  const a = await tenant.call("POST", "internal_group/add", group);
  await tenant.call("POST", `internal_group/update/${a._id}`, { ...group, target_timeout_type: "Ivr_menu", target_timeout: inner._id });
  const { value, message } = await tenant.run(({ sdk, context }, extension) => ({
    references: sdk.references(context),
    orphans: sdk.orphans(context),
    used: Object.fromEntries([...context.groups, ...context.scripts, ...context.greetings].map(({ _id }) => [_id, sdk.whoUses(context, _id)])),
    extension: sdk.whoUses(context, extension),
    lint: sdk.lintIvr(context).issues,
  }), [agent.sip_user]);
  assert.ok(value, message);
  const lists = await tenant.lists();
  const isAgent = ({ agent_id }) => agent_id === agent.agent_id;
  const memberships = lists.groups.filter(({ members }) => members.some(isAgent)).map(({ group_name, members }) => ["group", group_name, `/members/${members.findIndex(isAgent)}`, "extension"]);
  assert.deepEqual(value.extension.map(({ kind, name, path, targetKind }) => [kind, name, path, targetKind]), memberships);
  assert.ok(memberships.length > 1);
  assert.deepEqual(value.references.filter(({ missing }) => missing), []);
  assert.deepEqual(value.used[inner._id], [{ kind: "group", id: a._id, name: "Nhóm A", path: "/target_timeout", targetKind: "script", targetId: inner._id, missing: false }]);
  const records = [...lists.greetings.map(({ _id, greeting_name: name }) => ["greeting", _id, name]), ...lists.groups.map(({ _id, group_name: name }) => ["group", _id, name]), ...lists.scripts.map(({ _id, script_name: name }) => ["script", _id, name])];
  const unused = records.filter(([, id]) => value.used[id].length === 0);
  assert.deepEqual(value.orphans, unused.map(([kind, id, name]) => ({ kind, id, name })));
  assert.ok(unused.some(([, id]) => id === alone._id) && unused.length < records.length - 3, "some are used, some not");

  const paths = { greeting: "greeting", group: "internal_group", script: "key-interaction" };
  for (const [kind, id] of records.filter(([, id]) => value.used[id].length > 0)) {
    assert.match(JSON.stringify(await tenant.request("DELETE", `${paths[kind]}/delete/${id}`)), /_in_use/, id);
  }
  const family = { greeting: "greetings", group: "groups", script: "ivrScripts" };
  for (const [kind, id] of unused) assert.equal((await tenant.run(remove, [family[kind], id])).value, null, id);
  const missing = (issues) => issues.filter(({ code }) => /unknown|mismatch/.test(code)).map(({ code, params }) => [code, params]);
  const after = await tenant.run(({ sdk, context }) => sdk.lintIvr(context).issues);
  assert.deepEqual(missing(after.value), missing(value.lint));
});

test("hostile arguments are an error or find nothing", async () => {
  const tenant = await newTenant();
  const { value, message } = await tenant.run(({ sdk, context }) => {
    const end = (work) => {
      try {
        return work().length;
      } catch (error) {
        return error instanceof sdk.OmiCallError ? `${error.kind} ${error.path}` : String(error);
      }
    };
    const ids = [undefined, null, 5, {}, Symbol(), "", " ", "\0", "\uD800", "x".repeat(1e6)].map((id) => end(() => sdk.whoUses(context, id)));
    const cyclic = { scripts: [], members: [] };
    cyclic.scripts.push(cyclic);
    const tenants = [undefined, null, 5, [], { scripts: 5 }, { scripts: [null, 5, cyclic], groups: [cyclic] }, new Proxy({}, { get() { throw 1; } })];
    const found = [sdk.references, (one) => sdk.whoUses(one, "x"), sdk.orphans].map((read) => tenants.map((one) => end(() => read(one))));
    const scripts = Array.from({ length: 10_000 }, (_, at) => ({ _id: `s${at}`, greeting_id: "hello", scripts: [{ ivr: "1", action_type: "Ring_group", action: "g" }] }));
    return { ids, found, many: [sdk.references({ scripts }).length, sdk.whoUses({ scripts }, "g").length, sdk.orphans({ scripts, groups: [] }).length] };
  });
  assert.ok(value, message);
  const usage = "usage ";
  assert.deepEqual(value.ids, [usage, usage, usage, usage, usage, 0, 0, 0, 0, 0]);
  const none = [0, 0, usage, usage, "usage /scripts", 0];
  assert.deepEqual(value.found[0].slice(0, 6), none);
  assert.deepEqual(value.found[1].slice(0, 6), none);
  assert.deepEqual(value.found[2].slice(0, 6), ["usage /scripts", "usage /scripts", usage, usage, "usage /scripts", 0]);
  for (const row of value.found) assert.match(row[6], /^usage/);
  assert.deepEqual(value.many, [20_000, 10_000, 10_000]);
});

test("the console is empty", () => assert.deepEqual(chrome.consoleLines, []));

// Plans with the built package against the sandbox (OMICALL_SANDBOX), in Node and in a page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CallCenter, OmiCallError } from "../../pkg/inline.js";
import { apply, describe, diff, plan, snapshot } from "../../pkg/plan/inline.js";
import { createSandbox } from "../../pkg/testing/inline.js";
import { openPage } from "./support.mjs";

let serial = 0;

/** A world of the sandbox, and a client of it. */
async function world(options) {
  const base = `${process.env.OMICALL_SANDBOX}/w/plan-${serial++}`;
  const control = async (path, body) => {
    const response = await fetch(`${base}/__sandbox/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    assert.ok(response.ok, path);
    return response;
  };
  await control("reset", {});
  const accessToken = await (await control("token")).text();
  return { base, control, accessToken, callCenter: new CallCenter({ baseUrl: base, auth: { accessToken }, maxRetries: 0, ...options }) };
}

/** Changes some of a tenant: a new greeting, menus that lead to each other, a group with an overflow. */
async function change({ callCenter }) {
  const { file: greeting } = await callCenter.greetings.textToSpeech({ greeting_name: "Ngoài giờ mới", text: "Xin gọi lại sau", speed: 1, voice: "lannhi" });
  const group = await callCenter.groups.create({ group_name: "Nhóm mới", strategy: "rollover", sip_members: ["200", "201"], timeout: 20 });
  const keys = (action) => [{ ivr: "1", action_type: "Ring_group", action: group._id }, { ivr: "2", action_type: "Ivr_menu", action }];
  const common = { greeting_id: greeting._id, max_failure: 3, time_out: 5 };
  const first = await callCenter.ivrScripts.create({ ...common, script_name: "Một", scripts: keys(group._id).slice(0, 1) });
  const second = await callCenter.ivrScripts.create({ ...common, script_name: "Hai", scripts: keys(first._id) });
  await callCenter.ivrScripts.update(first._id, { ...common, script_name: "Một", scripts: keys(second._id) });
  await callCenter.groups.update(group._id, { group_name: "Nhóm mới", strategy: "rollover", sip_members: ["200", "201"], timeout: 20, target_timeout_type: "Ivr_menu", target_timeout: first._id });
}

before(() => assert.ok(process.env.OMICALL_SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox"));

test("one tenant becomes like another, and is taken back", async () => {
  const [staging, production] = [await world(), await world()];
  await change(staging);
  const progress = [];
  const desired = await snapshot(staging.callCenter, { baseUrl: "https://user:secret@example.com/a?token=1", onProgress: (step) => progress.push(step) });
  const current = await snapshot(production.callCenter);
  assert.deepEqual([desired.complete, desired.incomplete, desired.baseUrl], [true, [], "https://example.com/a"]);
  assert.equal(desired.phones.length, 137);
  assert.ok(progress.some(({ list, read, total }) => list === "phones" && read === 100 && total === 137));
  assert.doesNotMatch(JSON.stringify(desired), /password|example-/i);

  const there = plan(current, desired);
  assert.deepEqual(there.steps.map(({ call, reason }) => `${call} ${reason}`), [
    "greetings.textToSpeech added", "groups.create added", "ivrScripts.create added", "ivrScripts.create added", "groups.update completes", "ivrScripts.update completes",
  ]);
  assert.deepEqual([there.cannot, there.ambiguous], [[], []]);
  const seen = [];
  const result = await apply(JSON.parse(JSON.stringify(there)), production.callCenter, { onStep: ({ step, phase }) => seen.push(`${step.step} ${phase}`) });
  assert.deepEqual(result.steps.map(({ status }) => status), there.steps.map(() => "done"), JSON.stringify(result.steps));
  assert.deepEqual(seen, there.steps.flatMap(({ step }) => [`${step} sending`, `${step} done`]));

  const after = await snapshot(production.callCenter);
  assert.deepEqual(diff(after, desired).changes, []);
  assert.deepEqual(plan(after, desired).steps, []);
  // Applied once more, it finds everything done.
  const again = await apply(there, production.callCenter);
  assert.ok(again.ok && again.steps.every(({ already }) => already));

  const back = await apply(result.undo, production.callCenter);
  assert.ok(back.ok, JSON.stringify(back.steps));
  assert.deepEqual(diff(current, await snapshot(production.callCenter)).changes, []);
});

test("a snapshot and a diff have nothing that is called a secret, however deep it is", async () => {
  const auth = { apiKey: "hidden", api_key: "hidden", "Api-Key": "hidden", Authorization: "hidden", accessToken: "hidden", sipPass: "hidden" };
  const withSecrets = async (url, init) => {
    const response = await fetch(url, init);
    if (!String(url).includes("internal_phone/list")) return response;
    const body = await response.json();
    for (const phone of body.payload.items) phone.device = [{ auth, model: "T46" }];
    return Response.json(body);
  };
  const { callCenter } = await world({ fetch: withSecrets });
  const found = await snapshot(callCenter);
  assert.deepEqual(found.phones[0].device, [{ auth: {}, model: "T46" }]);
  // Somebody may have put it back by hand.
  const other = structuredClone(found);
  other.phones[0].device = [{ auth, model: "T48" }];
  const { changes } = diff(found, other);
  assert.deepEqual(changes[0].fields, [{ field: "device", before: [{ auth: {}, model: "T46" }], after: [{ auth: {}, model: "T48" }], plannable: false }]);
});

test("changes are described in both languages", async () => {
  const { callCenter } = await world();
  const before = await snapshot(callCenter);
  const [group] = before.groups;
  await callCenter.groups.update(group._id, { group_name: group.group_name, strategy: "random", sip_members: ["200"], timeout: 33 });
  const { changes } = diff(before, await snapshot(callCenter));
  assert.equal(changes.length, 1);
  assert.match(describe(changes[0]), /^Group “.+”: strategy .+ → random; members .* → 200; seconds for each member .* → 33/);
  assert.match(describe(changes[0], "vi"), /^Nhóm “.+”: cách đổ chuông/);
});

test("what somebody else has changed since the plan was made is left alone", async () => {
  const { callCenter } = await world();
  const before = await snapshot(callCenter);
  const desired = structuredClone(before);
  desired.groups[0].strategy = "rollover";
  desired.groups[0].members = [{ agent_id: before.phones.find(({ sip_user }) => sip_user === "201").agent_id, timeout: 10 }];
  const request = { group_name: before.groups[0].group_name, strategy: "rollover", sip_members: ["200"], timeout: 44 };
  const steps = plan(before, desired);
  assert.equal(steps.steps.length, 1, JSON.stringify(steps.cannot));
  await callCenter.groups.update(before.groups[0]._id, request);
  for (const options of [{ dryRun: true }, {}]) {
    const { ok, steps: [outcome] } = await apply(steps, callCenter, options);
    assert.deepEqual([ok, outcome.status, outcome.error.code, outcome.error.by], [false, "failed", "changed-meanwhile", "OMI Hotline"]);
  }
});

test("a response that is lost is looked up, and an abort is told as it is", async () => {
  const [staging, production] = [await world(), await world()];
  await change(staging);
  const there = plan(await snapshot(production.callCenter), await snapshot(staging.callCenter));
  await production.control("faults", [{ match: { path: "/api/call_center/internal_group/add" }, times: 1, fault: { kind: "cut_body" } }]);
  const stop = new AbortController();
  const saved = [];
  const onStep = ({ index, phase, progress }) => {
    saved.push(progress);
    if (index === 3 && phase === "sending") stop.abort();
  };
  const first = await apply(there, production.callCenter, { signal: stop.signal, onStep });
  assert.deepEqual(first.steps.map(({ status }) => status).slice(0, 3), ["done", "done", "done"]);
  assert.ok(["unknown", "not-tried"].includes(first.steps[3].status));
  const second = await apply(there, production.callCenter, { resumeFrom: JSON.parse(JSON.stringify(saved.at(-1))), retryUnknown: true });
  assert.ok(second.ok, JSON.stringify(second.steps));
  const names = (await snapshot(production.callCenter)).scripts.map(({ script_name }) => script_name);
  assert.equal(new Set(names).size, names.length);
});

test("what was sent when the page was closed is not sent again by itself", async () => {
  const { callCenter } = await world();
  const current = await snapshot(callCenter);
  const speech = { greeting_name: "Ngoài giờ mới", content: "Xin gọi lại sau", voice: "lannhi", speed: 1 };
  const there = plan(current, { ...current, greetings: [...current.greetings, { ...speech, _id: "a".repeat(24) }] });
  let saved;
  // What `onStep` throws ends it like a page that is closed: before the request is sent.
  const closing = apply(there, callCenter, { onStep: ({ progress }) => { saved = JSON.parse(JSON.stringify(progress)); throw new Error("closed"); } });
  await assert.rejects(closing, /closed/);
  const second = await apply(there, callCenter, { resumeFrom: saved });
  assert.deepEqual([second.steps[0].status, second.steps[0].error.code, second.undo.steps], ["unknown", "sent-before", []]);
  const count = async () => (await callCenter.greetings.iterate().toArray()).filter(({ greeting_name }) => greeting_name === speech.greeting_name).length;
  assert.equal(await count(), 0);
  const third = await apply(there, callCenter, { resumeFrom: second, retryUnknown: true });
  assert.deepEqual([third.steps[0].status, third.undo.steps.length, await count()], ["done", 1, 1]);
  // Found there, it counts as sent before; without progress it may be somebody else's.
  const [found, already] = [await apply(there, callCenter, { resumeFrom: saved }), await apply(there, callCenter)];
  assert.deepEqual([found, already].map(({ steps: [step], undo }) => [step.status, step.already, undo.steps.length]), [["done", undefined, 1], ["done", true, 0]]);
  assert.equal(await count(), 1);
});

test("a plan is for one tenant, and progress is of one plan", async () => {
  const tenants = ["a", "b"].map(async (letter) => {
    const sandbox = await createSandbox({ tenant: { phones: [{ sip_user: "101" }], groups: [{ group_name: "Sales", tenant_id: letter.repeat(24) }] } });
    return { sandbox, callCenter: new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch }) };
  });
  const [own, foreign] = await Promise.all(tenants);
  const current = await snapshot(own.callCenter);
  const desired = { ...current, greetings: [{ _id: "c".repeat(24), greeting_name: "Chào", content: "Xin chào", voice: "banmai", speed: 0 }] };
  const there = plan(current, desired);
  assert.deepEqual([there.current.tenantId, there.steps.length], ["a".repeat(24), 1]);
  const usage = (path) => (error) => error instanceof OmiCallError && error.kind === "usage" && error.path === path;
  for (const options of [{}, { dryRun: true }]) await assert.rejects(apply(there, foreign.callCenter, options), usage("/current/tenantId"));
  const result = await apply(there, own.callCenter);
  assert.ok(result.ok);
  await assert.rejects(apply(result.undo, foreign.callCenter), usage("/current/tenantId"));
  assert.deepEqual(foreign.sandbox.requests.filter(({ method }) => method !== "GET"), []);
  const other = plan(current, { ...desired, greetings: [{ ...desired.greetings[0], content: "Chào bạn" }] });
  await assert.rejects(apply(other, own.callCenter, { resumeFrom: result }), usage("/steps/0"));
});

test("what is not a snapshot or a plan is a usage error", async () => {
  const { callCenter } = await world();
  const usage = (path) => (error) => error instanceof OmiCallError && error.kind === "usage" && error.path === path;
  assert.throws(() => diff({ format: "omicall-plan" }, {}), usage("/format"));
  assert.throws(() => plan({ version: 2 }, {}), usage("/version"));
  assert.throws(() => plan({ groups: 5 }, {}), usage("/groups"));
  assert.throws(() => plan({}, {}, { only: { kinds: ["phones"] } }), usage("/only/kinds"));
  assert.throws(() => describe(undefined), usage(""));
  await assert.rejects(apply({ format: "omicall-diff" }, callCenter), usage("/format"));
  await assert.rejects(apply({}, {}), usage(""));
  await assert.rejects(snapshot({}), usage(""));
});

test("a page loads the plans without the client", async () => {
  const chrome = await openPage();
  const { base, accessToken } = await world();
  after(() => chrome.close());
  const page = await chrome.newPage();
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(chrome.origin);
  await page.evaluate(async () => {
    window.plans = await import("/pkg/plan/index.js");
    await window.plans.initAsync();
  });
  assert.ok(!fetched.some((path) => /omicall\.(js|wasm)/.test(path)), fetched.join());
  const count = await page.evaluate(async ([base, accessToken]) => {
    const { CallCenter, initAsync } = await import("/pkg/index.js");
    await initAsync();
    const snapshot = await plans.snapshot(new CallCenter({ baseUrl: base, auth: { accessToken } }));
    return plans.plan(snapshot, snapshot).steps.length + snapshot.phones.length;
  }, [base, accessToken]);
  assert.equal(count, 137);
  await page.close();
});

// Whatever is ticked in the dashboard's plan can be done: random choices are applied to the sandbox (OMICALL_SANDBOX), in Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CallCenter } from "../../pkg/inline.js";
import { apply, diff, plan, snapshot } from "../../pkg/plan/inline.js";
import { chooseSteps, findNeeds, onlyChosen } from "../../www-example/plan-selection.js";

/** A client of a world of the sandbox. */
async function world(name) {
  assert.ok(process.env.OMICALL_SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox");
  const baseUrl = `${process.env.OMICALL_SANDBOX}/w/plan-selection-${name}`;
  await fetch(`${baseUrl}/__sandbox/reset`, { method: "POST" });
  return new CallCenter({ baseUrl, auth: { accessToken: await (await fetch(`${baseUrl}/__sandbox/token`)).text() }, onIssue: () => {} });
}

/** Fills a tenant: `version` decides what its records are called and where they lead. */
async function fill({ greetings, groups, ivrScripts }, version) {
  const speech = { greeting_name: "Chào", text: `Xin chào ${version}`, speed: 0, voice: "banmai" };
  const { file: hello } = await greetings.textToSpeech(speech);
  const { file: bye } = await greetings.textToSpeech({ ...speech, greeting_name: `Tạm biệt ${version}` });
  const common = { strategy: "rollover", sip_members: ["200", "201"], timeout: 20 + version };
  const sales = await groups.create({ ...common, group_name: "Nhóm bán" });
  const own = await groups.create({ ...common, group_name: `Nhóm ${version}` });
  const script = (script_name, scripts) => ({ script_name, scripts, greeting_id: hello._id, max_failure: 3, time_out: 5 });
  const toGroup = (ivr, { _id }) => ({ ivr, action_type: "Ring_group", action: _id });
  const toMenu = (ivr, { _id }) => ({ ivr, action_type: "Ivr_menu", action: _id });
  const one = await ivrScripts.create(script(`Một ${version}`, [toGroup("1", sales)]));
  const two = await ivrScripts.create(script(`Hai ${version}`, [toMenu("1", one), toGroup("2", own)]));
  await ivrScripts.update(one._id, { ...script(`Một ${version}`, [toMenu("1", two), toGroup("2", sales)]), greeting_id: bye._id });
  await groups.update(sales._id, { ...common, group_name: "Nhóm bán", target_timeout_type: "Ivr_menu", target_timeout: two._id });
  await ivrScripts.create(script("Chung", [toGroup("1", version === 1 ? sales : own)]));
}

test("whatever is ticked can be done, and taken back", async () => {
  const desired = await (async () => {
    const other = await world("desired");
    await fill(other, 2);
    return snapshot(other);
  })();
  // The same each time.
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const callCenter = await world("current");
  await fill(callCenter, 1);
  const current = await snapshot(callCenter);
  const lacking = [];
  for (let round = 0; round < 8; round += 1) {
    const now = await snapshot(callCenter);
    const whole = plan(now, desired, { allowDelete: true, matchBy: "name" });
    assert.ok(whole.steps.length > 12, JSON.stringify(whole.cannot));
    const needs = findNeeds(whole.steps);
    assert.ok(chooseSteps(needs, new Set(whole.steps.keys())).every(({ isChosen }) => isChosen));
    const choices = chooseSteps(needs, new Set([...whole.steps.keys()].filter(() => random() < 0.8)));
    lacking.push(choices.filter(({ lacks }) => lacks.length > 0).length);
    const chosen = onlyChosen(whole, choices);
    const result = await apply(chosen, callCenter);
    assert.deepEqual(result.steps.filter(({ status }) => status !== "done"), [], JSON.stringify([chosen.steps, needs]));
    const back = await apply(result.undo, callCenter);
    assert.ok(back.ok, JSON.stringify(back.steps));
    assert.deepEqual(diff(current, await snapshot(callCenter), { matchBy: "name" }).changes, []);
  }
  assert.ok(lacking.some((count) => count > 0), "some choice must leave out what others need");
});

test("a name that another script needs is freed before, and a replaced record goes after its replacement", () => {
  const step = (action, reason, kind, name, record, request, before) => ({ action, reason, kind, name, record, request, before });
  const steps = [
    step("update", "frees-name", "script", "Đêm", "a", { script_name: "Đêm (1)" }, { script_name: "Đêm" }),
    step("create", "added", "greeting", "Chào", { $ref: "greeting-1" }, { greeting_name: "Chào" }),
    step("create", "added", "script", "ĐÊM", { $ref: "script-1" }, { script_name: "ĐÊM", greeting_id: { $ref: "greeting-1" } }),
    step("update", "changed", "script", "Đêm", "a", { script_name: "Ngày" }, { script_name: "Đêm (1)", greeting_id: "b" }),
    step("delete", "removed", "greeting", "Chào", "b", undefined, { greeting_name: "Chào" }),
  ];
  assert.deepEqual(findNeeds(steps), [[3], [], [0, 1], [0], [1, 3]]);
  const choices = chooseSteps(findNeeds(steps), new Set([0, 2, 3, 4]));
  assert.deepEqual(choices.map(({ isChosen }) => isChosen), [true, false, false, true, false]);
  assert.deepEqual(choices[2].lacks, [1]);
  // Without the step that takes it away, no name is given for now; that step can be ticked again.
  const without = chooseSteps(findNeeds(steps), new Set([0, 1, 2, 4]));
  assert.deepEqual(without, [
    { isChosen: false, lacks: [3] },
    { isChosen: true, lacks: [] },
    { isChosen: false, lacks: [3] },
    { isChosen: false, lacks: [] },
    { isChosen: false, lacks: [3] },
  ]);
  assert.deepEqual(chooseSteps(findNeeds(steps), new Set([1, 2, 3, 4]))[3], { isChosen: false, lacks: [0] });
  assert.deepEqual(onlyChosen({ format: "omicall-plan", steps }, choices).steps.map(({ step, name }) => [step, name]), [[1, "Đêm"], [2, "Đêm"]]);
});

test("no script keeps a name that it gets for now, whatever is ticked", async () => {
  const callCenter = await world("names");
  await fill(callCenter, 1);
  const now = await snapshot(callCenter);
  const desired = structuredClone(now);
  const [one, two] = ["Một 1", "Hai 1"].map((name) => desired.scripts.find((script) => script.script_name === name));
  [one.script_name, two.script_name] = [two.script_name, one.script_name];
  const names = (tenant) => tenant.scripts.map((script) => script.script_name).sort();
  for (let ticks = 0; ticks < 16; ticks += 1) {
    const whole = plan(await snapshot(callCenter), desired);
    assert.deepEqual(whole.steps.map(({ reason }) => reason), ["frees-name", "frees-name", "changed", "changed"]);
    const wanted = new Set([0, 1, 2, 3].filter((place) => ticks & (1 << place)));
    const choices = chooseSteps(findNeeds(whole.steps), wanted);
    const result = await apply(onlyChosen(whole, choices), callCenter);
    assert.ok(result.ok, JSON.stringify(result.steps));
    assert.deepEqual(names(await snapshot(callCenter)), names(now), `ticked: ${[...wanted]}`);
    if (wanted.size === 4) assert.ok(choices.every(({ isChosen }) => isChosen));
    const back = await apply(result.undo, callCenter);
    assert.ok(back.ok, JSON.stringify(back.steps));
  }
});

test("no script that is replaced keeps a name that it gets for now", async () => {
  const callCenter = await world("replaced");
  const common = { greeting_id: (await callCenter.greetings.list()).items[0]._id, max_failure: 3, time_out: 5 };
  const toMenu = ({ _id }) => [{ ivr: "1", action_type: "Ivr_menu", action: _id }];
  const before = await snapshot(callCenter);
  const x = await callCenter.ivrScripts.create({ ...common, script_name: "X", scripts: [] });
  const y = await callCenter.ivrScripts.create({ ...common, script_name: "Y", scripts: toMenu(x) });
  await callCenter.ivrScripts.update(x._id, { ...common, script_name: "X", scripts: toMenu(y) });
  const start = await snapshot(callCenter);
  const _id = "c".repeat(24);
  const added = { ...common, _id, script_name: "X", scripts: [] };
  const desired = { ...before, scripts: [...before.scripts, added] };
  const options = { allowDelete: true, matchBy: "id", mapping: { scripts: { [_id]: null } } };
  const names = (tenant) => tenant.scripts.map((script) => script.script_name).sort();
  const reasons = ["frees-name", "added", "detaches", "removed", "removed"];
  const ends = new Set();
  for (let ticks = 0; ticks < 32; ticks += 1) {
    const whole = plan(await snapshot(callCenter), desired, options);
    assert.deepEqual(whole.steps.map(({ reason }) => reason), reasons, JSON.stringify(whole.steps));
    assert.equal(whole.steps[2].record, whole.steps[0].record, "what is renamed also lets go of the other");
    const wanted = new Set([...whole.steps.keys()].filter((place) => ticks & (1 << place)));
    const result = await apply(onlyChosen(whole, chooseSteps(findNeeds(whole.steps), wanted)), callCenter);
    assert.ok(result.ok, JSON.stringify(result.steps));
    const left = names(await snapshot(callCenter));
    assert.ok(left.every((name) => !name.includes("(")), `ticked: ${[...wanted]}; left: ${left}`);
    ends.add(left.join());
    const back = await apply(result.undo, callCenter);
    assert.ok(back.ok, JSON.stringify(back.steps));
    assert.deepEqual(diff(start, await snapshot(callCenter), { matchBy: "name" }).changes, []);
  }
  assert.ok(ends.has(names(desired).join()), "with all steps, the names are as desired");
});

// Reading a record, editing it and writing it back: nobody leaves a group unnoticed, and a script keeps what it has. In Chromium,
// against the sandbox (OMICALL_SANDBOX) with its 137 phones, of which some have no `agent_id`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage } from "./support.mjs";

const SANDBOX = process.env.OMICALL_SANDBOX;
const GREETING = "62da34652a310904dfbbf13b";
/** The recorded group whose calls go to a voice mail when nobody answers. */
const VOICE_MAIL = "6209c99b067f745da47367f4";
const RECORDED_SCRIPT = "632969ce7534d97b0933d51d";

let chrome, token, known, unknown, serial = 0;

before(async () => {
  assert.ok(SANDBOX, "set OMICALL_SANDBOX to the address of a sandbox");
  chrome = await openPage();
});
after(() => chrome?.close());

/** A tenant of its own, with the package's client in the page and another client here. */
async function newTenant() {
  const world = `${SANDBOX}/w/edits-${serial++}`;
  await fetch(`${world}/__sandbox/reset`, { method: "POST", body: "{}" });
  token = await (await fetch(`${world}/__sandbox/token`)).text();
  const call = async (method, path, body) => {
    const headers = { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) };
    const response = await (await fetch(`${world}/api/call_center/${path}`, { method, headers, body: JSON.stringify(body) })).json();
    assert.equal(response.status_code, 9999, JSON.stringify(response));
    return response.payload;
  };
  const { items } = await call("GET", "internal_phone/list?size=500");
  assert.equal(items.length, 137);
  const hasAgent = ({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id);
  known = items.filter(hasAgent).map(({ sip_user }) => sip_user);
  // The list does not say which agents these are, though they can be members.
  unknown = items.filter((phone) => !hasAgent(phone)).map(({ sip_user }) => sip_user);
  assert.ok(known.length > 100 && unknown.length > 10);
  return {
    world,
    call,
    newGroup: async (sip_members, more) => {
      const group = { group_name: `Nhóm ${serial++}`, strategy: "rollover", sip_members, timeout: 20, ...more };
      const { _id } = await call("POST", "internal_group/add", group);
      return _id;
    },
    group: async (id) => (await call("GET", "internal_group/list?size=100")).items.find(({ _id }) => _id === id),
    script: async (id) => (await call("GET", "key-interaction/list?page=1&size=100")).items.find(({ _id }) => _id === id),
    /** Runs `edit({ callCenter, sdk, group, script, phones, groups }, ...args)` in the page. Returns its outcome, and the codes given to `onIssue`. */
    edit: (edit, id, ...args) =>
      chrome.page.evaluate(
        async ([baseUrl, accessToken, edit, id, args]) => {
          const codes = [];
          const callCenter = new sdk.CallCenter({ baseUrl, auth: { accessToken }, maxRetries: 0, onIssue: ({ code, path }) => codes.push(`${code} ${path}`) });
          const [phones, groups, scripts, greetings] = await Promise.all(["phones", "groups", "ivrScripts", "greetings"].map((family) => callCenter[family].iterate({ size: 100 }).toArray()));
          const tenant = { phones, groups, scripts, greetings };
          const find = (records) => records.find(({ _id }) => _id === id);
          const end = await outcome(() => new Function(`return ${edit}`)()({ callCenter, sdk, tenant, phones, groups, group: find(groups), script: find(scripts) }, ...args));
          callCenter.free();
          return { ...end, codes };
        },
        [world, token, String(edit), id, args],
      ),
  };
}

const agents = ({ members }) => members.map(({ agent_id }) => agent_id);
const times = ({ members }) => [...new Set(members.map(({ timeout }) => timeout))];

test("a group of 25 is renamed, and all members stay in their order", async () => {
  const tenant = await newTenant();
  const members = known.slice(40, 65).reverse();
  const id = await tenant.newGroup(members);
  const before = await tenant.group(id);
  const { value, codes } = await tenant.edit(async ({ callCenter, sdk, tenant, group, phones }) => {
    const made = sdk.groupRequest(group, phones);
    await callCenter.groups.update(group._id, { ...made.request, group_name: "Nhóm mới" }, { context: tenant });
    return made;
  }, id);
  assert.deepEqual(value, {
    request: { group_name: before.group_name, strategy: "rollover", sip_members: members, timeout: 20 },
    unresolved: [], ringSeconds: [20], lost: [],
  });
  assert.deepEqual(codes.filter((code) => /lost/.test(code)), []);
  const renamed = await tenant.group(id);
  assert.deepEqual([renamed.group_name, renamed.strategy, renamed.members], ["Nhóm mới", before.strategy, before.members]);
});

test("members whose phone is not known are told, whatever road a page takes", async () => {
  const tenant = await newTenant();
  const members = [...known.slice(10, 18), ...unknown.slice(0, 4), ...known.slice(20, 33)];
  assert.equal(members.length, 25);
  const id = await tenant.newGroup(members);
  const before = await tenant.group(id);
  const lost = agents(before).slice(8, 12);

  // With `groupRequest`: the result tells, also without a context.
  const { value } = await tenant.edit(({ sdk, group, phones }) => sdk.groupRequest(group, phones), id);
  assert.deepEqual(value.unresolved, lost);
  assert.deepEqual(value.request.sip_members, [...members.slice(0, 8), ...members.slice(12)]);

  // The record itself, with other names, or its members as extensions: nothing is sent.
  for (const body of [
    ({ callCenter, group }) => callCenter.groups.update(group._id, { ...group, group_name: "x" }),
    ({ callCenter, group }) => callCenter.groups.update(group._id, { ...group, sip_members: [], timeout: 20 }),
    ({ callCenter, group: { group_name, strategy, members } }) => callCenter.groups.update("62ff11b208d4bf3ea694a6f3", { group_name, strategy, sip_members: members, timeout: 20 }),
  ]) {
    assert.match((await tenant.edit(body, id)).kind, /^(usage|validation)$/);
  }
  assert.deepEqual(await tenant.group(id), before);

  // Only adding and removing keeps all others.
  const [more] = known.slice(100);
  await tenant.edit(async ({ callCenter, group, tenant }, [gone, more]) => {
    await callCenter.groups.removeMembers({ group_id: group._id, sip_users: [gone] }, { context: tenant });
    await callCenter.groups.addMembers({ group_id: group._id, sip_users: [more] }, { context: tenant });
  }, id, [members[0], more]);
  assert.deepEqual(agents(await tenant.group(id)).slice(0, 24), agents(before).slice(1));
  await tenant.edit(({ callCenter, group }, [gone, more]) => Promise.all([
    callCenter.groups.removeMembers({ group_id: group._id, sip_users: [more] }),
    callCenter.groups.addMembers({ group_id: group._id, sip_users: [gone] }),
  ]), id, [members[0], more]);

  // An update with a context warns before it is sent: with `groupRequest`, and with a join of one's own.
  for (const edit of [
    ({ callCenter, sdk, group, phones, tenant }) => callCenter.groups.update(group._id, { ...sdk.groupRequest(group, phones).request, timeout: 45 }, { context: tenant }),
    ({ callCenter, sdk, group, phones }) => callCenter.groups.update(group._id, { ...sdk.groupRequest(group, phones).request, timeout: 45 }, { context: { groups: [group], phones } }),
    ({ callCenter, group, phones, tenant }) => {
      const sip_members = group.members.flatMap(({ agent_id }) => phones.find((phone) => phone.agent_id === agent_id)?.sip_user ?? []);
      return callCenter.groups.update(group._id, { group_name: group.group_name, strategy: group.strategy, sip_members, timeout: 45 }, { context: tenant });
    },
    // All that the page knows is the first list page of the phones.
    async ({ callCenter, sdk, group }) => {
      const phones = await callCenter.phones.list();
      return callCenter.groups.update(group._id, { ...sdk.groupRequest(group, phones).request, timeout: 45 }, { context: { groups: [group], phones } });
    },
  ]) {
    const again = await tenant.newGroup(members);
    const { codes, kind, message } = await tenant.edit(edit, again);
    assert.equal(kind, undefined, message);
    assert.ok(codes.includes("members-lost /sip_members"), codes.join());
    assert.ok((await tenant.group(again)).members.length < 25, "the warning is true");
  }
});

test("20 members move to another group, and nobody else leaves either", async () => {
  const tenant = await newTenant();
  const moved = known.slice(30, 50);
  const staying = [...unknown.slice(0, 3), ...known.slice(50, 54)];
  const ids = [await tenant.newGroup([...moved, ...staying]), await tenant.newGroup([...known.slice(60, 65), ...unknown.slice(5, 7)])];
  const [from, to] = await Promise.all(ids.map(tenant.group));
  const { codes } = await tenant.edit(async ({ callCenter, tenant }, [from, to], sip_users) => {
    await callCenter.groups.addMembers({ group_id: to, sip_users }, { context: tenant });
    await callCenter.groups.removeMembers({ group_id: from, sip_users }, { context: tenant });
  }, undefined, ids, moved);
  assert.deepEqual(codes, [], "the context says who is in which group");
  const [fromAfter, toAfter] = await Promise.all(ids.map(tenant.group));
  assert.deepEqual(agents(fromAfter), agents(from).slice(20));
  assert.deepEqual(agents(toAfter), [...agents(to), ...agents(from).slice(0, 20)]);

  // The same by updates, which send all members of both groups.
  const { value, codes: codesOfUpdates } = await tenant.edit(async ({ callCenter, sdk, groups, phones, tenant }, ids, moved) => {
    const [a, b] = ids.map((id) => sdk.groupRequest(groups.find(({ _id }) => _id === id), phones));
    const back = a.request.sip_members.concat(moved);
    await callCenter.groups.update(ids[0], { ...a.request, sip_members: back }, { context: tenant });
    await callCenter.groups.update(ids[1], { ...b.request, sip_members: b.request.sip_members.filter((one) => !moved.includes(one)) }, { context: tenant });
    return [a.unresolved.length, b.unresolved.length];
  }, undefined, ids, moved);
  assert.deepEqual(value, [3, 2]);
  assert.deepEqual(codesOfUpdates.filter((code) => /^members-lost/.test(code)), ["members-lost /sip_members", "members-lost /sip_members"]);
});

test("the ring time of a group changes, and different ring times are told", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 10), { timeout: 25 });
  const before = await tenant.group(id);
  const one = await tenant.edit(({ callCenter, sdk, group, phones, tenant }) => callCenter.groups.update(group._id, { ...sdk.groupRequest(group, phones).request, timeout: 45 }, { context: tenant }), id);
  assert.equal(one.kind, undefined, one.message);
  const changed = await tenant.group(id);
  assert.deepEqual([agents(changed), times(changed)], [agents(before), [45]]);
  // The longest, so that nobody has less time than before.
  const { value } = await tenant.edit(({ sdk, group, phones }) => {
    const with_times = (...all) => sdk.groupRequest({ ...group, members: group.members.map((member, index) => ({ ...member, timeout: all[index % all.length] })) }, phones);
    return [with_times(20, 40, 30), with_times(15), with_times(0), sdk.groupRequest({ ...group, members: [] }, phones)].map(({ request, ringSeconds }) => [request.timeout, ringSeconds]);
  }, id);
  // No time is invented: the update rejects until the page passes one.
  assert.deepEqual(value, [[40, [20, 40, 30]], [15, [15]], [0, []], [0, []]]);
  const none = await tenant.edit(({ callCenter, sdk, group, phones }) => callCenter.groups.update(group._id, sdk.groupRequest({ ...group, members: group.members.map((member) => ({ ...member, timeout: 0 })) }, phones).request), id);
  assert.deepEqual([none.kind, none.issues?.map(({ path }) => path)], ["validation", ["/timeout"]]);
});

test("the response of an update lists extensions, which are taken for members whose phone is not known", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 3));
  const { value } = await tenant.edit(async ({ callCenter, sdk, group, phones }, sip_members) => {
    const made = await callCenter.groups.update(group._id, { group_name: "Nhóm", strategy: "rollover", sip_members, timeout: 25 });
    const request = (group, phones) => {
      const { request, unresolved, ringSeconds } = sdk.groupRequest(group, phones);
      return [request.sip_members, request.timeout, unresolved.length, ringSeconds];
    };
    const timeless = { ...made, members: made.members.map(({ agent_id }) => ({ agent_id })) };
    return [
      request(made, phones), request(made, []), request(timeless, []),
      // Of an older list, it is not known who else has left.
      request({ ...made, sip_members: sip_members.slice(1) }, phones), request({ ...made, sip_members: [...sip_members.slice(1), "9999"] }, phones), request({ ...made, sip_members: null }, []),
    ];
  }, id, [known[4], unknown[0], known[3]]);
  const all = [known[4], unknown[0], known[3]];
  assert.deepEqual(value, [[all, 25, 0, [25]], [all, 25, 0, [25]], [all, 25, 0, [25]], [[known[4], known[3]], 25, 1, [25]], [[known[4], known[3]], 25, 1, [25]], [[], 25, 3, [25]]]);
});

test("an overflow that can be sent is carried over, and any other is told", async () => {
  const tenant = await newTenant();
  const update = ({ callCenter, sdk, group, phones, tenant }, change) => {
    const { request, lost } = sdk.groupRequest(group, phones);
    return callCenter.groups.update(group._id, { ...request, ...change }, { context: tenant }).then(() => lost);
  };
  for (const [kind, destination] of [["Recording", GREETING], ["Ivr_menu", RECORDED_SCRIPT], ["Ring_group", VOICE_MAIL]]) {
    const id = await tenant.newGroup(known.slice(0, 3));
    const { group_name, strategy } = await tenant.group(id);
    await tenant.call("POST", `internal_group/update/${id}`, { group_name, strategy, sip_members: known.slice(0, 3), timeout: 20, target_timeout_type: kind, target_timeout: destination });
    const { value, codes, message } = await tenant.edit(update, id, { group_name: `${group_name} mới` });
    assert.deepEqual([value, codes.filter((code) => /lost/.test(code))], [[], []], message);
    const after = await tenant.group(id);
    assert.deepEqual([after.group_name, after.target_timeout_type, after.target_timeout], [`${group_name} mới`, kind, destination]);
  }
  const { value, codes } = await tenant.edit(update, VOICE_MAIL, { timeout: 20 });
  assert.deepEqual(value, ["target_timeout"]);
  assert.ok(codes.includes("group-overflow-lost "), codes.join());
  assert.equal((await tenant.group(VOICE_MAIL)).target_timeout, "", "the warning is true");
});

test("without `onIssue`, the console shows what an update takes away, and nothing else", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 4));
  const update = async ({ sdk, tenant }, id, { context = tenant, throws, language, ...change }, [baseUrl, accessToken]) => {
    const callCenter = new sdk.CallCenter({ baseUrl, auth: { accessToken }, language });
    const { warn } = console;
    if (throws) console.warn = () => { throw new Error("no warnings here"); };
    // Rules about the ring time fire too.
    await callCenter.groups.update(id, { group_name: "Nhóm", strategy: "rollover", timeout: 90, ...change }, { context }).finally(() => (console.warn = warn));
    callCenter.free();
  };
  const consoleAfter = async (...args) => {
    chrome.consoleLines.length = 0;
    const { kind, message } = await tenant.edit(update, id, ...args, [tenant.world, token]);
    assert.equal(kind, undefined, message);
    return chrome.consoleLines.map((line) => line.replace(/^.*omicall-call-center: /, ""));
  };
  const PREFIX = "POST /api/call_center/internal_group/update/:id: ";
  assert.deepEqual(await consoleAfter(id, { sip_members: known.slice(0, 3) }), [`${PREFIX}1 of 4 members would leave the group. Pass \`onIssue\` to handle this yourself.`]);
  assert.deepEqual(await consoleAfter(id, { sip_members: known.slice(0, 3) }), [], "nobody leaves");
  assert.deepEqual(await consoleAfter(id, { sip_members: known.slice(0, 2), context: {} }), [], "nothing is known");
  const [overflow, ...others] = await consoleAfter(VOICE_MAIL, { sip_members: known.slice(0, 2), language: "vi" });
  assert.match(overflow, /Đích khi không ai nghe máy \("Voice_mail"\)/);
  assert.deepEqual(others, []);
  assert.deepEqual(await consoleAfter(id, { sip_members: known.slice(0, 1), throws: true }), [], "a console may throw");
});

test("what cannot be sent of a group is named", async () => {
  const tenant = await newTenant();
  const lost = (more, moreOfMember) =>
    tenant.edit(({ sdk, group, phones }, more, moreOfMember) => {
      const [first, ...others] = group.members;
      return sdk.groupRequest({ ...group, ring_group_wait_time_sequence: 0, members: [{ ...first, ...moreOfMember }, ...others], ...more }, phones).lost;
    }, "62ff119508d4bf3ea694a44a", more, moreOfMember).then(({ value }) => value);
  for (const [more, names] of [
    [{}, []], [{ is_answer: "false", criterias: [], enable_criteria: false, note: "", outer_group_id: null, is_forward_to_outer_group: false, is_forward_to_user_owner: "false", ring_group_wait_time: 0 }, []],
    [{ ring_back_id: "62da34652a310904dfbbf13b" }, ["ring_back_id"]], [{ is_answer: "true" }, ["is_answer"]], [{ criterias: [{}] }, ["criterias"]], [{ enable_criteria: true }, ["enable_criteria"]],
    [{ note: "Ca tối" }, ["note"]], [{ is_forward_to_outer_group: true, outer_group_id: "62ff11a208d4bf3ea694a539" }, ["outer_group_id", "is_forward_to_outer_group"]], [{ is_forward_to_user_owner: true }, ["is_forward_to_user_owner"]],
    [{ ring_group_type: 1, ring_group_wait_time: 5, ring_group_wait_time_sequence: 2, ring_group_type_result: "x" }, ["ring_group_type", "ring_group_wait_time", "ring_group_wait_time_sequence", "ring_group_type_result"]],
    [{ target_timeout_type: "Recording", target_timeout: "" }, ["target_timeout"]], [{ target_timeout_type: "Voice_mail", target_timeout: "x", ring_back_id: "y" }, ["target_timeout", "ring_back_id"]],
  ]) {
    assert.deepEqual(await lost(more, {}), names, JSON.stringify(more));
  }
  assert.deepEqual([await lost({}, { hold_music_id: "x" }), await lost({}, { view: "x" })], [["hold_music_id"], ["view"]]);
});

test("every field of a group is sent, told to be lost, or made by the server", async () => {
  const tenant = await newTenant();
  const filled = (record) => Object.fromEntries(Object.keys(record).map((field) => [field, field === "members" ? record.members.map(filled) : `some ${field}`]));
  const { request, lost } = (await tenant.edit(({ sdk }, group) => sdk.groupRequest(group, []), undefined, filled(await tenant.group(VOICE_MAIL)))).value;
  const told = [...Object.keys(request), ...lost, "target_timeout_type", "sip_user"];
  const MADE = ["_id", "tenant_id", "group_name_unsigned", "group_number", "created_date", "last_updated_date", "create_by", "last_update_by", "is_deleted", "ring_back_name", "target_timeout_name"];
  const group = await tenant.group(VOICE_MAIL);
  assert.deepEqual(Object.keys(group).filter((field) => !told.includes(field)).sort(), [...MADE, "members"].filter((field) => field in group).sort());
  assert.deepEqual(Object.keys(group.members[0]).filter((field) => !told.includes(field)).sort(), ["agent_id", "contact_id", "order"]);

  // Of a script, only a note is lost, which the documentation says.
  const script = await tenant.script(RECORDED_SCRIPT);
  const sent = Object.keys((await tenant.edit(({ sdk }, script) => sdk.scriptRequest(script), undefined, { ...filled(script), scripts: [] })).value);
  assert.deepEqual(Object.keys(script).filter((field) => !sent.includes(field) && !/^(_id|tenant_id|is_deleted)$|_(name|unsigned|number|date|by)$/.test(field)), ["note"]);
});

test("phones of the same agent leave open which one is the member", async () => {
  const tenant = await newTenant();
  const { value } = await tenant.edit(({ sdk, group, phones }) => {
    const [{ agent_id }] = group.members;
    const of = (...extensions) => extensions.map((sip_user) => ({ agent_id, sip_user }));
    const made = [of("147", "145"), of("147", "147"), of(""), [], [{ sip_user: "147" }], { items: of("147") }, of("147", "145", "147")];
    const results = made.map((phones) => sdk.groupRequest(group, phones));
    // Newer servers may say it themselves.
    results.push(sdk.groupRequest({ ...group, members: [{ ...group.members[0], sip_user: "150" }] }, of("147", "145")));
    // A member without an agent.
    const nobody = sdk.groupRequest({ ...group, members: [{ timeout: 20 }, { agent_id: null, timeout: 20 }] }, phones).unresolved;
    return [nobody, ...results.map(({ request, unresolved }) => request.sip_members.join() + "/" + unresolved.length)];
  }, "62ff119508d4bf3ea694a44a");
  assert.deepEqual(value, [["", ""], "/1", "147/0", "/1", "/1", "/1", "147/0", "/1", "150/0"]);
});

test("members with the same extension leave open whose it is, but a member listed twice does not", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 1));
  const end = await tenant.edit(({ sdk, group }) => {
    const requestOf = (members, phones) => {
      const { request, unresolved } = sdk.groupRequest({ ...group, members: members.map(([agent_id, sip_user]) => ({ agent_id, sip_user, timeout: 20 })) }, phones);
      return `${request.sip_members} ${unresolved}`;
    };
    const [a, b] = ["A", "B"].map((agent_id) => ({ agent_id, sip_user: "147" }));
    return [requestOf([["A"], ["B"]], [a, b]), requestOf([["X", "147"], ["A"]], [a]), requestOf([["A"], ["A"]], [a]), requestOf([["A"], ["C", "145"], ["A", "147"]], [a])];
  }, id);
  assert.deepEqual(end.value, ["147 B", "147 A", "147 ", "147,145 "]);
});

test("what is not a record is refused", async () => {
  const tenant = await newTenant();
  for (const call of [
    ({ sdk, phones }) => sdk.groupRequest(undefined, phones), ({ sdk }) => sdk.groupRequest({ members: [] }), ({ sdk, group }) => sdk.groupRequest(group, { phones: [] }),
    ({ sdk, group, phones }) => sdk.groupRequest({ ...group, members: null }, phones), ({ sdk }) => sdk.scriptRequest(null), ({ sdk }) => sdk.scriptRequest({ scripts: "1" }),
    ({ sdk, group, phones }) => sdk.groupRequest(group, [...phones, null]), ({ sdk, group, phones }) => sdk.groupRequest({ ...group, members: [undefined] }, phones), ({ sdk, group }) => sdk.groupRequest({ ...group, members: ["147"] }, []),
    ({ sdk, group }) => sdk.groupRequest(group, new Array(1)), ({ sdk, script }) => sdk.scriptRequest({ ...script, scripts: [null] }), ({ sdk, script }) => sdk.scriptRequest({ ...script, scripts: ["1"] }),
    ({ sdk }) => sdk.issuesByField(undefined), ({ sdk }) => sdk.issuesByField(null), ({ sdk }) => sdk.issuesByField("x"), ({ sdk }) => sdk.issuesByField({ issues: {} }), ({ sdk }) => sdk.issuesByField({ issues: [null] }), ({ sdk }) => sdk.issuesByField({ issues: [{ path: 1 }] }),
  ]) {
    const { kind, message } = await tenant.edit(call, VOICE_MAIL);
    assert.equal(kind, "usage");
    assert.match(message, /^`(group|phones|script|report)` must be /);
  }
});

test("a script is renamed, and keeps its keys, its sounds and its fallback", async () => {
  const tenant = await newTenant();
  const full = {
    script_name: "Đêm", greeting_id: GREETING, max_failure: 2, time_out: 7, greeting_short_id: GREETING, invalid_sound_id: GREETING, ivr_direct_menu_dial: "true",
    action_type: "Recording", action: GREETING, scripts: [{ ivr: "1", action_type: "Ring_group", action: VOICE_MAIL }, { ivr: "2", action_type: "", action: "" }],
  };
  const { _id } = await tenant.call("POST", "key-interaction/add", full);
  const rename = async ({ callCenter, sdk, script, tenant }) => {
    const request = sdk.scriptRequest(script);
    await callCenter.ivrScripts.update(script._id, { ...request, script_name: "Đêm mới" }, { context: tenant });
    return request;
  };
  const before = await tenant.script(_id);
  const { value, message } = await tenant.edit(rename, _id);
  assert.deepEqual(value, full, message);
  const after = await tenant.script(_id);
  assert.deepEqual({ ...after, last_updated_date: 0 }, { ...before, script_name: "Đêm mới", script_name_unsigned: "Dem moi", last_updated_date: 0 });
  // Empty fields are left out; those of keys are not optional.
  const recorded = await tenant.edit(({ sdk, script }) => sdk.scriptRequest(script), RECORDED_SCRIPT);
  assert.deepEqual(Object.keys(recorded.value), ["script_name", "greeting_id", "max_failure", "time_out", "scripts"]);
  assert.deepEqual(recorded.value.scripts.at(-1), { ivr: "5", action_type: "", action: "" });
});

test("a context is checked, and rules that need it reject before anything is sent", async () => {
  const tenant = await newTenant();
  const missing = "ffffffffffffffffffffffff";
  const id = await tenant.newGroup(known.slice(0, 2));
  const before = await tenant.group(id);
  for (const [call, codes] of [
    [({ callCenter, tenant, group }) => callCenter.groups.update(group._id, { group_name: "x", strategy: "random", sip_members: ["99999"], timeout: 20 }, { context: tenant }), ["group-member-unknown"]],
    [({ callCenter, tenant }) => callCenter.groups.create({ group_name: "x", strategy: "random", sip_members: ["99999"], timeout: 20 }, { context: tenant }), ["group-member-unknown"]],
    [({ callCenter, tenant, group }) => callCenter.groups.addMembers({ group_id: group._id, sip_users: ["99999"] }, { context: tenant }), ["group-member-unknown"]],
    [({ callCenter, tenant, script, sdk }, missing) => callCenter.ivrScripts.create({ script_name: "x", greeting_id: missing, max_failure: 3, time_out: 5, scripts: [{ ivr: "1", action_type: "Ring_group", action: missing }] }, { context: tenant }), ["ivr-sound-unknown", "ivr-target-unknown"]],
  ]) {
    const { kind, issues, message } = await tenant.edit(call, id, missing);
    assert.equal(kind, "validation", message);
    const errors = issues.filter(({ severity }) => severity === "error").map(({ code }) => code);
    for (const code of codes) assert.ok(errors.includes(code), errors.join());
  }
  assert.deepEqual(await tenant.group(id), before);
  // The name of the script itself is not taken, that of another one is.
  const names = await tenant.edit(async ({ callCenter, sdk, tenant }) => {
    const [script] = tenant.scripts;
    await callCenter.ivrScripts.update(script._id, sdk.scriptRequest(script), { context: tenant });
    return callCenter.ivrScripts.create(sdk.scriptRequest(script), { context: tenant });
  });
  assert.deepEqual([names.kind, names.issues?.map(({ code }) => code).filter((code) => /taken/.test(code))], ["validation", ["ivr-name-taken"]]);
  // Removing somebody who is not there, adding somebody who is.
  const noop = await tenant.edit(async ({ callCenter, tenant, group }, [inside, outside]) => {
    await callCenter.groups.addMembers({ group_id: group._id, sip_users: [inside] }, { context: tenant });
    await callCenter.groups.removeMembers({ group_id: group._id, sip_users: [outside] }, { context: tenant });
    await callCenter.groups.removeMembers({ group_id: group._id, sip_users: [outside] });
  }, id, [known[0], known[5]]);
  assert.deepEqual(noop.codes, ["members-noop /sip_users/0", "members-noop /sip_users/0"]);

  const wrong = await tenant.edit(async ({ callCenter, group }) => {
    const messages = [];
    for (const context of [7, { phones: "all" }, { groups: [group], complete: "no" }, { language: "fr" }, { groups: [{ get members() { throw 1; } }] }]) {
      await callCenter.groups.update(group._id, { group_name: "x", strategy: "random", sip_members: [], timeout: 20 }, { context }).catch(({ kind, path, message }) => messages.push(`${kind} ${path} ${message.includes("options.context")}`));
    }
    return messages;
  }, id);
  assert.deepEqual(wrong.value, ["usage /context true", "usage /context/phones true", "usage /context/complete true", "usage /context/language true", "usage /context/groups/0/members true"]);
  // The messages are in the client's language, unless the context names another.
  const vietnamese = await tenant.edit(async ({ callCenter, phones }) =>
    Promise.all([{ phones }, { phones, language: "vi" }].map((context) => callCenter.groups.create({ group_name: "x", strategy: "random", sip_members: ["99999"], timeout: 20 }, { context }).catch(({ issues }) => issues[0].message))));
  assert.match(vietnamese.value[0], /does not exist/);
  assert.match(vietnamese.value[1], /Không tìm thấy/);
  const unchecked = await tenant.edit(({ callCenter }) => callCenter.groups.create({ group_name: "x", strategy: "random", sip_members: [], timeout: 20 }, { context: 7, validation: false }));
  assert.equal(unchecked.kind, undefined);
});

test("issues are sorted by field", async () => {
  const tenant = await newTenant();
  const { value } = await tenant.edit(async ({ sdk, callCenter, tenant }) => {
    const codes = (byField) => Object.fromEntries(Object.entries(byField).map(([field, issues]) => [field, issues.map(({ code }) => code)]));
    const script = { script_name: "", greeting_id: "62da34652a310904dfbbf13b", max_failure: 3, time_out: 5, scripts: [{ ivr: "1", action_type: "Ring_group", action: "" }, { ivr: "1", action_type: "Ring_group", action: "" }] };
    const report = sdk.validateIvrScript(script);
    const error = await callCenter.ivrScripts.create(script).catch((error) => error);
    const odd = sdk.issuesByField({ issues: ["", "/__proto__", "/constructor", "/a~1b/~0c/0", "/__proto__"].map((path) => ({ path, code: path })) });
    return {
      report: codes(sdk.issuesByField(report)), count: report.issues.length, error: codes(sdk.issuesByField(error)), odd: Object.entries(odd).map(([field, issues]) => [field, issues.length]),
      none: [Object.keys(sdk.issuesByField({ issues: [] })), Object.keys(sdk.issuesByField(await callCenter.groups.delete("").catch((error) => error))), sdk.issuesByField({}).toString, odd.constructor.length],
      polluted: {}.length,
    };
  });
  assert.ok("scripts.0.action" in value.report && "scripts.1.ivr" in value.report && "script_name" in value.report, JSON.stringify(value.report));
  assert.equal(Object.values(value.report).flat().length, value.count);
  assert.deepEqual(value.error, value.report);
  assert.deepEqual(value.odd, [["", 1], ["__proto__", 2], ["constructor", 1], ["a/b.~c.0", 1]]);
  assert.deepEqual(value.none, [[], [], undefined, 1]);
});

test("a page that shows a change before it is made is warned nevertheless", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 6));
  for (const change of ["group.members = group.members.slice(0, 2)", "phones.length = 0", "groups.length = 0"]) {
    const end = await tenant.edit(
      async ({ callCenter, sdk, group, groups, phones }, change) => {
        const { request } = sdk.groupRequest(group, phones);
        const call = callCenter.groups.update(group._id, { ...request, group_name: `${Math.random()}`, sip_members: request.sip_members.slice(0, 5) }, { context: { groups, phones } });
        new Function("group", "groups", "phones", change)(group, groups, phones);
        return (await call).sip_members.length;
      },
      id, change,
    );
    assert.deepEqual([end.value, end.codes.includes("members-lost /sip_members")], [5, true], change);
    await tenant.edit(async ({ callCenter }, id, sip_users) => callCenter.groups.addMembers({ group_id: id, sip_users }), id, id, known.slice(5, 6));
  }
});

test("issues of a payload that is not sent are not reported", async () => {
  const tenant = await newTenant();
  const id = await tenant.newGroup(known.slice(0, 6));
  for (const wrong of [{ grop: 1 }, { target_timeout_type: 1 }]) {
    const end = await tenant.edit(
      async ({ callCenter, sdk, group, groups, phones }, wrong) => {
        const { request } = sdk.groupRequest(group, phones);
        return callCenter.groups.update(group._id, { ...request, sip_members: request.sip_members.slice(0, 2), ...wrong }, { context: { groups, phones } });
      },
      id, wrong,
    );
    assert.deepEqual([end.kind, end.codes], ["usage", []], JSON.stringify(wrong));
  }
});

test("an empty list is iterated", async () => {
  const tenant = await newTenant();
  const end = await tenant.edit(async ({ callCenter }) => {
    const lists = [];
    for (const family of ["phones", "groups", "ivrScripts"]) {
      lists.push(await callCenter[family].iterate({ keyword: "nobody has this name" }).toArray());
      for await (const page of callCenter[family].iterate({ keyword: "nobody has this name" }).pages()) lists.push(page.items);
    }
    return lists;
  });
  assert.deepEqual(end.value, Array(6).fill([]));
});

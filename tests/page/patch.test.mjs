// Changing a record safely: `groups.patch`, `ivrScripts.patch` and `groups.moveMembers`. In Chromium, against the sandbox
// (OMICALL_SANDBOX), whose own state says what was really done.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage } from "./support.mjs";
import { openTenant } from "./tenant.mjs";

const GREETING = "62da34652a310904dfbbf13b";
/** The recorded group whose calls go to a voice mail when nobody answers. */
const VOICE_MAIL = "6209c99b067f745da47367f4";
const MISSING = "ffffffffffffffffffffffff";

const CHANGE = { update: "internal_group/update/", add: "internal_group/add-members", remove: "internal_group/remove-members", script: "key-interaction/update/" };
/** The response is lost, and the tenant has never seen the request; browsers may try a second time by themselves. */
const LOST_BEFORE = { times: 2, fault: { kind: "drop" } };
/** The response is lost after the tenant has done the work. */
const LOST_AFTER = { times: 1, fault: { kind: "cut_body", bytes: 10 } };
const REFUSED = { times: 1, fault: { kind: "status", code: 200, body: { status_code: -9999, message: "Busy" } } };
const UNAUTHORIZED = { times: 9, fault: { kind: "status", code: 401 } };

let chrome, serial = 0;

before(async () => {
  chrome = await openPage();
});
after(() => chrome?.close());

/** A tenant of its own, with a group of four members. */
async function newTenant() {
  const { world, token, call, received } = await openTenant(`patch-${serial++}`);
  const { items } = await call("GET", "internal_phone/list?size=500");
  const isKnown = ({ agent_id }) => /^[0-9a-f]{24}$/.test(agent_id);
  const known = items.filter(isKnown).map(({ sip_user }) => sip_user);
  const unknown = items.filter((phone) => !isKnown(phone)).map(({ sip_user }) => sip_user);
  const newGroup = async (sip_members, more) => (await call("POST", "internal_group/add", { group_name: `Nhóm ${serial++}`, strategy: "rollover", sip_members, timeout: 20, ...more }))._id;
  const log = async () => (await received()).map(({ method, path }) => `${method} ${path}`);
  const id = await newGroup(known.slice(0, 4));
  return {
    world, token, call, known, unknown, id, newGroup,
    group: async (of = id) => (await call("GET", "internal_group/list?size=100")).items.find(({ _id }) => _id === of),
    script: async (of) => (await call("GET", "key-interaction/list?page=1&size=100")).items.find(({ _id }) => _id === of),
    /** The extensions of a group, in order. */
    members: async (of) => (await call("GET", "internal_group/list?size=100")).items.find(({ _id }) => _id === of).members.map(({ agent_id }) => items.find((phone) => phone.agent_id === agent_id)?.sip_user),
    fail: (path, fault, method) => fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { path, ...(method && { method }) }, ...fault }]) }),
    /** Runs `edit({ a, b, sdk, group, groups, scripts, phones, …args })` in the page, where `a` and `b` are two clients. Returns its outcome, the issues that the clients told, and the changes that the sandbox received. */
    async edit(edit, args = {}) {
      const first = (await log()).length;
      const end = await chrome.page.evaluate(
        async ([baseUrl, accessToken, id, edit, args]) => {
          const told = [];
          const client = () => new sdk.CallCenter({ baseUrl, auth: { accessToken }, maxRetries: 0, onIssue: ({ code, path }) => told.push(`${code} ${path}`), ...args.options });
          const [a, b] = [client(), client()];
          const read = (family) => a[family].iterate({ size: 100 }).toArray();
          const [phones, groups, scripts] = [await read("phones"), await read("groups"), await read("ivrScripts")];
          const stop = new AbortController();
          const sent = [];
          const end = await outcome(() => new Function(`return ${edit}`)()({ a, b, sdk, phones, groups, scripts, group: groups.find(({ _id }) => _id === id), id, stop, sent, ...args }));
          a.free();
          b.free();
          return { ...end, told };
        },
        [world, token, id, String(edit), args],
      );
      const requests = (await log()).slice(first);
      return { ...end, requests, changes: requests.filter((line) => !line.startsWith("GET")).map((line) => line.replace(/\w{24}$/, ":id")) };
    },
  };
}

const UPDATE = "POST internal_group/update/:id";
const codes = ({ issues = [] }) => issues.map(({ code, path }) => `${code} ${path}`);

test("a group is renamed and keeps everything else, with one request that changes something", async () => {
  const tenant = await newTenant();
  const overflow = { target_timeout_type: "Recording", target_timeout: GREETING };
  await tenant.call("POST", `internal_group/update/${tenant.id}`, { group_name: "Cũ", strategy: "random", sip_members: tenant.known.slice(3, 8), timeout: 25, ...overflow });
  const before = await tenant.group();
  const { value, changes, requests, message, told } = await tenant.edit(({ a, id, group, phones }) => a.groups.patch(id, { group_name: "Mới" }, { unchangedSince: group, phones }));
  assert.ok(value, message);
  const after = await tenant.group();
  const { last_updated_date } = after;
  assert.deepEqual(after, { ...before, group_name: "Mới", group_name_unsigned: "Moi", last_updated_date });
  assert.deepEqual([after.target_timeout, after.strategy], [GREETING, "random"]);
  assert.ok(last_updated_date >= before.last_updated_date);
  assert.deepEqual(value, { record: after, notAsMeant: [], request: { group_name: "Mới", strategy: "random", sip_members: tenant.known.slice(3, 8), timeout: 25, ...overflow } });
  assert.deepEqual([changes, told.filter((line) => /lost/.test(line))], [[UPDATE], []]);
  assert.deepEqual(requests.slice(-3), ["GET internal_group/list", `POST internal_group/update/${tenant.id}`, "GET internal_group/list"]);
});

test("phones are read if they are not passed, and an id is the same in upper case", async () => {
  const tenant = await newTenant();
  const { value, requests, message } = await tenant.edit(({ a, id }) => a.groups.patch(id.toUpperCase(), { timeout: 30 }));
  assert.ok(value, message);
  assert.equal(value.record.members[0].timeout, 30);
  assert.deepEqual(requests.slice(-5).map((line) => line.replace(/\/\w{24}$/i, "")), ["GET internal_phone/list", "GET internal_phone/list", "GET internal_group/list", "POST internal_group/update", "GET internal_group/list"]);
});

test("what somebody else has changed is told with its field, who and when, and nothing is sent", async () => {
  for (const [other, change, since, expected] of [
    [{ group_name: "An's" }, { group_name: "Mine" }, "record", ["changed-meanwhile /group_name"]],
    [{ sip_members: 5 }, { sip_members: ["147"] }, "record", ["changed-meanwhile /sip_members"]],
    // With another date, it is another record.
    [{ group_name: "An's" }, { timeout: 30 }, "record", ["changed-meanwhile /group_name"]],
    [{ timeout: 40, strategy: "random" }, { group_name: "Mine" }, "record", ["changed-meanwhile /strategy", "changed-meanwhile /timeout"]],
    [{ group_name: "An's" }, { group_name: "Mine" }, "date", ["changed-meanwhile "]],
    [{}, { group_name: "Mine" }, "record", ["changed-meanwhile "]],
  ]) {
    const tenant = await newTenant();
    const { known } = tenant;
    const content = { group_name: (await tenant.group()).group_name, strategy: "rollover", sip_members: known.slice(0, 4), timeout: 20, ...other, ...(other.sip_members && { sip_members: known.slice(0, other.sip_members) }) };
    const read = await tenant.group();
    await new Promise((done) => setTimeout(done, 5));
    await tenant.call("POST", `internal_group/update/${tenant.id}`, content);
    const now = await tenant.group();
    const { kind, issues, message, changes, path, endpoint } = await tenant.edit(({ a, id, phones, read, change, since }) => a.groups.patch(id, change, { unchangedSince: since === "date" ? read.last_updated_date : read, phones }), { read, change, since });
    assert.deepEqual([kind, codes({ issues }), changes], ["validation", expected, []], message);
    assert.deepEqual(issues[0].params, { by: now.last_update_by.name, at: new Date(now.last_updated_date).toISOString() });
    assert.equal(issues[0].message, `Changed by ${issues[0].params.by}, ${issues[0].params.at}, after it was read`);
    assert.deepEqual([path, endpoint], [issues[0].path, "POST /api/call_center/internal_group/update/:id"]);
    assert.match(message, /Nothing was sent/);
    assert.deepEqual(await tenant.group(), now);
  }
});

test("a conflict is told in the language of the client or of the context, and without validation too", async () => {
  const tenant = await newTenant();
  for (const [options, call] of [[{ language: "vi" }, {}], [{}, { context: { language: "vi" } }], [{ language: "vi", validation: false }, { validation: false }]]) {
    const { issues, changes } = await tenant.edit(({ a, id, call }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: 1, ...call }), { options, call });
    assert.match(issues[0].message, /đã sửa lúc/);
    assert.deepEqual(changes, []);
  }
});

test("two pages that change the same group at once: the second is told, and nothing is lost", async () => {
  const tenant = await newTenant();
  const { value, changes } = await tenant.edit(async ({ a, b, id, group, phones }) => {
    const ends = await Promise.allSettled([
      a.groups.patch(id, { group_name: "Một" }, { unchangedSince: group, phones }),
      b.groups.patch(id, { group_name: "Hai", timeout: 30 }, { unchangedSince: group, phones }),
    ]);
    const now = (await b.groups.iterate({ size: 100 }).toArray()).find(({ _id }) => _id === id);
    const again = await b.groups.patch(id, { timeout: 30 }, { unchangedSince: now, phones });
    return { ends: ends.map(({ status, reason }) => reason?.issues.map(({ code, path }) => `${code} ${path}`) ?? status), again: again.notAsMeant };
  });
  assert.deepEqual(value, { ends: ["fulfilled", ["changed-meanwhile /group_name"]], again: [] });
  assert.deepEqual(changes, [UPDATE, UPDATE]);
  const { group_name, members } = await tenant.group();
  assert.deepEqual([group_name, members.map(({ timeout }) => timeout)], ["Một", [30, 30, 30, 30]]);
});

test("two changes of one page that do not wait for each other are both made", async () => {
  const tenant = await newTenant();
  const { value, message } = await tenant.edit(async ({ a, id, phones, known }) => {
    const ends = await Promise.all([
      a.groups.patch(id, { group_name: "Mới" }, { phones }), a.groups.patch(id, { timeout: 30 }, { phones }), a.groups.patch(id.toUpperCase(), { strategy: "random" }, { phones }),
      a.groups.patch(id, { sip_members: known.slice(0, 2) }, { phones }),
    ]);
    return ends.map(({ notAsMeant }) => notAsMeant);
  }, { known: tenant.known });
  assert.deepEqual(value, [[], [], [], []], message);
  const { group_name, strategy, members } = await tenant.group();
  assert.deepEqual([group_name, strategy, members.map(({ timeout }) => timeout)], ["Mới", "random", [30, 30]]);
});

test("what the server resets is told with both values", async () => {
  const tenant = await newTenant();
  const before = await tenant.group(VOICE_MAIL);
  assert.equal(before.target_timeout_type, "Voice_mail");
  const { value, told, message } = await tenant.edit(({ a, group, voiceMail }) => a.groups.patch(voiceMail, { group_name: "Hộp thư" }), { voiceMail: VOICE_MAIL });
  assert.ok(value, message);
  const after = await tenant.group(VOICE_MAIL);
  const reset = ["target_timeout_type", "target_timeout", "ring_back_id", "is_answer"].filter((field) => before[field] && before[field] !== "false" && before[field] !== after[field]);
  assert.ok(reset.includes("target_timeout"), reset.join());
  assert.deepEqual(value.notAsMeant.map(({ field }) => field).sort(), reset.sort());
  for (const { field, meant, found } of value.notAsMeant) assert.deepEqual([meant, found], [before[field], after[field]]);
  // It is also told before.
  assert.ok(told.includes("group-overflow-lost "), told.join());
});

test("different ring times become one, which is told; those of members who leave do not count", async () => {
  const tenant = await newTenant();
  const { known } = tenant;
  const { value } = await tenant.edit(async ({ sdk, id, phones, known, world, token }) => {
    // The sandbox gives new members the time of the first; a vendor's console may give each its own.
    const times = (group) => ({ ...group, members: group.members.map((member, index) => ({ ...member, timeout: 20 + 5 * index })) });
    const results = [];
    for (const change of [{ group_name: "x" }, { timeout: 40 }, { sip_members: known.slice(0, 1) }]) {
      let lists = 0;
      const fetchTimes = async (url, init) => {
        const response = await fetch(url, init);
        if (!/group.list/.test(url) || lists++ > 0) return response;
        const { payload, ...rest } = await response.json();
        return new Response(JSON.stringify({ ...rest, payload: { ...payload, items: payload.items.map((one) => (one._id === id ? times(one) : one)) } }), { headers: { "content-type": "application/json" } });
      };
      const one = new sdk.CallCenter({ baseUrl: world, auth: { accessToken: token }, fetch: fetchTimes });
      results.push((await one.groups.patch(id, change, { phones })).notAsMeant);
    }
    return results;
  }, { known, world: tenant.world, token: tenant.token });
  assert.deepEqual(value, [
    [{ field: "timeout", meant: [20, 25, 30, 35], found: 35 }],
    [],
    [{ field: "timeout", meant: 20, found: 35 }],
  ]);
});

test("members that no phone has are named, and stay", async () => {
  const tenant = await newTenant();
  const { known, unknown } = tenant;
  const id = await tenant.newGroup([known[0], unknown[0], known[1]]);
  const before = await tenant.group(id);
  for (const change of [{ group_name: "x" }, { sip_members: known.slice(0, 2) }]) {
    const { kind, issues, changes, message } = await tenant.edit(({ a, id, change }) => a.groups.patch(id, change), { id, change });
    assert.deepEqual([kind, codes({ issues }), changes], ["validation", ["members-unresolved /sip_members"], []], message);
    assert.deepEqual(issues[0].params, { names: before.members[1].agent_id });
    assert.ok(message.includes(before.members[1].agent_id), message);
  }
  assert.deepEqual(await tenant.group(id), before);
  // Nor is anybody lost because the page passes only some phones.
  const some = await tenant.edit(({ a, id, phones }) => a.groups.patch(id, { group_name: "x" }, { phones: { items: phones.slice(0, 1), has_next: true } }));
  assert.deepEqual([some.kind, some.changes], ["validation", []]);
  // A new member whose phone has no agent is as it was meant to be.
  const added = await tenant.edit(({ a, id, known, unknown }) => a.groups.patch(id, { sip_members: [known[0], unknown[0], known[1]] }), { known, unknown });
  assert.deepEqual(added.value?.notAsMeant, [], added.message);
});

test("a change that changes nothing is not sent", async () => {
  const tenant = await newTenant();
  const { value, changes } = await tenant.edit(async ({ a, id, group, phones, known }) => [
    await a.groups.patch(id, {}, { phones }),
    await a.groups.patch(id, { group_name: group.group_name.normalize("NFD"), timeout: undefined, sip_members: known.slice(0, 4), target_timeout: null }, { phones, unchangedSince: group }),
  ], { known: tenant.known });
  const record = await tenant.group();
  assert.deepEqual([value, changes], [[{ record, notAsMeant: [] }, { record, notAsMeant: [] }], []]);
});

test("a script keeps what is not changed, and loses what is cleared", async () => {
  const tenant = await newTenant();
  const full = {
    script_name: "Đêm", greeting_id: GREETING, max_failure: 2, time_out: 7, greeting_short_id: GREETING, invalid_sound_id: GREETING, ivr_direct_menu_dial: "true",
    action_type: "Recording", action: GREETING, scripts: [{ ivr: "1", action_type: "Ring_group", action: VOICE_MAIL }, { ivr: "2", action_type: "", action: "" }],
  };
  const { _id } = await tenant.call("POST", "key-interaction/add", full);
  const { value, changes, message } = await tenant.edit(async ({ a, id, scripts }) => {
    const script = scripts.find(({ _id }) => _id === id);
    return [await a.ivrScripts.patch(id, { time_out: 9 }, { unchangedSince: script }), await a.ivrScripts.patch(id, { invalid_sound_id: null, greeting_short_id: "" }), await outcome(() => a.ivrScripts.patch(id, { time_out: 5 }, { unchangedSince: script }))];
  }, { id: _id });
  assert.ok(value, message);
  const [{ request, notAsMeant }, cleared, conflict] = value;
  assert.deepEqual([request, notAsMeant, cleared.notAsMeant], [{ ...full, time_out: 9 }, [], []]);
  const { invalid_sound_id, greeting_short_id, time_out, action, last_updated_by, last_updated_date } = await tenant.script(_id);
  assert.deepEqual([invalid_sound_id, greeting_short_id, time_out, action], ["", "", 9, GREETING]);
  assert.deepEqual(codes(conflict), ["changed-meanwhile /time_out", "changed-meanwhile /greeting_short_id", "changed-meanwhile /invalid_sound_id"]);
  assert.deepEqual(conflict.issues[0].params, { by: last_updated_by.name, at: new Date(last_updated_date).toISOString() });
  assert.deepEqual(changes, ["POST key-interaction/update/:id", "POST key-interaction/update/:id"]);

  // The rules know the other scripts.
  const taken = await tenant.edit(({ a, id, scripts }) => a.ivrScripts.patch(id, { script_name: scripts.find(({ _id }) => _id !== id).script_name }), { id: _id });
  assert.deepEqual([taken.kind, codes(taken).filter((code) => /taken/.test(code)), taken.changes], ["validation", ["ivr-name-taken /script_name"], []]);
});

test("a record that is not there, and arguments that cannot work, are told before anything is sent", async () => {
  const tenant = await newTenant();
  for (const [call, kind, expected] of [
    [({ a }) => a.groups.patch("ffffffffffffffffffffffff", { timeout: 30 }), "validation", /record-missing/],
    [({ a }) => a.ivrScripts.patch("ffffffffffffffffffffffff", { time_out: 3 }), "validation", /record-missing/],
    [({ a }) => a.groups.patch("", { timeout: 30 }), "usage", /`id` must be/],
    [({ a, group }) => a.groups.patch(group, { timeout: 30 }), "usage", /`id` must be/],
    [({ a, id }) => a.groups.patch(id), "usage", /`change` must be/],
    [({ a, id }) => a.groups.patch(id, null), "usage", /`change` must be/],
    [({ a, id }) => a.groups.patch(id, ["147"]), "usage", /`change` must be/],
    [({ a, id }) => a.groups.patch(id, { tmeout: 30 }), "usage", /tmeout/],
    [({ a, id, group }) => a.groups.patch(id, { ...group, group_name: "x" }), "usage", /unknown/],
    [({ a, id }) => a.groups.patch(id, { timeout: "30" }), "usage|validation", /timeout/],
    [({ a, id }) => a.groups.patch(id, { timeout: 0 }), "validation", /group-timeout-invalid/],
    [({ a, id }) => a.groups.patch(id, { sip_members: ["99999"] }), "validation", /group-member-unknown/],
    [({ a, id }) => a.groups.patch(id, { get timeout() { throw new Error("no"); } }), "usage", /`change.timeout` cannot be read/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: "yesterday" }), "usage", /unchangedSince/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: {} }), "usage", /unchangedSince/],
    [({ a, id, group }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: { ...group, members: undefined } }), "usage", /`options.unchangedSince` must be the record as it was read/],
    [({ a, id, groups }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: groups.find(({ _id }) => _id !== id) }), "usage", /another record/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { phones: 7 }), "usage", /`phones` must be/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchanged_since: 7 }), "usage", /unchanged_since/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, 7), "usage", /options/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { signal: 7 }), "usage", /signal/],
    [({ a, id }) => a.groups.moveMembers(id, id.toUpperCase(), ["147"]), "usage", /same group/],
    [({ a, id }) => a.groups.moveMembers("", id, ["147"]), "usage", /ids of groups/],
    [({ a, id }) => a.groups.moveMembers("sales", id, ["147"]), "validation", /group-id-format/],
    [({ a, id, groups }) => a.groups.moveMembers(id, groups.find(({ _id }) => _id !== id)._id, ["an@example.com"]), "validation", /group-member-format/],
    [({ a, id, groups }) => a.groups.moveMembers(id, groups.find(({ _id }) => _id !== id)._id, "147"), "usage|validation", /`extensions`/],
    [({ a, id }) => a.groups.moveMembers(id, "zzz", ["147"]), "validation", /: `to` breaks the rule/],
    [({ a, id }) => a.groups.patch(id, { gruop_name: null }), "usage", /`change.gruop_name` is unknown: .*`group_name`/],
    [({ a, id }) => a.groups.patch(id, { gruop_name: undefined }), "usage", /gruop_name/],
    [({ a, scripts }) => a.ivrScripts.patch(scripts[0]._id, { note: "" }), "usage", /`change.note` is unknown: .*`invalid_sound_id`/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchangedSinc: 1 }), "usage", /`options.unchangedSinc` is unknown: .*`phones`, `unchangedSince`/],
    [({ a, scripts }) => a.ivrScripts.patch(scripts[0]._id, { time_out: 3 }, { phones: [] }), "usage", /`options.phones` is unknown/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: NaN }), "usage", /unchangedSince/],
    [({ a, id }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: Infinity }), "usage", /unchangedSince/],
    [({ a, id, groups }) => a.groups.moveMembers(id, groups.find(({ _id }) => _id !== id)._id, "147", { validation: false }), "usage", /`extensions`/],
    [({ a, id }) => a.groups.moveMembers(id, "x", ["147"], { signal: AbortSignal.abort() }), "aborted", /internal_group\/list: the call was aborted/],
    [({ a, id }) => a.ivrScripts.patch(id, { time_out: 3 }, { signal: AbortSignal.abort() }), "aborted", /key-interaction\/list: the call was aborted/],
  ]) {
    const end = await tenant.edit(call);
    assert.match(end.kind ?? "no error", new RegExp(`^(${kind})$`), `${call}: ${end.message}`);
    assert.match(end.message, expected);
    assert.deepEqual([end.changes, end.name, end.moved], [[], "OmiCallError", undefined], String(call));
  }
});

test("a page that changes its objects after the call changes nothing in it", async () => {
  const tenant = await newTenant();
  const { value, message } = await tenant.edit(async ({ a, id, group, phones }) => {
    const change = { timeout: 30 };
    const options = { unchangedSince: group, phones };
    const { patch } = a.groups;
    const call = patch(id, change, options);
    Object.assign(change, { group_name: "x", timeout: 1 });
    Object.assign(group, { last_updated_date: 5, members: [] });
    phones.length = 0;
    options.unchangedSince = 7;
    return (await call).request.timeout;
  });
  assert.equal(value, 30, message);
});

test("after free() a patch rejects; one that is under way changes the group or says that it did not", async () => {
  const tenant = await newTenant();
  const { value } = await tenant.edit(async ({ a, b, id }) => {
    const running = outcome(() => b.groups.patch(id, { timeout: 30 }));
    b.free();
    a.free();
    return [await running, await outcome(() => a.groups.patch(id, { timeout: 40 })), await outcome(() => a.groups.moveMembers(id, "x", []))];
  });
  assert.deepEqual(value.map(({ kind }) => kind), ["usage", "usage", "usage"]);
  assert.equal((await tenant.group()).members[0].timeout, 20);
});

for (const [title, path, fault, expected] of [
  ["the phones cannot be read", "internal_phone/list", REFUSED, { kind: "api", done: false, changes: 0 }],
  ["the groups cannot be read", "internal_group/list", { times: 1, fault: { kind: "html", code: 500 } }, { kind: "http", done: false, changes: 0 }],
  ["the token is refused", "internal_phone/list", UNAUTHORIZED, { kind: "auth", done: false, changes: 0 }],
  ["the update is refused", CHANGE.update, REFUSED, { kind: "api", done: false, changes: 1 }],
  ["the token is refused for the update", CHANGE.update, UNAUTHORIZED, { kind: "auth", done: false, changes: 1 }],
  ["the response to the update is lost before the work", CHANGE.update, LOST_BEFORE, { kind: "network", message: /may have been made/, done: false }],
  ["the response to the update is lost after the work", CHANGE.update, LOST_AFTER, { kind: "network", message: /may have been made/, done: true, changes: 1 }],
]) {
  test(`when ${title}, the error tells the truth`, async () => {
    const tenant = await newTenant();
    const end = await tenant.edit(
      async ({ a, id, group, phones, world, path, fault, passPhones }) => {
        await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { path }, ...fault }]) });
        return a.groups.patch(id, { timeout: 30 }, { unchangedSince: group, ...(passPhones && { phones }) });
      },
      { world: tenant.world, path: path.endsWith("/") ? `${path}${tenant.id}` : path, fault, passPhones: !path.includes("phone") },
    );
    assert.equal(end.kind, expected.kind, end.message);
    if (expected.message) assert.match(end.message, expected.message);
    else assert.doesNotMatch(end.message, /may have been made/);
    assert.equal(end.outcomeUnknown, expected.message && true);
    if (expected.changes !== undefined) assert.equal(end.changes.length, expected.changes);
    assert.equal((await tenant.group()).members[0].timeout, expected.done ? 30 : 20);
  });
}

test("what the server says does not decide whether a member was moved", async () => {
  const tenant = await newTenant();
  const { known } = tenant;
  const to = await tenant.newGroup(known.slice(10, 12));
  await tenant.fail(CHANGE.add, { times: 1, fault: { kind: "status", code: 200, body: { status_code: -9999, message: "It may have been made by others." } } });
  const end = await tenant.edit(({ a, id, to, known }) => a.groups.moveMembers(id, to, [known[1]]), { to, known });
  assert.deepEqual([end.kind, end.outcomeUnknown, end.moved], ["api", undefined, { added: "failed", removed: "not tried" }], end.message);
});

test("a list that does not match its type is not the caller's fault", async () => {
  const tenant = await newTenant();
  const { kind, path, message, changes } = await tenant.edit(({ sdk, id, phones, world, token }) => {
    const drifted = async (url, init) => {
      const { payload, ...rest } = await (await fetch(url, init)).json();
      for (const group of payload.items) group.members = null;
      return new Response(JSON.stringify({ ...rest, payload }), { headers: { "content-type": "application/json" } });
    };
    const one = new sdk.CallCenter({ baseUrl: world, auth: { accessToken: token }, fetch: drifted, onDrift() {} });
    return one.groups.patch(id, { timeout: 30 }, { phones });
  }, { world: tenant.world, token: tenant.token });
  assert.deepEqual([kind, path, changes], ["decode", "/members", []], message);
});

test("the same call after a lost response changes nothing twice", async () => {
  for (const [fault, isDone] of [[LOST_AFTER, true], [LOST_BEFORE, false]]) {
    const tenant = await newTenant();
    const call = ({ a, id, read, phones }) => a.groups.patch(id, { timeout: 30 }, { unchangedSince: read, phones });
    const read = await tenant.group();
    await new Promise((done) => setTimeout(done, 5));
    await tenant.fail(`${CHANGE.update}${tenant.id}`, { ...fault, times: 1 });
    const first = await tenant.edit(call, { read });
    if (first.kind === undefined) continue; // The browser has sent it again by itself.
    const again = await tenant.edit(call, { read });
    assert.deepEqual([codes(again), again.changes.length], isDone ? [["changed-meanwhile /timeout"], 0] : [[], 1], again.message);
    assert.equal((await tenant.group()).members[0].timeout, 30);
  }
});

for (const [title, fault, kind] of [["is refused", REFUSED, "api"], ["gets lost", { times: 9, fault: { kind: "drop" } }, "network"], ["takes too long", { times: 1, fault: { kind: "hang" } }, "timeout"]]) {
  test(`when reading back ${title}, the change is not reported as failed`, async () => {
    const tenant = await newTenant();
    const end = await tenant.edit(
      async ({ sdk, a, id, group, phones, world, fault, base, token }) => {
        // The second list of the groups is the one that reads back.
        const one = new sdk.CallCenter({
          baseUrl: world, auth: { accessToken: token }, maxRetries: 0,
          fetch: async (url, init) => {
            const response = await fetch(url, init);
            if (init.method === "POST") await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { path: "internal_group/list" }, ...fault }]) });
            return response;
          },
        });
        const { record, request, notAsMeant, readBackError } = await one.groups.patch(id, { timeout: 30 }, { unchangedSince: group, phones, timeoutMs: 3000 });
        return { timeout: record.timeout, sent: request.timeout, notAsMeant, error: [readBackError instanceof sdk.OmiCallError, readBackError.kind] };
      },
      { world: tenant.world, token: tenant.token, fault },
    );
    assert.deepEqual(end.value, { timeout: 30, sent: 30, notAsMeant: [], error: [true, kind] }, end.message);
    assert.equal(end.changes.length, 1);
    await fetch(`${tenant.world}/__sandbox/reset`, { method: "POST", body: "{}" });
  });
}

test("an abort at each step ends the call, and is told as it is", async () => {
  for (const [at, expected] of [["GET internal_phone/list", ["aborted", false]], ["GET internal_group/list", ["aborted", false]], ["POST internal_group/update", ["aborted", true]], ["after", [undefined, true]]]) {
    const tenant = await newTenant();
    const end = await tenant.edit(
      async ({ sdk, id, world, token, at, stop }) => {
        let isMade = false;
        const one = new sdk.CallCenter({
          baseUrl: world, auth: { accessToken: token },
          fetch: async (url, init) => {
            if (isMade && at === "after") stop.abort();
            const response = await fetch(url, init);
            isMade ||= init.method === "POST";
            // The work is done, and nobody hears of it.
            if (`${init.method} ${url}`.replace(/ .*call_center\//, " ").startsWith(at)) stop.abort();
            return response;
          },
        });
        const { readBackError } = await one.groups.patch(id, { timeout: 30 }, { signal: stop.signal });
        return readBackError.kind;
      },
      { world: tenant.world, token: tenant.token, at },
    );
    assert.deepEqual([end.kind, (await tenant.group()).members[0].timeout === 30], expected, `${at}: ${end.message}`);
    if (at === "after") assert.equal(end.value, "aborted");
    assert.equal(/may have been made/.test(end.message ?? ""), at.startsWith("POST"), end.message);
    assert.equal(end.changes.length, expected[1] ? 1 : 0);
  }
});

test("a patch that waits for another one of the same group ends at once when it is aborted", async () => {
  const tenant = await newTenant();
  const { value } = await tenant.edit(async ({ a, b, id, phones, world, stop }) => {
    await fetch(`${world}/__sandbox/faults`, { method: "POST", body: JSON.stringify([{ match: { path: "internal_group/list" }, fault: { kind: "hang" } }]) });
    const first = new AbortController();
    const hanging = outcome(() => a.groups.patch(id, { timeout: 30 }, { phones, signal: first.signal }));
    const waiting = outcome(() => b.groups.patch(id, { timeout: 40 }, { phones, signal: stop.signal }));
    const third = outcome(() => b.groups.patch(id, { timeout: 50 }, { phones }));
    while ((await (await fetch(`${world}/__sandbox/open`)).json()) === 0) await new Promise((done) => setTimeout(done, 20));
    stop.abort();
    const { kind } = await waiting;
    first.abort();
    return [kind, (await hanging).kind, (await third).value.request.timeout];
  }, { world: tenant.world });
  assert.deepEqual(value, ["aborted", "aborted", 50]);
});

test("a change that somebody else makes in the very moment is seen when the record is read back", async () => {
  const tenant = await newTenant();
  const { group_name } = await tenant.group();
  const other = { group_name, strategy: "random", sip_members: tenant.known.slice(0, 4), timeout: 20 };
  const { value, message } = await tenant.edit(
    async ({ sdk, a, id, group, phones, world, token, other }) => {
      const one = new sdk.CallCenter({
        baseUrl: world, auth: { accessToken: token },
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          // Read before ours, saved after it.
          if (init.method === "POST") await a.groups.update(id, other);
          return response;
        },
      });
      return (await one.groups.patch(id, { group_name: "Mới" }, { unchangedSince: group, phones })).notAsMeant;
    },
    { world: tenant.world, token: tenant.token, other },
  );
  assert.deepEqual(value, [{ field: "group_name", meant: "Mới", found: group_name }, { field: "strategy", meant: "rollover", found: "random" }], message);
});

test("a patch is told what somebody overwrites who had read before it and saves after it", async () => {
  const tenant = await newTenant();
  const { group_name } = await tenant.group();
  const other = { group_name, strategy: "random", sip_members: tenant.known.slice(0, 4), timeout: 20 };
  const { value, message } = await tenant.edit(
    async ({ sdk, a, id, group, phones, world, token, other }) => {
      const pause = (ms) => new Promise((done) => setTimeout(done, ms));
      let overwritten;
      const one = new sdk.CallCenter({
        baseUrl: world, auth: { accessToken: token },
        fetch: async (url, init) => {
          // Between reading and saving, it takes a quarter of a second.
          if (init.method === "POST") await pause(250);
          const response = await fetch(url, init);
          if (init.method === "POST") overwritten = pause(60).then(() => a.groups.update(id, other));
          return response;
        },
      });
      const { notAsMeant } = await one.groups.patch(id, { group_name: "Mới" }, { unchangedSince: group, phones });
      await overwritten;
      return notAsMeant;
    },
    { world: tenant.world, token: tenant.token, other },
  );
  assert.deepEqual(value, [{ field: "group_name", meant: "Mới", found: group_name }, { field: "strategy", meant: "rollover", found: "random" }], message);
});

test("a clock that is put forward meanwhile does not make a patch wait for hours", async () => {
  const tenant = await newTenant();
  const { value, message } = await tenant.edit(
    async ({ sdk, id, group, phones, world, token }) => {
      const { now } = performance;
      const fetchLater = async (url, init) => {
        if (init.method === "POST") performance.now = () => now.call(performance) + 3_600_000;
        return fetch(url, init);
      };
      const one = new sdk.CallCenter({ baseUrl: world, auth: { accessToken: token }, fetch: fetchLater });
      try {
        return (await one.groups.patch(id, { group_name: "Mới" }, { unchangedSince: group, phones })).notAsMeant;
      } finally {
        performance.now = now;
      }
    },
    { world: tenant.world, token: tenant.token },
  );
  assert.deepEqual(value, [], message);
});

test("two web pages that save one after the other: the second is told", async () => {
  const tenant = await newTenant();
  const other = await chrome.newPage();
  await other.goto(chrome.origin);
  await other.evaluate(async () => {
    window.sdk = await import("/pkg/all/index.js");
    await window.sdk.initAsync();
  });
  const read = await tenant.group();
  await new Promise((done) => setTimeout(done, 5));
  const save = (page, change) =>
    page.evaluate(
      async ([baseUrl, accessToken, read, change]) => {
        const callCenter = new sdk.CallCenter({ baseUrl, auth: { accessToken } });
        return callCenter.groups.patch(read._id, change, { unchangedSince: read }).then(({ notAsMeant }) => notAsMeant.map(({ field }) => field), ({ issues }) => issues.map(({ code }) => code));
      },
      [tenant.world, tenant.token, read, change],
    );
  const first = await save(chrome.page, { group_name: "Một" });
  const second = await save(other, { timeout: 30 });
  assert.deepEqual([first, second], [[], ["changed-meanwhile"]]);
  const { group_name, members } = await tenant.group();
  assert.deepEqual([group_name, members[0].timeout], ["Một", 20]);
  await other.close();
});

test("without the checks nothing is sent, and the next call tries again", async () => {
  const tenant = await newTenant();
  const page = await chrome.newPage();
  await page.goto(chrome.origin);
  const call = () =>
    page.evaluate(
      async ([baseUrl, accessToken, id]) => {
        const { initAsync, CallCenter } = await import("/pkg/index.js");
        await initAsync();
        const callCenter = new CallCenter({ baseUrl, auth: { accessToken }, validation: false });
        return callCenter.groups.patch(id, { timeout: 30 }).then(({ request }) => request.timeout, ({ kind, message }) => `${kind} ${message}`);
      },
      [tenant.world, tenant.token, tenant.id],
    );
  await page.route("**/checks.wasm", (route) => route.abort());
  assert.match(await call(), /^usage POST .*: nothing was sent: .*checks\.wasm could not be fetched(?!.*validation)/);
  assert.equal((await tenant.group()).members[0].timeout, 20);
  await page.unroute("**/checks.wasm");
  assert.equal(await call(), 30);

  // A call that is aborted meanwhile does not wait for them.
  await page.reload();
  await page.route("**/checks.wasm", () => {});
  const aborted = await page.evaluate(
    async ([baseUrl, accessToken, id]) => {
      const { initAsync, CallCenter } = await import("/pkg/index.js");
      await initAsync();
      const stop = new AbortController();
      const running = new CallCenter({ baseUrl, auth: { accessToken } }).groups.patch(id, { timeout: 40 }, { signal: stop.signal });
      stop.abort();
      return running.catch(({ kind }) => kind);
    },
    [tenant.world, tenant.token, tenant.id],
  );
  assert.deepEqual([aborted, (await tenant.group()).members[0].timeout], ["aborted", 30]);
  await page.close();
});

test("extensions are moved: added first, then removed", async () => {
  const tenant = await newTenant();
  const { known } = tenant;
  const to = await tenant.newGroup(known.slice(3, 6));
  const { value, changes, kind, message } = await tenant.edit(({ a, id, to, moved }) => a.groups.moveMembers(id, to, moved), { to, moved: known.slice(1, 4) });
  assert.equal(kind, undefined, message);
  assert.deepEqual([value ?? null, changes], [null, ["POST internal_group/add-members", "POST internal_group/remove-members"]]);
  // One was there already.
  assert.deepEqual([await tenant.members(tenant.id), await tenant.members(to)], [known.slice(0, 1), [...known.slice(3, 6), known[1], known[2]]]);
});

for (const [title, path, fault, expected] of [
  ["adding is refused", CHANGE.add, REFUSED, { moved: { added: "failed", removed: "not tried" }, message: /Nothing was moved/, kind: "api", in: [true, false], changes: 1 }],
  ["adding gets lost before the work", CHANGE.add, LOST_BEFORE, { moved: { added: "unknown", removed: "not tried" }, message: /Nobody was taken out/, kind: "network", in: [true, false] }],
  ["adding gets lost after the work", CHANGE.add, LOST_AFTER, { moved: { added: "unknown", removed: "not tried" }, message: /Nobody was taken out/, kind: "network", in: [true, true], changes: 1 }],
  ["removing is refused", CHANGE.remove, REFUSED, { moved: { added: "done", removed: "failed" }, message: /they are in both/, kind: "api", in: [true, true], changes: 2 }],
  ["removing is unauthorized", CHANGE.remove, UNAUTHORIZED, { moved: { added: "done", removed: "failed" }, message: /they are in both/, kind: "auth", in: [true, true], changes: 2 }],
  ["removing gets lost before the work", CHANGE.remove, LOST_BEFORE, { moved: { added: "done", removed: "unknown" }, message: /may be in both/, kind: "network", in: [true, true] }],
  ["removing gets lost after the work", CHANGE.remove, LOST_AFTER, { moved: { added: "done", removed: "unknown" }, message: /may be in both/, kind: "network", in: [false, true], changes: 2 }],
]) {
  test(`when ${title}, the error says how far it came`, async () => {
    const tenant = await newTenant();
    const { known } = tenant;
    const to = await tenant.newGroup(known.slice(10, 12));
    await tenant.fail(path, fault);
    const end = await tenant.edit(({ a, id, to, known }) => a.groups.moveMembers(id, to, [known[1]]), { to, known });
    assert.deepEqual([end.kind, end.moved], [expected.kind, expected.moved], end.message);
    assert.match(end.message, expected.message);
    assert.ok(end.endpoint.endsWith(path.split("/").at(-1)), end.endpoint);
    assert.deepEqual([await tenant.members(tenant.id), await tenant.members(to)].map((members) => members.includes(known[1])), expected.in);
    if (expected.changes !== undefined) assert.equal(end.changes.length, expected.changes);
  });
}

test("an abort between the halves is told", async () => {
  const tenant = await newTenant();
  const to = await tenant.newGroup(tenant.known.slice(10, 12));
  const end = await tenant.edit(
    ({ sdk, id, to, known, stop, world, token }) => {
      const one = new sdk.CallCenter({ baseUrl: world, auth: { accessToken: token }, onResponse: ({ path }) => path.endsWith("add-members") && queueMicrotask(() => stop.abort()) });
      return one.groups.moveMembers(id, to, [known[1]], { signal: stop.signal });
    },
    { to, known: tenant.known, world: tenant.world, token: tenant.token },
  );
  assert.equal(end.kind, "aborted");
  assert.ok(["done", "unknown"].includes(end.moved.added), JSON.stringify(end.moved));
  assert.ok((await tenant.members(to)).includes(tenant.known[1]));
  assert.ok((await tenant.members(tenant.id)).includes(tenant.known[1]));
});

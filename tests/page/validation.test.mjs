// The checks, called directly and by methods before they send a payload.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { json, openPage, root, sample, vendor } from "./support.mjs";

let chrome, server, reply;

before(async () => {
  chrome = await openPage();
  server = await vendor((request, response) => json(response, reply));
});
after(async () => {
  await chrome.close();
  await server.close();
});

const names = ["internal_group_add", "internal_group_list", "internal_group_update", "internal_phone_list", "key_interaction_add", "key_interaction_list", "key_interaction_update", "greeting_list"];
const payloads = async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await sample(name)).payload])));

/** Runs `body`, a function body that uses `sdk`, `samples`, `callCenter` and `issuesSeen`, in the page. */
const run = async (body, options = "{}") => {
  server.requests.length = 0;
  return chrome.page.evaluate(
    ([base, samples, body, options]) => {
      const callCenter = client(base, new Function("issuesSeen", `return ${options}`)((window.issuesSeen = [])));
      return outcome(async () => new Function("sdk", "samples", "callCenter", "issuesSeen", `return (async () => { ${body} })()`)(sdk, samples, callCenter, window.issuesSeen));
    },
    [server.origin, await payloads(), body, options],
  );
};

const lines = ({ issues }) => issues.map(({ code, severity, path }) => `${severity} ${code} ${path}`);

test("the recorded samples have the expected issues", async () => {
  const { value } = await run(`
    const { items } = samples.key_interaction_list;
    const tenant = { scripts: samples.key_interaction_list, groups: samples.internal_group_list, greetings: samples.greeting_list, phones: samples.internal_phone_list };
    return {
      alone: sdk.validateIvrScript(items[0]),
      within: sdk.validateIvrScript(items[0], tenant),
      add: sdk.validateIvrScript(samples.key_interaction_add),
      update: sdk.validateIvrScript(samples.key_interaction_update),
      groups: samples.internal_group_list.items.flatMap((group) => sdk.validateGroup(group, tenant).issues),
      groupAdd: sdk.validateGroup(samples.internal_group_add),
      groupUpdate: sdk.validateGroup(samples.internal_group_update),
    };`);
  const unassigned = ["hint ivr-option-unassigned /scripts/2", "hint ivr-option-unassigned /scripts/3", "hint ivr-option-unassigned /scripts/4"];
  const list = [...unassigned, "warning ivr-fallback-missing /action_type"];
  assert.deepEqual(lines(value.alone), ["hint ivr-invalid-sound-missing /invalid_sound_id", ...list]);
  // Only the first page of the phones is recorded, so the tenant is not complete.
  assert.deepEqual(lines(value.within), ["warning ivr-sound-unknown /greeting_id", "hint ivr-invalid-sound-missing /invalid_sound_id", ...list]);
  for (const one of ["add", "update"]) {
    assert.deepEqual(lines(value[one]), ["hint ivr-key-gap /scripts", "hint ivr-option-unassigned /scripts/1", "warning ivr-fallback-missing /action_type"]);
    assert.equal(value[one].ok, true);
  }
  assert.deepEqual([value.groups, value.groupAdd.issues, value.groupUpdate.issues], [[], [], []]);
});

/** Runs in the page: the issues of each case of `tests/rules`, in the format of its `expected`. */
const reportCases = async ([base, code, cases]) => {
  const { default: internal } = await import("/pkg/checks/checks.js");
  const bytes = (parts) => {
    const part = ({ hex = "", zeros = 0, repeat = 1, length }) => {
      const unit = [...(hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)), ...new Array(zeros).fill(0)];
      return new Array(repeat).fill(unit).flat().slice(0, length);
    };
    return new Uint8Array(parts.flatMap(part));
  };
  const checks = {
    script: sdk.validateIvrScript,
    group: sdk.validateGroup,
    members: sdk.validateGroupMembers,
    "text-to-speech": sdk.validateTextToSpeech,
    "greeting-file": (parts, context) => sdk.validateGreetingFile(bytes(parts), context),
    delete: async ({ id, force }, context) => {
      const issues = [];
      try {
        await client(base, { onIssue: (issue) => issues.push(issue) }).groups.delete(id, { context, force });
        return { issues };
      } catch (error) {
        if (error.kind !== "validation") throw error;
        return error;
      }
    },
    tenant: sdk.lintIvr,
    "sip-account": sdk.validateSipAccount,
    "list-query": async (query) => {
      try {
        await client(base).phones.list(query);
        return { issues: [] };
      } catch (error) {
        if (error.kind !== "validation") throw error;
        return error;
      }
    },
    // Not exported: tests/page/patch.test.mjs checks that the methods pass it what it expects.
    patch: (payload, context) => {
      try {
        return { issues: internal.checkPayload("patch", payload, undefined, context, "en", "POST /") };
      } catch (error) {
        if (error.kind !== "validation") throw error;
        return error;
      }
    },
  };
  const reportOf = async ({ kind, payload, context }) => {
    const { issues } = await checks[kind](payload, context);
    return issues.filter((issue) => issue.code === code).map(({ severity, path, params }) => ({ severity, path, params }));
  };
  return Promise.all(cases.map(reportOf));
};

const rules = path.join(root, "tests/rules");
for (const file of (await readdir(rules)).filter((file) => file.endsWith(".json"))) {
  const code = path.basename(file, ".json");
  test(`the cases of ${code} have the expected issues`, async () => {
    reply = await sample("internal_phone_list");
    const cases = JSON.parse(await readFile(path.join(rules, file), "utf8"));
    assert.notEqual(cases.length, 0);
    const found = await chrome.page.evaluate(reportCases, [server.origin, code, cases]);
    cases.forEach(({ why, expected }, index) => assert.deepEqual(found[index], expected, why));
  });
}

test("a report is plain data in the requested language, and deterministic", async () => {
  const { value } = await run(`
    const check = (language) => sdk.validateIvrScript({ script_name: "x", greeting_id: "y", max_failure: 1, time_out: 60_000, scripts: [{ ivr: "1", action_type: "Ring_group" }] }, { language });
    return [check("vi"), check("en"), check(), check()];`);
  const [vietnamese, english, usual, again] = value;
  const issueOf = (report, code) => report.issues.find((issue) => issue.code === code);
  assert.deepEqual(issueOf(english, "ivr-timeout-unusual"), {
    code: "ivr-timeout-unusual", severity: "warning", path: "/time_out", message: "60000 s is outside 3–30 s; milliseconds meant?", params: { seconds: 60_000 },
  });
  assert.equal(issueOf(vietnamese, "ivr-action-missing").message, "Hãy chọn đích cho phím 1");
  assert.deepEqual(Object.keys(english), ["ok", "issues"]);
  assert.deepEqual(english, usual);
  assert.deepEqual(usual, again);
});

test("text is normalized before it is compared and counted", async () => {
  const { value } = await run(`
    const typed = "Tổng đài Việt";
    const taken = sdk.validateIvrScript({ script_name: " " + typed.normalize("NFD").toUpperCase() }, { scripts: [{ _id: "a", script_name: typed, script_number: "7" }] });
    const speech = (text) => sdk.validateTextToSpeech({ greeting_name: "x", speed: "0", voice: "banmai", text });
    const marks = sdk.validateGroupMembers({ group_id: "62ff11b208d4bf3ea694a6f3", sip_users: ["\\u0301", "\\u0338"] });
    return [taken.issues.filter((issue) => issue.code === "ivr-name-taken"), speech("ế".normalize("NFD").repeat(300)), speech("ế".repeat(301)), speech("\\uD800"), marks];`);
  const [taken, fits, long, lone, marks] = value;
  assert.equal(taken[0].message, 'The name " TỔNG ĐÀI VIỆT" is already used by script 7');
  assert.deepEqual(fits, { ok: true, issues: [] });
  assert.deepEqual(long.issues[0].params, { length: 301 });
  // Half an emoji, as `text.slice(0, 300)` leaves it, is one character that cannot be shown.
  assert.deepEqual(lines(lone), ["error text-control-character /text"]);
  assert.deepEqual(lines(marks), ["error group-member-format /sip_users/0", "error group-member-format /sip_users/1"]);
});

test("a recording may be any kind of byte buffer", async () => {
  const { value, message } = await run(`
    const mp3 = (length) => Uint8Array.from({ length }, (_, i) => [0xff, 0xfb, 0x90, 0][i % 417] ?? 0);
    const whole = mp3(417 * 100);
    const padded = new Uint8Array([1, 2, 3, ...whole, 4]);
    const detached = new ArrayBuffer(8);
    structuredClone(detached, { transfer: [detached] });
    const files = [whole, whole.buffer, new DataView(whole.buffer), padded.subarray(3, -1), new Uint16Array(whole.buffer), mp3(40_000), mp3(800), new ArrayBuffer(0), detached, new TextEncoder().encode("<html>")];
    return files.map((file) => sdk.validateGreetingFile(file, { language: "vi" }));`);
  assert.ok(value, message);
  const cut = ["warning greeting-truncated /file"];
  const empty = ["error greeting-empty /file"];
  assert.deepEqual(value.map(lines), [[], [], [], [], [], cut, ["error greeting-not-mp3 /file"], empty, empty, ["error greeting-not-mp3 /file"]]);
  assert.equal(value[5].issues[0].message, "Tệp ghi âm bị cắt ở cuối");
});

test("a special object inside of a payload is a value of a wrong kind", async () => {
  const { value, message } = await run(`
    const specials = [new Map(), new URLSearchParams("ivr=1"), new File([], "x"), new Date(), new Error("x"), /x/];
    const checks = {
      key: (one) => sdk.validateIvrScript({ scripts: [one] }),
      member: (one) => sdk.validateGroup({ strategy: "rollover", members: [one] }),
      record: (one) => sdk.validateGroupMembers({ group_id: "62ff11b208d4bf3ea694a6f3", sip_users: ["147"] }, { phones: [one] }),
      tenant: (one) => sdk.lintIvr({ scripts: [one] }),
    };
    const fields = { ivr: "1", action_type: "Ring_group", action: "g", sip_user: "147", timeout: 999, script_name: "Sales" };
    return Object.values(checks).map((check) => ({ text: check("x"), plain: check(fields), special: specials.map((one) => check(Object.assign(one, fields))) }));`);
  assert.ok(value, message);
  for (const { text, plain, special } of value) {
    assert.notDeepEqual(plain, text, "the fields make a difference");
    for (const one of special) assert.deepEqual(one, text);
  }
});

test("hostile values cause a report or an OmiCallError", async () => {
  const { value, message } = await run(`
    const thrower = new Proxy({}, { get() { throw new Error("no"); }, has() { throw 1; }, ownKeys() { throw 1; }, getPrototypeOf() { throw 1; } });
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const cyclic = { scripts: [], members: [] };
    cyclic.scripts.push(cyclic);
    cyclic.members.push(cyclic);
    let reads = 0;
    const fickle = { get [Symbol.toStringTag]() { if (reads++ % 2) throw 1; return "Fickle"; } };
    const length = (length) => new Proxy([1, 2], { get: (_, name) => (name === "length" ? length : { ivr: "1" }) });
    const hostile = [
      undefined, null, 5, NaN, -0, 1e300, "text", true, 1n, Symbol("s"), () => {}, [], [[]], {}, new Map(), cyclic, revoked, thrower, fickle, Object.create(null), new Date(NaN), "x".repeat(1e7), "\\0", "\\uD800", "a\\0b\\0o",
      length(4e9), length(-1), length(1.5), length("2"), length(NaN), length({ valueOf() { throw 1; } }), length(Symbol()), length(2n),
      { get scripts() { throw 1; } }, JSON.parse('{ "__proto__": { "scripts": 5 }, "constructor": 1 }'), { toString() { throw 1; } }, new Proxy([], { get() { throw 1; } }), new Uint8Array(3),
    ];
    const fields = ["_id", "script_name", "script_number", "greeting_id", "is_deleted", "scripts", "time_out", "action_type", "action", "max_failure", "ivr_direct_menu_dial", "group_name", "strategy", "members", "sip_members", "timeout", "target_timeout_type", "target_timeout", "group_number", "group_id", "sip_users", "greeting_name", "text", "speed", "voice", "groups", "greetings", "phones", "complete", "startScripts", "language", "id"];
    const payloads = [...hostile, ...fields.flatMap((field) => hostile.flatMap((one) => [{ [field]: one }, { [field]: [one] }]))];
    const wrong = [];
    let reports = 0;
    let errors = 0;
    // An undefined element exists if the array is long enough.
    const step = (parent, name) => (parent === null || parent === undefined ? undefined : parent[name] ?? (parent.length > name ? null : undefined));
    for (const name of ["validateIvrScript", "validateGroup", "validateGroupMembers", "validateTextToSpeech", "validateGreetingFile"]) {
      for (const [index, one] of payloads.entries()) {
        for (const args of [[one], [{}, one], [one, { scripts: samples.key_interaction_list, groups: [null], phones: [5], greetings: [] }]]) {
          try {
            const report = sdk[name](...args);
            if (typeof report.ok !== "boolean" || !Array.isArray(report.issues)) wrong.push(name + " #" + index);
            // Every step of the path but the last exists.
            if (name !== "validateGreetingFile") for (const { path } of report.issues) if (path.split("/").slice(1, -1).reduce(step, args[0] ?? {}) === undefined) wrong.push(name + " #" + index + path);
            if (JSON.stringify(report).length > 100_000) wrong.push(name + " #" + index + " is long");
            reports++;
          } catch (error) {
            if (!(error instanceof sdk.OmiCallError) || error.kind !== "usage") wrong.push(name + " #" + index + ": " + String(error) + " " + error?.stack);
            errors++;
          }
        }
      }
    }
    return { wrong: wrong.slice(0, 10), reports, errors, alive: sdk.validateGroup({ group_name: "x" }).issues.length };`);
  assert.ok(value, message);
  assert.deepEqual(value.wrong, []);
  assert.ok(value.reports > 1000 && value.errors > 1000, JSON.stringify(value));
  assert.equal(value.alive, 3);
});

test("a context that would silently disable rules is rejected", async () => {
  const wrong = ["[]", "5", "{ scripts: 'x' }", "{ groups: {} }", "{ phones: { items: 5 } }", "{ greetings: true }", "{ complete: 'no' }", "{ language: 'fr' }", "{ action: 'move' }", "{ startScripts: 'x' }"];
  for (const context of wrong) {
    const end = await run(`return sdk.validateIvrScript({}, ${context})`);
    const [field = ""] = context.match(/\w+(?=:)/) ?? [];
    assert.deepEqual([end.kind, end.path], ["usage", field && `/${field}`], end.message);
    assert.ok(end.message.includes(`\`context${field && `.${field}`}\``), end.message);
  }
});

const group = { group_name: "", strategy: "rollover", sip_members: ["147"], timeout: 0 };
const script = { script_name: "x", greeting_id: "6209c99b067f745da47367f3", max_failure: 3, time_out: 60, scripts: [{ ivr: "1", action_type: "Voice_mail", action: "an id" }] };
const speech = { greeting_name: "x", text: "", speed: "7", voice: "banmai" };
const toJson = JSON.stringify;

const rejected = [
  [`groups.create(${toJson(group)})`, ["group-name-required", "group-timeout-invalid"], "group.group_name"],
  [`groups.update("62ff11b208d4bf3ea694a6f3", ${toJson(group)})`, ["group-name-required", "group-timeout-invalid"], "group.group_name"],
  [`groups.addMembers({ group_id: "x", sip_users: [] })`, ["group-id-format", "group-members-empty"], "change.group_id"],
  [`groups.removeMembers({ group_id: "x", sip_users: ["a"] })`, ["group-id-format", "group-member-format"], "change.group_id"],
  [`ivrScripts.create(${toJson({ ...script, time_out: 0 })})`, ["ivr-timeout-invalid"], "script.time_out"],
  [`ivrScripts.update("62ff11b208d4bf3ea694a6f3", ${toJson({ ...script, time_out: 0 })})`, ["ivr-timeout-invalid"], "script.time_out"],
  [`greetings.textToSpeech(${toJson(speech)})`, ["tts-text-length", "tts-speed-range"], "request.text"],
  ["greetings.upload({ file: new TextEncoder().encode('<html>') })", ["greeting-not-mp3"], "upload.file"],
];

for (const [call, codes, field] of rejected) {
  test(`${call.slice(0, 50)} rejects with issues, unless validation is off`, async () => {
    reply = { status_code: 9999, payload: null };
    const end = await run(`return callCenter.${call}`, "{ language: 'vi', onIssue: (issue) => issuesSeen.push(issue) }");
    assert.equal(end.kind, "validation", end.message);
    const found = end.issues.map((issue) => issue.code);
    for (const code of codes) assert.ok(found.includes(code), found.join());
    const [first] = end.issues.filter((issue) => issue.severity === "error");
    assert.deepEqual([end.path, end.attempts, end.retryable, first.code], [first.path, 0, false, codes[0]]);
    assert.ok(end.message.includes(`\`${field}\` breaks the rule ${codes[0]}: `) && end.message.includes("Nothing was sent"), end.message);
    // The error message is for developers, the issue message for users.
    assert.ok(!end.message.includes(first.message), end.message);
    assert.equal(server.requests.length, 0);
    assert.deepEqual(await chrome.page.evaluate(() => window.issuesSeen), []);

    await run(`return callCenter.${call}`, "{ validation: false, responseValidation: 'off', onIssue: (issue) => issuesSeen.push(issue) }");
    assert.equal(server.requests.length, 1, "sent without a check");
    const off = call.replace(/\)$/, ", { validation: false })");
    await run(`return callCenter.${off}`, "{ responseValidation: 'off' }");
    assert.equal(server.requests.length, 1, "sent without a check");
    const on = call.replace(/\)$/, ", { validation: true })");
    assert.equal((await run(`return callCenter.${on}`, "{ validation: false }")).kind, "validation");
    assert.deepEqual(await chrome.page.evaluate(() => window.issuesSeen), []);
  });
}

test("onIssue receives warnings and hints, and its exceptions are ignored", async () => {
  reply = await sample("key_interaction_add");
  const call = `return (await callCenter.ivrScripts.create(${toJson(script)}))._id`;
  const end = await run(call, "{ language: 'vi', onIssue: (issue) => { issuesSeen.push(issue); throw new Error('no'); } }");
  assert.equal(end.value, reply.payload._id, end.message);
  const issuesSeen = await chrome.page.evaluate(() => window.issuesSeen);
  assert.deepEqual(lines({ issues: issuesSeen }), [
    "hint ivr-invalid-sound-missing /invalid_sound_id", "warning ivr-timeout-unusual /time_out", "warning ivr-action-type-unknown /scripts/0/action_type", "warning ivr-fallback-missing /action_type",
  ]);
  assert.equal(issuesSeen[0].message, "Chưa có âm báo sai phím");
  assert.deepEqual(JSON.parse(server.requests[0].body), script);
});

test("a truncated recording is sent with a warning", async () => {
  reply = { status_code: 9999, payload: { file: {} } };
  const end = await run(
    `const bytes = Uint8Array.from({ length: 40_000 }, (_, i) => [0xff, 0xfb, 0x90, 0][i % 417] ?? 0);
    return callCenter.greetings.upload({ file: new Blob([bytes]) });`,
    "{ onIssue: (issue) => issuesSeen.push(issue) }",
  );
  assert.deepEqual(end.value, { file: {} }, end.message);
  assert.deepEqual(lines({ issues: await chrome.page.evaluate(() => window.issuesSeen) }), ["warning greeting-truncated /file"]);
});

test("fields that are only documented in responses are sent if given", async () => {
  reply = await sample("key_interaction_add");
  const more = { action_type: "Ivr_menu", action: "632969ce7534d97b0933d51d", greeting_short_id: "", invalid_sound_id: "6209c99b067f745da47367f3", ivr_direct_menu_dial: "true" };
  const plain = { ...script, time_out: 5, scripts: [{ ivr: "1", action_type: "Ring_group", action: "62ff119508d4bf3ea694a44a" }] };
  await run(`return callCenter.ivrScripts.create(${toJson({ ...plain, ...more })})`);
  assert.deepEqual(JSON.parse(server.requests[0].body), { ...plain, ...more });
  await run(`return callCenter.ivrScripts.update("632969ce7534d97b0933d51d", ${toJson({ ...plain, action: null, action_type: null })})`);
  assert.deepEqual(JSON.parse(server.requests[0].body), plain);
});

test("payloads that break no rule but do not match the schema are rejected", async () => {
  for (const call of [`groups.create(${toJson({ ...group, group_name: "x", timeout: 5, members: [] })})`, "groups.create(5)", "groups.create([])"]) {
    assert.equal((await run(`return callCenter.${call}`)).kind, "usage");
  }
  assert.equal(server.requests.length, 0);
});

test("the console is empty", () => assert.deepEqual(chrome.consoleLines, []));

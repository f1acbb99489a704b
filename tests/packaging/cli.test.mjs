// `npx omicall-call-center`, installed by npm, against the sandbox over HTTP.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { API_KEY, pkg, project, run } from "./support.mjs";

const { CallCenter } = await import(`${pkg}/inline.js`);
const { snapshot } = await import(`${pkg}/plan/inline.js`);

let folder, bin;
const printed = [];
const secrets = new Set([API_KEY]);

before(async () => {
  folder = await project("cli");
  bin = path.join(folder, "node_modules/.bin/omicall-call-center");
});

after(() => {
  assert.ok(printed.length > 50 && secrets.size > 20);
  for (const secret of secrets) assert.ok(!printed.some((text) => text.includes(secret)), "a secret was printed");
});

let serial = 0;
/** A world of the sandbox with a client of its own. */
async function world() {
  const base = `${process.env.OMICALL_SANDBOX}/w/cli-${serial++}`;
  const control = async (path, body) => {
    const response = await fetch(`${base}/__sandbox/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    assert.ok(response.ok, path);
    return response;
  };
  await control("reset", {});
  const accessToken = await (await control("token")).text();
  secrets.add(accessToken);
  const callCenter = new CallCenter({ baseUrl: base, auth: { accessToken }, onIssue: () => {} });
  for await (const { password } of callCenter.phones.iterate({}, { includePasswords: true })) if (password) secrets.add(password);
  return { base, control, accessToken, callCenter, env: { OMICALL_BASE_URL: base, OMICALL_API_KEY: API_KEY } };
}

/** Makes a tenant different: a greeting, a group and two menus that lead to each other. */
async function change({ callCenter }) {
  const { file: greeting } = await callCenter.greetings.textToSpeech({ greeting_name: "Ngoài giờ mới", text: "Xin gọi lại sau", speed: 1, voice: "lannhi" });
  const group = await callCenter.groups.create({ group_name: "Nhóm mới", strategy: "rollover", sip_members: ["200", "201"], timeout: 20 });
  const common = { greeting_id: greeting._id, max_failure: 3, time_out: 5 };
  const first = await callCenter.ivrScripts.create({ ...common, script_name: "Một", scripts: [{ ivr: "1", action_type: "Ring_group", action: group._id }] });
  const second = await callCenter.ivrScripts.create({ ...common, script_name: "Hai", scripts: [{ ivr: "2", action_type: "Ivr_menu", action: first._id }] });
  await callCenter.ivrScripts.update(first._id, { ...common, script_name: "Một", scripts: [{ ivr: "1", action_type: "Ring_group", action: group._id }, { ivr: "2", action_type: "Ivr_menu", action: second._id }] });
}

const quiet = { OMICALL_API_KEY: undefined, OMICALL_ACCESS_TOKEN: undefined, OMICALL_BASE_URL: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined, NODE_TEST_CONTEXT: undefined };

// What Node takes for a terminal with colours, wherever the tests run.
const COLOUR_TERMINAL = { TERM: "xterm-256color", CI: undefined, NODE_DISABLE_COLORS: undefined, TEAMCITY_VERSION: undefined };

function start(args, { env, command = [bin, ...args] } = {}) {
  const child = spawn(command[0], command.slice(1), { cwd: folder, env: { ...process.env, ...quiet, ...env } });
  let stdout = "", stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  child.stdin.on("error", () => {});
  const ended = new Promise((done) => child.on("close", (code, signal) => {
    printed.push(stdout, stderr);
    done({ code: code ?? signal, stdout, stderr });
  }));
  return { child, ended, stdout: () => stdout };
}

/** Runs a command without a terminal. */
function cli(args, { stdin, ...options } = {}) {
  const { child, ended } = start(args, options);
  child.stdin.end(stdin);
  return ended;
}

const place = (name) => path.join(folder, name);
const read = async (name) => JSON.parse(await readFile(place(name), "utf8"));
const write = (name, value) => writeFile(place(name), typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value));
const names = async ({ callCenter }) => {
  const { groups, scripts, greetings } = await snapshot(callCenter);
  return [...groups.map(({ group_name }) => group_name), ...scripts.map(({ script_name }) => script_name), ...greetings.map(({ greeting_name }) => greeting_name)].sort();
};
const isLike = async (one, other) => isDeepStrictEqual(await names(one), await names(other));
/** Runs them side by side: most of the time of a command is that of Node. */
const each = (cases, run) => Promise.all(cases.map(run));

async function expect(wanted, args, options) {
  const result = await cli(args, options);
  assert.equal(result.code, wanted, `${args.join(" ")}: ${result.stdout}${result.stderr}`);
  return result;
}

test("npx runs it, with help for each command in both languages", async () => {
  const { version } = JSON.parse(await readFile(path.join(pkg, "package.json"), "utf8"));
  assert.equal((await run(["npx", "--no-install", "omicall-call-center", "--version"], { cwd: folder })).trim(), version);
  assert.match((await expect(0, ["--help"])).stdout, /^Usage:[^]*snapshot[^]*who-uses[^]*Exit codes/);
  await each(["snapshot", "lint", "diff", "plan", "apply", "diagram", "who-uses"], async (command) => {
    assert.match((await expect(0, [command, "--help"])).stdout, new RegExp(`Examples:\n  npx omicall-call-center ${command} `), command);
  });
  assert.match((await expect(0, ["apply", "-h", "--lang", "vi"])).stdout, /^Cách dùng:[^]*không hỏi lại/);
  assert.match((await expect(2, [])).stderr, /^Usage:/);
});

test("what is wrong with the arguments is said, and a key is no argument", async () => {
  const wrong = [
    [["nope"], /no such command.*snapshot, lint/],
    [["lint"], /Usage: omicall-call-center lint TENANT/],
    [["lint", "a.json", "b.json"], /Usage/],
    [["lint", "a.json", "--yes"], /lint does not take --yes/],
    [["lint", "a.json", "--frob=sandbox-api-key"], /no option --frob:/],
    [["lint", "a.json", "--lang", "fr"], /--lang must be one of: en, vi/],
    [["lint", "a.json", "--lang"], /option --lang lacks its value/],
    [["diff", "-", "-"], /Only one document/],
    [["who-uses", "147"], /--tenant is missing/],
    [["snapshot"], /host is missing/],
    [["snapshot", "--base-url", "http://127.0.0.1:1"], /key is missing/],
    [["snapshot", "--base-url", "http://127.0.0.1:1", "--api-key", API_KEY], /--api-key is not an option: other users.*OMICALL_API_KEY/],
    [["snapshot", `--token=${API_KEY}`], /--token is not an option/],
  ];
  await each(wrong, async ([args, message]) => {
    const { stderr, stdout } = await expect(2, args);
    assert.match(stderr, message);
    assert.equal(stdout, "");
  });
  const both = await expect(2, ["snapshot", "--base-url", "http://127.0.0.1:1"], { env: { OMICALL_API_KEY: API_KEY, OMICALL_ACCESS_TOKEN: "t-0123" } });
  assert.match(both.stderr, /both set/);
});

test("a snapshot is for its owner, has no password, and is compared with the tenant", async () => {
  const { env, base, accessToken, callCenter, control } = await world();
  const { stdout, stderr } = await expect(0, ["snapshot", "-o", "a.json"], { env });
  assert.match(stdout, /^List +Records\nphones +137\n/);
  assert.match(stderr, /Written to a\.json/);
  assert.equal((await stat(place("a.json"))).mode & 0o777, 0o600);
  const text = await readFile(place("a.json"), "utf8");
  for (const secret of secrets) assert.ok(!text.includes(secret));
  const summary = JSON.parse((await expect(0, ["snapshot", "-o", "a.json", "--json"], { env })).stdout);
  assert.deepEqual([summary.counts.phones, summary.complete], [137, true]);
  const piped = await expect(0, ["snapshot", "--base-url", base], { env: { OMICALL_ACCESS_TOKEN: accessToken } });
  assert.equal(JSON.parse(piped.stdout).baseUrl, base);
  assert.equal(piped.stderr, "", "no progress without a terminal");
  await expect(2, ["snapshot", "--base-url", "http://user:hunter3-secret@127.0.0.1:1/a?token=hunter3-secret", "--json"], { env: { OMICALL_ACCESS_TOKEN: accessToken } });
  secrets.add("hunter3-secret");

  assert.equal((await expect(0, ["diff", "a.json", "live"], { env })).stdout, "No differences.\n");
  await callCenter.groups.create({ group_name: "Ca đêm", strategy: "rollover", sip_members: ["200"], timeout: 20 });
  const { stdout: changes } = await expect(1, ["diff", "a.json", "-", "--lang=vi"], { stdin: (await expect(0, ["snapshot"], { env })).stdout });
  assert.equal(changes, "+ Nhóm “Ca đêm” được thêm.\n1 được thêm, 0 bị xoá, 0 thay đổi\n");
  assert.equal(JSON.parse((await expect(1, ["diff", "a.json", "live", "--json"], { env })).stdout).changes[0].change, "added");

  await control("faults", [{ match: { call: "groups.list" }, times: 9, fault: { kind: "empty" } }]);
  const partial = await expect(2, ["snapshot", "-o", "a.json"], { env });
  assert.match(partial.stderr, /groups could not be read whole/);
  assert.equal(await readFile(place("a.json"), "utf8").then((text) => JSON.parse(text).complete), true, "the backup is still there");
  assert.equal((await read("a.json.incomplete")).incomplete[0].list, "groups");
  await control("reset", {});
  assert.match((await expect(2, ["snapshot", "-o", "no/such/folder.json"], { env })).stderr, /no\/such\/folder\.json: cannot be written/);
  assert.match((await expect(2, ["snapshot"], { env: { ...env, OMICALL_API_KEY: "wrong-key-1" } })).stderr, /OMICALL_API_KEY/);
  secrets.add("wrong-key-1");
  const network = await expect(2, ["snapshot", "--json"], { env: { ...env, OMICALL_BASE_URL: "http://127.0.0.1:1" } });
  assert.match(JSON.parse(network.stdout).error.message, /Nothing could be read from http:\/\/127\.0\.0\.1:1: network/);
});

test("lint, who-uses and diagram read a file", async () => {
  const tenant = { greetings: [{ _id: "6630f0000000000000000001", greeting_name: "Chào" }], groups: [{ _id: "6630f0000000000000000002", group_name: "Bán hàng", strategy: "rollover", timeout: 20, members: [] }], scripts: [
    { _id: "6630f0000000000000000003", script_name: "Chính", greeting_id: "6630f0000000000000000001", scripts: [{ ivr: "1", action_type: "Ring_group", action: "6630f0000000000000000002" }] },
    { _id: "6630f0000000000000000004", script_name: "chính", greeting_id: "6630f0000000000000000001", scripts: [{ ivr: "1", action_type: "Ring_group", action: "6630f0000000000000000009" }] },
  ] };
  await write("tenant.json", tenant);
  const lint = await expect(1, ["lint", "tenant.json"]);
  assert.match(lint.stdout, /^Severity +Record +Path +Message +Rule\n[^]*error +script chính +\/scripts\/1[^]*\d errors?, \d warnings?, \d hints?\n$/);
  assert.doesNotMatch(lint.stdout, /\x1b/);
  assert.match((await expect(1, ["lint", "tenant.json"], { env: { FORCE_COLOR: "1" } })).stdout, /\x1b\[31merror/);
  assert.doesNotMatch((await expect(1, ["lint", "tenant.json"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout, /\x1b/);
  assert.match((await expect(1, ["lint", "tenant.json", "--lang", "vi"])).stdout, /^Mức[^]*kịch bản/);
  const report = JSON.parse((await expect(1, ["lint", "-", "--json"], { stdin: JSON.stringify(tenant) })).stdout);
  assert.ok(report.ok === false && report.issues.some(({ kind, name }) => kind === "script" && name === "chính"));
  await write("gap.json", { ...tenant, scripts: [], complete: false, incomplete: [{ list: "scripts", kind: "network" }] });
  assert.match((await expect(2, ["who-uses", "Bán hàng", "-t", "gap.json"])).stderr, /may be more: scripts/);
  await write("empty.json", { scripts: [], groups: [] });
  assert.equal((await expect(0, ["lint", "empty.json"])).stdout, "No issues.\n");
  await write("hints.json", { ...tenant, groups: [], scripts: [], phones: null });
  await expect(0, ["lint", "hints.json", "--fail-on", "error"]);

  const used = await expect(1, ["who-uses", "BÁN HÀNG", "-t", "tenant.json"]);
  assert.match(used.stdout, /^group “Bán hàng” \(6630f0000000000000000002\) is used in 1 place:\n[^]*script +Chính +\/scripts\/0\/action/);
  assert.equal(JSON.parse((await expect(1, ["who-uses", tenant.greetings[0]._id, "-t", "tenant.json", "--json"])).stdout).places.length, 2);
  assert.match((await expect(0, ["who-uses", "6630f0000000000000000003", "-t", "tenant.json"])).stdout, /Nothing uses script “Chính”/);
  assert.match((await expect(1, ["who-uses", "6630f0000000000000000009", "-t", "tenant.json"])).stdout, /is used in 1 place/);
  assert.match((await expect(2, ["who-uses", "Chính", "-t", "tenant.json"])).stderr, /Several are called.*0003.*0004/);
  assert.match((await expect(2, ["who-uses", "Nobody", "-t", "tenant.json", "--lang", "vi"])).stderr, /không có.*Nobody/);

  assert.match((await expect(0, ["diagram", "tenant.json"])).stdout, /^<svg [^]*<\/svg>\n$/);
  assert.match((await expect(0, ["diagram", "tenant.json", "--format", "mermaid"])).stdout, /^flowchart/);
  await expect(2, ["diagram", "tenant.json", "--format", "png"]);
  const drawn = await expect(0, ["diagram", "tenant.json", "--json", "-o", "flow.svg"]);
  assert.deepEqual(JSON.parse(drawn.stdout), { file: "flow.svg", format: "svg" });
  assert.match(await readFile(place("flow.svg"), "utf8"), /^<svg [^]*<\/svg>\n$/);
});

test("what is wrong with a file is said, and its text cannot control the terminal", async () => {
  const wrong = [
    ["absent.json", undefined, /absent\.json: there is no such file/],
    [".", undefined, /\.: is a folder/],
    ["broken.json", '{\n  "password": "hunter2-secret",\n  oops }', /broken\.json: is not JSON/],
    ["blank.json", " \n", /blank\.json: is empty/],
    ["binary.json", Buffer.from([0xff, 0x00, 0x80]), /binary\.json: is not UTF-8/],
    ["array.json", [], /array\.json: is not a snapshot of/],
    ["plan-not.json", { format: "omicall-plan", version: 1, steps: [] }, /plan-not\.json: is a plan, not a snapshot/],
    ["newer.json", { format: "omicall-tenant", version: 2, groups: [] }, /newer\.json: was made by a newer version/],
    ["list.json", { groups: 5 }, /list\.json: is not a snapshot: \/groups must be an array/],
    ["record.json", { groups: [{}, null] }, /record\.json: is not a snapshot: \/groups\/1 is not a record/],
    ["hotline.json", { hotlines: [5] }, /hotline\.json: is not a snapshot: \/hotlines\/0/],
  ];
  secrets.add("hunter2-secret");
  await each(wrong, async ([name, content, message]) => {
    if (content !== undefined) await write(name, content);
    const { stderr, stdout } = await expect(2, ["lint", name, "--json"]);
    assert.match(stderr, message);
    assert.match(JSON.parse(stdout).error.message, message);
  });
  const evil = "\x1b]0;owned\x07\x1b[2J\r\u202eevil\u009b31m";
  const script = { _id: "6630f0000000000000000003", script_name: evil, __proto__: null, scripts: [{ ivr: evil, action_type: "Ring_group", action: evil }] };
  await write("hostile.json", JSON.stringify({ scripts: [script], groups: [{ _id: "g", group_name: evil, password: "hunter2-secret" }], phones: [{ sip_user: "147", password: "hunter2-secret", full_name: evil }] }).replace("{", '{"__proto__":{"polluted":1},'));
  await write("bare.json", { scripts: [], groups: [], phones: [] });
  await each([["lint", "hostile.json"], ["diff", "bare.json", "hostile.json"], ["diff", "hostile.json", "bare.json", "--json"], ["plan", "bare.json", "hostile.json"], ["plan", "bare.json", "hostile.json", "--json"], ["who-uses", "g", "-t", "hostile.json"], ["diagram", "hostile.json"]], async (args) => {
    const { code, stdout, stderr } = await cli(args);
    assert.ok(code < 2, `${args}: ${stderr}`);
    assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/, args.join(" "));
  });
  const step = { step: evil, action: "update", kind: "group", name: evil, reason: evil, record: evil, call: "greetings.delete", before: {}, request: {}, fields: [{ field: evil, before: evil, after: [evil] }] };
  await write("hostile-plan.json", { format: "omicall-plan", version: 1, steps: [step], cannot: [{ code: evil, kind: evil, name: evil }], ambiguous: [{ kind: evil, name: evil, id: evil, candidates: [] }], issues: [{ severity: evil, kind: evil, message: evil, path: evil, name: evil }] });
  await write("hostile-run.json", { format: "omicall-apply", version: 1, plan: { format: "omicall-plan", steps: [step] }, progress: { steps: 5 } });
  secrets.add("hunter4-secret");
  await write("hostile-host.json", { format: "omicall-plan", version: 1, current: { baseUrl: "http://user:hunter4-secret@other.test/?token=hunter4-secret" }, steps: [step] });
  await write("hostile-origin.json", { format: "omicall-plan", version: 1, current: { baseUrl: { a: 1 } }, steps: [step] });
  await write("hostile-steps.json", { format: "omicall-plan", version: 1, steps: [null] });
  const files = ["hostile-plan.json", "hostile-run.json", "hostile-host.json", "hostile-origin.json", "hostile-steps.json"];
  const empty = { format: "omicall-apply", version: 1, plan: { format: "omicall-plan", steps: [] } };
  const runs = [{ undo: 5 }, { undo: [] }, { undo: { steps: [null] } }, { progress: 5 }, { progress: { steps: [null] } }, { progress: { steps: [5] } }, { takenBackBy: {} }, { baseUrl: 5 }, { plan: null }];
  for (const [index, run] of runs.entries()) {
    files.push(`hostile-run-${index}.json`);
    await write(files.at(-1), { ...empty, ...run });
  }
  await each(files.flatMap((file) => [[file], [file, "--undo"]]), async (args) => {
    const { stdout, stderr } = await cli(["apply", ...args, "--dry-run", "--base-url", "http://127.0.0.1:1"], { env: { OMICALL_API_KEY: API_KEY } });
    assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|TypeError|undefined|not a function|not iterable/, args.join(" "));
    if (!args[0].includes("hostile-plan")) assert.match(stderr, /is not (a plan|the file of a run) of|takes the file of a run|was made for http:\/\/other\.test\//, args.join(" "));
  });
  // PowerShell's `>`, and a file that begins with a byte order mark.
  await write("utf16.json", Buffer.from("\ufeff{\"scripts\":[],\"groups\":[]}", "utf16le"));
  await write("bom.json", "\ufeff{\"scripts\":[],\"groups\":[]}");
  for (const name of ["utf16.json", "bom.json"]) await expect(0, ["lint", name]);
});

test("whoever stops reading gets no complaint, and an apply goes on", async () => {
  await write("many.json", { groups: [], scripts: Array.from({ length: 5000 }, (_, index) => ({ _id: String(index).padStart(24, "0"), script_name: "", scripts: [] })) });
  const { code, stderr, stdout } = await start([], { command: ["bash", "-c", `${bin} lint many.json | head -1; echo "\${PIPESTATUS[0]}"`] }).ended;
  assert.deepEqual([code, stderr, stdout.split("\n").at(-2)], [0, "", "1"]);
  const [staging, production] = [await world(), await world()];
  await change(staging);
  await write("head.json", await snapshot(staging.callCenter));
  const apply = await start([], { env: production.env, command: ["bash", "-c", `${bin} apply head.json --yes --run-file head-run.json 2>&1 | head -1; echo "\${PIPESTATUS[0]}"`] }).ended;
  assert.match(apply.stdout, /\n0\n$/);
  assert.ok(await isLike(production, staging));
});

test("a tenant becomes like another, and is taken back", async () => {
  const [staging, production] = [await world(), await world()];
  const before = await names(production);
  await change(staging);
  await expect(0, ["snapshot", "-o", "staging.json"], staging);
  const planned = await expect(1, ["plan", "staging.json", "-o", "plan.json", "--lang", "vi"], production);
  assert.match(planned.stdout, /1 +\+ +Tạo lời chào “Ngoài giờ mới”[^]*5 +~ +Sửa kịch bản “Một”/);
  assert.equal(JSON.parse((await expect(1, ["plan", "staging.json", "--json", "--only", "name:Nhóm mới"], production)).stdout).steps.length, 1);
  await expect(2, ["plan", "staging.json", "--only", "phones"], production);

  assert.match((await expect(2, ["apply", "plan.json"], production)).stderr, /--yes/);
  assert.match((await expect(0, ["apply", "plan.json", "--dry-run"], production)).stdout, /All steps could be made/);
  assert.match((await expect(2, ["apply", "plan.json", "--yes"], staging)).stderr, /was made for .*: plan again/);
  const foreign = await read("plan.json");
  await write("foreign.json", { ...foreign, current: { ...foreign.current, tenantId: "b".repeat(24) } });
  assert.match((await expect(2, ["apply", "foreign.json", "--yes", "--run-file", "foreign-run.json"], production)).stderr, /another tenant than the key leads to/);
  assert.match((await expect(2, ["apply", "plan.json", "--yes", "--only", "group"], production)).stderr, /--only belongs to planning/);
  assert.match((await expect(2, ["apply", "plan.json", "--yes", "--run-file", "no/run.json"], production)).stderr, /no\/run\.json: cannot be written/);
  assert.deepEqual(await names(production), before, "nothing was sent");

  const applied = await expect(0, ["apply", "plan.json", "--yes", "--run-file", "run.json"], production);
  assert.match(applied.stdout, /\[1\/5\] Create greeting “Ngoài giờ mới”\. Done\.\n[^]*\[5\/5\][^]*All steps are done\.\n.*apply run\.json --undo/);
  assert.ok(await isLike(production, staging));
  assert.equal((await stat(place("run.json"))).mode & 0o777, 0o600);
  await expect(0, ["plan", "staging.json"], production);
  // Once more, nothing is done twice.
  const again = await expect(0, ["apply", "plan.json", "--yes", "--json", "--run-file", "again.json"], production);
  assert.ok(JSON.parse(again.stdout).steps.every(({ already }) => already));
  // What sends nothing takes nothing back, but may go on later.
  secrets.add("wrong-api-key");
  await expect(2, ["apply", "run.json", "--undo", "--yes", "--run-file", "undo.json"], { env: { ...production.env, OMICALL_API_KEY: "wrong-api-key" } });
  assert.equal((await read("run.json")).takenBackBy, undefined);
  const undone = await expect(0, ["apply", "undo.json", "--yes", "--json"], production);
  assert.deepEqual([JSON.parse(undone.stdout).ok, await names(production)], [true, before]);
  await expect(2, ["apply", "plan.json", "--undo", "--yes"], production);
  // A run that was taken back neither goes on, as if its steps were still done, nor is taken back twice.
  for (const undo of [[], ["--undo"]]) {
    const { stderr, stdout } = await expect(2, ["apply", "run.json", "--yes", "--json", ...undo], production);
    assert.match(stderr, /run\.json: is taken back by undo\.json/);
    assert.equal(JSON.parse(stdout).error.kind, "usage");
  }
  assert.deepEqual(await names(production), before);
});

test("a conflict and a lost response are told as they are", async () => {
  const [staging, production] = [await world(), await world()];
  await change(staging);
  await expect(0, ["snapshot", "-o", "staging.json"], staging);
  // The response is lost after the work.
  await production.control("faults", [{ match: { call: "groups.create" }, times: 1, fault: { kind: "cut_body" } }]);
  await expect(0, ["apply", "staging.json", "--yes", "--run-file", "lost.json"], production);
  assert.ok(await isLike(production, staging));

  const tenant = await snapshot(production.callCenter);
  const { _id } = tenant.groups.find(({ group_name }) => group_name === "Nhóm mới");
  tenant.groups.find((group) => group._id === _id).strategy = "enterprise";
  await write("wanted.json", tenant);
  await expect(1, ["plan", "wanted.json", "-o", "conflict.json"], production);
  await production.callCenter.groups.update(_id, { group_name: "Nhóm mới", strategy: "random", sip_members: ["200", "201"], timeout: 20 });
  for (const args of [["--dry-run"], ["--yes", "--run-file", "conflict-run.json"], ["--yes", "--run-file", "conflict-run-vi.json", "--lang", "vi"]]) {
    const { stdout } = await expect(2, ["apply", "conflict.json", ...args], production);
    assert.match(stdout, /somebody else has changed it|người khác đã thay đổi/);
  }
  assert.equal((await production.callCenter.groups.iterate().toArray()).find((group) => group._id === _id).strategy, "random");
});

/** Waits until the file of a run says that a step has been sent. */
async function untilSent(name, step) {
  for (let tries = 0; tries < 500; tries++) {
    const steps = await read(name).then(({ progress }) => progress.steps, () => []);
    if (steps[step - 1]?.status === "unknown") return;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail(`${name} does not say that step ${step} has been sent`);
}

test("an apply that was broken off goes on, or is taken back", async () => {
  const [staging, production] = [await world(), await world()];
  const before = await names(production);
  await change(staging);
  await expect(0, ["snapshot", "-o", "staging.json"], staging);
  // Ctrl-C, and the end of the machine, while the response of a step does not come.
  for (const [signal, code, file] of [["SIGINT", 130, "stopped.json"], ["SIGKILL", "SIGKILL", "killed.json"]]) {
    await production.control("faults", [{ match: { call: "groups.create" }, times: 1, fault: { kind: "hang" } }]);
    const { child, ended } = start(["apply", "staging.json", "--yes", "--run-file", file], production);
    await untilSent(file, 2);
    // The file says so before the request is on its way.
    while (!(await names(production)).includes("Nhóm mới")) await new Promise((done) => setTimeout(done, 20));
    child.kill(signal);
    const result = await ended;
    assert.equal(result.code, code, result.stdout + result.stderr);
    const { progress } = await read(file);
    assert.deepEqual(progress.steps.map(({ status }) => status), ["done", "unknown", "not-tried", "not-tried", "not-tried"]);
    if (signal === "SIGINT") {
      assert.match(result.stdout, /1 of 5 steps are done, the outcome of 1 is not known\.\n.*apply stopped\.json\n/);
      assert.match(result.stderr, /Stopped\.\n$/);
      assert.match((await expect(0, ["apply", file, "--yes"], production)).stdout, /1 of 5 steps are done already\.[^]*All steps are done/);
      assert.ok(await isLike(production, staging));
      await expect(0, ["apply", file, "--undo", "--yes", "--run-file", "back.json"], production);
      assert.deepEqual(await names(production), before);
    } else {
      // Also the step whose response was lost: the lists tell that it was made.
      assert.match((await expect(0, ["apply", file, "--undo", "--yes", "--run-file", "back-2.json"], production)).stdout, /All steps are done/);
      assert.deepEqual(await names(production), before);
      assert.equal((await read(file)).takenBackBy, "back-2.json");
    }
  }
});

test("what was sent, and is not there, is sent again only if one says so", async () => {
  const [staging, production] = [await world(), await world()];
  await change(staging);
  await expect(0, ["snapshot", "-o", "staging.json"], staging);
  // A gateway gives up: the change may still be made.
  await production.control("faults", [{ match: { call: "groups.create" }, times: 1, fault: { kind: "status", code: 504 } }]);
  const first = await expect(2, ["apply", "staging.json", "--yes", "--run-file", "late.json"], production);
  assert.match(first.stdout, /the outcome of 1 is not known\.\n[^]*--retry-unknown/);
  const changes = await names(production);
  assert.match((await expect(2, ["apply", "late.json", "--dry-run"], production)).stdout, /it was sent before, and is not there so far/);
  assert.match((await expect(2, ["apply", "late.json", "--yes", "--lang", "vi"], production)).stdout, /đã gửi trước đó nhưng chưa thấy kết quả[^]*--retry-unknown/);
  assert.deepEqual(await names(production), changes);
  await expect(0, ["apply", "late.json", "--yes", "--retry-unknown"], production);
  assert.ok(await isLike(production, staging));

  // Taking it back says what it cannot take back.
  const other = await world();
  const before = await names(other);
  await other.control("faults", [{ match: { call: "groups.create" }, times: 1, fault: { kind: "status", code: 504 } }]);
  await expect(2, ["apply", "staging.json", "--yes", "--run-file", "late-2.json"], other);
  // While a list cannot be read, nothing is known, and nothing is taken back.
  await other.control("faults", [{ match: { call: "groups.list" }, times: 1, fault: { kind: "status", code: 403 } }]);
  const blind = await expect(2, ["apply", "late-2.json", "--undo", "--yes", "--run-file", "blind.json"], other);
  assert.match(blind.stderr, /403/);
  assert.equal((await read("late-2.json")).takenBackBy, undefined);
  const undone = await expect(2, ["apply", "late-2.json", "--undo", "--yes", "--run-file", "late-back.json"], other);
  assert.match(undone.stdout, /All steps are done\.[^]*Not taken back, because nobody knows its outcome: step 2 of the run\./);
  assert.deepEqual(await names(other), before);
});

test("at a terminal, the key is asked for without echo, and the plan is confirmed", async () => {
  const [staging, production] = [await world(), await world()];
  await change(staging);
  await expect(0, ["snapshot", "-o", "staging.json"], staging);
  const before = await names(production);
  // `script` gives it a pseudo terminal.
  const answer = async (last, options = "") => {
    const command = `${bin} apply staging.json --run-file terminal-${last}.json${options}`;
    const env = { ...COLOUR_TERMINAL, OMICALL_BASE_URL: production.base };
    const { child, ended, stdout } = start([], { env, command: ["script", "-qec", command, "/dev/null"] });
    for (const [question, text] of [["API key", `${API_KEY}\n`], ["[y/N]", `${last}\n`]]) {
      for (let tries = 0; tries < 500 && !stdout().includes(question) && child.exitCode === null; tries++) await new Promise((done) => setTimeout(done, 20));
      child.stdin.write(text);
    }
    const result = await ended;
    child.stdin.end();
    return result;
  };
  const declined = await answer("n");
  const inJson = await answer("n", " --json");
  assert.deepEqual(JSON.parse(inJson.stdout.slice(inJson.stdout.indexOf("{"))), { format: "omicall-result", version: 1, ok: false, steps: [1, 2, 3, 4, 5].map((step) => ({ step, status: "not-tried" })) });
  assert.deepEqual([declined.code, await names(production)], [2, before], declined.stdout);
  assert.match(declined.stdout, /\x1b\[32m\+/);
  // The terminal shows the question still when the answer is typed.
  assert.match(declined.stdout, /\x1b\[0JApply this to \S+\? \[y\/N\] /);
  const accepted = await answer("y");
  assert.equal(accepted.code, 0, accepted.stdout);
  assert.ok(await isLike(production, staging));
});

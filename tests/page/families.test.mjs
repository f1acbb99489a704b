// Every endpoint of the contract, except the two in records.test.mjs: the exact request, and the result.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN, json, openPage, ownHeaders, sample, vendor } from "./support.mjs";

let chrome, server, reply;

before(async () => {
  chrome = await openPage();
  server = await vendor((request, response) => json(response, reply));
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** Evaluates `call`, an expression that uses `callCenter`; `own` adds a custom `fetch` that only delegates. */
const run = (call, own = false) => {
  server.requests.length = 0;
  return chrome.page.evaluate(
    ([base, call, own]) => {
      const callCenter = client(base, own ? { fetch: (url, init) => fetch(url, init) } : {});
      return outcome(() => new Function("callCenter", `return ${call}`)(callCenter));
    },
    [server.origin, call, own],
  );
};

const group = { group_name: "Nhóm \"Sales\" 📞", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 };
const overflow = { target_timeout_type: "Recording", target_timeout: "6209c99b067f745da47367f3" };
const script = {
  script_name: "Lời chào\n<1>", greeting_id: "6209c99b067f745da47367f3", max_failure: 3, time_out: 5,
  scripts: [{ ivr: "1", action_type: "Ring_group", action: "62ff119508d4bf3ea694a44a" }, { ivr: "*", action_type: "", action: "" }],
};
const speech = { text: "Xin chào & tạm biệt", speed: "-3", voice: "lannhi" };
const change = { group_id: "62ff11b208d4bf3ea694a6f3", sip_users: ["147"] };
const assignment = { hotline: "02473000000", user_email: "an@example.com", directions: ["outbound", "inbound"] };
const id = "62ff11b208d4bf3ea694a6f3";
const toJson = JSON.stringify;

// The call, the request line, the JSON body, the recorded response (undefined: undocumented).
const rows = [
  ["phones.setEnabled({ sip_user: '1&2', enabled: false })", "PUT /internal_phone/status?enabled=false&sip_user=1%262"],
  ["phones.setEnabled({ sip_user: '147', enabled: true })", "PUT /internal_phone/status?enabled=true&sip_user=147"],
  ["hotlines.list()", "GET /hotline/list", undefined, "hotline_list"],
  ["hotlines.list({ extension: '1/47' })", "GET /hotline/list?extension=1%2F47", undefined, "hotline_list"],
  [`hotlines.assignToExtension(${toJson(assignment)})`, "POST /hotline/extension/update", assignment],
  ["groups.list()", "GET /internal_group/list", undefined, "internal_group_list"],
  ["groups.list({ keyword: 'Nhóm', page: 2, size: 10 })", "GET /internal_group/list?keyword=Nh%C3%B3m&page=2&size=10", undefined, "internal_group_list"],
  [`groups.create(${toJson(group)})`, "POST /internal_group/add", group, "internal_group_add"],
  [`groups.update("${id}", ${toJson(group)})`, `POST /internal_group/update/${id}`, group, "internal_group_update"],
  [`groups.update("${id}", ${toJson({ ...group, ...overflow })})`, `POST /internal_group/update/${id}`, { ...group, ...overflow }, "internal_group_update"],
  [`groups.update("${id}", ${toJson({ ...group, target_timeout: null })})`, `POST /internal_group/update/${id}`, group, "internal_group_update"],
  [`groups.addMembers(${toJson(change)})`, "POST /internal_group/add-members", change],
  [`groups.removeMembers(${toJson(change)})`, "POST /internal_group/remove-members", change],
  [`groups.delete("${id}")`, `DELETE /internal_group/delete/${id}`],
  ["ivrScripts.list()", "GET /key-interaction/list?page=1&size=10", undefined, "key_interaction_list"],
  ["ivrScripts.list({ keyword: 'a&b', page: 3, size: 50 })", "GET /key-interaction/list?keyword=a%26b&page=3&size=50", undefined, "key_interaction_list"],
  [`ivrScripts.create(${toJson(script)})`, "POST /key-interaction/add", script, "key_interaction_add"],
  [`ivrScripts.update("${id}", ${toJson(script)})`, `POST /key-interaction/update/${id}`, script, "key_interaction_update"],
  [`ivrScripts.delete("${id}")`, `DELETE /key-interaction/delete/${id}`],
  ["greetings.list()", "GET /greeting/list?page=1&size=10", undefined, "greeting_list"],
  ["greetings.list({ page: 2, size: 3 })", "GET /greeting/list?page=2&size=3", undefined, "greeting_list"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "Tên & 1", ...speech })})`, "POST /greeting/upload-text-to-speech?greeting_name=T%C3%AAn%20%26%201", speech, "greeting_upload_text_to_speech"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, speed: -3 })})`, "POST /greeting/upload-text-to-speech?greeting_name=x", speech, "greeting_upload_text_to_speech"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, voice: "other" })})`, "POST /greeting/upload-text-to-speech?greeting_name=x", { ...speech, voice: "other" }, "greeting_upload_text_to_speech"],
  [`greetings.delete("${id}")`, `DELETE /greeting/delete/${id}`],
];

for (const own of [false, true]) {
  for (const [call, line, body, name] of rows) {
    test(`${call.slice(0, 60)}${own ? ", with a custom fetch" : ""}`, async () => {
      reply = name ? await sample(name) : { status_code: 9999, payload: { anything: [1, null, "ễ"] } };
      const end = await run(`callCenter.${call}`, own);
      assert.deepEqual(end, { value: reply.payload });
      assert.equal(server.requests.length, 1);
      const [{ method, raw, headers, body: sent }] = server.requests;
      assert.equal(`${method} ${raw}`, line.replace(" ", " /api/call_center"));
      const expected = { authorization: `Bearer ${TOKEN}`, ...(body && { "content-type": "application/json" }) };
      assert.deepEqual(ownHeaders(headers), expected);
      assert.equal(String(sent ?? ""), body ? toJson(body) : "");
    });
  }
}

test("no sample causes a mismatch", () => assert.deepEqual(chrome.consoleLines, []));

test("an undocumented response may have any payload or none", async () => {
  for (const payload of [null, true, 0, "", "đã xoá", [], {}, undefined]) {
    reply = { status_code: 9999, payload };
    assert.deepEqual(await run(`callCenter.groups.delete("${id}")`), { value: payload });
  }
  reply = { status_code: -9999, message: "data_is_required" };
  const { kind, code, endpoint } = await run(`callCenter.groups.delete("${id}")`);
  assert.deepEqual([kind, code, endpoint], ["api", "data_is_required", "DELETE /api/call_center/internal_group/delete/:id"]);
});

test("an id is one path segment, whatever it contains", async () => {
  reply = { status_code: 9999, payload: null };
  for (const one of ["../x", "a/b", "?", "#", "a b", "...", "%2e%2e", "a\\b", ":id", "Nhóm", "📞", "x".repeat(500)]) {
    for (const family of ["groups", "ivrScripts", "greetings"]) {
      assert.deepEqual(await run(`callCenter.${family}.delete(${toJson(one)})`), { value: null });
      const [{ raw }] = server.requests;
      assert.ok(raw.endsWith(`/delete/${encodeURIComponent(one)}`), raw);
    }
  }
});

const invalid = [
  ...["", "  ", ".", ".."].flatMap((one) => ["groups.delete", "ivrScripts.delete", "greetings.delete"].map((call) => [`${call}(${toJson(one)})`, "", "id"])),
  ...["undefined", "null", "5", "{}", "[]", "Symbol()", "() => {}"].map((one) => [`groups.delete(${one})`, "", "id"]),
  [`groups.update("..", ${toJson(group)})`, "", "id"],
  [`groups.update(undefined, ${toJson(group)})`, "", "id"],
  [`groups.update("${id}")`, "/group_name", "group.group_name", "group-name-required"],
  ["groups.create()", "/group_name", "group.group_name", "group-name-required"],
  ["groups.create(null)", "/group_name", "group.group_name", "group-name-required"],
  ["groups.create(5)", "", "group"],
  [`groups.create(${toJson({ ...group, strategy: "all" })})`, "/strategy", "group.strategy", "group-strategy-unknown"],
  [`groups.create(${toJson({ ...group, sip_members: "147" })})`, "/sip_members", "group.sip_members"],
  [`groups.create(${toJson({ ...group, sip_members: ["147", 145] })})`, "/sip_members/1", "group.sip_members.1", "group-member-format"],
  [`groups.create(${toJson({ ...group, timeout: "20" })})`, "/timeout", "group.timeout", "group-timeout-invalid"],
  [`groups.create({ ...${toJson(group)}, timeout: NaN })`, "/timeout", "group.timeout", "group-timeout-invalid"],
  [`groups.create({ ...${toJson(group)}, get timeout() { throw new Error("no") } })`, "/timeout", "group.timeout"],
  [`groups.create(${toJson({ ...group, _id: id })})`, "/_id", "group._id"],
  ["groups.addMembers({ group_id: ' ', sip_users: [] })", "/group_id", "change.group_id", "group-id-format"],
  ["groups.removeMembers({ group_id: 'x' })", "/group_id", "change.group_id", "group-id-format"],
  [`groups.removeMembers({ group_id: "${id}" })`, "/sip_users", "change.sip_users"],
  [`ivrScripts.create(${toJson({ ...script, scripts: [{ ...script.scripts[0], key: null }] })})`, "/scripts/0/key", "script.scripts.0.key"],
  [`ivrScripts.create(${toJson({ ...script, scripts: [{ ...script.scripts[0], action: "" }] })})`, "/scripts/0/action", "script.scripts.0.action", "ivr-action-missing"],
  [`ivrScripts.update("${id}", ${toJson({ ...script, time_out: 1.5 })})`, "/time_out", "script.time_out", "ivr-timeout-invalid"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, speed: 4 })})`, "/speed", "request.speed", "tts-speed-range"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, speed: 0.5 })})`, "/speed", "request.speed", "tts-speed-range"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, speed: [0] })})`, "/speed", "request.speed", "tts-speed-range"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "x", ...speech, voice: 5 })})`, "/voice", "request.voice"],
  [`greetings.textToSpeech(${toJson({ greeting_name: "\u0000x", ...speech })})`, "/greeting_name", "request.greeting_name", "text-control-character"],
  [`groups.create(${toJson({ ...group, target_timeout: id })})`, "/target_timeout", "group.target_timeout"],
  [`groups.create(${toJson({ ...group, target_timeout_type: "Ring_group", target_timeout: id })})`, "/target_timeout_type", "group.target_timeout_type"],
  [`groups.update("${id}", ${toJson({ ...group, target_timeout_type: "Recording" })})`, "/target_timeout", "group.target_timeout", "group-overflow-incomplete"],
  [`greetings.textToSpeech(${toJson(speech)})`, "/greeting_name", "request.greeting_name", "greeting-name-required"],
  [`hotlines.assignToExtension(${toJson({ ...assignment, directions: ["in"] })})`, "/directions/0", "assignment.directions.0"],
  ["hotlines.list({ extension: 147 })", "/extension", "query.extension"],
  ["phones.setEnabled({ sip_user: '147', enabled: 'false' })", "/enabled", "status.enabled"],
  ["phones.setEnabled({ sip_user: '', enabled: true })", "/sip_user", "status.sip_user"],
];

for (const [call, path, field, code] of invalid) {
  test(`${call.slice(0, 70)} is rejected`, async () => {
    const end = await run(`callCenter.${call}`);
    assert.deepEqual([end.kind, end.path, end.attempts, end.issues.find((issue) => issue.severity === "error")?.code], [code ? "validation" : "usage", path, 0, code], end.message);
    assert.ok(end.message.includes(`\`${field}\``), end.message);
    assert.equal(server.requests.length, 0, "nothing was sent");
  });
}

for (const [call, path, remedy] of [
  // A record, without what an update needs and not; a result of `groupRequest` as a whole.
  [`groups.update("${id}", { _id: "${id}", ...${toJson(group)}, sip_members: undefined, members: [] })`, "/_id", "groupRequest(group, phones).request"],
  [`groups.update("${id}", { ...${toJson(group)}, group_name_unsigned: "x" })`, "/group_name_unsigned", "groupRequest(group, phones).request"],
  [`groups.update("${id}", { request: ${toJson(group)}, unresolved: [], ringSeconds: [20], lost: [] })`, "/request", "groupRequest(group, phones).request"],
  [`ivrScripts.update("${id}", { _id: "${id}", ...${toJson({ ...script, scripts: [{ ...script.scripts[0], key: null }] })} })`, "/_id", "scriptRequest(script)"],
  [`ivrScripts.create({ script_nmae: "x" })`, "/script_nmae", "scriptRequest(script)"],
]) {
  test(`of ${path} the error of ${call.slice(0, 20)} says what makes a request`, async () => {
    const end = await run(`callCenter.${call}`);
    assert.deepEqual([end.kind, end.path, end.message.includes(`\`${remedy}\` is one.`)], ["usage", path, true], end.message);
    assert.equal(server.requests.length, 0, "nothing was sent");
  });
}

test("the request has the fields at the time of the call, including inherited ones", async () => {
  reply = await sample("internal_group_add");
  await run(`(() => {
    const group = Object.create(${toJson(group)}, { sip_members: { value: ["1"], enumerable: false } });
    const made = callCenter.groups.create(group);
    Object.getPrototypeOf(group).group_name = "changed later";
    return made;
  })()`);
  assert.deepEqual(JSON.parse(server.requests[0].body), { ...group, sip_members: ["1"] });
});

test("a change whose response is lost is sent once, and the error warns", async () => {
  const cut = await vendor((request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write("{");
    setTimeout(() => response.destroy(), 20);
  });
  const end = await chrome.page.evaluate(([base, id]) => outcome(() => client(base, { maxRetries: 2 }).groups.delete(id)), [cut.origin, id]);
  assert.deepEqual([end.kind, end.attempts, cut.requests.length], ["network", 1, 1]);
  assert.match(end.message, /may have been made/);
  await cut.close();
});

test("groups, scripts and greetings can be iterated", async () => {
  for (const [family, name] of [["groups", "internal_group_list"], ["ivrScripts", "key_interaction_list"], ["greetings", "greeting_list"]]) {
    reply = await sample(name);
    const { items } = reply.payload;
    assert.deepEqual(await run(`callCenter.${family}.iterate({ size: ${items.length} }).toArray({ limit: ${items.length} })`), { value: items });
    assert.deepEqual(server.requests[0].query, { page: "1", size: String(items.length) });
  }
});

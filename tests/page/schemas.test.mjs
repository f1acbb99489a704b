// The checks as Standard Schema, and the JSON Schemas, which a real validator reads. They are plain JavaScript, so Node runs them.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import * as sdk from "../../pkg/all/inline.js";
import { root, sample } from "./support.mjs";

const ID = "632969ce7534d97b0933d51d";
const OTHER_ID = "62da34652a310904dfbbf13b";
const key = { ivr: "1", action_type: "Ring_group", action: ID };
const script = { script_name: "Ban ngày", greeting_id: OTHER_ID, max_failure: 3, time_out: 5, scripts: [key], action_type: "Ring_group", action: ID };
const group = { group_name: "Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 };
const change = { group_id: ID, sip_users: ["147"] };
const speech = { greeting_name: "Welcome", text: "Xin chào", speed: "0", voice: "banmai" };
const account = { pbx_account: { sip_user: "6349", sip_password: "made-up", sip_web_socket_server: "wss://vh.omicrm.com:7443", sip_realm: "contact18", stun_servers: [], transport: ["wss"] } };

/** Each schema, the function whose issues it has, and a value without any. */
const schemas = {
  ivrScriptSchema: [sdk.validateIvrScript, script],
  groupSchema: [sdk.validateGroup, group],
  groupMembersSchema: [sdk.validateGroupMembers, change],
  textToSpeechSchema: [sdk.validateTextToSpeech, speech],
  sipAccountSchema: [sdk.validateSipAccount, account],
};
const kinds = { script: "ivrScriptSchema", group: "groupSchema", members: "groupMembersSchema", "text-to-speech": "textToSpeechSchema", "sip-account": "sipAccountSchema" };

const validate = (schema, value) => schema["~standard"].validate(value);
const lines = ({ issues = [] }) => issues.map(({ severity, code, path }) => `${severity} ${code} ${JSON.stringify(path)}`);

test("an issue has the steps to its field, and what the rule says", () => {
  const unassigned = { ...script, scripts: [key, { ...key, ivr: "2" }, { ...key, ivr: "3", action: "" }] };
  assert.deepEqual(validate(sdk.ivrScriptSchema(null, { language: "vi" }), unassigned), {
    issues: [{ message: "Hãy chọn đích cho phím 3", path: ["scripts", 2, "action"], pointer: "/scripts/2/action", code: "ivr-action-missing", severity: "error", params: { key: "3" } }],
  });
});

for (const [name, [check, value]] of Object.entries(schemas)) {
  test(`${name} is a schema, and makes schemas`, () => {
    const make = sdk[name];
    for (const schema of [make, make(), make(null), make({}, {}), make(undefined, undefined)]) {
      assert.equal(schema["~standard"].version, 1);
      assert.equal(schema["~standard"].vendor, "omicall-call-center");
      // The value is not copied, and nothing else is there.
      const result = validate(schema, value);
      assert.deepEqual(Object.keys(result), ["value"]);
      assert.equal(result.value, value);
    }
    // Forms begin empty.
    const missing = check({}).issues.filter(({ severity }) => severity === "error");
    assert.ok(missing.length > 0);
    for (const nothing of [undefined, null, {}, [], "text", 5]) assert.deepEqual(validate(make, nothing).issues.map(({ code, pointer }) => [code, pointer]), missing.map(({ code, path }) => [code, path]));
  });
}

test("a schema fails for errors, or for what is asked for, the worst first", () => {
  const odd = { ...speech, text: "", voice: "nobody" };
  assert.deepEqual(lines(validate(sdk.textToSpeechSchema, odd)), ['error tts-text-length ["text"]']);
  const twice = { ...script, scripts: [{ ...key, ivr: "12" }, { ...key, ivr: "12" }] };
  assert.deepEqual(lines(validate(sdk.ivrScriptSchema(null, { severity: "warning" }), twice)), [
    'error ivr-key-duplicate ["scripts",1,"ivr"]', 'warning ivr-key-multi-digit ["scripts",0,"ivr"]', 'warning ivr-key-multi-digit ["scripts",1,"ivr"]',
  ]);
  const severities = (severity) => validate(sdk.ivrScriptSchema(null, { severity }), twice).issues?.map((issue) => issue.severity);
  assert.deepEqual(severities("error"), ["error"]);
  assert.deepEqual(severities(undefined), ["error"]);
  assert.ok(severities("hint").includes("hint"));
  assert.deepEqual(lines(validate(sdk.groupSchema(null, { severity: "warning" }), { ...group, timeout: 61 })), ['warning group-timeout-invalid ["timeout"]']);
});

test("an issue of the whole value has no steps", () => {
  const known = { _id: ID, group_name: "Sales", members: [], target_timeout_type: "Recording", target_timeout: OTHER_ID };
  const schema = sdk.groupSchema({ id: ID, groups: [known] }, { severity: "warning" });
  const lost = validate(schema, group).issues.find(({ code }) => code === "group-overflow-lost");
  assert.deepEqual([lost.path, lost.pointer], [[], ""]);
});

test("the context is that of the moment, and its language counts unless the options have one", () => {
  const message = (...args) => validate(sdk.groupSchema(...args), { ...group, group_name: "" }).issues[0].message;
  assert.equal(message(), "Group name is required");
  assert.equal(message({ language: "vi" }), "Cần nhập tên nhóm");
  assert.equal(message({ language: "vi" }, { language: "en" }), "Group name is required");
  assert.equal(message({ language: "vi" }, { language: undefined }), "Cần nhập tên nhóm");
  const context = {};
  const schema = sdk.groupSchema(context);
  assert.equal(validate(schema, group).value, group);
  context.phones = [{ sip_user: "147" }];
  assert.deepEqual(lines(validate(schema, group)), ['error group-member-unknown ["sip_members",1]']);
});

test("options that do not exist are refused", () => {
  const options = [{ warnings: true }, { severity: "all" }, { severity: null }, { language: "vi", languages: ["vi"] }];
  for (const wrong of options) assert.throws(() => sdk.groupSchema(null, wrong), (error) => error instanceof sdk.OmiCallError && error.kind === "usage" && /^`options\.(warnings|severity|languages)` /.test(error.message));
  // The language and the context are read when something is validated, as by the functions.
  for (const [context, options] of [[null, { language: "fr" }], ["text"], [{ groups: 5 }]]) assert.throws(() => validate(sdk.groupSchema(context, options), group), { name: "OmiCallError", kind: "usage" });
});

// ---------------------------------------------------------------- JSON Schema

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const compiled = (schema) => ajv.compile(schema.jsonSchema());

test("what has no issues has the form that the JSON Schema describes, and what has another form does not", () => {
  const update = { ...group, target_timeout_type: "Recording", target_timeout: OTHER_ID };
  const cases = [
    [sdk.ivrScriptSchema, script, [{ script_name: "" }, { script_name: 5 }, { max_failure: "3" }, { time_out: 0 }, { time_out: 1.5 }, { scripts: {} }, { scripts: [{ ...key, ivr: "x" }] }, { scripts: [{ ivr: "1" }] }, { ivr_direct_menu_dial: true }, { _id: ID }]],
    [sdk.groupSchema, group, [{ group_name: " " }, { strategy: "rolover" }, { sip_members: "147" }, { sip_members: ["Lan"] }, { sip_members: [147] }, { timeout: "20" }, { target_timeout: OTHER_ID }]],
    [sdk.groupSchema({ id: ID }), update, [{ target_timeout: 5 }, { members: [] }]],
    [sdk.groupMembersSchema, change, [{ group_id: "1" }, { sip_users: undefined }, { action: "add" }]],
    [sdk.textToSpeechSchema, speech, [{ text: "" }, { speed: 4 }, { speed: "fast" }, { voice: null }]],
    [sdk.textToSpeechSchema, { ...speech, speed: -3 }, []],
    [sdk.sipAccountSchema, account, [{ pbx_account: undefined }, { pbx_account: { ...account.pbx_account, sip_password: "" } }, { pbx_account: { ...account.pbx_account, transport: "wss" } }]],
  ];
  for (const [schema, value, wrong] of cases) {
    const matches = compiled(schema);
    assert.ok(matches(value), JSON.stringify(matches.errors));
    for (const fields of wrong) assert.ok(!matches(JSON.parse(JSON.stringify({ ...value, ...fields }))), JSON.stringify(fields));
  }
});

test("recorded requests and responses have the form", async () => {
  const read = async (name) => (await sample(name)).payload;
  assert.ok(compiled(sdk.ivrScriptSchema)(sdk.scriptRequest((await read("key_interaction_list")).items[0])));
  const groups = await read("internal_group_list");
  assert.ok(compiled(sdk.groupSchema({ id: groups.items[0]._id }))(sdk.groupRequest(groups.items[0], await read("internal_phone_list")).request));
  const detail = compiled(sdk.sipAccountSchema);
  assert.ok(detail(await read("extensions_detail")), JSON.stringify(detail.errors));
});

test("the JSON Schema says which request it is, what its fields are, and which words they take", () => {
  const { title, description, properties, required, additionalProperties, $schema } = sdk.ivrScriptSchema.jsonSchema();
  assert.deepEqual([title, $schema, additionalProperties], ["IvrScriptRequest", "https://json-schema.org/draft/2020-12/schema", false]);
  assert.match(description, /^An IVR script to create/);
  assert.deepEqual(required, ["script_name", "greeting_id", "max_failure", "time_out", "scripts"]);
  assert.equal(properties.time_out.description, "How long the script waits for a key, in whole seconds from the end of the greeting, from 1");
  assert.deepEqual(properties.scripts.items.properties.action_type.examples, ["Ring_group", "Ivr_menu", ""]);
  assert.deepEqual(sdk.groupSchema.jsonSchema().properties.strategy.enum, ["enterprise", "rollover", "random"]);
  for (const name of Object.keys(schemas)) for (const field of Object.values(sdk[name].jsonSchema().properties)) assert.ok(field.description.length > 5, JSON.stringify(field));
});

test("Standard JSON Schema has two drafts, of input and output alike", () => {
  const { input, output } = sdk.groupSchema["~standard"].jsonSchema;
  assert.deepEqual(input({ target: "draft-2020-12" }), sdk.groupSchema.jsonSchema());
  assert.deepEqual(output({ target: "draft-07" }), { ...sdk.groupSchema.jsonSchema(), $schema: "http://json-schema.org/draft-07/schema#" });
  for (const name of Object.keys(schemas)) assert.ok(new Ajv({ strict: true, allowUnionTypes: true }).compile(sdk[name]["~standard"].jsonSchema.input({ target: "draft-07" }))(schemas[name][1]));
  for (const target of ["openapi-3.0", "toString", undefined]) assert.throws(() => input({ target }), { kind: "usage", message: '`options.target` must be "draft-2020-12" or "draft-07".' });
  // Whoever changes one changes no other.
  input({ target: "draft-07" }).properties.timeout.minimum = 5;
  assert.equal(sdk.groupSchema.jsonSchema().properties.timeout.minimum, 1);
});

// ---------------------------------------------------------------- the cases of the rules

/** The keywords that say more than the type of a field; of those, the rules must demand at least as much. */
const LIMITS = ["enum", "minLength", "minimum", "pattern"];

const rules = path.join(root, "tests/rules");
for (const file of (await readdir(rules)).filter((file) => file.endsWith(".json"))) {
  const cases = JSON.parse(await readFile(path.join(rules, file), "utf8")).filter(({ kind }) => kinds[kind]);
  if (cases.length === 0) continue;
  test(`the schemas have the errors of the cases in ${file}, and the JSON Schemas demand no more`, () => {
    for (const { why, kind, payload, context } of cases) {
      const make = sdk[kinds[kind]];
      const errors = schemas[kinds[kind]][0](payload, context).issues.filter(({ severity }) => severity === "error");
      const { issues = [] } = validate(make(context), payload);
      assert.deepEqual(issues.map(({ code, pointer, message, params }) => [code, pointer, message, params]), errors.map(({ code, path, message, params }) => [code, path, message, params]), why);
      for (const { path } of issues) {
        const field = path.slice(0, -1).reduce((value, step) => value?.[step], payload);
        if (Array.isArray(field)) assert.equal(typeof path.at(-1), "number", why);
      }
      const matches = compiled(make(context));
      matches(payload);
      for (const { instancePath, keyword, message } of (matches.errors ?? []).filter(({ keyword }) => LIMITS.includes(keyword))) {
        assert.ok(errors.some(({ path }) => path === instancePath), `${why} JSON Schema alone says: ${instancePath} ${keyword} ${message}`);
      }
    }
  });
}

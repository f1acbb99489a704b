// Checks that the wasm memory does not grow over 100 000 calls and 1 000 000 checks of valid and invalid payloads.
//   cargo xtask package && node tests/bench/memory.mjs
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as sdk from "../../pkg/all/inline.js";

// Added up over the modules; the exports have short names, so memory and table are found by type.
const instances = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (module, imports) => {
  const instance = await instantiate(module, imports);
  // Node starts modules of its own.
  if (module instanceof WebAssembly.Module && WebAssembly.Module.customSections(module, "omicall").length) instances.push(instance);
  return instance;
};
await sdk.initAsync();
assert.equal(instances.length, 3);
const all = (kind) => instances.flatMap(({ exports }) => Object.values(exports).filter((one) => one instanceof kind));
const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);
const memory = { get buffer() { return { byteLength: sum(all(WebAssembly.Memory).map(({ buffer }) => buffer.byteLength)) }; } };
const table = { get length() { return sum(all(WebAssembly.Table).map(({ length }) => length)); } };

const sample = async (name) => JSON.parse(await readFile(new URL(`../samples/${name}.json`, import.meta.url), "utf8"));
const [groups, scripts, greetings, phones, detail] = await Promise.all(
  ["internal_group_list", "key_interaction_list", "greeting_list", "internal_phone_list", "extensions_detail"].map(sample),
);
const context = { groups: groups.payload, scripts: scripts.payload, greetings: greetings.payload, phones: phones.payload };
const script = scripts.payload.items[0];
const group = groups.payload.items[0];
const thrower = { get script_name() { throw new Error("the page's own"); } };

/** All kinds of checks: without issues, with many issues, and with invalid arguments. */
const checks = [
  () => sdk.validateIvrScript(script, context),
  () => sdk.validateIvrScript({ script_name: " ", scripts: [{ ivr: "x" }, { ivr: "1", action: "nowhere" }, null] }, { language: "vi" }),
  () => sdk.validateIvrScript(thrower),
  () => sdk.validateGroup(group, context),
  () => sdk.validateGroup({ group_name: "", sip_members: ["147", "147", 5], timeout: -1 }),
  () => sdk.validateGroupMembers({ group_id: group._id, sip_users: ["147"] }, { ...context, action: "remove" }),
  () => sdk.validateSipAccount(detail.payload),
  () => sdk.validateSipAccount("none"),
  () => sdk.validateTextToSpeech({ greeting_name: "Chào", text: "Xin chào ".repeat(40), speed: "9", voice: "nobody" }),
  () => sdk.validateTextToSpeech({ greeting_name: "Chào", text: "Xin chào quý khách", speed: "0", voice: "banmai" }),
];

const bytes = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const responses = [
  bytes(groups), bytes({ ...groups, payload: { ...groups.payload, items: [{ _id: 5 }] } }), bytes({ status_code: -9999, message: "extension_invalid" }),
  bytes("<html>Không tìm thấy</html>"), bytes(groups).slice(0, 900), bytes({ ...groups, payload: { ...groups.payload, items: Array(40).fill(group) } }),
];
let requests = 0;
const client = new sdk.CallCenter({
  baseUrl: "http://127.0.0.1", auth: { accessToken: "made-up" }, maxRetries: 0, onDrift() {},
  fetch: async () => {
    const body = responses[requests++ % responses.length];
    return { status: 200, headers: new Headers({ "content-type": "application/json" }), arrayBuffer: async () => body.buffer };
  },
});

const outcomes = { checks: new Set(), calls: new Set() };
const check = (count) => {
  for (let at = 0; at < count; at++) {
    try {
      outcomes.checks.add(checks[at % checks.length]().issues.length);
    } catch (error) {
      outcomes.checks.add(error.kind);
    }
  }
};
const call = async (count) => {
  for (let at = 0; at < count; at++) outcomes.calls.add(await client.groups.list().then(({ items }) => items.length, (error) => error.kind));
};
const state = () => ({ bytes: memory.buffer.byteLength, references: table.length });

for (const [name, run, all] of [["calls", call, 100_000], ["checks", check, 1_000_000]]) {
  await run(1_000);
  const early = state();
  await run(all - 1_000);
  console.log(`${all} ${name}: ${JSON.stringify(early)} after 1000, ${JSON.stringify(state())} at the end; outcomes: ${[...outcomes[name]].join(", ")}`);
  assert.deepEqual(state(), early);
}

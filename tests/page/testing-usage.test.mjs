// What `omicall-call-center/testing` and the schemas say to values that make no sense: an error of the kind `usage`, never another one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupSchema } from "../../pkg/checks/inline.js";
import { createSandbox, omiCallError } from "../../pkg/testing/inline.js";

const usage = (message) => ({ name: "OmiCallError", kind: "usage", message });
const circular = {};
circular.self = circular;
const unreadable = { get phones() { throw new Error("no"); } };

test("`fail` names the field and what it must be", async () => {
  const sandbox = await createSandbox();
  for (const fault of [
    { set: null }, { set: { pointer: "/a", value: undefined } }, { set: { pointer: "/a", value: NaN } }, { set: { pointer: "/a", value: 1n } }, { set: { pointer: "/a", value: 1, more: 1 } },
    { raw: 5 }, { raw: null }, { raw: {} }, { raw: new ArrayBuffer(1) }, { raw: new Blob(["x"]) }, { raw: Uint16Array.of(300) }, { raw: ["<"] }, { raw: new String("abc") },
    { hang: false }, { empty: false }, { repeatPage: false }, { html: "x" }, { html: false }, { delayMs: Infinity }, { connectMs: -1 }, { dripMs: "1" },
    { huge: Infinity }, { huge: 1e15 }, { huge: false }, { huge: -1 }, { network: "slow" }, { error: null }, { error: "" }, { error: 5 }, { status: NaN }, { status: "500" },
  ]) {
    const [field] = Object.keys(fault);
    assert.throws(() => sandbox.fail({ with: fault }), usage(new RegExp(`^\`sandbox.fail\`: \`${field}\` must be `)), field);
  }
  for (const [field, value] of [
    ["retryAfter", NaN], ["retryAfter", null], ["retryAfter", -1], ["retryAfter", new Date(NaN)], ["headers", "a: b"], ["headers", { a: 1 }], ["headers", { a: "b\nc" }],
    ["contentType", "a\nb"], ["body", circular], ["body", 1n], ["body", () => {}], ["body", new Blob(["{}"])], ["body", new Uint8Array(1)],
  ]) {
    assert.throws(() => sandbox.fail({ with: { status: 500, [field]: value } }), usage(new RegExp(`\`${field}\` must be `)), field);
  }
  for (const afterBytes of [NaN, Infinity]) assert.throws(() => sandbox.fail({ with: { network: "cut", afterBytes } }), usage(/`afterBytes` must be/));
  assert.throws(() => sandbox.fail({ with: { network: "down", afterBytes: 5 } }), usage(/`afterBytes` goes only with/));
  assert.throws(() => sandbox.fail({ with: { error: "a", message: null } }), usage(/`message` must be a string/));
});

test("`fail` takes headers in any form, each once", async () => {
  const sandbox = await createSandbox();
  const headers = { authorization: `Bearer ${sandbox.token()}` };
  for (const given of [{ "Retry-After": "9" }, new Headers({ "Retry-After": "9" }), [["Retry-After", "9"]]]) {
    const shown = async (fault) => {
      sandbox.fail({ with: { status: 429, headers: given, ...fault } });
      return (await sandbox.fetch("https://sandbox.test/api/call_center/hotline/list", { headers })).headers.get("retry-after");
    };
    assert.deepEqual([await shown(), await shown({ retryAfter: 1 })], ["9", "1"]);
  }
});

test("`createSandbox` takes options that are an object, and records that can be read", async () => {
  for (const options of [[], () => {}, null, "x"]) await assert.rejects(createSandbox(options), usage(/`options` must be an object/));
  for (const now of [[], true, 5n, new String("5"), Symbol("x"), {}]) await assert.rejects(createSandbox({ now }), usage(/`now` must be a Date or Unix milliseconds/));
  for (const tenant of [{ phones: [circular] }, { phones: [1n] }, unreadable]) await assert.rejects(createSandbox({ tenant }), usage(/`tenant` cannot be written as JSON/));
  assert.ok((await createSandbox()).tenant(null).phones.length);
});

test("`omiCallError` checks the values of fields", () => {
  for (const [field, value] of [["issues", "x"], ["issues", [{}]], ["status", "a"], ["code", Symbol("x")], ["message", 5], ["attempts", -1], ["retryable", 1], ["moved", "done"]]) {
    assert.throws(() => omiCallError({ kind: "api", [field]: value }), usage(new RegExp(`\`${field}\` must be `)), field);
  }
  assert.equal(omiCallError({ kind: "api", code: undefined, message: undefined }).kind, "api");
  const moved = { added: "done", removed: "failed" };
  assert.equal(omiCallError({ kind: "api", moved }).moved, moved);
});

test("a schema says which options it takes", () => {
  for (const options of ["x", 5, null]) assert.throws(() => groupSchema({}, options), usage(/`options` must be an object/));
  assert.throws(() => groupSchema["~standard"].jsonSchema.input(), usage(/`options.target` must be/));
});

// `unlisted` finds what the server sent beyond the types, in every kind of record.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, sample } from "./support.mjs";

let chrome;
before(async () => (chrome = await openPage()));
after(() => chrome.close());

const unlisted = (records) => chrome.page.evaluate((records) => records.map((record) => sdk.unlisted(record)), records);

async function samples() {
  const [phones, detail, groups, scripts, greetings, speech] = await Promise.all(
    ["internal_phone_list", "extensions_detail", "internal_group_list", "key_interaction_list", "greeting_list", "greeting_upload_text_to_speech"].map(sample),
  );
  const [group] = groups.payload.items;
  const [script] = scripts.payload.items;
  return {
    Page: phones.payload, InternalPhone: phones.payload.items[0], ExtensionDetail: detail.payload, PbxAccount: detail.payload.pbx_account,
    InternalGroup: group, GroupMember: group.members[0], UserReference: group.create_by, IvrScript: script, IvrKey: script.scripts[0],
    Greeting: greetings.payload.items[0], GreetingFile: speech.payload,
  };
}

test("recorded samples have no unlisted fields", async () => {
  const records = Object.values(await samples());
  assert.deepEqual(await unlisted(records), records.map(() => ({})));
});

test("fields that the server added are found in every kind of record", async () => {
  // `timeout` is a field of other records; in each one that does not list it, it is not listed.
  const added = { department: "Sales", "a/b": [1, { deep: null }], "": "empty" };
  for (const [name, record] of Object.entries(await samples())) {
    assert.deepEqual(await unlisted([{ ...record, ...added }]), [added], name);
  }
  const { InternalPhone, GroupMember, UserReference } = await samples();
  const found = await unlisted([{ ...InternalPhone, timeout: 5, name: "x" }, { ...GroupMember, name: "x", id: "y" }, { ...UserReference, email: "x" }]);
  assert.deepEqual(found, [{ timeout: 5, name: "x" }, { name: "x", id: "y" }, { email: "x" }]);
});

test("a record is recognized when the server leaves out or adds fields of other records", async () => {
  const records = Object.entries(await samples());
  for (const [name, record] of records) {
    const names = Object.keys(record);
    if (names.length > 2) {
      const shorter = names.map((left) => Object.fromEntries(Object.entries({ ...record, added_later: 1 }).filter(([name]) => name !== left)));
      assert.deepEqual(await unlisted(shorter), names.map(() => ({ added_later: 1 })), name);
    }
    for (const [otherName, other] of records) {
      // Fewer than half of either, or it could as well be the other one.
      const count = Math.ceil(Math.min(names.length, Object.keys(other).length) / 2) - 1;
      const added = Object.fromEntries(Object.entries(other).filter(([name]) => !(name in record)).slice(0, count));
      const [found] = await unlisted([{ ...record, ...added }]);
      // What is found was added; the type may list some of it as optional.
      const listed = Object.keys(added).filter((name) => !(name in found));
      assert.ok(listed.every((field) => ["agent_id", "extension", "hotlines", "sip_members", "timeout"].includes(field)), `${name} with fields of ${otherName}: ${listed}`);
      assert.deepEqual(found, Object.fromEntries(Object.entries(added).filter(([field]) => !listed.includes(field))));
    }
  }
});

test("a field named __proto__ is found as a field", async () => {
  const { InternalPhone } = await samples();
  const found = await chrome.page.evaluate((text) => {
    const others = sdk.unlisted(JSON.parse(text));
    return [Object.keys(others), Object.getPrototypeOf(others) === Object.prototype, JSON.stringify(others)];
  }, JSON.stringify({ ...InternalPhone, last: 1 }).replace('"last"', '"__proto__"'));
  assert.deepEqual(found, [["__proto__"], true, '{"__proto__":1}']);
});

test("the record stays as it is, and copies, Proxies and frozen records work", async () => {
  const { InternalGroup } = await samples();
  const found = await chrome.page.evaluate((group) => {
    const record = Object.freeze({ ...group, added_later: 1 });
    const forms = [record, { ...record }, new Proxy({ ...record }, {}), structuredClone(record)];
    return [forms.map((form) => sdk.unlisted(form)), JSON.stringify(record) === JSON.stringify({ ...group, added_later: 1 })];
  }, InternalGroup);
  assert.deepEqual(found, [Array(4).fill({ added_later: 1 }), true]);
});

test("what is not a record is a usage error that says so", async () => {
  const ends = await chrome.page.evaluate(() => {
    const throwing = { get sip_user() { throw new TypeError("mine"); } };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return [undefined, null, "x", 5, [], Promise.resolve(), {}, { added_later: 1 }, throwing, proxy].map((value) => {
      try {
        return sdk.unlisted(value);
      } catch (error) {
        return [error instanceof sdk.OmiCallError, error.kind, error.message, error.cause?.message ?? null];
      }
    });
  });
  const not = (kind) => [true, "usage", `\`record\` must be a record that the server sent, not ${kind}.`, null];
  const nothingKnown = not("an object without any known field");
  assert.deepEqual(ends.slice(0, 8), [not("undefined"), not("null"), not("a string"), not("a number"), not("an array"), not("an instance of Promise"), nothingKnown, nothingKnown]);
  assert.deepEqual(ends[8], [true, "usage", "`record` cannot be read: pass a record.", "mine"]);
  assert.deepEqual(ends[9].slice(0, 2), [true, "usage"]);
});

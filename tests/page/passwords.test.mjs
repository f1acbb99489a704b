// The passwords of phones: masked unless a call asks for them, so that nothing in the page holds one. Searched for in everything that
// JavaScript ever got as text, and in a snapshot of the heap.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { json, openPage, sample, vendor } from "./support.mjs";

// Never in a script of the page, or the heap would hold it anyway.
const NEEDLE = "needle-7c1f";

let chrome, server, respond;

before(async () => {
  // Snapshots usually cut strings off after 1024 characters.
  chrome = await openPage("--heap-snapshot-string-limit=100000000");
  server = await vendor((request, response, url) => respond(response, url));
  await chrome.page.evaluate(() => {
    window.texts = [];
    const { decode } = TextDecoder.prototype;
    TextDecoder.prototype.decode = function (...args) {
      const text = decode.apply(this, args);
      texts.push(text);
      return text;
    };
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

/** A list page of phones, with other records than the recorded ones. */
const pageOf = async (items) => {
  const body = await sample("internal_phone_list");
  const [phone] = body.payload.items;
  Object.assign(body.payload, { items: items.map((fields) => ({ ...phone, ...fields })), page_number: 1, has_next: false });
  return body;
};
const phones = (count) => Array.from({ length: count }, (_, index) => ({ sip_user: String(100 + index), full_name: "Nguyễn Văn Đức", password: `${NEEDLE}-${index}` }));

/** How often the heap holds the needle. */
async function needlesInHeap() {
  const session = await chrome.page.context().newCDPSession(chrome.page);
  let snapshot = "";
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => (snapshot += chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  assert.ok(snapshot.length > 1_000_000 && snapshot.includes('"strings"'), "this is a snapshot");
  return snapshot.split(NEEDLE).length - 1;
}

/** Calls something with a client, and keeps everything that it returns or throws. */
const run = (call, options = {}) =>
  chrome.page.evaluate(
    async ([base, call, options]) => {
      texts.length = 0;
      window.drift = [];
      window.kept = undefined;
      window.kept = await outcome(() => new Function("callCenter", `return (${call})(callCenter)`)(client(base, { onDrift: (one) => drift.push(one), ...options })));
      return JSON.parse(JSON.stringify({ ...kept, drift }));
    },
    [server.origin, String(call), options],
  );

async function hasNoPassword() {
  assert.equal(await needlesInHeap(), 0, "the heap holds a password");
  const html = await chrome.page.evaluate(async () => document.documentElement.outerHTML + JSON.stringify([await caches.keys(), { ...localStorage }, { ...sessionStorage }]));
  assert.ok(!`${html}\n${chrome.consoleLines.join("\n")}`.includes(NEEDLE));
}

test("phones are listed without their passwords", async () => {
  const body = await pageOf(phones(137));
  respond = (response) => json(response, body);
  for (const call of [
    (callCenter) => callCenter.phones.list(),
    (callCenter) => callCenter.phones.list({}, { includePasswords: false }),
    async (callCenter) => ({ items: await callCenter.phones.iterate().toArray() }),
  ]) {
    const { value } = await run(call);
    assert.equal(value.items.length, 137);
    assert.deepEqual(value.items, body.payload.items.map((phone) => ({ ...phone, password: "***" })), "nothing else changes");
    await hasNoPassword();
  }
});

test("a call that asks for passwords gets them, and the search finds them", async () => {
  const body = await pageOf(phones(137));
  respond = (response) => json(response, body);
  for (const call of [
    (callCenter) => callCenter.phones.list({ size: 200 }, { includePasswords: true }),
    async (callCenter) => ({ items: await callCenter.phones.iterate({}, { includePasswords: true }).toArray() }),
  ]) {
    const { value } = await run(call);
    assert.deepEqual(value.items, body.payload.items);
    assert.ok((await needlesInHeap()) >= 137);
  }
  // It is an option of the call, not part of the query.
  const { kind, path } = await run((callCenter) => callCenter.phones.list({ includePasswords: true }));
  assert.deepEqual([kind, path], ["usage", "/includePasswords"]);
  const wrong = await run((callCenter) => callCenter.phones.list({}, { includePasswords: "yes" }));
  assert.deepEqual([wrong.kind, wrong.path], ["usage", "/includePasswords"]);
  await run(() => undefined);
});

test("passwords of every form are masked, and missing ones are seen", async () => {
  const body = JSON.stringify(
    await pageOf([
      { password: 47114711 },
      { password: { value: `${NEEDLE}-object`, password: `${NEEDLE}-inside` } },
      { password: [`${NEEDLE}-array`] },
      { password: "x" },
      { password: null },
      { password: "" },
      { password: `"${NEEDLE}\\` },
      { account: { sip_password: `${NEEDLE}-nested` } },
      { email: "twice" },
      { email: "escaped" },
    ]),
  )
    .replace('"email":"twice"', `"email":"twice","password":"${NEEDLE}-a","password":"${NEEDLE}-b"`)
    .replace('"email":"escaped"', `"email":"escaped","pass\\u0077ord" :\n "${NEEDLE}-c"`);
  respond = (response) => json(response, body);
  const { value, drift } = await run((callCenter) => callCenter.phones.list());
  assert.deepEqual(value.items.map(({ password }) => password), ["***", "***", "***", "***", null, "", "***", "***", "***", "***"]);
  assert.deepEqual(value.items[7].account, { sip_password: "***" });
  assert.deepEqual(drift.map(({ path, found }) => `${path} ${found}`), ["/payload/items/0/password number", "/payload/items/1/password object", "/payload/items/2/password array", "/payload/items/4/password null"]);
  await hasNoPassword();
});

test("passwords in other responses are masked too, in any spelling", async () => {
  const secrets = Object.fromEntries(["password", "PASSWORD", "PassWord", "passwd", "pwd", "sip_pass", "secret", "ha1", "password_hash", "passwordHash", "user_password2", "new_passwords"].map((name) => [name, `${NEEDLE}-${name}`]));
  const masked = { ...Object.fromEntries(Object.keys(secrets).map((name) => [name, "***"])), sipPassword: "***" };
  const withSecrets = (body) => JSON.stringify(body).replaceAll('"secrets":0', `${JSON.stringify(secrets).slice(1, -1)},"sipPasswor\\u0064":"${NEEDLE}-escaped"`);
  for (const [name, call] of [
    ["internal_group_list", (callCenter) => callCenter.groups.list()],
    ["greeting_list", (callCenter) => callCenter.greetings.list()],
    ["key_interaction_list", (callCenter) => callCenter.ivrScripts.list()],
    ["hotline_list", (callCenter) => callCenter.hotlines.list()],
  ]) {
    const body = await sample(name);
    const { payload } = body;
    const items = payload.items ?? payload;
    items.push({ ...(typeof items[0] === "object" ? items[0] : {}), secrets: 0 });
    respond = (response) => json(response, withSecrets(body));
    const { value, message } = await run(call);
    assert.ok(value, message);
    const last = (value.items ?? value).at(-1);
    assert.deepEqual(Object.fromEntries(Object.keys(masked).map((name) => [name, last[name]])), masked, name);
    await hasNoPassword();
  }
});

test("no error holds a password", async () => {
  const good = JSON.stringify(await pageOf(phones(20)));
  const drifting = JSON.stringify(await pageOf([{ password: [`${NEEDLE}-drift`] }, { password: `${NEEDLE}-1`, full_name: 7 }]));
  for (const [body, kind, options] of [
    [drifting, "decode", { responseValidation: "error" }],
    [good.slice(0, -100), "decode"],
    [good.replace('"has_next":false', '"has_next":"no"'), "decode"],
    [good.replace("9999", "-9999"), "api"],
    [`"${NEEDLE}"`, "decode"],
    [good.slice(1), "decode"],
  ]) {
    respond = (response) => json(response, body);
    const error = await run((callCenter) => callCenter.phones.list(), options);
    assert.equal(error.kind, kind, body.slice(0, 100));
    assert.ok(!JSON.stringify(error).includes(NEEDLE));
    await hasNoPassword();
  }
  // Without `onDrift`, the console tells.
  respond = (response) => json(response, drifting);
  await run((callCenter) => callCenter.phones.list(), { onDrift: undefined });
  await hasNoPassword();
});

test("the account of one extension has its password", async () => {
  const body = await sample("extensions_detail");
  body.payload.pbx_account.sip_password = NEEDLE;
  respond = (response) => json(response, body);
  const { value } = await run((callCenter) => callCenter.extensions.detail({ type: "sip_user", keyword: "100" }));
  assert.deepEqual(value, body.payload);
});

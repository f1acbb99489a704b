// The client against a sandbox through Mock Service Worker, which takes the place of the network in Node.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { CallCenter } from "omicall-call-center";
import { createSandbox } from "omicall-call-center/testing";
import { handlers } from "omicall-call-center/testing/msw";

const baseUrl = "https://public-v1-stg.omicall.com";
const sandbox = await createSandbox({ agents: 20 });
const server = setupServer(...handlers(sandbox, { baseUrl }));
const callCenter = new CallCenter({ baseUrl, auth: { accessToken: sandbox.token() } });

before(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  sandbox.reset();
});
after(() => server.close());

test("phones are listed", async () => {
  assert.equal((await callCenter.phones.list()).total_items, 20);
});

test("one call does something else", async () => {
  const path = `${baseUrl}/api/call_center/internal_phone/list`;
  server.use(http.get(path, () => HttpResponse.json({ status_code: -9999, message: "permission_denied" })));
  await assert.rejects(callCenter.phones.list(), { kind: "api", code: "permission_denied" });
  assert.equal((await callCenter.groups.list()).has_next, false);
});

test("a connection breaks, and the call is repeated", async () => {
  sandbox.fail({ call: "phones.list", with: { network: "reset" } });
  assert.equal((await callCenter.phones.list()).total_items, 20);
  assert.equal(sandbox.requests.length, 2);
  sandbox.fail({ call: "groups.create", with: { network: "cut" } });
  const group = { group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 };
  await assert.rejects(callCenter.groups.create(group), { kind: "network" });
  assert.ok(sandbox.tenant().groups.some(({ group_name }) => group_name === "Night shift"));
});

test("a greeting is uploaded", async () => {
  const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
  const file = new File(Array(40).fill(frame), "silence.mp3", { type: "audio/mpeg" });
  await callCenter.greetings.upload({ file, greeting_name: "Silence" });
  assert.deepEqual(sandbox.requests.at(-1).body.file, { name: "silence.mp3", type: "audio/mpeg", size: 40 * 417 });
  assert.ok(sandbox.tenant().greetings.some(({ greeting_name }) => greeting_name === "Silence"));
});

test("a call is aborted", async () => {
  sandbox.fail({ call: "phones.list", with: { delayMs: 60_000 } });
  const controller = new AbortController();
  const list = callCenter.phones.list({}, { signal: controller.signal });
  while (sandbox.requests.length === 0) await new Promise((done) => setTimeout(done, 10));
  controller.abort();
  await assert.rejects(list, { kind: "aborted" });
  while (!sandbox.requests.at(-1).aborted) await new Promise((done) => setTimeout(done, 10));
});

test("a change that is redirected is told as such", async () => {
  const [{ _id }] = sandbox.tenant().groups;
  for (const status of [302, 307]) {
    sandbox.fail({ call: "groups.delete", with: { status, headers: { location: `${baseUrl}/api/call_center/internal_group/list` } } });
    await assert.rejects(callCenter.groups.delete(_id), { kind: "http", message: /the change was redirected to / });
  }
  sandbox.fail({ call: "phones.list", with: { status: 302, headers: { location: `${baseUrl}/api/call_center/internal_phone/list?size=1` } } });
  assert.equal((await callCenter.phones.list()).items.length, 1);
});

test("an API key signs in", async () => {
  const server = new CallCenter({ baseUrl, auth: { apiKey: "sandbox-api-key" } });
  assert.equal((await server.phones.list()).total_items, 20);
});

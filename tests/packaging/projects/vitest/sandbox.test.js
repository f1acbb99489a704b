// Without a server: the sandbox is in the page.
import { beforeEach, expect, test, vi } from "vitest";
import { CallCenter, OmiCallError } from "omicall-call-center";
import { createSandbox, omiCallError } from "omicall-call-center/testing";

const sandbox = await createSandbox();
const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
beforeEach(() => sandbox.reset());

test("phones are shown", async () => {
  document.body.innerHTML = "<ul></ul>";
  for await (const { sip_user, full_name } of callCenter.phones.iterate()) {
    const item = document.createElement("li");
    item.textContent = `${sip_user} ${full_name}`;
    document.querySelector("ul").append(item);
  }
  expect(document.querySelectorAll("li")).toHaveLength(137);
});

test("a group is created once, although the server is busy at first", async () => {
  sandbox.fail({ call: "groups.create", with: { status: 429, retryAfter: 0 } });
  await callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([429, 200]);
  expect(sandbox.requests[1].body).toMatchObject({ group_name: "Night shift" });
  expect(sandbox.tenant().groups.filter(({ group_name }) => group_name === "Night shift")).toHaveLength(1);
});

test("what a test does to the list of requests does not change what was received", async () => {
  await callCenter.phones.list({ keyword: "an" });
  await callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 });
  const [list, create] = sandbox.requests;
  list.query.keyword = create.body.group_name = create.body.sip_members = "changed";
  expect(sandbox.requests).toMatchObject([{ query: { keyword: "an" } }, { body: { group_name: "Night shift" } }]);
});

test("a recording is uploaded", async () => {
  const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
  const file = new File(Array(40).fill(frame), "silence.mp3", { type: "audio/mpeg" });
  await callCenter.greetings.upload({ file, greeting_name: "Silence" });
  expect(sandbox.requests[0].body).toEqual({ file: { name: "silence.mp3", type: "audio/mpeg", size: 40 * 417 } });
});

test("fake timers pass the clock and the delays of the sandbox", async () => {
  vi.useFakeTimers({ now: new Date("2030-01-01") });
  sandbox.fail({ with: { delayMs: 5000 } });
  const refused = expect(callCenter.phones.list()).rejects.toMatchObject({ kind: "auth", code: "access_token_expired" });
  await vi.advanceTimersByTimeAsync(5000);
  vi.useRealTimers();
  await refused;
});

test("an error is made", async () => {
  const list = vi.fn().mockRejectedValue(omiCallError({ kind: "auth" }));
  await expect(list()).rejects.toBeInstanceOf(OmiCallError);
});

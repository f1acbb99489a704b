/**
 * Without a server, in jsdom as it is, without `fetch`: the sandbox is in the page.
 * @jest-environment jsdom
 */
const { CallCenter, OmiCallError } = require("omicall-call-center");
const { createSandbox, omiCallError } = require("omicall-call-center/testing");
const { Socket } = require("node:net");
const recording = require("./recording.js");

let sandbox, callCenter;
beforeAll(async () => {
  sandbox = await createSandbox();
  callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
});
beforeEach(() => sandbox.reset());

// Nothing of it needs a network. The prototype is the one of all test files that this process runs.
const connect = jest.spyOn(Socket.prototype, "connect").mockImplementation(() => {
  throw new Error("a test wants to connect");
});
afterAll(() => {
  expect(connect).not.toHaveBeenCalled();
  connect.mockRestore();
});

test("phones are shown", async () => {
  document.body.innerHTML = "<ul></ul>";
  for await (const { sip_user, full_name } of callCenter.phones.iterate()) {
    const item = document.createElement("li");
    item.textContent = `${sip_user} ${full_name}`;
    document.querySelector("ul").append(item);
  }
  expect(document.querySelectorAll("li")).toHaveLength(137);
});

test("a name is searched, and an error shown", async () => {
  const [phone] = sandbox.tenant().phones.slice(-1);
  const { items } = await callCenter.phones.list({ keyword: phone.email });
  expect(items.map(({ sip_user }) => sip_user)).toContain(phone.sip_user);
  sandbox.fail({ call: "phones.list", with: { error: "permission_denied" } });
  await callCenter.phones.list().catch(({ code }) => (document.body.textContent = code));
  expect(document.body.textContent).toBe("permission_denied");
});

test("a group is created once, although the server is busy at first", async () => {
  sandbox.fail({ call: "groups.create", with: { status: 429, retryAfter: 0 } });
  await callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([429, 200]);
  expect(sandbox.tenant().groups.filter(({ group_name }) => group_name === "Night shift")).toHaveLength(1);
});

test("a recording is uploaded", async () => {
  await callCenter.greetings.upload({ file: recording(), greeting_name: "Silence" });
  expect(sandbox.requests[0].body).toEqual({ file: { name: "silence.mp3", type: "audio/mpeg", size: 40 * 417 } });
});

test("what goes wrong reaches the page", async () => {
  for (const fault of [{ network: "down" }, { network: "cut" }]) {
    sandbox.fail({ times: 3, with: fault });
    await expect(callCenter.phones.list({}, { maxRetries: 0 })).rejects.toMatchObject({ kind: "network" });
    sandbox.reset();
  }
  sandbox.fail({ with: { hang: true } });
  await expect(callCenter.phones.list({}, { timeoutMs: 50 })).rejects.toMatchObject({ kind: "timeout" });
});

test("an error is made", () => {
  const error = omiCallError({ kind: "api", code: "group_in_use" });
  expect(error).toBeInstanceOf(OmiCallError);
  expect(error).toMatchObject({ kind: "api", code: "group_in_use", status: 200, retryable: false });
});

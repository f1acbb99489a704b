// Against a server, with Node's `fetch`. The module is inside the JavaScript, so nothing has to be started.
const { CallCenter, OmiCallError } = require("omicall-call-center");
const recording = require("./recording.js");

const callCenter = new CallCenter({
  baseUrl: "/omicall",
  // Node's `fetch` wants the whole URL.
  auth: {
    getAccessToken: async () => {
      const response = await fetch(new URL("/my-backend/omicall-token", location.href));
      if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
      return response.text();
    },
  },
});
afterAll(() => callCenter.free());

test("phones are shown", async () => {
  document.body.innerHTML = "<ul></ul>";
  for await (const { sip_user, full_name } of callCenter.phones.iterate()) {
    const item = document.createElement("li");
    item.textContent = `${sip_user} ${full_name}`;
    document.querySelector("ul").append(item);
  }
  expect(document.querySelectorAll("li").length).toBeGreaterThan(2);
});

test("a group is created, and one without a name is not sent", async () => {
  const group = { group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 };
  await expect(callCenter.groups.create(group)).resolves.toMatchObject({ group_name: "Night shift" });
  const error = await callCenter.groups.create({ ...group, group_name: "" }).catch((error) => error);
  expect(error).toBeInstanceOf(OmiCallError);
  expect(error.kind).toBe("validation");
});

test("a recording is uploaded", async () => {
  await expect(callCenter.greetings.upload({ file: recording(), greeting_name: "Silence" })).resolves.toMatchObject({ file: { greeting_name: "Silence" } });
});

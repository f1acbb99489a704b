// Against a server, with happy-dom's `fetch`. The module is inside the JavaScript, so nothing has to be started.
import { afterAll, expect, test } from "vitest";
import { CallCenter, OmiCallError } from "omicall-call-center";

const callCenter = new CallCenter({
  baseUrl: "/omicall",
  auth: {
    getAccessToken: async () => {
      const response = await fetch("/my-backend/omicall-token");
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

// With `onProgress` it is sent by XMLHttpRequest.
test.each([{}, { onProgress: () => {} }])("a recording is uploaded with %o", async (options) => {
  const frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x00][index] ?? 0);
  const file = new File(Array(40).fill(frame), "silence.mp3", { type: "audio/mpeg" });
  await expect(callCenter.greetings.upload({ file, greeting_name: "Silence" }, options)).resolves.toMatchObject({ file: { greeting_name: "Silence" } });
});

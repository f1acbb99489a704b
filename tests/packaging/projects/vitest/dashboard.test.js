// A dashboard's tests without a network, the same in Node, jsdom, happy-dom and Chromium: vitest.config.js has the environments.
import { expect, inject, test } from "vitest";
import { CallCenter, initAsync } from "omicall-call-center";
import { createSandbox } from "omicall-call-center/testing";

await initAsync();
const sandbox = await createSandbox();
const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });

/** The code to test: what a dashboard shows of the phones that match. In Node, where there is no page, this is all of it. */
async function linesOf(keyword) {
  try {
    const { items } = await callCenter.phones.list({ keyword, size: 500 }, { maxRetries: 0 });
    return items.map(({ sip_user, full_name }) => `${sip_user} ${full_name}`);
  } catch ({ kind, code }) {
    return [`Could not load the phones: ${code ?? kind}`];
  }
}

/** What is to be seen for a keyword. */
async function shown(keyword) {
  const lines = await linesOf(keyword);
  if (!globalThis.document) return lines;
  document.body.innerHTML = "<ul></ul>";
  document.querySelector("ul").append(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
  return [...document.querySelectorAll("ul > li")].map((item) => item.textContent);
}

test("it runs where it should", () => {
  const place = !globalThis.document ? "node" : /\b(jsdom|HappyDOM)\b/i.exec(navigator.userAgent)?.[0].toLowerCase() ?? "chromium";
  expect(place).toBe(inject("place"));
});

test("all phones are shown, or those with a name", async () => {
  expect(await shown("")).toHaveLength(137);
  const [phone] = sandbox.tenant().phones.slice(-1);
  const found = await shown(phone.email);
  expect(found).toContain(`${phone.sip_user} ${phone.full_name}`);
  expect(found.length).toBeLessThan(10);
});

test("an error is shown", async () => {
  sandbox.fail({ call: "phones.list", with: { error: "permission_denied" } });
  expect(await shown("")).toEqual(["Could not load the phones: permission_denied"]);
});

test("nothing else can be reached", async () => {
  await expect(fetch(inject("site"), { mode: "no-cors" })).rejects.toThrow();
});

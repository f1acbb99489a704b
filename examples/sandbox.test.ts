// Tests of your own code, without a server: the sandbox is a tenant in memory. npm install --save-dev omicall-call-center vitest
import { beforeEach, expect, test } from "vitest";
import { CallCenter } from "omicall-call-center";
import { createSandbox } from "omicall-call-center/testing";

const sandbox = await createSandbox({ agents: 20 });
const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
beforeEach(() => sandbox.reset());

/** The code to test: switches off the phones of people who have left. */
async function switchOff(emails: string[]): Promise<string[]> {
  const phones = await callCenter.phones.iterate().toArray();
  const users = phones.filter((phone) => emails.includes(phone.email)).map((phone) => phone.sip_user);
  for (const sip_user of users) await callCenter.phones.setEnabled({ sip_user, enabled: false });
  return users;
}
const [leaver] = sandbox.tenant().phones;
const sent = () => sandbox.requests.filter(({ method }) => method === "PUT");

test("without a token nothing is switched off", async () => {
  sandbox.expireTokens();
  await expect(switchOff([leaver!.email])).rejects.toMatchObject({ kind: "auth" });
  expect(sent()).toEqual([]);
});

test("the phones of those who have left are switched off, and no others", async () => {
  expect(await switchOff([leaver!.email])).toEqual([leaver!.sip_user]);
  expect(sent()).toMatchObject([{ query: { sip_user: leaver!.sip_user, enabled: "false" }, status: 200 }]);
});

test("a server that is busy is asked again", async () => {
  sandbox.fail({ call: "phones.setEnabled", with: { status: 429, retryAfter: 0 } });
  await switchOff([leaver!.email]);
  expect(sent().map(({ status }) => status)).toEqual([429, 200]);
});

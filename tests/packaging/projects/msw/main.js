// The same in a page, whose service worker takes the place of the network. `npx msw init .` has copied its script here.
import { setupWorker } from "msw/browser";
import { CallCenter, initAsync } from "omicall-call-center";
import { createSandbox } from "omicall-call-center/testing";
import { handlers } from "omicall-call-center/testing/msw";

const baseUrl = "/omicall";
const [sandbox] = await Promise.all([createSandbox(), initAsync()]);
const worker = setupWorker(...handlers(sandbox, { baseUrl }));
await worker.start({ quiet: true, onUnhandledRequest: "bypass" });

const callCenter = new CallCenter({ baseUrl, auth: { accessToken: sandbox.token() } });
const phones = await callCenter.phones.iterate().toArray();
document.querySelector("#phones").append(
  ...phones.map(({ sip_user, full_name }) => {
    const item = document.createElement("li");
    item.textContent = `${sip_user} ${full_name}`;
    return item;
  }),
);
// For the tests of this page.
Object.assign(window, { callCenter, sandbox, worker });

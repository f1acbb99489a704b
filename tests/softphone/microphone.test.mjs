// Without a microphone: the page says why, stays registered, and can call once there is one.
import assert from "node:assert/strict";
import { FAKE_MICROPHONE, button, call, callState, lastCall, register, waitForText, setUpSoftphones } from "./softphone.mjs";

const GRANT_PERMISSION = "--use-fake-ui-for-media-stream";
// The tests grant or deny the permission themselves.
const asking = setUpSoftphones("microphone", { flags: FAKE_MICROPHONE.filter((flag) => flag !== GRANT_PERMISSION) });
const without = setUpSoftphones("no-microphone", { flags: [GRANT_PERMISSION, "--disable-audio-input"] });

const DENIED = /^This page may not use the microphone\. Allow it beside the address of the page, and try again\.$/;
const problem = (page) => page.locator("#microphone-problem");

asking.onSoftphone("permission denied: reported when registering, calling and answering; works once granted", async () => {
  const page = await asking.open({ extension: "147" });
  await register(page);
  await waitForText(problem(page), DENIED);
  await call(page, "145");
  await waitForText(lastCall(page), DENIED);

  const other = await asking.open({ extension: "145" });
  await other.context().grantPermissions(["microphone"]);
  await register(other);
  assert.equal(await problem(other).textContent(), "");
  await call(other, "147");
  await button(page, "Answer").click();
  await waitForText(page.locator(".call-problem"), DENIED);
  await waitForText(callState(page), /^Calls you$/);

  await page.context().grantPermissions(["microphone"]);
  await button(page, "Answer").click();
  for (const one of [page, other]) await waitForText(callState(one), /^Talking/);
  assert.equal(await page.locator(".call-problem").isVisible(), false);
});

without.onSoftphone("no microphone", async () => {
  const page = await without.open({ extension: "147" });
  await register(page);
  await waitForText(problem(page), /^There is no microphone\. Connect one, and try again\.$/);
});

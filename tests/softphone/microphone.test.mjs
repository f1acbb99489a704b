// Without a microphone: the page says which it is, stays registered, and can call once there is one.
import assert from "node:assert/strict";
import { SOUND, button, call, callState, lastCall, register, says, softphones } from "./softphone.mjs";

const FAKE_LEAVE = "--use-fake-ui-for-media-stream";
// Leave is given or not as the test says: nobody is there to ask.
const asking = softphones("microphone", { flags: SOUND.filter((flag) => flag !== FAKE_LEAVE) });
const without = softphones("no-microphone", { flags: [FAKE_LEAVE, "--disable-audio-input"] });

const DENIED = /^This page may not use the microphone\. Allow it beside the address of the page, and try again\.$/;
const problem = (page) => page.locator("#microphone-problem");

asking.onSoftphone("denied: said when registering, when calling, and when called; allowed: it works", async () => {
  const page = await asking.open({ extension: "147" });
  await register(page);
  await says(problem(page), DENIED);
  await call(page, "145");
  await says(lastCall(page), DENIED);

  const other = await asking.open({ extension: "145" });
  await other.context().grantPermissions(["microphone"]);
  await register(other);
  assert.equal(await problem(other).textContent(), "");
  await call(other, "147");
  await button(page, "Answer").click();
  await says(page.locator(".call-problem"), DENIED);
  await says(callState(page), /^Calls you$/);

  await page.context().grantPermissions(["microphone"]);
  await button(page, "Answer").click();
  for (const one of [page, other]) await says(callState(one), /^Talking/);
  assert.equal(await page.locator(".call-problem").isVisible(), false);
});

without.onSoftphone("none there", async () => {
  const page = await without.open({ extension: "147" });
  await register(page);
  await says(problem(page), /^There is no microphone\. Connect one, and try again\.$/);
});

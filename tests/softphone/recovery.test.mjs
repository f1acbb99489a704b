// The SIP server is stopped and started again, and the pages reconnect by themselves.
import assert from "node:assert/strict";
import { LIBRARIES, button, callState, waitForSound, lastCall, register, registration, waitForText, setUpSoftphones, callAndAnswer } from "./softphone.mjs";

const fixture = setUpSoftphones("recovery");
const { open, onSoftphone } = fixture;

const LOST = /WebSocket connection to '.*' failed/;

for (const [first, second] of [["jssip", "sipjs"], ["sipjs", "jssip"]]) {
  onSoftphone(`${LIBRARIES[first]} in a call with ${LIBRARIES[second]}: the server is stopped and started again`, async () => {
    const caller = await open({ extension: "147", library: first, expected: [LOST] });
    const called = await open({ extension: "145", library: second, expected: [LOST] });
    const pages = [caller, called];
    for (const page of pages) {
      await register(page);
      await page.evaluate(() => (window.notReloaded = true));
    }
    await callAndAnswer(caller, called, "145");
    await Promise.all(pages.map(waitForSound));

    await fixture.server.stop();
    for (const page of pages) await waitForText(registration(page), /^No connection to ws:/);
    // The audio does not go through the server.
    for (const page of pages) await waitForText(callState(page), /^Talking/);
    await Promise.all(pages.map(waitForSound));
    for (const page of pages) assert.ok(await button(page, "5").isDisabled());

    await fixture.server.start();
    for (const page of pages) await waitForText(registration(page), /^Registered: /);
    for (const page of pages) await waitForText(callState(page), /^Talking/);
    await button(caller, "Hang up").click();
    await waitForText(lastCall(caller), /^The call has ended\.$/);
    // The server has forgotten the call; the other page notices the end by the lost audio.
    await waitForText(lastCall(called), /^147 has hung up\.$|^The audio broke off/);

    await callAndAnswer(called, caller, "147");
    await Promise.all(pages.map(waitForSound));
    for (const page of pages) assert.ok(await page.evaluate(() => window.notReloaded));
  });
}

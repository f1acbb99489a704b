// The SIP server is stopped and started again, and the pages come back by themselves.
import assert from "node:assert/strict";
import { LIBRARIES, button, callState, hears, lastCall, register, registration, says, softphones, talk } from "./softphone.mjs";

const used = softphones("recovery");
const { open, onSoftphone } = used;

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
    await talk(caller, called, "145");
    await Promise.all(pages.map(hears));

    await used.server.stop();
    for (const page of pages) await says(registration(page), /^No connection to ws:/);
    // What is spoken does not go through the server.
    for (const page of pages) await says(callState(page), /^Talking/);
    await Promise.all(pages.map(hears));
    for (const page of pages) assert.ok(await button(page, "5").isDisabled());

    await used.server.start();
    for (const page of pages) await says(registration(page), /^Registered: /);
    for (const page of pages) await says(callState(page), /^Talking/);
    await button(caller, "Hang up").click();
    await says(lastCall(caller), /^The call has ended\.$/);
    // The server has forgotten the call; that nothing is heard any more tells its end.
    await says(lastCall(called), /^147 has hung up\.$|^The audio broke off/);

    await talk(called, caller, "147");
    await Promise.all(pages.map(hears));
    for (const page of pages) assert.ok(await page.evaluate(() => window.notReloaded));
  });
}

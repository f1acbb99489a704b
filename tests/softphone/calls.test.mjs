// Two pages call one another through Kamailio, one with JsSIP and one with SIP.js, both ways.
import assert from "node:assert/strict";
import { LIBRARIES, button, call, callState, hears, hearsNothing, keys, lastCall, register, says, softphones, talk } from "./softphone.mjs";

const { open, onSoftphone } = softphones("calls");

for (const [first, second] of [["jssip", "sipjs"], ["sipjs", "jssip"]]) {
  const names = `${LIBRARIES[first]} calls ${LIBRARIES[second]}`;

  /** A test with two pages that are registered. */
  const between = (title, body) =>
    onSoftphone(`${names}: ${title}`, async () => {
      const caller = await open({ extension: "147", library: first });
      const called = await open({ extension: "145", library: second });
      for (const page of [caller, called]) await register(page);
      await body(caller, called);
    });

  between("both hear one another, until one hangs up", async (caller, called) => {
    await call(caller, "145");
    await says(callState(called), /^Calls you$/);
    assert.equal(await called.locator("#call-number").textContent(), "147");
    await says(callState(caller), /^It rings/);
    await button(called, "Answer").click();
    for (const page of [caller, called]) await says(callState(page), /^Talking/);
    await Promise.all([hears(caller), hears(called)]);
    await button(caller, "Hang up").click();
    await says(lastCall(caller), /^The call has ended\.$/);
    await says(lastCall(called), /^147 has hung up\.$/);
    await microphonesAreOff(caller, called);

    // And once more, with the other one hanging up.
    await talk(caller, called, "145");
    await Promise.all([hears(caller), hears(called)]);
    await button(called, "Hang up").click();
    await says(lastCall(called), /^The call has ended\.$/);
    await says(lastCall(caller), /^145 has hung up\.$/);
    await microphonesAreOff(caller, called);
  });

  between("mute and hold", async (caller, called) => {
    await talk(caller, called, "145");
    const [atCaller, atCalled] = await Promise.all([hears(caller), hears(called)]);

    await button(caller, "Mute").click();
    await hearsNothing(called, atCalled);
    await hears(caller);
    assert.equal(await button(caller, "Mute").getAttribute("aria-pressed"), "true");
    await button(caller, "Mute").click();
    await hears(called);

    for (const [holds, isHeld] of [[caller, called], [called, caller]]) {
      await button(holds, "Hold").click();
      await says(callState(holds), /^On hold, /);
      await says(callState(isHeld), /^On hold by the other side, /);
      await Promise.all([hearsNothing(caller, atCaller), hearsNothing(called, atCalled)]);
      await button(holds, "Hold").click();
      for (const page of [holds, isHeld]) await says(callState(page), /^Talking/);
      await Promise.all([hears(caller), hears(called)]);
    }

    // Who is muted stays so over a hold.
    await button(caller, "Mute").click();
    await button(caller, "Hold").click();
    await says(callState(caller), /^On hold, /);
    await button(caller, "Hold").click();
    await says(callState(caller), /^Talking/);
    await hears(caller);
    await hearsNothing(called, atCalled);
  });

  between("keys arrive, all twelve of them", async (caller, called) => {
    await talk(caller, called, "145");
    for (const [presses, sees, number] of [[caller, called, "147"], [called, caller, "145"]]) {
      for (const key of "1234567890*#") {
        await button(presses, key).click();
        await says(keys(sees), new RegExp(`^${number} pressed ${key.replace("*", "\\*")}$`));
      }
    }
  });

  between("declined, missed and busy", async (caller, called) => {
    await call(caller, "145");
    await button(called, "Decline").click();
    await says(lastCall(caller), /^145 has declined the call\. \(SIP 603\)$/);
    await says(lastCall(called), /^The call has ended\.$/);

    await call(caller, "145");
    await says(callState(called), /^Calls you$/);
    await button(caller, "Hang up").click();
    await says(lastCall(caller), /^The call has ended\.$/);
    await says(lastCall(called), /^Missed: 147 called\.$/);

    await talk(caller, called, "145");
    const other = await open({ extension: "100", library: first });
    await register(other);
    await call(other, "145");
    await says(lastCall(other), /^145 is busy\. \(SIP 486\)$/);
    for (const page of [caller, called]) await says(callState(page), /^Talking/);
    await microphonesAreOff(other);
  });

  between("a number that nobody has, and one that is not registered", async (caller) => {
    await call(caller, "+84 (24) 7108-0000");
    await says(lastCall(caller), /^The number \+842471080000 does not exist\. \(SIP 404\)$/);
    await call(caller, "101");
    await says(lastCall(caller), /^101 cannot be reached: its telephone is switched off\. \(SIP 480\)$/);
    await microphonesAreOff(caller);
  });

  between("the called sees the hotline that was chosen", async (caller, called) => {
    const hotlines = await caller.getByLabel("Show the number").locator("option").allTextContents();
    assert.deepEqual(hotlines, ["of the extension", "024********", "842*********"]);
    await caller.getByLabel("Show the number").selectOption("024********");
    await call(caller, "145");
    await says(callState(called), /^Calls you$/);
    assert.equal(await called.locator("#call-number").textContent(), "024******** (147)");
  });
}

/** What a call has opened it has closed. */
async function microphonesAreOff(...pages) {
  for (const page of pages) await page.waitForFunction(() => window.microphones.every((track) => track.readyState === "ended"));
}

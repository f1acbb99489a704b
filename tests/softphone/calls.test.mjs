// Two pages call each other through Kamailio, one with JsSIP and one with SIP.js, in both directions.
import assert from "node:assert/strict";
import { LIBRARIES, button, call, callState, waitForSound, waitForSilence, keys, lastCall, register, waitForText, setUpSoftphones, callAndAnswer } from "./softphone.mjs";

const { open, onSoftphone } = setUpSoftphones("calls");

for (const [first, second] of [["jssip", "sipjs"], ["sipjs", "jssip"]]) {
  const names = `${LIBRARIES[first]} calls ${LIBRARIES[second]}`;

  /** A test with two registered pages. */
  const testCall = (title, body) =>
    onSoftphone(`${names}: ${title}`, async () => {
      const caller = await open({ extension: "147", library: first });
      const called = await open({ extension: "145", library: second });
      for (const page of [caller, called]) await register(page);
      await body(caller, called);
    });

  testCall("both hear each other until one hangs up", async (caller, called) => {
    await call(caller, "145");
    await waitForText(callState(called), /^Calls you$/);
    assert.equal(await called.locator("#call-number").textContent(), "147");
    await waitForText(callState(caller), /^It rings/);
    await button(called, "Answer").click();
    for (const page of [caller, called]) await waitForText(callState(page), /^Talking/);
    await Promise.all([waitForSound(caller), waitForSound(called)]);
    await button(caller, "Hang up").click();
    await waitForText(lastCall(caller), /^The call has ended\.$/);
    await waitForText(lastCall(called), /^147 has hung up\.$/);
    await microphonesAreOff(caller, called);

    // Again, with the other side hanging up.
    await callAndAnswer(caller, called, "145");
    await Promise.all([waitForSound(caller), waitForSound(called)]);
    await button(called, "Hang up").click();
    await waitForText(lastCall(called), /^The call has ended\.$/);
    await waitForText(lastCall(caller), /^145 has hung up\.$/);
    await microphonesAreOff(caller, called);
  });

  testCall("mute and hold", async (caller, called) => {
    await callAndAnswer(caller, called, "145");
    const [atCaller, atCalled] = await Promise.all([waitForSound(caller), waitForSound(called)]);

    await button(caller, "Mute").click();
    await waitForSilence(called, atCalled);
    await waitForSound(caller);
    assert.equal(await button(caller, "Mute").getAttribute("aria-pressed"), "true");
    await button(caller, "Mute").click();
    await waitForSound(called);

    for (const [holds, isHeld] of [[caller, called], [called, caller]]) {
      await button(holds, "Hold").click();
      await waitForText(callState(holds), /^On hold, /);
      await waitForText(callState(isHeld), /^On hold by the other side, /);
      await Promise.all([waitForSilence(caller, atCaller), waitForSilence(called, atCalled)]);
      await button(holds, "Hold").click();
      for (const page of [holds, isHeld]) await waitForText(callState(page), /^Talking/);
      await Promise.all([waitForSound(caller), waitForSound(called)]);
    }

    // Mute stays on after a hold.
    await button(caller, "Mute").click();
    await button(caller, "Hold").click();
    await waitForText(callState(caller), /^On hold, /);
    await button(caller, "Hold").click();
    await waitForText(callState(caller), /^Talking/);
    await waitForSound(caller);
    await waitForSilence(called, atCalled);
  });

  testCall("all twelve keys arrive", async (caller, called) => {
    await callAndAnswer(caller, called, "145");
    for (const [presses, sees, number] of [[caller, called, "147"], [called, caller, "145"]]) {
      for (const key of "1234567890*#") {
        await button(presses, key).click();
        await waitForText(keys(sees), new RegExp(`^${number} pressed ${key.replace("*", "\\*")}$`));
      }
    }
  });

  testCall("declined, missed and busy calls", async (caller, called) => {
    await call(caller, "145");
    await button(called, "Decline").click();
    await waitForText(lastCall(caller), /^145 has declined the call\. \(SIP 603\)$/);
    await waitForText(lastCall(called), /^The call has ended\.$/);

    await call(caller, "145");
    await waitForText(callState(called), /^Calls you$/);
    await button(caller, "Hang up").click();
    await waitForText(lastCall(caller), /^The call has ended\.$/);
    await waitForText(lastCall(called), /^Missed: 147 called\.$/);

    await callAndAnswer(caller, called, "145");
    const other = await open({ extension: "100", library: first });
    await register(other);
    await call(other, "145");
    await waitForText(lastCall(other), /^145 is busy\. \(SIP 486\)$/);
    for (const page of [caller, called]) await waitForText(callState(page), /^Talking/);
    await microphonesAreOff(other);
  });

  testCall("whoever reloads the page hangs up", async (caller, called) => {
    await callAndAnswer(caller, called, "145");
    await caller.reload();
    await waitForText(lastCall(called), /^147 has hung up\.$/);
    await register(caller);
    await callAndAnswer(caller, called, "145");
    await called.reload();
    await waitForText(lastCall(caller), /^145 has hung up\.$/);

    // While it still rings: the caller's reload ends the ringing; the other side's is no refusal.
    await register(called);
    await call(caller, "145");
    await waitForText(callState(called), /^Calls you$/);
    await caller.reload();
    await waitForText(lastCall(called), /^Missed: 147 called\.$/);
    await register(caller);
    await call(caller, "145");
    await waitForText(callState(called), /^Calls you$/);
    await called.reload();
    await waitForText(lastCall(caller), /^145 cannot be reached: its telephone is switched off\. \(SIP 480\)$/);
  });

  testCall("a call that another tab has answered or declined is not missed", async (caller, called) => {
    const otherTab = await open({ extension: "145", library: second });
    await register(otherTab);
    for (const [press, message] of [["Answer", /^The call from 147 was answered on another telephone\.$/], ["Decline", /^The call from 147 was declined on another telephone\.$/]]) {
      await call(caller, "145");
      for (const page of [called, otherTab]) await waitForText(callState(page), /^Calls you$/);
      await button(otherTab, press).click();
      await waitForText(lastCall(called), message);
      if (press === "Answer") await button(otherTab, "Hang up").click();
      await waitForText(lastCall(otherTab), /^The call has ended\.$/);
    }
    // Nobody answers.
    await call(caller, "145");
    for (const page of [called, otherTab]) await waitForText(callState(page), /^Calls you$/);
    await button(caller, "Hang up").click();
    for (const page of [called, otherTab]) await waitForText(lastCall(page), /^Missed: 147 called\.$/);
  });

  testCall("an unknown number, and an extension that is not registered", async (caller) => {
    await call(caller, "+84 (24) 7108-0000");
    await waitForText(lastCall(caller), /^The number \+842471080000 does not exist\. \(SIP 404\)$/);
    await call(caller, "101");
    await waitForText(lastCall(caller), /^101 cannot be reached: its telephone is switched off\. \(SIP 480\)$/);
    await microphonesAreOff(caller);
  });

  testCall("the called side sees the selected hotline", async (caller, called) => {
    const hotlines = await caller.getByLabel("Show the number").locator("option").allTextContents();
    assert.deepEqual(hotlines, ["of the extension", "024********", "842*********"]);
    await caller.getByLabel("Show the number").selectOption("024********");
    await call(caller, "145");
    await waitForText(callState(called), /^Calls you$/);
    assert.equal(await called.locator("#call-number").textContent(), "024******** (147)");
  });
}

/** Every microphone that the page has opened is closed. */
async function microphonesAreOff(...pages) {
  for (const page of pages) await page.waitForFunction(() => window.microphones.every((track) => track.readyState === "ended"));
}

// Two pages call one another through Kamailio, one with JsSIP and one with SIP.js, both ways.
import assert from "node:assert/strict";
import { LIBRARIES, button, call, callState, heardAudio, hears, lastCall, register, registration, says, softphones, talk } from "./softphone.mjs";

const { open, onSoftphone } = softphones("calls");

async function two(first, second) {
  const pages = [await open({ extension: "147", library: first }), await open({ extension: "145", library: second })];
  for (const page of pages) await register(page);
  return pages;
}

for (const [first, second] of [["jssip", "sipjs"], ["sipjs", "jssip"]]) {
  const names = `${LIBRARIES[first]} calls ${LIBRARIES[second]}`;

  onSoftphone(`${names}: both hear one another`, async () => {
    const [caller, called] = await two(first, second);
    await talk(caller, called, "145");
    await Promise.all([hears(caller), hears(called)]);
  });
}

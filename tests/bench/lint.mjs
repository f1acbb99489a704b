// Measures lintIvr and ivrDiagram, compared with the same rules in plain JavaScript.
//   cargo xtask package && CHROME=/usr/bin/chromium node tests/bench/lint.mjs
// Assertions only compare times of the same run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { initAsync, ivrDiagram, lintIvr, validateIvrScript } from "../../pkg/checks/index.js";
import { openPage } from "../page/support.mjs";
import { checkKeystroke, compareLint, drawDiagrams } from "./lint-rounds.js";
import { rounded } from "./table.mjs";

await initAsync(await readFile(new URL("../../pkg/checks/checks.wasm", import.meta.url)));

function show(place, rows, diagrams, keystroke) {
  console.log(`\n${place}: scripts of 10 keys, milliseconds`);
  console.table(rows.map((row) => rounded(row)));
  console.table(diagrams.map((row) => rounded(row)));
  console.log(`a key in a form, with 200 scripts and 2 000 phones: ${keystroke.toFixed(2)} ms`);
  const [smallest, ...others] = rows.map((row) => row["µs per script"]);
  for (const time of others) assert.ok(time < smallest * 4, "the time per script must not grow with the tenant");
}

show("Node", compareLint({ lintIvr }), drawDiagrams({ ivrDiagram }), checkKeystroke({ validateIvrScript }));
const chrome = await openPage();
const measured = await chrome.page.evaluate(async () => {
  const { checkKeystroke, compareLint, drawDiagrams } = await import("/tests/bench/lint-rounds.js");
  return [compareLint(window.sdk), drawDiagrams(window.sdk), checkKeystroke(window.sdk)];
});
const drawn = await chrome.page.evaluate(async () => (await import("/tests/bench/lint-rounds.js")).showDiagram(window.sdk));
await chrome.close();
show("Chromium", ...measured);
console.log(`Chromium draws the diagram of 2 000 scripts (${drawn.MB.toFixed(1)} MB) in ${drawn.ms.toFixed(0)} ms`);

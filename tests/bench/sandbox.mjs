// `node tests/bench/sandbox.mjs`: how long the sandbox in Node takes from `createSandbox` to the first answer, each time in a new
// process, and what a reset and an answer take after that.
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const LIST = "https://sandbox.test/api/call_center/internal_phone/list";
const RUNS = 11;

if (process.argv[2] === "once") {
  const { createSandbox } = await import("../../pkg/testing/inline.js");
  const begun = performance.now();
  const usedBefore = process.cpuUsage();
  const sandbox = await createSandbox();
  const headers = { authorization: `Bearer ${sandbox.token()}` };
  await (await sandbox.fetch(LIST, { headers })).json();
  const first = performance.now() - begun;
  const { user, system } = process.cpuUsage(usedBefore);
  const each = async (what) => {
    const begun = performance.now();
    for (let i = 0; i < 200; i++) await what();
    return (performance.now() - begun) / 200;
  };
  const reset = await each(() => sandbox.reset());
  const answer = await each(async () => (await sandbox.fetch(LIST, { headers })).json());
  console.log(JSON.stringify({ first, "first, CPU of all threads": (user + system) / 1000, reset, answer }));
} else {
  const runs = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), "once"], { encoding: "utf8" })));
  for (const name of Object.keys(runs[0])) {
    const times = runs.map((run) => run[name]).sort((a, b) => a - b);
    console.log(`${name.padEnd(26)} median ${times[RUNS >> 1].toFixed(2)} ms, ${times[0].toFixed(2)} to ${times.at(-1).toFixed(2)}`);
  }
}

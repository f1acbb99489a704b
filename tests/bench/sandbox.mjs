// `node tests/bench/sandbox.mjs`: what the sandbox costs in Node from `createSandbox` to the first answer, each time in a new process;
// the same in parts; what a reset and an answer take after that; and for comparison, what starting the client alone costs.
// Of a loaded machine only the CPU time says something: that of all threads, since V8 compiles in several.
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const LIST = "https://sandbox.test/api/call_center/internal_phone/list";
const RUNS = 15;

const results = {};
/** What `what()` returns; its time goes to the results. */
async function timed(name, what) {
  const begun = performance.now();
  const before = process.cpuUsage();
  const made = await what();
  const { user, system } = process.cpuUsage(before);
  results[name] = { cpu: (user + system) / 1000, wall: performance.now() - begun };
  return made;
}
const answer = async (sandbox) => (await sandbox.fetch(LIST, { headers: { authorization: `Bearer ${sandbox.token()}` } })).json();

const KINDS = {
  async whole() {
    const { createSandbox } = await import("../../pkg/testing/inline.js");
    const sandbox = await timed("createSandbox to the first answer", async () => {
      const made = await createSandbox();
      await answer(made);
      return made;
    });
    const each = async (name, what) => {
      await timed(name, async () => {
        for (let i = 0; i < 200; i++) await what();
      });
      for (const unit of ["cpu", "wall"]) results[name][unit] /= 200;
    };
    await each("a reset afterwards", () => sandbox.reset());
    await each("an answer afterwards", () => answer(sandbox));
  },
  async parts() {
    const { default: runtime, createSandbox } = await import("../../pkg/testing/sandbox.js");
    const { default: inflated } = await import("../../pkg/testing/sandbox.wasm.js");
    const bytes = await timed("  inflate the module", inflated);
    const module = await timed("  compile it", () => WebAssembly.compile(bytes));
    await timed("  instantiate it", () => runtime.start(module));
    const sandbox = await timed("  make the tenant", () => createSandbox());
    await timed("  first answer", () => answer(sandbox));
  },
  async client() {
    const { initAsync } = await import("../../pkg/inline.js");
    await timed("start of the client alone", () => initAsync());
  },
};

const [, , kind] = process.argv;
if (kind) {
  await KINDS[kind]();
  console.log(JSON.stringify(results));
} else {
  const program = fileURLToPath(import.meta.url);
  for (const kind of Object.keys(KINDS)) {
    const runs = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, [program, kind], { encoding: "utf8" })));
    for (const name of Object.keys(runs[0])) {
      const of = (unit) => runs.map((run) => run[name][unit]).sort((a, b) => a - b);
      const [cpu, wall] = [of("cpu"), of("wall")];
      console.log(`${name.padEnd(34)} CPU median ${cpu[RUNS >> 1].toFixed(1)} ms, ${cpu[0].toFixed(1)} to ${cpu.at(-1).toFixed(1)}; wall median ${wall[RUNS >> 1].toFixed(1)} ms`);
    }
  }
}

// Prints how long diffs and plans of large tenants take: `node tests/bench/plan.mjs`, after `cargo xtask package`.
import { diff, initAsync, plan } from "../../pkg/plan/inline.js";

const id = (kind, number) => kind + String(number).padStart(24 - kind.length, "0");
const range = (count, make) => Array.from({ length: count }, (_, number) => make(number));

/** A tenant, `factor` times as large as a large one. `side` tells the ids and some values of two tenants apart. */
function tenant(factor, side) {
  const [phones, scripts, groups, greetings] = [137, 200, 60, 300].map((count) => count * factor);
  return {
    phones: range(phones, (number) => ({ sip_user: String(1000 + number), agent_id: id(side, number) })),
    hotlines: [],
    greetings: range(greetings, (number) => ({ _id: id(`${side}a`, number), tenant_id: side, greeting_name: `Lời chào ${number}`, content: "Xin chào", voice: "banmai", speed: 0 })),
    groups: range(groups, (number) => ({
      _id: id(`${side}b`, number), tenant_id: side, group_name: `Nhóm ${number}`, strategy: "rollover",
      members: range(5, (member) => ({ agent_id: id(side, (number * 5 + member) % phones), timeout: side === "1" ? 20 : 25 })),
    })),
    scripts: range(scripts, (number) => ({
      _id: id(`${side}c`, number), tenant_id: side, script_name: `Kịch bản ${number}`, greeting_id: id(`${side}a`, number % greetings), max_failure: 3, time_out: side === "1" ? 5 : 6,
      scripts: range(9, (key) => ({ ivr: String(key + 1), ...(key % 2 ? { action_type: "Ring_group", action: id(`${side}b`, (number + key) % groups) } : { action_type: "Ivr_menu", action: id(`${side}c`, (number + key) % scripts) }) })),
    })),
  };
}

await initAsync();
const empty = { phones: [], hotlines: [], greetings: [], groups: [], scripts: [] };
const measure = (name, work) => {
  work();
  const start = performance.now();
  const result = work();
  console.log(`${name.padEnd(34)} ${Math.round(performance.now() - start)} ms`, result.steps ? `${result.steps.length} steps, ${Math.round(JSON.stringify(result).length / 1024)} KB` : `${result.changes.length} changes`);
};
for (const factor of [1, 2, 4]) {
  const [one, other] = [tenant(factor, "1"), tenant(factor, "2")];
  console.log(`${137 * factor} phones, ${200 * factor} scripts, ${60 * factor} groups, ${300 * factor} greetings`);
  measure("diff", () => diff(one, other));
  measure("plan, all groups and scripts change", () => plan(one, other));
  measure("plan, everything is new", () => plan({ ...empty, phones: one.phones }, other));
  measure("plan, everything is deleted", () => plan(one, { ...empty, phones: one.phones }, { allowDelete: true }));
}

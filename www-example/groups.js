// The groups: several phones behind one number.
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

const STRATEGIES = { enterprise: "All at once", rollover: "In order", random: "At random" };

export function showGroups(callCenter, left) {
  showList({
    one: "group",
    many: "groups",
    search: "Name or number",
    table: "group-table",
    load: (query, options) => callCenter.groups.list(query, options),
    rowOf,
    left,
  });
}

function rowOf(group) {
  // The server may know strategies that this page does not.
  const strategy = STRATEGIES[group.strategy] ?? group.strategy;
  // Each member has a time of its own; mostly they are the same.
  const times = new Set(group.members.map(({ timeout }) => `${timeout} s`));
  return fromTemplate("group-row", { ...group, strategy, count: group.members.length, times: [...times] });
}

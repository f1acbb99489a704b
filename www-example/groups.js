// The groups: several phones behind one number. The name leads to the editor.
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";
import { words } from "./words.js";

const STRATEGIES = { enterprise: "All at once", rollover: "In order", random: "At random" };

export function showGroups(callCenter, left) {
  const { section } = showList({
    one: "group",
    many: "groups",
    search: "Name or number",
    table: "group-table",
    load: (query, options) => callCenter.groups.list(query, options),
    rowOf,
    left,
  });
  section.querySelector(".count").before(fromTemplate("new-group", {}));
}

function rowOf(group) {
  // The server may know strategies that this page does not.
  const strategy = STRATEGIES[group.strategy] ? words(STRATEGIES[group.strategy]) : group.strategy;
  // Each member has a time of its own; mostly they are the same.
  const times = new Set(group.members.map(({ timeout }) => `${timeout} s`));
  const row = fromTemplate("group-row", { ...group, strategy, count: group.members.length, times: [...times] });
  row.querySelector("a").href = `#groups/${group._id}`;
  return row;
}

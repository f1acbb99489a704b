// The ring groups: several phones behind one number. The name opens the editor.
import { t } from "./i18n.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

const STRATEGIES = { enterprise: "All at once", rollover: "In order", random: "At random" };

export function showGroups(callCenter, signal) {
  const { section } = showList({
    one: "group",
    many: "groups",
    searchBy: "Name or number",
    table: "group-table",
    fetchPage: (query, options) => callCenter.groups.list(query, options),
    renderRow,
    signal,
  });
  section.querySelector(".count").before(fromTemplate("new-group", {}));
}

function renderRow(group) {
  // The server may know strategies that this page does not.
  const strategy = STRATEGIES[group.strategy] ? t(STRATEGIES[group.strategy]) : group.strategy;
  // Each member has its own ring time; usually they are the same.
  const times = new Set(group.members.map(({ timeout }) => `${timeout} s`));
  const row = fromTemplate("group-row", { ...group, strategy, count: group.members.length, times: [...times] });
  row.querySelector("a").href = `#groups/${group._id}`;
  return row;
}

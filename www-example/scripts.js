// The IVR scripts: a greeting, and where each key leads. The name leads to the editor.
import { OmiCallError } from "omicall-call-center";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";
import { words } from "./words.js";

const KINDS = { Ring_group: "Group {name}", Ivr_menu: "Script {name}" };

export function showScripts(callCenter, left, tenant) {
  const names = namesOf(tenant);
  let known;
  const { section } = showList({
    one: "script",
    many: "scripts",
    search: "Name or number",
    table: "script-table",
    load: async (query, options) => {
      const page = await callCenter.ivrScripts.list(query, options);
      known = await names;
      return page;
    },
    rowOf: (script) => rowOf(script, known),
    left,
  });
  section.querySelector(".count").before(fromTemplate("new-script", {}));
}

/** A script tells only the ids of the groups and scripts that it leads to. Their names, by id. */
async function namesOf(tenant) {
  try {
    const { groups, scripts } = await tenant.load("groups", "scripts");
    return new Map([...groups, ...scripts].map(({ _id, group_name, script_name }) => [_id, group_name ?? script_name]));
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    // The scripts can be shown without.
    return new Map();
  }
}

function rowOf(script, names) {
  const row = fromTemplate("script-row", { ...script, fallback: destination(script, names) });
  row.querySelector("a").href = `#scripts/${script._id}`;
  const keys = script.scripts.map((key) => fromTemplate("script-key", { key: key.ivr, leads: destination(key, names) }));
  row.querySelector("ul").append(...keys);
  return row;
}

/** Where a key leads, or what happens where none is pressed. */
function destination({ action_type, action }, names) {
  if (!action) return words("nowhere");
  const name = names.get(action) ?? action;
  return KINDS[action_type] ? words(KINDS[action_type], { name }) : `${action_type} ${name}`;
}

// The IVR scripts: a greeting, and where each key leads.
import { OmiCallError } from "omicall-call-center";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

const KINDS = { Ring_group: "Group", Ivr_menu: "Script" };

export function showScripts(callCenter, left) {
  const names = namesOf(callCenter, left);
  let known;
  showList({
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
}

/** A script tells only the ids of the groups and scripts that it leads to. Their names, by id. */
async function namesOf(callCenter, signal) {
  const everything = [callCenter.groups, callCenter.ivrScripts];
  try {
    // `iterate` fetches as many pages as there are.
    const lists = everything.map((family) => family.iterate({ size: 100 }, { signal }).toArray({ limit: 1000 }));
    const records = (await Promise.all(lists)).flat();
    return new Map(records.map(({ _id, group_name, script_name }) => [_id, group_name ?? script_name]));
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    // The scripts can be shown without.
    return new Map();
  }
}

function rowOf(script, names) {
  const row = fromTemplate("script-row", { ...script, fallback: destination(script, names) });
  const keys = script.scripts.map((key) => fromTemplate("script-key", { key: key.ivr, leads: destination(key, names) }));
  row.querySelector("ul").append(...keys);
  return row;
}

/** Where a key leads, or what happens where none is pressed. */
function destination({ action_type, action }, names) {
  if (!action) return "nowhere";
  return `${KINDS[action_type] ?? action_type} ${names.get(action) ?? action}`;
}

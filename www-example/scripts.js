// The IVR scripts: a greeting, and where each key leads. The name opens the editor.
import { OmiCallError } from "omicall-call-center";
import { t } from "./i18n.js";
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

const DESTINATIONS = { Ring_group: "Group {name}", Ivr_menu: "Script {name}", Recording: "Greeting {name}" };

export function showScripts(callCenter, signal, data) {
  const loadingNames = loadNames(data);
  let names;
  const { section } = showList({
    one: "script",
    many: "scripts",
    searchBy: "Name or number",
    table: "script-table",
    fetchPage: async (query, options) => {
      const page = await callCenter.ivrScripts.list(query, options);
      names = await loadingNames;
      return page;
    },
    renderRow: (script) => renderRow(script, names),
    signal,
  });
  section.querySelector(".count").before(fromTemplate("new-script", {}));
}

/** The names of groups, scripts and greetings by id. A script contains only the ids of its destinations. */
async function loadNames(data) {
  try {
    const { groups, scripts, greetings } = await data.load("groups", "scripts", "greetings");
    const all = [...groups, ...scripts, ...greetings];
    return new Map(all.map(({ _id, group_name, script_name, greeting_name }) => [_id, group_name ?? script_name ?? greeting_name]));
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    // The list shows ids instead.
    return new Map();
  }
}

function renderRow(script, names) {
  const row = fromTemplate("script-row", { ...script, fallback: destinationText(script, names) });
  row.querySelector("a").href = `#scripts/${script._id}`;
  const keys = script.scripts.map((key) => fromTemplate("script-key", { key: key.ivr, leads: destinationText(key, names) }));
  row.querySelector("ul").append(...keys);
  return row;
}

/** The destination of a key, or of the fallback. */
function destinationText({ action_type, action }, names) {
  if (!action) return t("nowhere");
  const name = names.get(action) ?? action;
  return DESTINATIONS[action_type] ? t(DESTINATIONS[action_type], { name }) : `${action_type} ${name}`;
}

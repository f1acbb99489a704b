// "Phones | Groups | Scripts | Greetings | Backup": links, so that reload, bookmarks and the Back button work as everywhere.
// "#scripts/new" and "#scripts/<id>" open the editor of one record.
import { showBackup } from "./backup.js";
import { showGreetings } from "./greetings.js";
import { editGroup } from "./group-editor.js";
import { showGroups } from "./groups.js";
import { showPhones } from "./phones.js";
import { editScript } from "./script-editor.js";
import { showScripts } from "./scripts.js";
import { createTenantData } from "./tenant-data.js";

const VIEWS = { phones: showPhones, groups: showGroups, scripts: showScripts, greetings: showGreetings, backup: showBackup };
const EDITORS = { groups: editGroup, scripts: editScript };

const nav = document.querySelector("#views");

/** Shows the view that the address names, and follows the address until `sessionSignal` aborts. */
export function showViews(callCenter, sessionSignal) {
  const data = createTenantData(callCenter, sessionSignal);
  // Ends what the view has started when another one takes its place.
  let view;
  const show = () => {
    view?.abort();
    view = new AbortController();
    const [requested, id] = location.hash.slice(1).split("/");
    const name = Object.hasOwn(VIEWS, requested) ? requested : "phones";
    for (const link of nav.children) link.ariaCurrent = link.hash === `#${name}` ? "page" : null;
    if (id && EDITORS[name]) EDITORS[name]({ callCenter, data, id, signal: view.signal });
    else VIEWS[name](callCenter, view.signal, data);
  };
  addEventListener("hashchange", show, { signal: sessionSignal });
  addEventListener("beforeunload", (event) => data.drafts.size > 0 && event.preventDefault(), { signal: sessionSignal });
  sessionSignal.addEventListener("abort", () => {
    view.abort();
    nav.hidden = true;
  });
  nav.hidden = false;
  show();
  // After signing in, the user can type at once. Later the focus stays on the link.
  (document.querySelector("[type=search]:not([hidden] *)") ?? nav.querySelector("[aria-current]")).focus();
  return data;
}

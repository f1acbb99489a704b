// "Phones | Groups | Scripts | Greetings": links, so that reload, bookmarks and the Back button work as everywhere.
// "#scripts/new" and "#scripts/<id>" lead to the editor of one.
import { showGreetings } from "./greetings.js";
import { editGroup } from "./group-editor.js";
import { showGroups } from "./groups.js";
import { showPhones } from "./phones.js";
import { editScript } from "./script-editor.js";
import { showScripts } from "./scripts.js";
import { tenantOf } from "./tenant.js";

const LISTS = { phones: showPhones, groups: showGroups, scripts: showScripts, greetings: showGreetings };
const EDITORS = { groups: editGroup, scripts: editScript };

const nav = document.querySelector("#views");

/** Shows the view that the address names, and follows the address, until `session` aborts. */
export function showViews(callCenter, session) {
  const tenant = tenantOf(callCenter, session);
  // Ends what the view has started, when another one takes its place.
  let view;
  const show = () => {
    view?.abort();
    view = new AbortController();
    const [wanted, id] = location.hash.slice(1).split("/");
    const name = Object.hasOwn(LISTS, wanted) ? wanted : "phones";
    for (const link of nav.children) link.ariaCurrent = link.hash === `#${name}` ? "page" : null;
    if (id && EDITORS[name]) EDITORS[name]({ callCenter, tenant, id, left: view.signal });
    else LISTS[name](callCenter, view.signal, tenant);
  };
  addEventListener("hashchange", show, { signal: session });
  addEventListener("beforeunload", (event) => tenant.drafts.size > 0 && event.preventDefault(), { signal: session });
  session.addEventListener("abort", () => {
    view.abort();
    nav.hidden = true;
  });
  nav.hidden = false;
  show();
  // Whoever has just signed in can type at once. Later the keyboard stays on the link.
  (document.querySelector("[type=search]:not([hidden] *)") ?? nav.querySelector("[aria-current]")).focus();
  return tenant;
}

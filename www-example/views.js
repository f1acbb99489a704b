// "Phones | Groups | Scripts | Greetings": links, so that reload, bookmarks and the Back button work as everywhere.
import { showGreetings } from "./greetings.js";
import { showGroups } from "./groups.js";
import { showPhones } from "./phones.js";
import { showScripts } from "./scripts.js";

const VIEWS = new Map([
  ["#phones", showPhones],
  ["#groups", showGroups],
  ["#scripts", showScripts],
  ["#greetings", showGreetings],
]);

const nav = document.querySelector("#views");

/** Shows the view that the address names, and follows the address, until `session` aborts. */
export function showViews(callCenter, session) {
  // Ends what the view has started, when another one takes its place.
  let view;
  const show = () => {
    view?.abort();
    view = new AbortController();
    const hash = VIEWS.has(location.hash) ? location.hash : "#phones";
    for (const link of nav.children) link.ariaCurrent = link.hash === hash ? "page" : null;
    VIEWS.get(hash)(callCenter, view.signal);
  };
  addEventListener("hashchange", show, { signal: session });
  session.addEventListener("abort", () => {
    view.abort();
    nav.hidden = true;
  });
  nav.hidden = false;
  show();
  // Whoever has just signed in can type at once. Later the keyboard stays on the link.
  (document.querySelector("[type=search]:not([hidden] *)") ?? nav.querySelector("[aria-current]")).focus();
}

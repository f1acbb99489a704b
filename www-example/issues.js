// Issues under the field they belong to. A control's `data-path` says where its value stands in the record, in the words
// in which an issue says where it found something: a JSON pointer such as "/scripts/0/action".
import { fromTemplate } from "./templates.js";
import { words } from "./words.js";

const SEVERITIES = { error: "Error", warning: "Warning", hint: "Hint" };

let serial = 0;

/** The places of a form, each with a list of its issues. A place that nobody has touched stays quiet until `start(true)`. */
export function issuesIn(form) {
  const lists = new WeakMap();
  let touched = new WeakSet();
  let all = false;
  form.addEventListener("input", ({ target }) => touched.add(target));

  const isTouched = (place) => all || [place, ...place.querySelectorAll("[data-path]")].some((part) => touched.has(part));

  return {
    /** From now on issues show everywhere, or, where a new record has just begun, only where somebody has been since. */
    start(everywhere) {
      touched = new WeakSet();
      all = everywhere;
    },
    /** Shows these issues, in place of those before. */
    show(issues) {
      const places = [...form.querySelectorAll("[data-path]"), form];
      const byPlace = new Map(places.map((place) => [place, []]));
      for (const issue of issues) byPlace.get(placeOf(form, issue.path)).push(issue);
      for (const [place, issues] of byPlace) showAt(place, isTouched(place) ? issues : []);
    },
    /** Takes the keyboard to the first error. */
    focus() {
      form.querySelector("[aria-invalid=true], .issues:has(> [data-severity=error])")?.focus();
    },
  };

  function showAt(place, issues) {
    if (!lists.has(place) && issues.length > 0) lists.set(place, addList(place));
    lists.get(place)?.replaceChildren(...issues.map(item));
    if (!place.matches("input, select, textarea")) return;
    // Not "false", which Pico shows as praise.
    place.ariaInvalid = issues.some(({ severity }) => severity === "error") ? "true" : null;
  }
}

/** What a path leads to, or the nearest that the form has: an issue of a key that has no place of its own shows at the key. */
function placeOf(form, path) {
  for (let rest = path; rest; rest = rest.slice(0, rest.lastIndexOf("/"))) {
    const place = form.querySelector(`[data-path="${CSS.escape(rest)}"]`);
    if (place) return place;
  }
  return form;
}

function addList(place) {
  const list = fromTemplate("issues", {});
  list.id = `issues-${(serial += 1)}`;
  if (!place.matches("input, select, textarea")) {
    if (place.matches("form")) place.prepend(list);
    else place.append(list);
    return list;
  }
  // Outside the label, lest the issues become part of the field's name.
  (place.closest("label") ?? place).after(list);
  place.setAttribute("aria-describedby", [place.getAttribute("aria-describedby"), list.id].filter(Boolean).join(" "));
  return list;
}

/** The word before the sentence and a sign of its own say how bad it is, to those as well who do not see the colour. */
function item({ severity, code, message, lang }) {
  const item = fromTemplate("issue", { severity: words(SEVERITIES[severity]), message });
  item.dataset.severity = severity;
  item.dataset.code = code;
  if (lang) item.lang = lang;
  return item;
}

// Shows issues under the field they belong to. An element's `data-path` is the JSON pointer of its value in the record,
// such as "/scripts/0/action", which is also the path of an issue.
import { t } from "./i18n.js";
import { fromTemplate } from "./templates.js";

const SEVERITIES = { error: "Error", warning: "Warning", hint: "Hint" };

let lastListNumber = 0;

/** Adds lists of issues to the elements of a form. Untouched elements show none until `reset(true)`. */
export function showIssuesIn(form) {
  const lists = new WeakMap();
  let touched = new WeakSet();
  let showAll = false;
  form.addEventListener("input", ({ target }) => touched.add(target));

  const isTouched = (element) =>
    showAll || [element, ...element.querySelectorAll("[data-path]")].some((descendant) => touched.has(descendant));

  return {
    /** From now on shows issues everywhere, or only at elements that are touched from now on. */
    reset(everywhere) {
      touched = new WeakSet();
      showAll = everywhere;
    },
    /** Shows these issues instead of the previous ones. */
    show(issues) {
      const elements = [...form.querySelectorAll("[data-path]"), form];
      const byElement = new Map(elements.map((element) => [element, []]));
      for (const issue of issues) byElement.get(elementFor(form, issue.path)).push(issue);
      for (const [element, issues] of byElement) showAt(element, isTouched(element) ? issues : []);
    },
    focusFirstError() {
      form.querySelector("[aria-invalid=true], .issues:has(> [data-severity=error])")?.focus();
    },
  };

  function showAt(element, issues) {
    if (!lists.has(element) && issues.length > 0) lists.set(element, addList(element));
    lists.get(element)?.replaceChildren(...issues.map(renderIssue));
    if (!element.matches("input, select, textarea")) return;
    // Not "false", which Pico styles as a success.
    element.ariaInvalid = issues.some(({ severity }) => severity === "error") ? "true" : null;
  }
}

/** The element for a path, or the nearest one above: an issue of a key's missing field shows at the key. */
function elementFor(form, path) {
  for (let rest = path; rest; rest = rest.slice(0, rest.lastIndexOf("/"))) {
    const element = form.querySelector(`[data-path="${CSS.escape(rest)}"]`);
    if (element) return element;
  }
  return form;
}

function addList(element) {
  const list = fromTemplate("issues", {});
  list.id = `issues-${(lastListNumber += 1)}`;
  if (!element.matches("input, select, textarea")) {
    if (element.matches("form")) element.prepend(list);
    else element.append(list);
    return list;
  }
  // Outside the label, or the issues would become part of the field's name.
  (element.closest("label") ?? element).after(list);
  element.setAttribute("aria-describedby", [element.getAttribute("aria-describedby"), list.id].filter(Boolean).join(" "));
  return list;
}

/** The severity is also a word and a symbol, for people who cannot see the colour. */
export function renderIssue({ severity, code, message, lang }) {
  const item = fromTemplate("issue", { severity: t(SEVERITIES[severity]), message });
  item.dataset.severity = severity;
  item.dataset.code = code;
  if (lang) item.lang = lang;
  return item;
}

// "Compare with a file": reads the file and the call center, and shows the differences and the plan.
import { OmiCallError } from "omicall-call-center";
import { showError } from "./error.js";
import { setText, t } from "./i18n.js";
import { createComparisonResult } from "./comparison-result.js";
import { loadPlans } from "./plans.js";
import { createReader } from "./read-tenant.js";
import { damaged, readSnapshotFile } from "./snapshot-file.js";
import { fromTemplate } from "./templates.js";

/** Creates the form and, below it, the result. What goes on there ends with `data.signal`, at the end of the visit. */
export function createComparison(callCenter, data) {
  const section = fromTemplate("compare", {});
  const form = section.querySelector("form");
  const { file: input } = form.elements;
  const status = form.querySelector("[role=status]");
  const errorPlace = form.querySelector(".error-place");
  const resultPlace = section.querySelector(".result-place");
  const reader = createReader(callCenter, data.signal);
  status.before(reader.element);
  // Ends the listeners of the result when another one takes its place.
  let result = new AbortController();
  input.addEventListener("change", compare);
  return section;

  async function compare() {
    const [file] = input.files;
    if (!file) return;
    result.abort();
    result = new AbortController();
    resultPlace.replaceChildren();
    errorPlace.replaceChildren();
    setText(status, "");
    // Until it is done, no other file can be chosen.
    input.disabled = true;
    try {
      const { snapshot: desired, problem } = await readSnapshotFile(file);
      if (problem) return showProblem(problem);
      const current = await reader.read();
      if (!current) return setText(status, t("The comparison has been cancelled."));
      showResult(await loadPlans(), current, desired);
    } catch (error) {
      if (isAboutFile(error)) showProblem(damaged(file.name, error.path || "/"));
      else showError(errorPlace, error, compare);
    } finally {
      input.disabled = false;
      // A disabled field loses the focus; the result has it already.
      if (document.activeElement === document.body) input.focus();
    }
  }

  function showResult(plans, current, desired) {
    const signal = AbortSignal.any([result.signal, data.signal]);
    const onApplying = (isApplying) => (input.disabled = isApplying);
    const { element, heading } = createComparisonResult({ plans, callCenter, data, current, desired, signal, onApplying, compareAgain: compare });
    resultPlace.replaceChildren(element);
    heading.focus();
  }

  function showProblem(problem) {
    setText(status, problem);
    input.ariaInvalid = "true";
    input.addEventListener("change", () => (input.ariaInvalid = null), { once: true });
  }
}

/** The package found the form of the file to be wrong: `path` says where. */
function isAboutFile(error) {
  return error instanceof OmiCallError && error.kind === "usage" && error.path !== undefined;
}

// The differences between the call center and a file in words, questions about names that several records have, and the plan
// that makes the call center like the file.
import { createApplication } from "./apply-plan.js";
import { askWhich } from "./ask-which.js";
import { confirmAction } from "./confirm.js";
import { currentLanguage, onLanguageChange, setText, t } from "./i18n.js";
import { renderIssue } from "./issues.js";
import { createStepList, sentence } from "./plan-steps.js";
import { countRecords, renderGaps } from "./read-tenant.js";
import { fromTemplate } from "./templates.js";

/** Creates the result of a comparison; `heading` gets the focus. */
export function createComparisonResult({ plans, callCenter, data, current, desired, signal, onApplying, compareAgain }) {
  const { diff, plan: makePlan, describe } = plans;
  const element = fromTemplate("comparison", {});
  const find = (selector) => element.querySelector(selector);
  const heading = find("h3");
  const form = find("form");
  const { allowDelete, all, none, apply } = form.elements;
  const steps = createStepList(find(".plan-steps"), plans, showCount);

  const questions = diff(current, desired).ambiguous;
  const answers = askWhich(find(".questions"), questions, { current, desired }, show);
  setText(find(".origin"), origin(desired));
  find(".gaps").replaceChildren(...renderGaps(current), ...renderGaps(desired, "The file does not have all {many}."));
  allowDelete.addEventListener("change", show);
  all.addEventListener("click", () => steps.tickAll(true));
  none.addEventListener("click", () => steps.tickAll(false));
  form.addEventListener("submit", startApplying);
  // The package words issues when it makes the plan.
  onLanguageChange(() => !form.hidden && show(), signal);
  show();
  return { element, heading };

  function show() {
    const mapping = answers();
    const { changes } = diff(current, desired, { mapping });
    const plan = makePlan(current, desired, { mapping, allowDelete: allowDelete.checked, language: currentLanguage() });
    setText(heading, changes.length > 0 ? t("Differences: {count}", { count: changes.length }) : t("There is no difference."));
    find("details").hidden = changes.length === 0;
    find(".differences").replaceChildren(...changes.map(listItem));

    steps.show(plan);
    form.hidden = changes.length === 0 && questions.length === 0;
    find(".no-steps").hidden = plan.steps.length > 0;
    for (const part of form.querySelectorAll(".with-steps")) part.hidden = plan.steps.length === 0;
    // The questions above say the same with the means to answer.
    const limits = plan.cannot.filter(({ code }) => code !== "ambiguous");
    fillDetails(find(".cannot"), t("What cannot be done, or is not: {count}", { count: limits.length }), limits.map(listItem));
    const about = ({ name, message }) => `${name}: ${message}`;
    const issues = plan.issues.map((issue) => renderIssue({ ...issue, message: about(issue) }));
    fillDetails(find(".result-issues"), t("Issues that there will be if all of it is done: {count}", { count: issues.length }), issues);
  }

  function showCount() {
    const { length: count } = steps.chosen().steps;
    setText(apply, count === 1 ? t("Do 1 step") : t("Do {count} steps", { count }));
    apply.ariaDisabled = count === 0 ? "true" : null;
  }

  async function startApplying() {
    const chosen = steps.chosen();
    if (chosen.steps.length === 0) return;
    const deleted = chosen.steps.filter(({ action }) => action === "delete").map(listItem);
    const confirmation = {
      question: chosen.steps.length === 1 ? t("Do 1 step?") : t("Do {count} steps?", { count: chosen.steps.length }),
      consequence: t(deleted.length > 0 ? "Calls are affected at once, and something is deleted:" : "Calls are affected at once."),
      yes: t("Do it"),
      ...(deleted.length > 0 && { list: deleted }),
    };
    if (!(await confirmAction(confirmation, signal))) return;
    // What was compared is not true any more.
    for (const part of element.children) part.hidden = true;
    const application = createApplication({ plans, callCenter, data, onApplying, compareAgain });
    element.append(application.element);
    application.start(chosen);
  }

  function listItem(what) {
    const item = document.createElement("li");
    setText(item, sentence(describe, what));
    return item;
  }
}

/** Where a file is from, and what it has. */
function origin(snapshot) {
  const date = { toString: () => new Date(snapshot.takenAt).toLocaleString(currentLanguage()) };
  const values = { date, address: snapshot.baseUrl, records: countRecords(snapshot) };
  return t(snapshot.baseUrl ? "The file is from {date}, from {address}, and has {records}." : "The file is from {date} and has {records}.", values);
}

function fillDetails(details, summary, items) {
  details.hidden = items.length === 0;
  setText(details.querySelector("summary"), summary);
  details.querySelector("ul").replaceChildren(...items);
}

// Applies a plan step by step, tells truthfully what became of each, and takes it back on demand.
import { confirmAction } from "./confirm.js";
import { showError } from "./error.js";
import { setText, t } from "./i18n.js";
import { noteApplied, noteApplying } from "./interruption.js";
import { sentence } from "./plan-steps.js";
import { fromTemplate } from "./templates.js";

/** Creates the part of the page; `start(plan)` applies a plan. It goes on while another view is shown, and ends with `data.signal`. */
export function createApplication({ plans, callCenter, data, onApplying, compareAgain }) {
  const { apply, describe } = plans;
  const element = fromTemplate("application", {});
  const find = (selector) => element.querySelector(selector);
  const heading = find("h3");
  const running = find(".running");
  const progress = find("progress");
  const [stop, takeBack, again] = ["stop", "back", "again"].map((name) => find(`[name=${name}]`));
  const status = find("[role=status]");
  const list = find(".plan-steps");
  const limits = find(".cannot");
  const errorPlace = find(".error-place");
  let stopper, items, undo;
  stop.addEventListener("click", () => stopper.abort());
  takeBack.addEventListener("click", confirmAndTakeBack);
  again.addEventListener("click", compareAgain);
  return { element, start };

  async function start(plan, titles = { running: "The plan is being applied", done: "Everything is done" }) {
    stopper = new AbortController();
    items = plan.steps.map((step) => renderStep(step));
    list.replaceChildren(...items);
    limits.replaceChildren();
    errorPlace.replaceChildren();
    setText(heading, t(titles.running));
    setText(status, "");
    progress.value = 0;
    setRunning(true);
    heading.focus();
    try {
      const signal = AbortSignal.any([stopper.signal, data.signal]);
      noteApplying(0, plan.steps.length);
      showResult(await apply(plan, callCenter, { signal, onStep }), titles.done);
    } catch (error) {
      // What goes wrong with a step is in the result: this is an error of the page or the package.
      showError(errorPlace, error);
    } finally {
      noteApplied();
      // Somebody may have read them while they changed.
      data.invalidate();
      // "Stop" may have it, and disappears.
      if (element.contains(document.activeElement)) heading.focus();
      setRunning(false);
    }
  }

  function onStep({ step, index, count, phase, outcome, progress: { steps } }) {
    const isSending = phase === "sending";
    noteApplying(steps.filter(({ status }) => status === "done").length, count);
    progress.value = (isSending ? index : index + 1) / count;
    showOutcome(index, isSending ? t("is being sent …") : sentence(describe, outcome), phase);
    if (isSending) setText(status, t("Step {number} of {count}: {step}", { number: index + 1, count, step: sentence(describe, step) }));
  }

  function showResult(result, doneTitle) {
    // Steps that were not tried are not told one by one.
    result.steps.forEach((outcome, index) => showOutcome(index, sentence(describe, outcome), outcome.status));
    const count = (status) => result.steps.filter((step) => step.status === status).length;
    setText(heading, t(result.ok ? doneTitle : "Not everything is done"));
    const counts = { done: count("done"), failed: count("failed"), untried: count("not-tried"), unknown: count("unknown") };
    setText(status, t(counts.unknown > 0 ? WITH_UNKNOWN : "Done: {done}, failed: {failed}, not tried: {untried}.", counts));
    undo = result.undo;
    takeBack.hidden = !undo?.steps.length;
  }

  async function confirmAndTakeBack() {
    const plan = undo;
    const lines = [...plan.steps, ...plan.cannot].map(listItem);
    const confirmation = { question: t("Take it back?"), consequence: t("These steps follow, in this order:"), list: lines, yes: t("Take it back") };
    if (!(await confirmAction(confirmation, data.signal))) return;
    const done = plan.cannot.length ? "Taken back, except what is listed below" : "Everything is taken back";
    await start(plan, { running: "It is being taken back", done });
    limits.replaceChildren(...plan.cannot.map(listItem));
  }

  function setRunning(isRunning) {
    running.hidden = !isRunning;
    find("footer").hidden = isRunning;
    onApplying(isRunning);
    // Leaving the page, or signing out, asks first, as for a draft.
    if (isRunning) data.drafts.set("backup", {});
    else data.drafts.delete("backup");
  }

  function renderStep(step) {
    const item = fromTemplate("applied-step", { sentence: sentence(describe, step), outcome: " " });
    item.dataset.action = step.action;
    return item;
  }

  function showOutcome(index, text, state) {
    items[index].dataset.status = state;
    setText(items[index].querySelector(".outcome"), text);
  }

  function listItem(what) {
    const item = document.createElement("li");
    setText(item, sentence(describe, what));
    return item;
  }
}

const WITH_UNKNOWN =
  "Done: {done}, failed: {failed}, not tried: {untried}, unknown: {unknown}. Unknown steps were sent, but their response was lost: compare again to see whether they were made.";

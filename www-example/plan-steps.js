// The steps of a plan as a list that can be ticked. A step that needs one that is not ticked cannot be ticked, and says why.
import { currentLanguage, setText, t } from "./i18n.js";
import { chooseSteps, findNeeds, onlyChosen } from "./plan-selection.js";
import { fromTemplate } from "./templates.js";

/** Creates the list; `onChange` is called when other steps are chosen. */
export function createStepList(list, { describe }, onChange) {
  // The steps that the user has unticked; they stay so when the plan is made again.
  const unticked = new Set();
  let plan, needs, choices, items;

  return {
    /** Shows the steps of a plan. */
    show(newPlan) {
      plan = newPlan;
      needs = findNeeds(plan.steps);
      items = plan.steps.map(renderStep);
      list.replaceChildren(...items.map(({ item }) => item));
      update();
    },
    /** Ticks all steps, or none. */
    tickAll(isTicked) {
      for (const step of plan.steps) tick(step, isTicked);
      update();
    },
    /** The plan with the chosen steps. */
    chosen: () => onlyChosen(plan, choices),
  };

  function renderStep(step, place) {
    const item = fromTemplate("plan-step", { sentence: sentence(describe, step) });
    const box = item.querySelector("input");
    const why = item.querySelector(".why");
    why.id = `step-${place + 1}-why`;
    box.setAttribute("aria-describedby", why.id);
    item.dataset.action = step.action;
    box.addEventListener("change", () => {
      tick(step, box.checked);
      update();
    });
    return { item, box, why };
  }

  function tick(step, isTicked) {
    if (isTicked) unticked.delete(keyOf(step));
    else unticked.add(keyOf(step));
  }

  function update() {
    const wanted = new Set([...plan.steps.keys()].filter((place) => !unticked.has(keyOf(plan.steps[place]))));
    choices = chooseSteps(needs, wanted);
    choices.forEach(({ isChosen, lacks }, place) => {
      const { box, why } = items[place];
      box.checked = isChosen;
      box.disabled = lacks.length > 0;
      const numbers = lacks.map((earlier) => earlier + 1).join(", ");
      const needs = lacks.length === 1 ? "Needs step {numbers}, which is not ticked." : "Needs steps {numbers}, which are not ticked.";
      setText(why, lacks.length > 0 ? t(needs, { numbers }) : "");
    });
    onChange();
  }
}

/** A sentence of the package about a change, a step or a limit, in the language of the page. */
export function sentence(describe, what) {
  return { toString: () => describe(what, currentLanguage()) };
}

/** What tells a step from others, also when the plan is made again. */
function keyOf({ action, reason, kind, record }) {
  return JSON.stringify([action, reason, kind, record]);
}

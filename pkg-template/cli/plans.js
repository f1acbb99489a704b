// The commands about plans: plan and apply.
import { describe, plan as planChanges } from "../plan/inline.js";
import { Cannot, toText } from "./documents.js";
import { planOptions } from "./options.js";
import { output, printAmbiguous } from "./reports.js";
import { applyPlan, connectFor, noteTakenBack, notTried, readRun, saveRun } from "./runs.js";
import { LIVE, readTenants } from "./tenants.js";
import { kindWord } from "./words.js";

export async function plan(context) {
  const { operands, values, terminal, json } = context;
  const options = await planOptions(context);
  const [current, desired] = await readTenants(operands.length === 2 ? operands : [LIVE, operands[0]], context);
  const made = planChanges(current, desired, options);
  if (json && !values.output) terminal.printJson(made);
  else {
    if (values.output) output(toText(made), context);
    if (json) terminal.printJson({ file: values.output, steps: made.steps.length, cannot: made.cannot, ambiguous: made.ambiguous, issues: made.issues });
    else showPlan(made, context);
  }
  return made.steps.length || hasRest(made) ? 1 : 0;
}

/** Whether a plan leaves differences. That nothing is deleted was asked for. */
const hasRest = ({ cannot = [], ambiguous = [] }) => ambiguous.length > 0 || cannot.some(({ code }) => code !== "kept");

function showPlan(shown, context, show = (text) => context.terminal.print(text)) {
  const { terminal, words, language } = context;
  const signs = { create: terminal.green("+"), update: terminal.yellow("~"), delete: terminal.red("-") };
  const { steps, cannot = [], ambiguous = [], issues = [] } = shown;
  if (steps.length) {
    const rows = steps.map((step) => [step.step, " ", describe(step, language), step.action]);
    show(terminal.table(words.stepHeads, rows, ([, , , action], [place, , what]) => [place, signs[action] ?? " ", what]));
  }
  show(steps.length ? words.stepCount(steps.length) : terminal.green(words.noSteps));
  if (cannot.length) show([words.cannotHead, ...cannot.map((limit) => terminal.yellow(`! ${terminal.clean(describe(limit, language))}`))].join("\n"));
  printAmbiguous(ambiguous, context, show);
  if (issues.length) {
    const lines = issues.map(({ severity, kind, name, path, message }) => terminal.clean(`${words.severities[severity] ?? severity}: ${kindWord(words, kind)} “${name}” ${path}: ${message}`));
    show([words.issuesHead, ...lines].join("\n"));
  }
}

/** A run is one file: the plan, how its steps stand, and the plan that takes it back. */
export async function apply(context) {
  const { terminal, words, json, values } = context;
  const run = await readRun(context);
  // On standard output only if it is for people.
  const show = (text) => (json ? terminal.note(text) : terminal.print(text));
  showPlan(run.plan, context, show);
  const done = run.progress?.steps.filter(({ status }) => status === "done").length ?? 0;
  if (done) show(words.resumed(done, run.plan.steps.length));
  if (!run.plan.steps.length) {
    if (json) terminal.printJson({ format: "omicall-result", version: 1, ok: true, steps: [] });
    return codeOf(run, context, show);
  }
  const dryRun = values["dry-run"] ?? false;
  if (!dryRun && !values.yes && !terminal.canAsk) throw new Cannot(words.needsYes);
  const callCenter = await connectFor(run, context);
  if (!dryRun && !values.yes && !words.isYes(await terminal.ask(words.confirm(context.baseUrl), context))) {
    show(words.declined);
    if (json) terminal.printJson({ ...(run.progress ?? notTried(run.plan)), ok: false });
    return 2;
  }
  const save = (progress, undo) => {
    if (!dryRun) saveRun(run, progress, undo, context);
  };
  // Before anything is sent: if it cannot be written, nothing is sent.
  save(run.progress ?? notTried(run.plan));
  if (!dryRun) terminal.note(words.runFile(terminal.clean(run.file)));
  const onStep = ({ step, count, phase, outcome, progress }) => {
    save(progress);
    if (phase === "sending") noteTakenBack(run, context);
    tellStep(step, count, phase, outcome, context);
  };
  let result;
  try {
    result = await applyPlan(run.plan, callCenter, { onStep, signal: context.signal, dryRun, continueOnError: values["continue-on-error"] ?? false, retryUnknown: values["retry-unknown"] ?? false, resumeFrom: run.progress }, context);
  } catch (error) {
    if (!dryRun && error.message !== words.otherKey) terminal.note(words.goOn(terminal.clean(run.file)));
    throw error;
  }
  const { undo, ...progress } = result;
  save(progress, undo);
  if (json) terminal.printJson({ ...result, ...(!dryRun && { runFile: run.file }) });
  return conclude(result, run, { ...context, dryRun, show });
}

function conclude(result, run, { terminal, words, dryRun, show }) {
  const count = (wanted) => result.steps.filter(({ status }) => status === wanted).length;
  const file = terminal.clean(run.file);
  if (dryRun) {
    if (count("unknown")) show(words.retryUnknown);
    if (count("failed") || count("unknown")) return 2;
    show(terminal.green(words.dryRunGood));
    return codeOf(run, { terminal, words }, show);
  }
  if (result.ok) show(terminal.green(words.allDone));
  else {
    show(terminal.red(words.notAllDone(count("done"), result.steps.length, count("unknown"))));
    show(words.goOn(file));
    if (count("unknown")) show(words.retryUnknown);
  }
  if (count("done")) show(words.takeBack(file));
  const code = codeOf(run, { terminal, words }, show);
  return result.ok ? code : 2;
}

/** The exit code of a run whose steps are all done. */
function codeOf({ plan, unknown = [] }, { terminal, words }, show) {
  if (unknown.length) {
    show(terminal.red(terminal.clean(words.undoUnknown(unknown.join(", ")))));
    return 2;
  }
  return hasRest(plan) ? 1 : 0;
}

function tellStep(step, count, phase, outcome, { terminal, words, language, json }) {
  const stream = json ? process.stderr : process.stdout;
  const title = terminal.clean(`[${step.step}/${count}] ${describe({ ...step, fields: [], loses: [], isFinal: false }, language)}`);
  if (phase === "sending") return terminal.progress(`${title} ${words.sending}`);
  terminal.progress("");
  const colour = { done: terminal.green, failed: terminal.red, unknown: terminal.red, "not-tried": terminal.yellow }[phase];
  const line = `${title} ${colour(terminal.clean(outcome.already ? words.already : describe(outcome, language)), stream)}`;
  if (json) terminal.note(line);
  else terminal.print(line);
}

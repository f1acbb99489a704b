// Runs: files with a plan, how its steps stand, and the plan that takes it back.
import { existsSync } from "node:fs";
import { apply, describe, plan as planChanges } from "../plan/inline.js";
import { Cannot, kindOf, readDocument, toText, writePrivate } from "./documents.js";
import { planOptions } from "./options.js";
import { connect, LIVE, takeSnapshot, withoutSecrets } from "./tenants.js";

/** The progress of a plan of which nothing has been tried. */
export const notTried = ({ steps }) => ({ format: "omicall-result", version: 1, steps: steps.map((_, place) => ({ step: place + 1, status: "not-tried" })) });

/** Writes how a run stands to its file. */
export function saveRun({ file, plan, takesBack }, progress, undo, { baseUrl, words }) {
  const run = { format: "omicall-apply", version: 1, baseUrl, plan, progress, ...(undo && { undo }), ...(takesBack && { takesBack: takesBack.file }) };
  writePrivate(file, toText(run), words);
}

/** Notes in the file of a run that another one takes it back, from the first step that is sent. */
export function noteTakenBack({ file, takesBack }, { words }) {
  if (!takesBack || takesBack.run.takenBackBy === file) return;
  takesBack.run.takenBackBy = file;
  writePrivate(takesBack.file, toText(takesBack.run), words);
}

/** Applies a plan, and says in words for people that it is for another tenant. */
export async function applyPlan(plan, callCenter, options, { words }) {
  try {
    return await apply(plan, callCenter, options);
  } catch (error) {
    throw error.path === "/current/tenantId" ? new Cannot(words.otherKey) : error;
  }
}

/** A client of the tenant that a plan was made for, as far as hosts tell. */
export async function connectFor({ plan, baseUrl }, context) {
  const callCenter = await connect(context);
  const planned = plan.current?.baseUrl ?? baseUrl;
  if (planned !== undefined && sameUrl(planned) !== sameUrl(context.baseUrl)) throw new Cannot(context.words.otherTenant(context.terminal.clean(withoutSecrets(planned)), context.baseUrl));
  return callCenter;
}

const sameUrl = (url) => withoutSecrets(url).replace(/\/+$/, "").toLowerCase();

/** The run that the operand names: that of a new plan, of a saved one, or one that goes on or is taken back. */
export async function readRun(context) {
  const { operands: [operand], values, words } = context;
  const file = values["run-file"] ?? `omicall-apply-${new Date().toISOString().replace(/[-:]|\..*/g, "").replace("T", "-")}-${process.pid}.json`;
  const document = operand === LIVE ? undefined : await readDocument(operand, context);
  // A run that is kept there is the only way back.
  if (values["run-file"] && existsSync(file)) throw new Cannot(words.runFileExists(file));
  const kind = document ? kindOf(document, ["plan", "run", "snapshot"], words) : undefined;
  if (!kind) throw new Cannot(words.usage("omicall-call-center apply PLAN | RUN | DESIRED"));
  if (values.undo && kind !== "run") throw new Cannot(words.undoOnly);
  if (kind === "snapshot") {
    const options = await planOptions(context);
    return { file, plan: planChanges(await takeSnapshot(context), document.value, options) };
  }
  const foreign = ["allow-delete", "only", "match-by", "mapping"].find((name) => values[name] !== undefined);
  if (foreign) throw new Cannot(words.plannedOnly(`--${foreign}`));
  if (kind === "plan") return { file, plan: checkedPlan(document, document.value, words) };
  const run = document.value;
  const { progress, undo, baseUrl, takenBackBy } = run;
  checkRun(document, words);
  const saved = checkedPlan(document, run.plan, words);
  if (undo !== undefined) checkedPlan(document, undo, words);
  // Its steps are done no more. What it planned may have changed since.
  if (takenBackBy) throw new Cannot(`${document.name}: ${words.takenBack(takenBackBy)}`);
  if (values.undo) {
    const takesBack = operand === "-" ? undefined : { file: operand, run };
    const unknown = progress?.steps.filter(isUnknown) ?? [];
    if (undo && !unknown.length) return { file, plan: undo, baseUrl, takesBack };
    const callCenter = await connectFor({ plan: saved, baseUrl }, context);
    const known = unknown.length ? await lookUp(saved, progress, callCenter, context) : progress;
    // What is done is known now, and with a signal that has ended nothing is sent.
    const { undo: found } = await applyPlan(saved, callCenter, { resumeFrom: known, signal: AbortSignal.abort() }, context);
    return { file, plan: found, baseUrl, takesBack, unknown: known?.steps.filter(isUnknown).map(({ step }) => step) ?? [] };
  }
  if (operand === "-") throw new Cannot(words.noStdinRun);
  if (values["run-file"]) throw new Cannot(words.runFileOfRun);
  return { file: operand, plan: saved, progress, baseUrl, takesBack: await takenBackRun(run, context) };
}

/** The run that another one takes back, if its file is still there. */
async function takenBackRun({ takesBack: file }, context) {
  if (!file || !existsSync(file)) return undefined;
  const { value } = await readDocument(file, context);
  return value.format === "omicall-apply" ? { file, run: value } : undefined;
}

const isUnknown = ({ status }) => status === "unknown";

// The lists were read, but the step may still be on its way, or somebody else has changed its record.
const STILL_UNKNOWN = ["sent-before", "changed-meanwhile"];

/** Progress with what the lists tell about steps whose response was lost. Nothing is sent. */
async function lookUp(plan, progress, callCenter, context) {
  const { steps } = await applyPlan(plan, callCenter, { resumeFrom: progress, dryRun: true, signal: context.signal }, context);
  const found = (entry, place) => {
    if (!isUnknown(entry)) return entry;
    if (steps[place].status === "done") return steps[place];
    if (STILL_UNKNOWN.includes(steps[place].error?.code)) return entry;
    // A list could not be read. Later it can, and then the step may be taken back too.
    throw new Cannot(context.terminal.clean(describe(steps.find(({ error }) => error) ?? entry, context.language)));
  };
  return { ...progress, steps: progress.steps.map(found) };
}

const isList = (value) => Array.isArray(value) && value.every((item) => Object(item) === item);

/** Complains about a run that somebody has changed by hand. */
function checkRun({ name, value: { progress, baseUrl, takenBackBy, takesBack } }, words) {
  const isText = (value) => value === undefined || typeof value === "string";
  if ((progress !== undefined && !isList(progress?.steps)) || ![baseUrl, takenBackBy, takesBack].every(isText)) throw new Cannot(`${name}: ${words.notDocument(words.documents.run)}`);
}

function checkedPlan({ name }, plan, words) {
  if (Object(plan) !== plan || !isList(plan.steps) || typeof (plan.current?.baseUrl ?? "") !== "string" || ["cannot", "ambiguous", "issues"].some((name) => !isList(plan[name] ?? []))) throw new Cannot(`${name}: ${words.notDocument(words.documents.plan)}`);
  kindOf({ name, value: plan }, ["plan"], words);
  return plan;
}

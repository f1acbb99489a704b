// The commands that only read: snapshot, lint, diff, who-uses, diagram.
import { ivrDiagram, lintIvr, whoUses as placesOf } from "../checks/inline.js";
import { describe, diff as compare } from "../plan/inline.js";
import { Cannot, LISTS, readDocument, tenantOf, toText, writePrivate } from "./documents.js";
import { matchOptions } from "./options.js";
import { readTenant, readTenants, takeSnapshot } from "./tenants.js";
import { kindWord } from "./words.js";

const NAME_FIELDS = { greetings: "greeting_name", groups: "group_name", scripts: "script_name", phones: "full_name" };
const KINDS = { greetings: "greeting", groups: "group", scripts: "script", phones: "phone" };
const SEVERITIES = ["error", "warning", "hint"];

/** Writes a document to a file, by default that of `--output`, or prints it. */
export function output(text, { values, terminal, words }, file = values.output) {
  if (!file || file === "-") return terminal.print(text);
  writePrivate(file, text, words);
  terminal.note(words.written(terminal.clean(file)));
}

export async function snapshot(context) {
  const { values, terminal, words, json } = context;
  const tenant = await takeSnapshot(context);
  const isPrinted = !values.output || values.output === "-";
  // What is not whole does not take the place of a backup.
  const file = isPrinted || tenant.complete ? values.output : `${values.output}.incomplete`;
  output(toText(tenant), context, file);
  const counts = Object.fromEntries(LISTS.map((list) => [list, tenant[list].length]));
  if (json && !isPrinted) terminal.printJson({ file, counts, complete: tenant.complete, incomplete: tenant.incomplete });
  else if (!json && !isPrinted) terminal.print(terminal.table([words.list, words.records], LISTS.map((list) => [words.lists[list], String(counts[list])])));
  for (const { list, kind } of tenant.incomplete) terminal.note(terminal.red(words.notWhole(words.lists[list], kind), process.stderr));
  return tenant.complete ? 0 : 2;
}

export async function lint(context) {
  const { values, operands, language, terminal, words, json } = context;
  const failOn = SEVERITIES.indexOf(values["fail-on"] ?? "warning");
  if (failOn < 0) throw new Cannot(words.badOption("--fail-on", SEVERITIES.join(", ")));
  const tenant = tenantOf(await readTenant(operands[0], context));
  const report = lintIvr({ ...tenant, language, ...(values.start && { startScripts: values.start }) });
  const issues = report.issues.map((issue) => ({ ...issue, ...recordAt(tenant, issue.path) }));
  if (json) terminal.printJson({ ...report, issues });
  else if (issues.length) {
    const rows = issues.map(({ severity, kind, name, path, message, code }) => [words.severities[severity], kind ? `${kindWord(words, kind)} ${name}` : "", path, message, code, severity]);
    const colour = (row, [severity, ...cells]) => [{ error: terminal.red, warning: terminal.yellow, hint: terminal.cyan }[row.at(-1)](severity), ...cells];
    terminal.print(terminal.table(words.lintHeads, rows, colour));
  }
  const counts = SEVERITIES.map((severity) => issues.filter((issue) => issue.severity === severity).length);
  if (!json) terminal.print(issues.length ? words.issueCounts(...counts) : terminal.green(words.noIssues));
  return issues.some(({ severity }) => SEVERITIES.indexOf(severity) <= failOn) ? 1 : 0;
}

/** Of which record an issue of the tenant is. */
function recordAt(tenant, path) {
  const [, list, place] = path.split("/");
  const record = Object.hasOwn(NAME_FIELDS, list) ? tenant[list]?.[place] : undefined;
  return record ? { kind: KINDS[list], id: record._id, name: record[NAME_FIELDS[list]] } : {};
}

export async function diff(context) {
  const { operands, language, terminal, words, json } = context;
  const options = await matchOptions(context);
  const [before, after] = await readTenants(operands, context);
  const found = compare(before, after, options);
  if (json) terminal.printJson(found);
  else {
    const signs = { added: terminal.green("+"), removed: terminal.red("-"), changed: terminal.yellow("~") };
    for (const change of found.changes) terminal.print(`${signs[change.change]} ${terminal.clean(describe(change, language))}`);
    if (!found.changes.length && !found.ambiguous.length) terminal.print(terminal.green(words.noDifferences));
    else terminal.print(words.changeCounts(...["added", "removed", "changed"].map((kind) => found.changes.filter(({ change }) => change === kind).length)));
    printAmbiguous(found.ambiguous, context);
  }
  if (found.incomplete.length) terminal.note(terminal.yellow(words.incomplete(found.incomplete.map((list) => words.lists[list] ?? list).join(", ")), process.stderr));
  // What was not read may differ.
  return found.changes.length || found.ambiguous.length || found.incomplete.length ? 1 : 0;
}

export function printAmbiguous(ambiguous, { terminal, words }, show = (text) => terminal.print(text)) {
  for (const { kind, name, id, candidates } of ambiguous) show(terminal.yellow(`? ${terminal.clean(words.ambiguous(kindWord(words, kind), name, id, candidates.join(", ")))}`));
}

const fold = (text) => String(text).normalize().trim().toLowerCase();

export async function whoUses(context) {
  const { values, operands, terminal, words, json } = context;
  if (!values.tenant) throw new Cannot(words.noTenant);
  const document = await readTenant(values.tenant, context);
  const tenant = tenantOf(document);
  const wanted = operands[0];
  const records = Object.keys(NAME_FIELDS).flatMap((list) => (tenant[list] ?? []).map((record) => ({ kind: KINDS[list], id: list === "phones" ? record.sip_user : record._id, name: record[NAME_FIELDS[list]] ?? "" })));
  const byId = records.filter(({ id }) => id === wanted);
  const found = byId.length ? byId : records.filter(({ name }) => fold(name) === fold(wanted));
  if (new Set(found.map(({ id }) => id)).size > 1) {
    throw new Cannot(words.severalRecords(wanted, found.map(({ kind, id }) => `${kindWord(words, kind)} ${id}`).join(", ")));
  }
  const id = found[0]?.id ?? wanted;
  const places = placesOf(tenant, id);
  if (!found.length && !places.length) throw new Cannot(words.noRecord(wanted));
  // "Nothing uses it" would be a guess.
  const gaps = (document.incomplete ?? []).map(({ list }) => words.lists[list] ?? list).join(", ");
  if (!places.length && document.complete === false) throw new Cannot(words.incomplete(gaps));
  const { kind = null, name = null } = found[0] ?? {};
  if (json) terminal.printJson({ id, kind, name, places });
  else {
    const title = kind ? `${kindWord(words, kind)} “${name}” (${id})` : id;
    terminal.print(terminal.clean(places.length ? words.usedBy(title, places.length) : words.unused(title)));
    if (places.length) terminal.print(terminal.table(words.placeHeads, places.map((place) => [kindWord(words, place.kind), place.name, place.path, place.id])));
    else if (kind === "group" || kind === "script") terminal.note(words.hotlinesUnknown);
  }
  return places.length ? 1 : 0;
}

export async function diagram(context) {
  const { values, operands, language, terminal, words, json } = context;
  const format = values.format ?? "svg";
  if (format !== "svg" && format !== "mermaid") throw new Cannot(words.badOption("--format", "svg, mermaid"));
  const tenant = { ...tenantOf(await readTenant(operands[0], context)), language };
  const drawn = ivrDiagram(tenant, { format, report: lintIvr(tenant), ...(values.focus && { focus: values.focus }) });
  const isPrinted = !values.output || values.output === "-";
  if (json && isPrinted) terminal.printJson({ format, diagram: drawn });
  else output(drawn.endsWith("\n") ? drawn : `${drawn}\n`, context);
  if (json && !isPrinted) terminal.printJson({ file: values.output, format });
  return 0;
}

import { usageError } from "./error.js";

export function issuesByField(report) {
  // Without a prototype: a form may have a field `constructor`.
  const byField = { __proto__: null };
  const issues = Object(report) === report ? (report.issues ?? []) : undefined;
  if (!Array.isArray(issues) || ![...issues].every((issue) => typeof issue?.path === "string")) throw usageError("`report` must be a report or an error.", { path: "" });
  for (const issue of issues) {
    const field = issue.path.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
    (byField[field] ??= []).push(issue);
  }
  return byField;
}

// The rules that a plan applies are those of the checks' module, which the client loads for changes anyway. Only the entry knows where it is.
import { usageError } from "./error.js";

let checks;

export const setChecks = (entry) => {
  checks = entry;
};

/** Calls `work` with what Rust asks for issues. What the checks throw is thrown when Rust has returned. */
export function rulesOf(work) {
  if (!checks) throw usageError("The WebAssembly module of omicall-call-center/plan is not started yet: `await initAsync()` of `omicall-call-center/plan` first, once.");
  let thrown;
  const issues = (kind, json, language) => {
    try {
      return JSON.stringify(issuesOf(kind, JSON.parse(json), language));
    } catch (error) {
      thrown ??= { error };
      return "[]";
    }
  };
  const result = work({ issues });
  if (thrown) throw thrown.error;
  return result;
}

function issuesOf(kind, value, language) {
  if (kind === "tenant") return checks.lintIvr({ ...value, language }).issues;
  const validate = { greeting: checks.validateTextToSpeech, group: checks.validateGroup, script: checks.validateIvrScript }[kind];
  return validate(value, { language }).issues;
}

// `diff`, `plan` and `describe`: everything is decided in Rust.
import { usageError } from "./error.js";
import { rulesOf } from "./plan-checks.js";
import { call, jsonOf } from "./plan-json.js";

export function diff(before, after, options = {}) {
  return call("diff", jsonOf("before", before), jsonOf("after", after), jsonOf("options", options));
}

export function plan(current, desired, options = {}) {
  const documents = [jsonOf("current", current), jsonOf("desired", desired), jsonOf("options", options)];
  return rulesOf((rules) => call("plan", ...documents, rules));
}

export function describe(what, language = "en") {
  if (Object(what) !== what) throw usageError("`what` must be a change, a step, a limit or an outcome.", { path: "" });
  return call("describe", jsonOf("what", what), jsonOf("language", language));
}

// `diff`, `plan` and `describe`: everything is decided in Rust.
import { usageError } from "./error.js";
import { rulesOf } from "./plan-checks.js";
import { jsonOf, valueOf } from "./plan-json.js";
import { planJson } from "./plan_bg.js";

const noRules = () => "[]";

export function diff(before, after, options = {}) {
  return valueOf(planJson("diff", jsonOf("before", before), jsonOf("after", after), jsonOf("options", options), noRules));
}

export function plan(current, desired, options = {}) {
  const documents = [jsonOf("current", current), jsonOf("desired", desired), jsonOf("options", options)];
  return rulesOf((rules) => valueOf(planJson("plan", ...documents, rules)));
}

export function describe(what, language = "en") {
  if (Object(what) !== what) throw usageError("`what` must be a change, a step, a limit or an outcome.", { path: "" });
  return valueOf(planJson("describe", jsonOf("what", what), language, "{}", noRules));
}

// `apply`: performs what the state machine in Rust says, and decides nothing.
import { checkClient, HANDLES, readList } from "./plan-lists.js";
import { call, jsonOf } from "./plan-json.js";

export async function apply(plan, callCenter, options = {}) {
  const { onStep, signal, dryRun, continueOnError, retryUnknown, resumeFrom } = Object(options);
  checkClient(callCenter);
  const planText = jsonOf("plan", plan);
  const { steps } = JSON.parse(planText);
  const machine = String(call("start", planText, "", jsonOf("options", { dryRun, continueOnError, retryUnknown, resumeFrom })));
  try {
    let action = call("next", "{}", machine);
    const outcomes = resumeFrom ? JSON.parse(jsonOf("resumeFrom", resumeFrom)).steps : steps.map((_, index) => ({ step: index + 1, status: "not-tried" }));
    for (;;) {
      for (const { index, phase, entry } of action.tell ?? []) {
        outcomes[index] = entry;
        const progress = { format: "omicall-result", version: 1, tenantId: action.tenantId, steps: [...outcomes] };
        await onStep?.({ step: steps[index], index, count: steps.length, phase, outcome: entry, progress });
      }
      if (action.do === "finish") return action.result;
      const event = await perform(callCenter, action, signal).catch((error) => ({ failed: dataOf(error) }));
      action = call("next", jsonOf("event", event), machine);
    }
  } finally {
    call("end", "", machine);
  }
}

async function perform(callCenter, action, signal) {
  if (action.do === "read") {
    const records = new Map();
    const isWhole = await readList(callCenter, action.list, { keyword: action.keyword, signal, records });
    // Whether a record is there cannot be told from a list that lacks some.
    if (!isWhole) return { failed: { kind: "decode", message: "The list changed each time while it was read." } };
    // A password of a phone is nothing that a plan needs.
    return { read: [...records.values()].map(({ password, ...record }) => record) };
  }
  const [family, method] = action.call.split(".");
  return { done: (await callCenter[HANDLES[family] ?? family][method](...action.arguments, { signal })) ?? null };
}

/** What a result says about an error. An error that is not of this package says nothing about whether the step was made. */
function dataOf(error) {
  const { kind = "decode", code, status, attempts, message } = Object(error);
  return { kind, code, status, attempts, message: String(message ?? error) };
}

// What can be sent of a record. An update may reset what it does not send, so nothing is left out that the API takes.
import { usageError } from "./error.js";

// Of the kinds that groups are read back with, an update takes these.
const OVERFLOW_TYPES = ["Recording", "Ivr_menu", "Ring_group"];

function arrayOf(value, name, what) {
  if (!Array.isArray(value)) throw usageError(`\`${name}\` must be ${what}.`, { path: "" });
  return value;
}

export function groupRequest(group, phones) {
  const members = arrayOf(group?.members, "group", "a group of `groups.list`");
  const extensions = new Map();
  for (const phone of arrayOf(phones?.items ?? phones, "phones", "the phones of `phones.list` or of `phones.iterate().toArray()`")) {
    const { agent_id: agent, sip_user: extension } = phone;
    // Which of two phones of an agent is meant, nobody knows.
    if (agent) extensions.set(agent, (extensions.get(agent) ?? extension) === extension ? extension : "");
  }

  const known = new Set();
  const unresolved = [];
  const ringSeconds = new Set();
  let longest = 0;
  for (const { agent_id: agent, sip_user, timeout } of members) {
    const extension = sip_user || extensions.get(agent);
    if (extension) known.add(extension);
    else unresolved.push(agent);
    if (timeout > 0) ringSeconds.add(timeout);
    if (timeout > longest) longest = timeout;
  }

  const { group_name, strategy, target_timeout_type, target_timeout } = group;
  const request = { group_name, strategy, sip_members: [...known], timeout: longest || group.timeout || 30 };
  const lost = [];
  if (OVERFLOW_TYPES.includes(target_timeout_type) && target_timeout) Object.assign(request, { target_timeout_type, target_timeout });
  else if (target_timeout_type || target_timeout) lost.push("target_timeout");
  if (group.ring_back_id) lost.push("ring_back_id");
  if (group.is_answer === "true") lost.push("is_answer");
  if (group.criterias?.length > 0) lost.push("criterias");
  return { request, unresolved, ringSeconds: [...ringSeconds], lost };
}

export function scriptRequest(script) {
  const keys = arrayOf(script?.scripts, "script", "a script of `ivrScripts.list`");
  const { script_name, greeting_id, max_failure, time_out } = script;
  const scripts = keys.map(({ ivr, action_type, action }) => ({ ivr, action_type: action_type ?? "", action: action ?? "" }));
  const request = { script_name, greeting_id, max_failure, time_out, scripts };
  for (const field of ["action_type", "action", "greeting_short_id", "invalid_sound_id", "ivr_direct_menu_dial"]) {
    if (script[field]) request[field] = script[field];
  }
  return request;
}

// What can be sent of a record. An update may reset what it does not send, so nothing is left out that the API takes.
import { usageError } from "./error.js";

// Of the kinds that groups are read back with, an update takes these.
const OVERFLOW_TYPES = ["Recording", "Ivr_menu", "Ring_group"];

// What an update does not take of a group, and of its members.
const UNSENT = [
  "ring_back_id", "is_answer", "criterias", "enable_criteria", "note", "outer_group_id", "is_forward_to_outer_group", "is_forward_to_user_owner",
  "ring_group_type", "ring_group_wait_time", "ring_group_wait_time_sequence", "ring_group_type_result",
];
const UNSENT_OF_MEMBERS = ["hold_music_id", "view"];

const holds = (value) => value && value !== "false" && value.length !== 0;

function recordsOf(value, name, what) {
  // The copy has no holes, which `every` would skip.
  if (Array.isArray(value) && [...value].every((record) => Object(record) === record)) return value;
  throw usageError(`\`${name}\` must be ${what}.`, { path: "" });
}

export function groupRequest(group, phones) {
  const members = recordsOf(group?.members, "group", "a group of `groups.list`");
  const extensions = new Map();
  for (const phone of recordsOf(phones?.items ?? phones, "phones", "the phones of `phones.list` or of `phones.iterate().toArray()`")) {
    const { agent_id: agent, sip_user: extension } = phone;
    // If two phones have the same agent, it is not known which one is meant.
    if (agent) extensions.set(agent, (extensions.get(agent) ?? extension) === extension ? extension : "");
  }

  const agentOf = new Map();
  let unresolved = [];
  const ringSeconds = new Set();
  for (const { agent_id: agent, sip_user, timeout } of members) {
    const extension = sip_user || extensions.get(agent);
    if (timeout > 0) ringSeconds.add(timeout);
    // If two members have the same extension, it is not known whose it is.
    if (!extension || (agentOf.has(extension) && agentOf.get(extension) !== agent)) unresolved.push(agent || "");
    else agentOf.set(extension, agent);
  }
  if (ringSeconds.size === 0 && group.timeout > 0) ringSeconds.add(group.timeout);
  let known = [...agentOf.keys()];
  // Responses of `create` and `update` list the extensions too. A list that lacks one is older than the members.
  if (unresolved.length > 0 && Array.isArray(group.sip_members)) {
    const listed = new Set(group.sip_members);
    if (listed.size >= members.length && known.every((extension) => listed.has(extension))) [known, unresolved] = [[...listed], []];
  }

  const { group_name, strategy, target_timeout_type, target_timeout } = group;
  const request = { group_name, strategy, sip_members: known, timeout: Math.max(0, ...ringSeconds) };
  const lost = UNSENT.filter((field) => holds(group[field]));
  lost.push(...UNSENT_OF_MEMBERS.filter((field) => members.some((member) => holds(member[field]))));
  if (OVERFLOW_TYPES.includes(target_timeout_type) && target_timeout) Object.assign(request, { target_timeout_type, target_timeout });
  else if (target_timeout_type || target_timeout) lost.unshift("target_timeout");
  return { request, unresolved, ringSeconds: [...ringSeconds], lost };
}

export function scriptRequest(script) {
  const keys = recordsOf(script?.scripts, "script", "a script of `ivrScripts.list`");
  const { script_name, greeting_id, max_failure, time_out } = script;
  const scripts = keys.map(({ ivr, action_type, action }) => ({ ivr, action_type: action_type ?? "", action: action ?? "" }));
  const request = { script_name, greeting_id, max_failure, time_out, scripts };
  for (const field of ["action_type", "action", "greeting_short_id", "invalid_sound_id", "ivr_direct_menu_dial"]) {
    if (script[field]) request[field] = script[field];
  }
  return request;
}

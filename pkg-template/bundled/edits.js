// Methods that make several calls: they read a record, change it, and read it back. They are loaded with the checks, at the first of
// these calls. `tools` is what the client passes: the `handle` of the family and that of the `phones`, with all their methods; `check`,
// `groupRequest`, `scriptRequest`, `untilAborted` and a `setTimeout` that no test replaces; for errors the `language`, and the `endpoint` of the change.
import { OmiCallError, usageError } from "./error.js";
import { groupUpdate, ivrScript } from "./json-schemas.js";

const EVERYTHING = { size: 100 };
const LONGEST_WAIT_MS = 2000;
const OPTIONS = ["unchangedSince", "signal", "timeoutMs", "maxRetries", "validation", "context"];

export async function patchGroup(tools, id, change, options) {
  return patch(tools, id, change, options, {
    list: "groups",
    schema: groupUpdate,
    options: ["phones", ...OPTIONS],
    members: "members",
    by: "last_update_by",
    context: async (call, phones) => ({ phones: phones ?? (await tools.phones.iterate(EVERYTHING, call).toArray()) }),
    read: (group, { phones }) => readGroup(group, tools.groupRequest(group, phones)),
    // An update gives all members the same ring time, so theirs is only compared with that of members who stay.
    without: (group, after) => ({ ...group, members: group.members.filter(({ agent_id }) => after.members.some((member) => member.agent_id === agent_id)) }),
  });
}

export async function patchScript(tools, id, change, options) {
  return patch(tools, id, change, options, {
    list: "scripts",
    schema: ivrScript,
    options: OPTIONS,
    members: "scripts",
    by: "last_updated_by",
    context: async () => {},
    read(script) {
      const request = tools.scriptRequest(script);
      return { request, unresolved: [], fields: { ...request, note: script.note } };
    },
    without: (script) => script,
  });
}

/** What can be sent of a group, whom a request cannot name, and all fields that may be lost. Members without a known extension are there by their agent. */
function readGroup(group, { request, unresolved, ringSeconds, lost }) {
  const { members } = group;
  const known = [...request.sip_members];
  const inOrder = members.map(({ agent_id }) => (unresolved.includes(agent_id || "") ? agent_id : known.shift()));
  const fields = { ...request, sip_members: [...inOrder, ...known].filter(Boolean) };
  if (ringSeconds.length > 1) fields.timeout = ringSeconds;
  for (const name of lost.flatMap((name) => (name === "target_timeout" ? ["target_timeout_type", name] : name))) {
    fields[name] = name in group ? group[name] : members.map((member) => member[name]).filter(Boolean);
  }
  return { request, unresolved, fields };
}

async function patch({ handle, check, untilAborted, setTimeout, language, endpoint }, id, change, options, family) {
  const usage = (path, message) => usageError(`${endpoint}: ${message}`, { path, endpoint });
  const { unchangedSince, phones, ...rest } = Object(options);
  // Of anything but an object, the first call says that it is not one.
  const call = Object(options) === options ? rest : options;
  if (!isId(id)) throw usage("", "`id` must be the id of a record.");
  if (Object(change) !== change || Array.isArray(change)) throw usage("", "`change` must be an object with the fields to change.");
  // Also those without a value, which would not be sent.
  const checkNames = (argument, value, known) => {
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) throw usage(`/${unknown}`, `\`${argument}.${unknown}\` is unknown: there are ${known.map((name) => `\`${name}\``).join(", ")}.`);
  };
  checkNames("change", change, Object.keys(family.schema().properties));
  if (call === rest) checkNames("options", options, family.options);
  const recordRead = Object(unchangedSince) === unchangedSince ? unchangedSince : undefined;
  const dateRead = recordRead ? recordRead.last_updated_date : (unchangedSince ?? undefined);
  const isUsable = Number.isFinite(dateRead) && (!recordRead || isListOfObjects(recordRead[family.members]));
  if ((recordRead || dateRead !== undefined) && !isUsable) {
    throw usage("/unchangedSince", "`options.unchangedSince` must be the record as it was read, or its `last_updated_date`.");
  }
  if (recordRead && !isSame(recordRead._id, id)) throw usage("/unchangedSince", "`options.unchangedSince` is another record than the one with this `id`.");
  const isIt = (record) => isSame(record?._id, id) && record.is_deleted !== true;
  // What is `undefined` stays as it is. `null` is sent as nothing, by which the server resets the field.
  const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

  return inTurn([id], (others) => untilAborted(others, call?.signal), async () => {
    const context = await family.context(call, phones);
    // All records, for the rules; last, to leave others little time between this and the update.
    const readAt = performance.now();
    const records = await handle.iterate(EVERYTHING, call).toArray();
    const current = records.find(isIt);
    if (current && !isListOfObjects(current[family.members])) {
      throw new OmiCallError(`${endpoint}: nothing was sent, because the record as it was read has no list of \`${family.members}\`.`, { kind: "decode", path: `/${family.members}`, endpoint, attempts: 0, issues: [], retryable: false });
    }
    const now = current && family.read(current, context);
    const fields = now && recordRead ? pairs(family.read(recordRead, context).fields, now.fields) : [];
    const state = {
      exists: current !== undefined,
      fields: fields.map(([name, read, now]) => ({ name, read: canonical(read), now: canonical(now), is_changed: Object.hasOwn(changed, name) })),
      date_read: dateRead,
      date: current?.last_updated_date,
      by: current?.[family.by]?.name,
      at: isoDate(current?.last_updated_date),
      unresolved: now?.unresolved,
    };
    check("patch", state, undefined, { language: call?.context?.language }, language, endpoint);
    if (differences({ ...now.fields, ...changed }, now.fields).length === 0) return { record: current, notAsMeant: [] };

    const request = { ...now.request, ...changed };
    const response = await handle.update(current._id, request, { ...call, context: { ...call?.context, ...context, [family.list]: records } });
    // The change is made. Whatever fails from here on must not look as if it were not.
    const notAsMeant = (record) => {
      const found = family.read(record, context);
      const meant = { ...family.read(family.without(current, record), context).fields, ...changed };
      if (request.sip_members) {
        meant.sip_members = request.sip_members;
        // A new member may be one whose phone has no agent.
        const isListed = (member) => found.fields.sip_members.includes(member);
        found.fields.sip_members = found.fields.sip_members.map((member, index) => (found.unresolved.includes(member) && !isListed(meant.sip_members[index]) ? meant.sip_members[index] : member));
      }
      return differences(meant, found.fields).map(({ field, meant, found }) => ({ field, meant: meant ?? null, found: found ?? record[field] ?? null }));
    };
    let readBackError;
    try {
      // Somebody who read the record just before this change sends theirs about as long after it as this took. To see what that
      // overwrites, wait as long; not for retries, or a clock that a test has put forward.
      const lasted = Math.min(performance.now() - readAt, LONGEST_WAIT_MS);
      await untilAborted(new Promise((resolve) => setTimeout(resolve, lasted)), call?.signal);
      const record = await readBack(handle, call, isIt);
      return { record, request, notAsMeant: notAsMeant(record) };
    } catch (error) {
      readBackError = error;
    }
    try {
      return { record: response, request, notAsMeant: notAsMeant(response), readBackError };
    } catch {
      return { record: response, request, notAsMeant: [], readBackError };
    }
  });
}

async function readBack(handle, call, isIt) {
  for await (const record of handle.iterate(EVERYTHING, call)) if (isIt(record)) return record;
  throw new OmiCallError("The record was not in the list when it was read back: somebody may have deleted it.", { kind: "api", attempts: 0, issues: [], retryable: false });
}

export async function moveMembers({ handle, check, untilAborted, validates, language, endpoint }, from, to, extensions, options) {
  const usage = (message) => usageError(`${endpoint}: ${message}`, { path: "", endpoint });
  if (!isId(from) || !isId(to)) throw usage("`from` and `to` must be the ids of groups.");
  if (isSame(from, to)) throw usage("`from` and `to` are the same group.");
  const removal = { group_id: from, sip_users: extensions };
  /** Names what was passed: the caller does not know the requests that are made of it. */
  const named = (error, group) => {
    error.message = error.message.replace("`change.group_id`", `\`${group}\``).replace("`change.sip_users", "`extensions");
    return error;
  };
  // Both before the first half, so that the second does not fail for this.
  if (options?.validation ?? validates) {
    for (const [rules, group, group_id] of [["new-members", "to", to], ["old-members", "from", from]]) {
      try {
        check(rules, { group_id, sip_users: extensions }, undefined, options?.context, language, endpoint);
      } catch (error) {
        throw named(error, group);
      }
    }
  }
  const moved = { added: "not tried", removed: "not tried" };
  const step = async (name, call, sentences) => {
    try {
      await call;
      moved[name] = "done";
    } catch (error) {
      if (name === "added" && error.attempts === 0) throw named(error, "to");
      moved[name] = error.outcomeUnknown ? "unknown" : "failed";
      error.message += sentences[moved[name]];
      throw Object.assign(error, { moved });
    }
  };
  return inTurn([from, to], (others) => untilAborted(others, options?.signal), async () => {
    await step("added", handle.addMembers({ group_id: to, sip_users: extensions }, options), {
      failed: " Nothing was moved.",
      unknown: " Nobody was taken out of the other group.",
    });
    await step("removed", handle.removeMembers(removal, options), {
      failed: " They were added to the other group, so they are in both: `removeMembers` takes them out of one.",
      unknown: " They were added to the other group, and may be in both.",
    });
  });
}

// By the ids of groups and scripts: what to wait for before the next edit of it, which never rejects.
const turns = new Map();

/** One edit of a record after the other, because each reads it first. What waits for its turn goes on when it is aborted, and rejects. */
async function inTurn(ids, waitFor, work) {
  const keys = ids.map((id) => String(id).toLowerCase());
  const before = Promise.all(keys.map((key) => turns.get(key)));
  const turn = waitFor(before).then(work);
  const ended = Promise.allSettled([before, turn]);
  for (const key of keys) turns.set(key, ended);
  try {
    return await turn;
  } finally {
    for (const key of keys) if (turns.get(key) === ended) turns.delete(key);
  }
}

const isId = (id) => typeof id === "string" && id.trim() !== "";

const isListOfObjects = (value) => Array.isArray(value) && [...value].every((one) => Object(one) === one);

const isSame = (id, other) => String(id).toLowerCase() === String(other).toLowerCase();

const isoDate = (ms) => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
};

/** Each field that one of the two has, with both values. */
const pairs = (one, other) => Object.keys({ ...one, ...other }).map((name) => [name, one[name], other[name]]);

const differences = (meant, found) =>
  pairs(meant, found).flatMap(([field, meant, found]) => (canonical(meant) === canonical(found) ? [] : { field, meant, found }));

/** A value as text that is the same for what the server does not tell apart: `null`, `""` and `"false"`, and the order of members. */
const canonical = (value) => (value && value !== "false" && value.length !== 0 ? JSON.stringify(value, sorted).normalize() : "");

const sorted = (_, value) => (Object(value) === value && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value);

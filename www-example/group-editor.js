// The editor of a group: its name, how it rings, and its members, picked from the phones.
import { validateGroup } from "omicall-call-center";
import { showEditor } from "./editor.js";
import { numberIn } from "./script-form.js";
import { membersIn } from "./members.js";
import { say, words } from "./words.js";

/** Shows the editor of the group with that id, or of a new one for "new". */
export function editGroup({ callCenter, ...where }) {
  showEditor(where, {
    list: "groups",
    template: "group-editor",
    fieldsOf,
    draftOf,
    check: validateGroup,
    save: (draft, record, known) => save(callCenter.groups, draft, record, known),
    remove: ({ _id }) => callCenter.groups.delete(_id),
    texts: {
      create: words("New group"),
      missing: words("There is no such group."),
      title: ({ group_name }) => group_name,
      question: ({ group_name: name }) => words("Delete the group “{name}”?", { name }),
    },
  });
}

/** What of a group is edited. A group names its members by agent; which extension that is, the phones tell. */
function draftOf(group, { phones }) {
  if (!group) return { group_name: "", strategy: "enterprise", sip_members: [], timeout: 20 };
  const { group_name, strategy, members } = group;
  return { group_name, strategy, sip_members: extensionsOf(members, phones), timeout: members[0]?.timeout ?? 20 };
}

function extensionsOf(members, phones) {
  const byAgent = new Map(phones.map(({ agent_id, sip_user }) => [agent_id, sip_user]));
  return members.flatMap(({ agent_id }) => byAgent.get(agent_id) ?? []);
}

function fieldsOf(form) {
  const { group_name, strategy, timeout } = form.elements;
  const members = membersIn(form);
  const note = form.querySelector(".note");
  return {
    offer(known, id) {
      members.offer(known.phones);
      say(note, noteOn(known.groups.find(({ _id }) => _id === id), known.phones));
    },
    fill(draft) {
      group_name.value = draft.group_name;
      strategy.value = draft.strategy;
      // A strategy that this page does not know stays as it is.
      if (strategy.value !== draft.strategy) strategy.add(new Option(draft.strategy, draft.strategy, true, true));
      timeout.value = draft.timeout;
      members.fill(draft.sip_members);
    },
    read: () => ({
      group_name: group_name.value,
      strategy: strategy.value,
      sip_members: members.read(),
      timeout: numberIn(timeout),
    }),
  };
}

/** What a change of all of the group would undo. */
function noteOn(group, phones) {
  if (!group) return "";
  const { members } = group;
  const strangers = members.length - extensionsOf(members, phones).length;
  const times = new Set(members.map(({ timeout }) => timeout));
  if (strangers > 0) {
    return words(
      "{count} more belong to the group whose phones are not known here. They stay in it as long as you only add and remove members.",
      { count: strangers },
    );
  }
  if (times.size > 1) {
    return words(
      "The members ring for different times: {times} s. They do so as long as you only add and remove members.",
      { times: [...times].join(", ") },
    );
  }
  return "";
}

/** Only members have come or gone: that is all the server is told, and the rest stays as it is, or as others change it. */
async function save(groups, draft, record, known) {
  if (!record) return groups.create(draft);
  const before = draftOf(record, known);
  const removed = before.sip_members.filter((member) => !draft.sip_members.includes(member));
  const added = draft.sip_members.filter((member) => !before.sip_members.includes(member));
  // Who is added comes last.
  const expected = [...before.sip_members.filter((member) => !removed.includes(member)), ...added];
  if (JSON.stringify({ ...before, sip_members: expected }) !== JSON.stringify(draft)) return groups.update(record._id, draft);
  const change = (sip_users) => ({ group_id: record._id, sip_users });
  if (removed.length > 0) await groups.removeMembers(change(removed));
  if (added.length > 0) await groups.addMembers(change(added));
  return record;
}

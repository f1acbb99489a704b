// The editor of a group: its name, how it rings, and its members, selected from the phones.
import { validateGroup } from "omicall-call-center/checks";
import { showEditor } from "./editor.js";
import { setText, t } from "./i18n.js";
import { createMemberList } from "./members.js";
import { readNumber } from "./script-form.js";

/** Shows the editor of the group with that id, or of a new one for "new". */
export function editGroup({ callCenter, ...context }) {
  showEditor(context, {
    list: "groups",
    template: "group-editor",
    createFields,
    toDraft,
    check: validateGroup,
    save: (draft, record, tenant) => save(callCenter.groups, draft, record, tenant),
    remove: ({ _id }) => callCenter.groups.delete(_id),
    texts: {
      create: t("New group"),
      missing: t("There is no such group."),
      title: ({ group_name }) => group_name,
      question: ({ group_name: name }) => t("Delete the group “{name}”?", { name }),
    },
  });
}

/** The fields of a group that are edited. A group lists its members by agent; the phones say which extension that is. */
function toDraft(group, { phones }) {
  if (!group) return { group_name: "", strategy: "enterprise", sip_members: [], timeout: 20 };
  const { group_name, strategy, members } = group;
  return { group_name, strategy, sip_members: memberExtensions(members, phones), timeout: members[0]?.timeout ?? 20 };
}

function memberExtensions(members, phones) {
  const byAgent = new Map(phones.map(({ agent_id, sip_user }) => [agent_id, sip_user]));
  return members.flatMap(({ agent_id }) => byAgent.get(agent_id) ?? []);
}

function createFields(form) {
  const { group_name, strategy, timeout } = form.elements;
  const members = createMemberList(form);
  const note = form.querySelector(".note");
  return {
    setTenant(tenant, id) {
      members.setPhones(tenant.phones);
      setText(note, updateWarning(tenant.groups.find(({ _id }) => _id === id), tenant.phones));
    },
    fill(draft) {
      group_name.value = draft.group_name;
      strategy.value = draft.strategy;
      // A strategy that this page does not know is kept.
      if (strategy.value !== draft.strategy) strategy.add(new Option(draft.strategy, draft.strategy, true, true));
      timeout.value = draft.timeout;
      members.fill(draft.sip_members);
    },
    read: () => ({
      group_name: group_name.value,
      strategy: strategy.value,
      sip_members: members.read(),
      timeout: readNumber(timeout),
    }),
  };
}

/** What an update of the whole group would lose; "" if nothing. */
function updateWarning(group, phones) {
  if (!group) return "";
  const { members } = group;
  const withoutPhone = members.length - memberExtensions(members, phones).length;
  const times = new Set(members.map(({ timeout }) => timeout));
  if (withoutPhone > 0) {
    return t(
      "{count} more belong to the group whose phones are not known here. They stay in it as long as you only add and remove members.",
      { count: withoutPhone },
    );
  }
  if (times.size > 1) {
    return t(
      "The members ring for different times: {times} s. They do so as long as you only add and remove members.",
      { times: [...times].join(", ") },
    );
  }
  return "";
}

/** If only members were added or removed, sends only that, so that everything else in the group stays as it is. */
async function save(groups, draft, record, tenant) {
  if (!record) return groups.create(draft);
  const before = toDraft(record, tenant);
  const removed = before.sip_members.filter((member) => !draft.sip_members.includes(member));
  const added = draft.sip_members.filter((member) => !before.sip_members.includes(member));
  // The server appends new members.
  const expected = [...before.sip_members.filter((member) => !removed.includes(member)), ...added];
  if (JSON.stringify({ ...before, sip_members: expected }) !== JSON.stringify(draft)) return groups.update(record._id, draft);
  const change = (sip_users) => ({ group_id: record._id, sip_users });
  if (removed.length > 0) await groups.removeMembers(change(removed));
  if (added.length > 0) await groups.addMembers(change(added));
  return record;
}

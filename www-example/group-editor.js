// The editor of a group: its name, how it rings, and its members, selected from the phones.
import { groupRequest } from "omicall-call-center";
import { validateGroup } from "omicall-call-center/checks";
import { showEditor } from "./editor.js";
import { setText, t } from "./i18n.js";
import { createMemberList } from "./members.js";
import { readNumber } from "./script-form.js";

const LOST = ["members-lost", "group-overflow-lost"];

/** Shows the editor of the group with that id, or of a new one for "new". */
export function editGroup({ callCenter, ...context }) {
  showEditor(context, {
    list: "groups",
    template: "group-editor",
    createFields,
    toDraft,
    check,
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

/** The fields of a group that are edited, and the ones that are only kept. */
function toDraft(group, { phones }) {
  return group ? groupRequest(group, phones).request : { group_name: "", strategy: "enterprise", sip_members: [], timeout: 20 };
}

function createFields(form) {
  const { group_name, strategy, timeout } = form.elements;
  const members = createMemberList(form);
  const note = form.querySelector(".note");
  // What is not edited is sent as it was.
  let kept;
  return {
    setTenant(tenant, id) {
      members.setPhones(tenant.phones);
      setText(note, updateWarning(tenant.groups.find(({ _id }) => _id === id), tenant.phones));
    },
    fill(draft) {
      kept = draft;
      group_name.value = draft.group_name;
      strategy.value = draft.strategy;
      // A strategy that this page does not know is kept.
      if (strategy.value !== draft.strategy) strategy.add(new Option(draft.strategy, draft.strategy, true, true));
      timeout.value = draft.timeout;
      members.fill(draft.sip_members);
    },
    read: () => ({
      ...kept,
      group_name: group_name.value,
      strategy: strategy.value,
      sip_members: members.read(),
      timeout: readNumber(timeout),
    }),
  };
}

/** What an update of the whole group would change beside what is edited; "" if nothing. */
function updateWarning(group, phones) {
  if (!group) return "";
  const { unresolved, ringSeconds, lost } = groupRequest(group, phones);
  const sentences = [];
  if (unresolved.length > 0) {
    sentences.push(t(
      "{count} more belong to the group whose phones are not known here. They stay in it as long as you only add and remove members.",
      { count: unresolved.length },
    ));
  }
  if (ringSeconds.length > 1) {
    sentences.push(t(
      "The members ring for different times: {times} s. They do so as long as you only add and remove members.",
      { times: ringSeconds.join(", ") },
    ));
  }
  if (lost.length > 0) {
    sentences.push(t(
      "What this page cannot send may be reset: {fields}. It stays as it is as long as you only add and remove members.",
      { fields: lost.join(", ") },
    ));
  }
  return sentences.join(" ");
}

/** Whether the draft is sent as members that are added and removed, so that everything else in the group stays as it is. */
function memberChanges(draft, record, tenant) {
  const before = toDraft(record, tenant);
  const removed = before.sip_members.filter((member) => !draft.sip_members.includes(member));
  const added = draft.sip_members.filter((member) => !before.sip_members.includes(member));
  // The server appends new members.
  const expected = [...before.sip_members.filter((member) => !removed.includes(member)), ...added];
  return JSON.stringify({ ...before, sip_members: expected }) === JSON.stringify(draft) && { removed, added };
}

/** The report on a draft. What an update would lose is not reported if none is sent. */
function check(draft, context) {
  const report = validateGroup(draft, context);
  const record = context.groups.find(({ _id }) => _id === context.id);
  const isUpdate = record && !memberChanges(draft, record, context);
  return isUpdate ? report : { ...report, issues: report.issues.filter(({ code }) => !LOST.includes(code)) };
}

async function save(groups, draft, record, tenant) {
  if (!record) return groups.create(draft, { context: tenant });
  const changes = memberChanges(draft, record, tenant);
  if (!changes) {
    try {
      // Refused if somebody else has changed the group meanwhile: the editor shows where.
      return (await groups.patch(record._id, draft, { unchangedSince: record, phones: tenant.phones, context: tenant })).record;
    } catch (error) {
      // `patch` keeps everybody. If it refuses for nothing else, nobody has changed the group, and these members leave it, as the form says.
      const isOnlyRefused = error.issues?.length > 0 && error.issues.every(({ code }) => code === "members-unresolved");
      if (!isOnlyRefused) throw error;
    }
    return groups.update(record._id, draft, { context: tenant });
  }
  const change = (sip_users) => ({ group_id: record._id, sip_users });
  // In this order the group is never short of members, even if the second call fails.
  if (changes.added.length > 0) await groups.addMembers(change(changes.added), { context: tenant });
  if (changes.removed.length > 0) await groups.removeMembers(change(changes.removed), { context: tenant });
  return record;
}

//! Rules about the members of a ring group, and about a change of them.

use omicall_issues::{IssueCode, Report};
use omicall_schema::{
    compact::usize_to_string,
    draft::{List, Value},
};

use crate::tenant::{
    drafts::GroupDraft,
    index::{TenantIndex, is_extension, is_id},
    str_map::StrMap,
};

omicall_schema::draft! {
    /// A change of the members of a ring group that may be incomplete.
    pub struct MembersDraft<'t> as GroupMembersDraft {
        /// The `_id` of the group.
        group_id: Value<'t> = "string | null | undefined",
        /// The extensions to add or remove.
        sip_users: List<Value<'t>> = "readonly string[] | null | undefined",
    }
}

/// Checks a change of members. The tenant's `action` says whether they are added or removed.
pub fn check_members(change: &MembersDraft<'_>, index: &TenantIndex<'_>, report: &mut Report) {
    if !change.group_id.text().is_some_and(is_id) {
        report.add(IssueCode::GroupIdFormat, &["/group_id"]);
    }
    if change.sip_users.items.is_empty() {
        report.add(IssueCode::GroupMembersEmpty, &["/sip_users"]);
    }
    check_extensions(&change.sip_users, "/sip_users/", index, report);
    check_members_change(change, index, report);
}

/// Reports extensions to add that are members already, and extensions to remove that are not.
fn check_members_change(change: &MembersDraft<'_>, index: &TenantIndex<'_>, report: &mut Report) {
    let Some(group) = index.group(change.group_id.text_or_empty()) else { return };
    let members = GroupMembers::new(group);
    let adds = index.tenant().action != Value::Text("remove");
    for (position, extension) in change.sip_users.items.iter().enumerate() {
        let is_member = members.contains(extension.text_or_empty(), index);
        if is_member == Some(adds) {
            let path = ["/sip_users/", &usize_to_string(position)];
            report.add_quoting(IssueCode::MembersNoop, &path, &[("extension", *extension)]);
        }
    }
}

/// Checks a list of extensions. `prefix` is the JSON pointer of the list with a `/` at the end.
pub fn check_extensions(list: &List<Value<'_>>, prefix: &str, index: &TenantIndex<'_>, report: &mut Report) {
    let mut seen = StrMap::default();
    for (position, extension) in list.items.iter().enumerate() {
        let path = [prefix, &usize_to_string(position)];
        let text = extension.text_or_empty();
        let mut add = |code| report.add_quoting(code, &path, &[("extension", *extension)]);
        if !is_extension(text) {
            add(IssueCode::GroupMemberFormat);
            continue;
        }
        if seen.insert(text, 0).is_some() {
            add(IssueCode::GroupMemberDuplicate);
        }
        if index.tenant().phones.is_list() && index.phone(text).is_none() {
            add(IssueCode::GroupMemberUnknown);
        }
        if let Some(group) = index.group_with_number(text) {
            let values = [("extension", *extension), ("name", group.group_name)];
            report.add_quoting(IssueCode::GroupMemberIsGroup, &path, &values);
        }
    }
}

/// Reports members whom the request would remove from the group with the id `own_id`. Members are listed by agent: one whose phone
/// is not known cannot be in the request, so it counts as lost.
pub fn check_members_lost(
    request: &GroupDraft<'_>,
    own_id: &str,
    index: &TenantIndex<'_>,
    report: &mut Report,
) {
    let Some(group) = index.group(own_id).filter(|_| index.tenant().phones.is_list()) else { return };
    // A record of `groups.list` is not a request.
    if request.is_list_record() {
        return;
    }
    // The extensions of the request, and their agents.
    let mut kept = StrMap::default();
    for extension in &request.sip_members.items {
        let extension = extension.text_or_empty();
        kept.insert(extension, 0);
        if let Some(phone) = index.phone(extension) {
            kept.insert(phone.agent_id.text_or_empty(), 0);
        }
    }
    let is_kept = |id: Value<'_>| !id.is_empty() && kept.contains_key(id.text_or_empty());
    let (mut count, mut total) = (0_usize, 0_usize);
    let mut add = |is_kept: bool| {
        total = total.saturating_add(1);
        count = count.saturating_add((!is_kept).into());
    };
    match group.sip_members.is_list() {
        true => group.sip_members.items.iter().for_each(|extension| add(is_kept(*extension))),
        false => group.members.items.iter().for_each(|member| {
            add(is_kept(member.agent_id) || is_kept(member.sip_user));
        }),
    }
    if count > 0 {
        let issue = report.issue(IssueCode::MembersLost, &["/sip_members"]).with_param("count", count);
        report.push(issue.with_param("total", total));
    }
}

/// The members of a group: by extension if the group lists `sip_members`, else by agent.
struct GroupMembers<'g> {
    group: &'g GroupDraft<'g>,
    /// Extensions, or ids of agents.
    ids: StrMap<'g>,
}

impl<'g> GroupMembers<'g> {
    fn new(group: &'g GroupDraft<'g>) -> Self {
        let mut ids = StrMap::default();
        let mut insert = |id: Value<'g>| {
            let id = id.text_or_empty();
            if !id.is_empty() {
                ids.insert(id, 0);
            }
        };
        match group.sip_members.is_list() {
            true => group.sip_members.items.iter().for_each(|extension| insert(*extension)),
            false => group.members.items.iter().for_each(|member| {
                insert(member.agent_id);
                insert(member.sip_user);
            }),
        }
        GroupMembers { group, ids }
    }

    /// Returns whether the extension is a member; `None` if neither the group nor the extension's phone tells.
    fn contains(&self, extension: &str, index: &TenantIndex<'_>) -> Option<bool> {
        if self.group.sip_members.is_list() || self.ids.contains_key(extension) {
            return Some(self.ids.contains_key(extension));
        }
        let agent = index.phone(extension)?.agent_id.text_or_empty();
        let is_comparable = self.group.members.is_list() && !agent.is_empty();
        is_comparable.then(|| self.ids.contains_key(agent))
    }
}

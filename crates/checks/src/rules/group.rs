//! What is wrong with a ring group, and with a change of its members.

use crate::tenant::drafts::GroupDraft;
use crate::tenant::{
    index::{TenantIndex, is_extension, is_id},
    str_map::StrMap,
};
use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::compact::usize_to_string;
use omicall_schema::draft::{List, Value};

omicall_schema::draft! {
    /// A change of the members of a ring group as far as it is filled in.
    pub struct MembersDraft<'t> as GroupMembersDraft {
        /// The `_id` of the group.
        group_id: Value<'t> = "string | null | undefined",
        /// The extensions.
        sip_users: List<Value<'t>> = "string[] | null | undefined",
    }
}

/// For how many seconds a member usually rings at the most.
const USUAL_SECONDS: i32 = 60;

/// How long a caller usually waits.
const USUAL_TOTAL: i32 = 60;

/// When SIP gives up on a call that nobody takes: Timer C of RFC 3261, §16.6.
const TIMER_C: i32 = 180;

/// Every rule about a ring group: one to be sent, or one that `groups.list` sent, which has `members` in place of
/// `sip_members` and `timeout`.
pub fn check_group(group: &GroupDraft<'_>, tenant: &TenantIndex<'_>, report: &mut Report) {
    if !group.group_name.is_non_blank() {
        report.add(IssueCode::GroupNameRequired, &["/group_name"]);
    }
    if !matches!(group.strategy, Value::Text("enterprise" | "rollover" | "random")) {
        report.add(IssueCode::GroupStrategyUnknown, &["/strategy"]);
    }
    let is_listed = group.timeout == Value::Absent && !group.members.items.is_empty();
    match group.timeout.positive_int() {
        None if is_listed => {}
        None => report.add(IssueCode::GroupTimeoutInvalid, &["/timeout"]),
        Some(seconds) if seconds > USUAL_SECONDS => {
            let issue = report.issue(IssueCode::GroupTimeoutInvalid, &["/timeout"]);
            report.push(issue.with_severity(Severity::Warning));
        }
        Some(_) => {}
    }
    total_ring(group, report);
    if group.sip_members.items.is_empty() && group.members.items.is_empty() {
        report.add(IssueCode::GroupMembersEmpty, &["/sip_members"]);
    }
    extensions(&group.sip_members, "/sip_members/", tenant, report);
}

fn total_ring(group: &GroupDraft<'_>, report: &mut Report) {
    let one_after_the_other = match group.strategy {
        Value::Text("rollover" | "random") => true,
        Value::Text("enterprise") => false,
        _ => return,
    };
    let seconds: Vec<i32> = match group.timeout.positive_int() {
        Some(seconds) => group.sip_members.items.iter().map(|_| seconds).collect(),
        None => group.members.items.iter().filter_map(|member| member.timeout.positive_int()).collect(),
    };
    let total = if one_after_the_other {
        seconds.into_iter().fold(0_i32, i32::saturating_add)
    } else {
        seconds.into_iter().max().unwrap_or_default()
    };
    if total > USUAL_TOTAL {
        let issue = report.issue(IssueCode::GroupTotalRingLong, &["/timeout"]).with_param("seconds", total);
        report.push(if total > TIMER_C { issue.with_severity(Severity::Warning) } else { issue });
    }
}

/// Every rule about a change of members.
pub fn check_members(change: &MembersDraft<'_>, tenant: &TenantIndex<'_>, report: &mut Report) {
    if !change.group_id.text().is_some_and(is_id) {
        report.add(IssueCode::GroupIdFormat, &["/group_id"]);
    }
    if change.sip_users.items.is_empty() {
        report.add(IssueCode::GroupMembersEmpty, &["/sip_users"]);
    }
    extensions(&change.sip_users, "/sip_users/", tenant, report);
    let Some(group) = tenant.group(change.group_id.text_or_empty()) else { return };
    let members = Members::of(group);
    let adds = tenant.context().action != Value::Text("remove");
    for (index, extension) in change.sip_users.items.iter().enumerate() {
        let is_member = members.includes(extension.text_or_empty(), tenant);
        if is_member == Some(adds) {
            let issue = report.issue(IssueCode::MembersNoop, &["/sip_users/", &usize_to_string(index)]);
            report.push(issue.with_param("extension", extension.display_text()));
        }
    }
}

fn extensions(list: &List<Value<'_>>, path: &str, tenant: &TenantIndex<'_>, report: &mut Report) {
    let mut seen = StrMap::default();
    for (index, extension) in list.items.iter().enumerate() {
        let path = [path, &usize_to_string(index)];
        let text = extension.text_or_empty();
        let mut found = |code| {
            let issue = report.issue(code, &path);
            report.push(issue.with_param("extension", extension.display_text()));
        };
        if !is_extension(text) {
            found(IssueCode::GroupMemberFormat);
            continue;
        }
        if seen.note(text, 0).is_some() {
            found(IssueCode::GroupMemberDuplicate);
        }
        if tenant.context().phones.is_list() && tenant.phone(text).is_none() {
            found(IssueCode::GroupMemberUnknown);
        }
    }
}

/// Who belongs to a group: by extension where the group says so, otherwise by agent.
struct Members<'g> {
    group: &'g GroupDraft<'g>,
    known: StrMap<'g>,
}

impl<'g> Members<'g> {
    fn of(group: &'g GroupDraft<'g>) -> Self {
        let mut known = StrMap::default();
        let mut note = |id: Value<'g>| {
            let id = id.text_or_empty();
            if !id.is_empty() {
                known.note(id, 0);
            }
        };
        match group.sip_members.is_list() {
            true => group.sip_members.items.iter().for_each(|extension| note(*extension)),
            false => group.members.items.iter().for_each(|member| {
                note(member.agent_id);
                note(member.sip_user);
            }),
        }
        Members { group, known }
    }

    /// Whether the extension belongs to the group; nothing where that cannot be told.
    fn includes(&self, extension: &str, tenant: &TenantIndex<'_>) -> Option<bool> {
        if self.group.sip_members.is_list() || self.known.has(extension) {
            return Some(self.known.has(extension));
        }
        let agent = tenant.phone(extension)?.agent_id.text_or_empty();
        let says_so = self.group.members.is_list() && !agent.is_empty();
        says_so.then(|| self.known.has(agent))
    }
}

//! Rules about a ring group.

use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::draft::Value;

use crate::{
    rules::{
        group_members::{check_extensions, check_members_lost},
        group_overflow::{check_overflow, check_overflow_lost},
        text::check_characters,
    },
    tenant::{drafts::GroupDraft, index::TenantIndex},
};

/// The usual maximum time to ring one member, in seconds.
const USUAL_MEMBER_SECONDS: i32 = 60;

/// The usual maximum time that a caller hears ringing, in seconds.
const USUAL_TOTAL_SECONDS: i32 = 60;

/// After how many seconds SIP gives up on an unanswered call: Timer C of RFC 3261, §16.6.
const TIMER_C_SECONDS: i32 = 180;

/// Checks a ring group: the request of `groups.create`, or a record of `groups.list`, which has `members` instead of
/// `sip_members` and `timeout`.
pub fn check_group(group: &GroupDraft<'_>, index: &TenantIndex<'_>, report: &mut Report) {
    let own_id = index.payload_id(group._id);
    check_characters(group.group_name, &["/group_name"], report);
    if !group.group_name.is_non_blank() {
        report.add(IssueCode::GroupNameRequired, &["/group_name"]);
    }
    if !matches!(group.strategy, Value::Text("enterprise" | "rollover" | "random")) {
        report.add(IssueCode::GroupStrategyUnknown, &["/strategy"]);
    }
    check_member_timeout(group, report);
    check_total_ring_time(group, &["/timeout"], report);
    if group.sip_members.items.is_empty() && group.members.items.is_empty() {
        report.add(IssueCode::GroupMembersEmpty, &["/sip_members"]);
    }
    check_extensions(&group.sip_members, "/sip_members/", index, report);
    check_members_lost(group, own_id, index, report);
    check_overflow(group, own_id, "", index, report);
    check_overflow_lost(group, own_id, index, report);
}

/// Checks a ring group of the tenant. `prefix` is its JSON pointer in the argument. What the record lacks is not reported: it was
/// not read, or the server knows better.
pub fn check_listed_group(
    group: &GroupDraft<'_>,
    index: &TenantIndex<'_>,
    prefix: &str,
    report: &mut Report,
) {
    let path = [prefix, "/group_name"];
    check_characters(group.group_name, &path, report);
    if group.group_name != Value::Absent && !group.group_name.is_non_blank() {
        report.add(IssueCode::GroupNameRequired, &path);
    }
    let [timeout, members] = match group.is_list_record() {
        true => ["/members", "/members"],
        false => ["/timeout", "/sip_members"],
    };
    check_total_ring_time(group, &[prefix, timeout], report);
    if group.is_known_empty() {
        report.add(IssueCode::GroupMembersEmpty, &[prefix, members]);
    }
    check_extensions(&group.sip_members, &[prefix, "/sip_members/"].concat(), index, report);
    check_overflow(group, group._id.text_or_empty(), prefix, index, report);
}

fn check_member_timeout(group: &GroupDraft<'_>, report: &mut Report) {
    let is_list_record = group.timeout == Value::Absent && !group.members.items.is_empty();
    match group.timeout.positive_int() {
        None if is_list_record => {}
        None => report.add(IssueCode::GroupTimeoutInvalid, &["/timeout"]),
        Some(seconds) if seconds > USUAL_MEMBER_SECONDS => {
            report.add_as(Severity::Warning, IssueCode::GroupTimeoutInvalid, &["/timeout"]);
        }
        Some(_) => {}
    }
}

fn check_total_ring_time(group: &GroupDraft<'_>, path: &[&str], report: &mut Report) {
    let is_sequential = match group.strategy {
        Value::Text("rollover" | "random") => true,
        Value::Text("enterprise") => false,
        _ => return,
    };
    let combine = if is_sequential { i32::saturating_add } else { i32::max };
    let total = match group.timeout.positive_int() {
        Some(seconds) => group.sip_members.items.iter().fold(0, |total, _| combine(total, seconds)),
        None => {
            let seconds = group.members.items.iter().filter_map(|member| member.timeout.positive_int());
            seconds.fold(0, combine)
        }
    };
    if total > USUAL_TOTAL_SECONDS {
        let severity = if total > TIMER_C_SECONDS { Severity::Warning } else { Severity::Hint };
        report.add_with(IssueCode::GroupTotalRingLong, path, Some(severity), "seconds", total.into());
    }
}

//! Rules about the overflow of a ring group: where a call goes that no member took.

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

use crate::{
    rules::destination::DestinationKind,
    tenant::{drafts::GroupDraft, index::TenantIndex},
};

/// Checks the overflow of a group. `own_id` is the id of the group, `""` if it has none; `prefix` is its JSON pointer in the
/// argument. A record may have types that requests do not take.
pub fn check_overflow(
    group: &GroupDraft<'_>,
    own_id: &str,
    prefix: &str,
    index: &TenantIndex<'_>,
    report: &mut Report,
) {
    let (overflow_type, id) = (group.target_timeout_type, group.target_timeout);
    let id_path = [prefix, "/target_timeout"];
    let type_path = [prefix, "/target_timeout_type"];
    if !has_overflow(group) {
        return;
    }
    if overflow_type.is_empty() {
        return report.add(IssueCode::GroupOverflowIncomplete, &type_path);
    }
    let Some(expected) = DestinationKind::of_type(overflow_type) else {
        let is_read_back = overflow_type == Value::Text("Voice_mail") && group.is_record();
        if !is_read_back {
            report.add_quoting(IssueCode::GroupOverflowTypeUnknown, &type_path, &[("type", overflow_type)]);
        }
        return;
    };
    if !id.is_non_blank() {
        return report.add(IssueCode::GroupOverflowIncomplete, &id_path);
    }
    let is_itself = expected == DestinationKind::Group && id.text_or_empty().eq_ignore_ascii_case(own_id);
    if is_itself {
        report.add(IssueCode::GroupOverflowSelf, &id_path);
    } else if expected.is_listed(index.tenant()) && expected.name_of(id.text_or_empty(), index).is_none() {
        report.add_quoting(IssueCode::GroupOverflowUnknown, &id_path, &[("id", id)]);
    }
}

/// Reports that an update of the group with the id `own_id` leaves out its overflow, which the server may then reset.
pub fn check_overflow_lost(
    request: &GroupDraft<'_>,
    own_id: &str,
    index: &TenantIndex<'_>,
    report: &mut Report,
) {
    let Some(group) = index.group(own_id).filter(|group| has_overflow(group)) else { return };
    // An empty text takes the overflow away on purpose. A record of `groups.list` is not a request.
    let is_left_out = request.target_timeout_type == Value::Absent && request.target_timeout == Value::Absent;
    if !is_left_out || request.is_list_record() {
        return;
    }
    let id = group.target_timeout;
    // Of voice mail, and whatever else there is, the type says more than an id.
    let label = match DestinationKind::of_type(group.target_timeout_type) {
        Some(kind) => kind.name_of(id.text_or_empty(), index).unwrap_or_default(),
        None => group.target_timeout_type,
    };
    let name = if label.is_empty() { id } else { label };
    report.add_quoting(IssueCode::GroupOverflowLost, &[], &[("name", name)]);
}

fn has_overflow(group: &GroupDraft<'_>) -> bool {
    !group.target_timeout_type.is_empty() || !group.target_timeout.is_empty()
}

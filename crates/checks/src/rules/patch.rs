//! Rules about a change of an existing record: it is still there, nobody has changed it since the caller read it, and nobody leaves a
//! group by accident.

use omicall_issues::{IssueCode, Language, Report};
use omicall_schema::{
    compact::join,
    draft::{List, Value},
};

omicall_schema::untyped_draft! {
    /// A record that is about to be changed: what the caller read of it, and what it is now.
    pub struct PatchDraft<'t> {
        /// Whether there is such a record.
        exists: Value<'t>,
        /// Its fields, in both states. Empty if the caller does not say what it read.
        fields: List<FieldDraft<'t>>,
        /// When it had been changed last when the caller read it, in Unix milliseconds; absent if the caller does not say.
        date_read: Value<'t>,
        /// When it was changed last.
        date: Value<'t>,
        /// The name of who changed it last; empty if the server does not say.
        by: Value<'t>,
        /// `date` in ISO 8601.
        at: Value<'t>,
        /// The `agent_id`s of the members whose extension is not known, so that an update takes them out of the group.
        unresolved: List<Value<'t>>,
    }
}

omicall_schema::untyped_draft! {
    /// A field of a record that is about to be changed. The values are JSON, whose members are sorted; `""` for an empty one.
    pub struct FieldDraft<'t> {
        /// The name.
        name: Value<'t>,
        /// The value when the caller read it.
        read: Value<'t>,
        /// The value now.
        now: Value<'t>,
        /// Whether the change replaces it.
        is_changed: Value<'t>,
    }
}

/// Checks whether a record may be changed.
pub fn check_patch(patch: &PatchDraft<'_>, report: &mut Report) {
    if !patch.exists.is_true() {
        return report.add(IssueCode::RecordMissing, &[]);
    }
    check_unchanged(patch, report);
    let unresolved = &patch.unresolved.items;
    if !unresolved.is_empty() {
        let mut agents =
            unresolved.iter().map(|agent| if agent.is_empty() { "?" } else { agent.text_or_empty() });
        let names = join(&mut agents, ", ");
        report.add_with(IssueCode::MembersUnresolved, &["/sip_members"], None, "names", names.into());
    }
}

/// Reports each field that somebody else has changed, if that is the same field as the caller changes, or if the record has another
/// date: then the caller has seen another record than the one that would be overwritten.
fn check_unchanged(patch: &PatchDraft<'_>, report: &mut Report) {
    let fields = &patch.fields.items;
    let differs = |field: &&FieldDraft<'_>| field.read.text_or_empty() != field.now.text_or_empty();
    let is_newer = patch.date_read != Value::Absent && patch.date_read != patch.date;
    if !is_newer && !fields.iter().filter(differs).any(|field| field.is_changed.is_true()) {
        return;
    }
    let (somebody, unknown_time) = match report.language() {
        Language::English => ("somebody", "at an unknown time"),
        Language::Vietnamese => ("Ai đó", "không rõ"),
    };
    let by = if patch.by.is_non_blank() { patch.by } else { Value::Text(somebody) };
    let at = if patch.at.is_non_blank() { patch.at } else { Value::Text(unknown_time) };
    let mut add = |path: &[&str]| {
        report.add_quoting(IssueCode::ChangedMeanwhile, path, &[("by", by), ("at", at)]);
    };
    if fields.iter().find(differs).is_none() {
        return add(&[]);
    }
    for field in fields.iter().filter(differs) {
        add(&["/", field.name.text_or_empty()]);
    }
}

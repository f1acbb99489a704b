//! Rules about the destinations of an IVR script: those of its keys, and the fallback for callers who press nothing.

use omicall_issues::{Issue, IssueCode, Language, Report};
use omicall_schema::draft::Value;

use crate::tenant::{
    drafts::{GroupDraft, KeyDraft, ScriptDraft},
    index::{TenantIndex, is_id},
    script_path::ScriptPath,
};

/// Checks the destinations of a script. `prefix` is the JSON pointer of the script in the argument.
pub fn check_targets(script: &ScriptDraft<'_>, index: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    let own_id = index.payload_id(script._id);
    for (position, key) in script.scripts.items.iter().enumerate() {
        let location = ScriptPath { prefix, key: Some(position) };
        if check_completeness(key, location, report) {
            let target = Destination { action_type: key.action_type, action: key.action, own_id, location };
            target.check_exists(index, report);
        }
    }
    let location = ScriptPath { prefix, key: None };
    let fallback = Destination { action_type: script.action_type, action: script.action, own_id, location };
    if !script.action.is_empty() {
        fallback.check_exists(index, report);
    }
}

/// Checks the two fields of a key's destination without the tenant. Returns whether the destination can be looked up.
fn check_completeness(key: &KeyDraft<'_>, location: ScriptPath<'_>, report: &mut Report) -> bool {
    let with_key = |issue: Issue| issue.with_param("key", key.ivr.display_text());
    let KeyDraft { action_type, action, .. } = key;
    match (action_type.is_empty(), action.is_empty()) {
        (true, true) => {
            report.push(with_key(report.issue(IssueCode::IvrOptionUnassigned, &[&location.pointer("")])));
            return false;
        }
        (true, false) => {
            let path = location.pointer("/action_type");
            report.push(with_key(report.issue(IssueCode::IvrActionOrphan, &[&path])));
        }
        (false, _) if !is_documented(*action_type) => {
            let issue = report.issue(IssueCode::IvrActionTypeUnknown, &[&location.pointer("/action_type")]);
            report.push(issue.with_param("type", action_type.display_text()));
            // The format of its action is unknown, but it is a string in any case.
            if action.text().is_none() {
                report.add(IssueCode::IvrActionIdFormat, &[&location.pointer("/action")]);
            }
            return false;
        }
        (false, true) => {
            report.push(with_key(report.issue(IssueCode::IvrActionMissing, &[&location.pointer("/action")])));
            return false;
        }
        (false, false) => {}
    }
    let is_id = action.text().is_some_and(is_id);
    if !is_id {
        report.add(IssueCode::IvrActionIdFormat, &[&location.pointer("/action")]);
    }
    is_id && !action_type.is_empty()
}

fn is_documented(action_type: Value<'_>) -> bool {
    matches!(action_type, Value::Text("Ring_group" | "Ivr_menu"))
}

/// A destination, and where it is in the script.
struct Destination<'s> {
    action_type: Value<'s>,
    action: Value<'s>,
    /// The id of the script itself; `""` if it has none.
    own_id: &'s str,
    location: ScriptPath<'s>,
}

impl Destination<'_> {
    /// Checks that the destination exists, is what its type says, and is not an empty group.
    fn check_exists(&self, index: &TenantIndex<'_>, report: &mut Report) {
        if !is_documented(self.action_type) {
            return;
        }
        let expects_group = self.action_type == Value::Text("Ring_group");
        let id = self.action.text_or_empty();
        let group = index.group(id);
        let is_script = || index.script(id).is_some() || (!id.is_empty() && id == self.own_id);
        let tenant = index.tenant();
        if tenant.scripts.is_list() && tenant.groups.is_list() {
            match group.is_some() {
                false if !is_script() => {
                    let issue =
                        report.issue(IssueCode::IvrTargetUnknown, &[&self.location.pointer("/action")]);
                    report.push(issue.with_param("id", self.action.display_text()));
                }
                is_group if is_group != expects_group => {
                    report.push(type_mismatch(self.action, is_group, self.location, report));
                }
                _ => {}
            }
        }
        if let Some(group) = group.filter(|group| expects_group && is_known_empty(group)) {
            let issue = report.issue(IssueCode::IvrGroupEmpty, &[&self.location.pointer("/action")]);
            report.push(issue.with_param("name", group.group_name.display_text()));
        }
    }
}

fn type_mismatch(action: Value<'_>, is_group: bool, location: ScriptPath<'_>, report: &Report) -> Issue {
    let [group, script] = match report.language() {
        Language::English => ["group", "script"],
        Language::Vietnamese => ["nhóm", "kịch bản"],
    };
    let (actual, expected) = if is_group { (group, script) } else { (script, group) };
    let issue = report.issue(IssueCode::IvrTargetTypeMismatch, &[&location.pointer("/action_type")]);
    issue
        .with_param("id", action.display_text())
        .with_param("actual", actual)
        .with_param("expected", expected)
}

/// Returns whether the group lists its members and has none. A group without a list may have members.
fn is_known_empty(group: &GroupDraft<'_>) -> bool {
    let lists_members = group.members.is_list() || group.sip_members.is_list();
    lists_members && group.members.items.is_empty() && group.sip_members.items.is_empty()
}

//! What is wrong with where an IVR script leads: its keys, and the fallback for a caller who presses nothing.

use crate::tenant::drafts::{GroupDraft, KeyDraft, ScriptDraft};
use crate::tenant::index::{TenantIndex, is_id};
use crate::tenant::script_path::ScriptPath;
use omicall_issues::{Issue, IssueCode, Language, Report};
use omicall_schema::draft::Value;

/// Every rule about destinations.
pub fn check(script: &ScriptDraft<'_>, tenant: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    let own_id = tenant.own_id(script._id);
    for (index, key) in script.scripts.items.iter().enumerate() {
        let place = ScriptPath { prefix, key: Some(index) };
        if is_complete(key, place, report) {
            let target = Target { action_type: key.action_type, action: key.action, own_id, place };
            target.check(tenant, report);
        }
    }
    let place = ScriptPath { prefix, key: None };
    let fallback = Target { action_type: script.action_type, action: script.action, own_id, place };
    if !script.action.is_empty() {
        fallback.check(tenant, report);
    }
}

/// Whether a key says where it leads, as far as can be seen without the tenant.
fn is_complete(key: &KeyDraft<'_>, place: ScriptPath<'_>, report: &mut Report) -> bool {
    let name_key = |issue: Issue| issue.with_param("key", key.ivr.display_text());
    let KeyDraft { action_type, action, .. } = key;
    match (action_type.is_empty(), action.is_empty()) {
        (true, true) => {
            report.push(name_key(report.issue(IssueCode::IvrOptionUnassigned, &[&place.path("")])));
            return false;
        }
        (true, false) => {
            report.push(name_key(report.issue(IssueCode::IvrActionOrphan, &[&place.path("/action_type")])));
        }
        (false, _) if !is_documented(*action_type) => {
            let issue = report.issue(IssueCode::IvrActionTypeUnknown, &[&place.path("/action_type")]);
            report.push(issue.with_param("type", action_type.display_text()));
            // What such a type needs for an action, nobody knows; a string it is in any case.
            if action.text().is_none() {
                report.add(IssueCode::IvrActionIdFormat, &[&place.path("/action")]);
            }
            return false;
        }
        (false, true) => {
            report.push(name_key(report.issue(IssueCode::IvrActionMissing, &[&place.path("/action")])));
            return false;
        }
        (false, false) => {}
    }
    let is_id = action.text().is_some_and(is_id);
    if !is_id {
        report.add(IssueCode::IvrActionIdFormat, &[&place.path("/action")]);
    }
    is_id && !action_type.is_empty()
}

fn is_documented(action_type: Value<'_>) -> bool {
    matches!(action_type, Value::Text("Ring_group" | "Ivr_menu"))
}

struct Target<'s> {
    action_type: Value<'s>,
    action: Value<'s>,
    own_id: &'s str,
    place: ScriptPath<'s>,
}

impl Target<'_> {
    /// Whether there is what it leads to, and whether anybody is there.
    fn check(&self, tenant: &TenantIndex<'_>, report: &mut Report) {
        if !is_documented(self.action_type) {
            return;
        }
        let is_for_group = self.action_type == Value::Text("Ring_group");
        let id = self.action.text_or_empty();
        let group = tenant.group(id);
        let is_script = || tenant.script(id).is_some() || (!id.is_empty() && id == self.own_id);
        let context = tenant.context();
        if context.scripts.is_list() && context.groups.is_list() {
            match group.is_some() {
                false if !is_script() => {
                    let issue = report.issue(IssueCode::IvrTargetUnknown, &[&self.place.path("/action")]);
                    report.push(issue.with_param("id", self.action.display_text()));
                }
                is_group if is_group != is_for_group => {
                    report.push(mismatch(self.action, is_group, self.place, report));
                }
                _ => {}
            }
        }
        if let Some(group) = group.filter(|group| is_for_group && is_memberless(group)) {
            let issue = report.issue(IssueCode::IvrGroupEmpty, &[&self.place.path("/action")]);
            report.push(issue.with_param("name", group.group_name.display_text()));
        }
    }
}

fn mismatch(action: Value<'_>, is_group: bool, place: ScriptPath<'_>, report: &Report) -> Issue {
    let [group, script] = match report.language() {
        Language::English => ["group", "script"],
        Language::Vietnamese => ["nhóm", "kịch bản"],
    };
    let (actual, expected) = if is_group { (group, script) } else { (script, group) };
    let issue = report.issue(IssueCode::IvrTargetTypeMismatch, &[&place.path("/action_type")]);
    issue
        .with_param("id", action.display_text())
        .with_param("actual", actual)
        .with_param("expected", expected)
}

/// Whether it says that it has no members; a group that does not list them may have some.
fn is_memberless(group: &GroupDraft<'_>) -> bool {
    let says_so = group.members.is_list() || group.sip_members.is_list();
    says_so && group.members.items.is_empty() && group.sip_members.items.is_empty()
}

//! Rules about the destinations of an IVR script: those of its keys, and the fallback for callers who press nothing.

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

use crate::{
    rules::destination::DestinationKind,
    tenant::{
        drafts::{KeyDraft, ScriptDraft},
        index::{TenantIndex, is_id},
        script_path::ScriptPath,
    },
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

/// Returns whether a caller who presses nothing goes somewhere. Undocumented action types may not need an id.
pub fn has_fallback(script: &ScriptDraft<'_>) -> bool {
    match DestinationKind::of_type(script.action_type) {
        Some(_) => script.action.is_non_blank(),
        None => script.action_type.is_non_blank(),
    }
}

/// Checks the two fields of a key's destination without the tenant. Returns whether the destination can be looked up.
fn check_completeness(key: &KeyDraft<'_>, location: ScriptPath<'_>, report: &mut Report) -> bool {
    let add_with_key = |report: &mut Report, code, field| {
        report.add_quoting(code, &[&location.pointer(field)], &[("key", key.ivr)]);
    };
    let KeyDraft { action_type, action, .. } = key;
    match (action_type.is_empty(), action.is_empty()) {
        (true, true) => {
            add_with_key(report, IssueCode::IvrOptionUnassigned, "");
            return false;
        }
        (true, false) => {
            add_with_key(report, IssueCode::IvrActionOrphan, "/action_type");
        }
        (false, _) if !is_key_type(*action_type) => {
            let path = location.pointer("/action_type");
            report.add_quoting(IssueCode::IvrActionTypeUnknown, &[&path], &[("type", *action_type)]);
            // The format of its action is unknown, but it is a string in any case.
            if action.text().is_none() {
                report.add(IssueCode::IvrActionIdFormat, &[&location.pointer("/action")]);
            }
            return false;
        }
        (false, true) => {
            add_with_key(report, IssueCode::IvrActionMissing, "/action");
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

/// Returns whether the type is documented for keys, which do not lead to recordings.
fn is_key_type(action_type: Value<'_>) -> bool {
    matches!(DestinationKind::of_type(action_type), Some(DestinationKind::Group | DestinationKind::Script))
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
        let Some(expected) = DestinationKind::of_type(self.action_type) else { return };
        let id = self.action.text_or_empty();
        if self.is_a(expected, index) {
            let group =
                index.group(id).filter(|group| expected == DestinationKind::Group && group.is_known_empty());
            if let Some(group) = group {
                let path = self.location.pointer("/action");
                report.add_quoting(IssueCode::IvrGroupEmpty, &[&path], &[("name", group.group_name)]);
            }
            return;
        }
        let tenant = index.tenant();
        let lists_scripts_and_groups = tenant.scripts.is_list() && tenant.groups.is_list();
        let lists_greetings = expected == DestinationKind::Greeting && tenant.greetings.is_list();
        if !lists_scripts_and_groups && !lists_greetings {
            return;
        }
        if let Some(actual) = DestinationKind::ALL.into_iter().find(|kind| self.is_a(*kind, index)) {
            let language = report.language();
            let path = self.location.pointer("/action_type");
            let [actual, expected] = [actual, expected].map(|kind| Value::Text(kind.word(language)));
            let values = [("id", self.action), ("actual", actual), ("expected", expected)];
            report.add_quoting(IssueCode::IvrTargetTypeMismatch, &[&path], &values);
        } else if expected != DestinationKind::Greeting || lists_greetings {
            let path = self.location.pointer("/action");
            report.add_quoting(IssueCode::IvrTargetUnknown, &[&path], &[("id", self.action)]);
        }
    }

    /// Returns whether the tenant lists the destination as such a record. The script itself may not be saved yet.
    fn is_a(&self, kind: DestinationKind, index: &TenantIndex<'_>) -> bool {
        let id = self.action.text_or_empty();
        let is_itself =
            kind == DestinationKind::Script && !id.is_empty() && id.eq_ignore_ascii_case(self.own_id);
        is_itself || kind.name_of(id, index).is_some()
    }
}

//! Rules about one IVR script, field by field. Its keys are in [`ivr_keys`], the destinations of keys and fallback in
//! [`ivr_targets`], and the rules that follow callers through several scripts in [`flow_rules`](crate::ivr::flow_rules).

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

use crate::{
    rules::{ivr_keys, ivr_targets, text::check_characters},
    tenant::{drafts::ScriptDraft, index::TenantIndex},
};

/// The usual time to wait for a key, in seconds. Other values are reported as probable mistakes.
const USUAL_TIMEOUT_SECONDS: std::ops::RangeInclusive<i32> = 3..=30;

/// The usual maximum number of wrong keys.
const USUAL_MAX_FAILURE: i32 = 5;

/// Checks the fields of one script. `prefix` is the JSON pointer of the script in the argument.
pub fn check_fields(script: &ScriptDraft<'_>, index: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    check_name(script, index, prefix, report);
    check_sounds(script, index, prefix, report);
    check_limits(script, prefix, report);
    ivr_keys::check_keys(script, index, prefix, report);
    ivr_targets::check_targets(script, index, prefix, report);
    check_fallback(script, prefix, report);
    check_direct_dial(script, prefix, report);
}

fn check_name(script: &ScriptDraft<'_>, index: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/script_name"];
    check_characters(script.script_name, &path, report);
    if !script.script_name.is_non_blank() {
        return report.add(IssueCode::IvrNameRequired, &path);
    }
    if let Some(other) = index.script_with_same_name(script) {
        let labels = [other.script_number, other._id, other.script_name];
        let number = labels.into_iter().find(|label| !label.is_empty()).unwrap_or_default();
        let values = [("name", script.script_name), ("number", number)];
        report.add_quoting(IssueCode::IvrNameTaken, &path, &values);
    }
}

fn check_sounds(script: &ScriptDraft<'_>, index: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    if !script.greeting_id.is_non_blank() {
        report.add(IssueCode::IvrGreetingRequired, &[prefix, "/greeting_id"]);
    } else {
        check_sound_exists(script.greeting_id, index, &[prefix, "/greeting_id"], report);
    }
    check_sound_exists(script.greeting_short_id, index, &[prefix, "/greeting_short_id"], report);
    if script.invalid_sound_id.is_empty() {
        report.add(IssueCode::IvrInvalidSoundMissing, &[prefix, "/invalid_sound_id"]);
    } else {
        check_sound_exists(script.invalid_sound_id, index, &[prefix, "/invalid_sound_id"], report);
    }
}

fn check_sound_exists(id: Value<'_>, index: &TenantIndex<'_>, path: &[&str], report: &mut Report) {
    let exists = id.text().is_some_and(|id| index.greeting(id).is_some());
    if index.tenant().greetings.is_list() && !id.is_empty() && !exists {
        report.add_quoting(IssueCode::IvrSoundUnknown, path, &[("id", id)]);
    }
}

fn check_limits(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/max_failure"];
    match script.max_failure.positive_int() {
        None => report.add(IssueCode::IvrMaxFailureInvalid, &path),
        Some(count) if count > USUAL_MAX_FAILURE => {
            let count = script.max_failure.into();
            report.add_with(IssueCode::IvrMaxFailureUnusual, &path, None, "count", count);
        }
        Some(_) => {}
    }
    let path = [prefix, "/time_out"];
    match script.time_out.positive_int() {
        None => report.add(IssueCode::IvrTimeoutInvalid, &path),
        Some(seconds) if !USUAL_TIMEOUT_SECONDS.contains(&seconds) => {
            let seconds = script.time_out.into();
            report.add_with(IssueCode::IvrTimeoutUnusual, &path, None, "seconds", seconds);
        }
        Some(_) => {}
    }
}

fn check_fallback(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    if !ivr_targets::has_fallback(script) {
        report.add(IssueCode::IvrFallbackMissing, &[prefix, "/action_type"]);
    }
}

fn check_direct_dial(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    if !matches!(script.ivr_direct_menu_dial, Value::Absent | Value::Text("" | "true" | "false")) {
        report.add(IssueCode::IvrDirectDialValue, &[prefix, "/ivr_direct_menu_dial"]);
    }
}

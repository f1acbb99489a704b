//! What is wrong with one IVR script, field by field. Its keys are in [`ivr_keys`], what it leads to in [`ivr_targets`],
//! and the way of a caller through all scripts in `ivr::lint`.

use crate::tenant::drafts::ScriptDraft;
use crate::{
    rules::{ivr_keys, ivr_targets},
    tenant::index::TenantIndex,
};
use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::{CaseFolded, Value};

/// For how many seconds a script usually waits; anything else is suspicious.
const USUAL_SECONDS: std::ops::RangeInclusive<i32> = 3..=30;

/// Every rule that looks at the fields of one script. `prefix` is the path of the script in what was passed.
pub fn check_fields(script: &ScriptDraft<'_>, tenant: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    name(script, tenant, prefix, report);
    sounds(script, tenant, prefix, report);
    limits(script, prefix, report);
    ivr_keys::check(script, tenant, prefix, report);
    ivr_targets::check(script, tenant, prefix, report);
    fallback(script, prefix, report);
    direct_dial(script, prefix, report);
}

fn name(script: &ScriptDraft<'_>, tenant: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/script_name"];
    if script.folded_name == CaseFolded("") {
        return report.add(IssueCode::IvrNameRequired, &path);
    }
    if let Some(other) = tenant.namesake(script) {
        let number = [other.script_number, other._id, other.script_name];
        let number = number.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
        let issue = report.issue(IssueCode::IvrNameTaken, &path);
        report.push(
            issue
                .with_param("name", script.script_name.display_text())
                .with_param("number", number.display_text()),
        );
    }
}

fn sounds(script: &ScriptDraft<'_>, tenant: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    if !script.greeting_id.is_non_blank() {
        report.add(IssueCode::IvrGreetingRequired, &[prefix, "/greeting_id"]);
    } else {
        sound(script.greeting_id, tenant, &[prefix, "/greeting_id"], report);
    }
    sound(script.greeting_short_id, tenant, &[prefix, "/greeting_short_id"], report);
    if script.invalid_sound_id.is_empty() {
        report.add(IssueCode::IvrInvalidSoundMissing, &[prefix, "/invalid_sound_id"]);
    } else {
        sound(script.invalid_sound_id, tenant, &[prefix, "/invalid_sound_id"], report);
    }
}

fn sound(id: Value<'_>, tenant: &TenantIndex<'_>, path: &[&str], report: &mut Report) {
    let is_known = id.text().is_some_and(|id| tenant.greeting(id).is_some());
    if tenant.context().greetings.is_list() && !id.is_empty() && !is_known {
        report.push(report.issue(IssueCode::IvrSoundUnknown, path).with_param("id", id.display_text()));
    }
}

fn limits(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    if script.max_failure.positive_int().is_none() {
        report.add(IssueCode::IvrMaxFailureInvalid, &[prefix, "/max_failure"]);
    }
    let path = [prefix, "/time_out"];
    match script.time_out.positive_int() {
        None => report.add(IssueCode::IvrTimeoutInvalid, &path),
        Some(seconds) if !USUAL_SECONDS.contains(&seconds) => {
            report.push(report.issue(IssueCode::IvrTimeoutUnusual, &path).with_param("seconds", seconds));
        }
        Some(_) => {}
    }
}

fn fallback(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    // Nobody knows which other types of actions need no id.
    let leads_on = match script.action_type {
        Value::Text("Ring_group" | "Ivr_menu") => script.action.is_non_blank(),
        action_type => action_type.is_non_blank(),
    };
    if !leads_on {
        report.add(IssueCode::IvrFallbackMissing, &[prefix, "/action_type"]);
    }
}

fn direct_dial(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    if !matches!(script.ivr_direct_menu_dial, Value::Absent | Value::Text("" | "true" | "false")) {
        report.add(IssueCode::IvrDirectDialValue, &[prefix, "/ivr_direct_menu_dial"]);
    }
}

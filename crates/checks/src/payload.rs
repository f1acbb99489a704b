//! The checks of single payloads: all rules for one payload, in the order of their issues. The bindings, the tests and Rust
//! programs use the same ones.

use omicall_issues::{Report, Severity};

use crate::{
    greeting_file::{self, Mp3Probe},
    ivr::flow_rules,
    references,
    rules::{
        group,
        group_members::{self, MembersDraft},
        ivr_script,
        patch::{self, PatchDraft},
        text_to_speech::{self, TextToSpeechDraft},
    },
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
        index::TenantIndex,
    },
};

/// Checks an IVR script.
pub fn check_script(script: &ScriptDraft<'_>, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    let index = TenantIndex::new(tenant);
    ivr_script::check_fields(script, &index, "", &mut report);
    flow_rules::check_flow(script, &index, &mut report);
    report
}

/// Checks a ring group.
pub fn check_group(group: &GroupDraft<'_>, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    group::check_group(group, &TenantIndex::new(tenant), &mut report);
    report
}

/// Checks a change of the members of a ring group.
pub fn check_members(change: &MembersDraft<'_>, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    group_members::check_members(change, &TenantIndex::new(tenant), &mut report);
    report
}

/// Checks a text that is to be read out.
pub fn check_text_to_speech(request: &TextToSpeechDraft<'_>, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    text_to_speech::check_text_to_speech(request, &mut report);
    report
}

/// Checks that nothing names the record with this id, which is to be deleted. If it is deleted all the same (`is_forced`), the
/// issues are warnings.
pub fn check_delete(id: &str, is_forced: bool, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    references::check_unused(id, &TenantIndex::new(tenant), &mut report);
    if is_forced {
        report.issues.iter_mut().for_each(|issue| issue.severity = Severity::Warning);
        report.ok = true;
    }
    report
}

/// Checks whether a record may be changed.
pub fn check_patch(patch: &PatchDraft<'_>, tenant: &Tenant<'_>) -> Report {
    let mut report = tenant.new_report();
    patch::check_patch(patch, &mut report);
    report
}

/// Checks a greeting file of `size` bytes. `read` returns the bytes from `start` to `end`, of which only a few are needed.
pub fn check_greeting_file(
    size: u32,
    tenant: &Tenant<'_>,
    read: &mut dyn FnMut(u32, u32) -> Vec<u8>,
) -> Report {
    let size = f64::from(size);
    let mut report = greeting_file::new_report(size, tenant);
    let mut probe = Mp3Probe::new(size);
    while let Some((start, end)) = probe.next_range() {
        probe.feed(&read(start as u32, end as u32), &mut report);
    }
    report
}

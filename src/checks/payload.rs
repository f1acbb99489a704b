//! Checks of the payloads that methods send and pages pass in.

use omicall_checks::{
    ivr::flow_rules,
    rules::{
        group::{self, MembersDraft},
        ivr_script,
        text_to_speech::{self, TextToSpeechDraft},
    },
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
        index::TenantIndex,
    },
};
use omicall_issues::Report;
use omicall_schema::draft::parse;
use wasm_bindgen::JsValue;

use crate::read_draft::draft_text;
use omicall_api::error::Error;

/// Checks an argument, within what is known beside it.
pub type Check = fn(&JsValue, &Tenant<'_>) -> Result<Report, Error>;

/// An IVR script.
pub fn check_script(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<ScriptDraft<'_>>("script", value)?;
    let script = parse(&text);
    let mut report = tenant.new_report();
    let index = TenantIndex::new(tenant);
    ivr_script::check_script(&script, &index, "", &mut report);
    flow_rules::check_script(&script, &index, &mut report);
    Ok(report)
}

/// A ring group.
pub fn check_group(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<GroupDraft<'_>>("group", value)?;
    let group = parse(&text);
    let mut report = tenant.new_report();
    group::check_group(&group, &TenantIndex::new(tenant), &mut report);
    Ok(report)
}

/// A change of the members of a ring group.
pub fn check_members(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<MembersDraft<'_>>("change", value)?;
    let change = parse(&text);
    let mut report = tenant.new_report();
    group::check_members(&change, &TenantIndex::new(tenant), &mut report);
    Ok(report)
}

/// A text to be read out.
pub fn check_text_to_speech(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<TextToSpeechDraft<'_>>("request", value)?;
    let speech = parse(&text);
    let mut report = tenant.new_report();
    text_to_speech::check_text_to_speech(&speech, &mut report);
    Ok(report)
}

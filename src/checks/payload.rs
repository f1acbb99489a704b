//! The checks of payloads, for values from JavaScript.

use omicall_api::error::Error;
use omicall_checks::{
    payload,
    rules::{group::MembersDraft, text_to_speech::TextToSpeechDraft},
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
    },
};
use omicall_issues::Report;
use omicall_schema::draft::parse;
use wasm_bindgen::JsValue;

use crate::convert::read_draft::draft_text;

/// Checks a payload, with what is known about the tenant.
pub type Check = fn(&JsValue, &Tenant<'_>) -> Result<Report, Error>;

/// Checks an IVR script.
pub fn check_script(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<ScriptDraft<'_>>("script", value)?;
    Ok(payload::check_script(&parse(&text), tenant))
}

/// Checks a ring group.
pub fn check_group(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<GroupDraft<'_>>("group", value)?;
    Ok(payload::check_group(&parse(&text), tenant))
}

/// Checks a change of the members of a ring group.
pub fn check_members(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<MembersDraft<'_>>("change", value)?;
    Ok(payload::check_members(&parse(&text), tenant))
}

/// Checks a text to be read out.
pub fn check_text_to_speech(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let text = draft_text::<TextToSpeechDraft<'_>>("request", value)?;
    Ok(payload::check_text_to_speech(&parse(&text), tenant))
}

//! The checks of payloads, for values from JavaScript.

use omicall_api::error::Error;
use omicall_checks::{
    payload,
    rules::{group_members::MembersDraft, patch::PatchDraft, text_to_speech::TextToSpeechDraft},
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
    },
};
use omicall_issues::Report;
use omicall_schema::draft::{Value, parse};
use omicall_softphone::sip_account::{self, SipAccount, SipAccountDraft, SipLibrary};
use wasm_bindgen::prelude::*;

use crate::convert::{
    error::ThrownError,
    read_draft::{encode_draft, encode_tenant},
    to_js::list_to_js,
};

/// Checks a payload, with what is known about the tenant.
pub type Check = fn(&JsValue, &Tenant<'_>) -> Result<Report, Error>;

/// Checks an IVR script.
pub fn check_script(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<ScriptDraft<'_>>("script", value)?;
    Ok(payload::check_script(&parse(&encoded), tenant))
}

/// Checks a ring group.
pub fn check_group(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<GroupDraft<'_>>("group", value)?;
    Ok(payload::check_group(&parse(&encoded), tenant))
}

/// Checks a change of the members of a ring group.
pub fn check_members(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<MembersDraft<'_>>("change", value)?;
    Ok(payload::check_members(&parse(&encoded), tenant))
}

/// Checks whether a record may be changed.
fn check_patch(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<PatchDraft<'_>>("change", value)?;
    Ok(payload::check_patch(&parse(&encoded), tenant))
}

/// Checks a text to be read out.
pub fn check_text_to_speech(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<TextToSpeechDraft<'_>>("request", value)?;
    Ok(payload::check_text_to_speech(&parse(&encoded), tenant))
}

/// Checks that nothing uses the record with the tenant's `id`. `value` is whether it is deleted all the same.
fn check_delete(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    Ok(payload::check_delete(tenant.id.text_or_empty(), value.is_truthy(), tenant))
}

/// Checks a SIP account, as `validateSipAccount` of the softphone does.
pub fn check_sip_account(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let encoded = encode_draft::<SipAccountDraft<'_>>("detail", value)?;
    let mut report = tenant.new_report();
    sip_account::check(&SipAccount::new(parse(&encoded)), SipLibrary::Any, &mut report);
    Ok(report)
}

/// Checks the payload of a call before it is sent: returns the issues that do not prevent that, as an array.
///
/// This is not exported to pages: `CallCenter` calls it.
#[wasm_bindgen(js_name = checkPayload, skip_typescript)]
pub fn check_payload(
    rules: &str,
    payload: &JsValue,
    id: Option<String>,
    context: &JsValue,
    language: &str,
    endpoint: &str,
) -> Result<JsValue, ThrownError> {
    let (argument, action, check): (_, _, Check) = match rules {
        "script" => ("script", Value::Absent, check_script),
        "group" => ("group", Value::Absent, check_group),
        "new-members" => ("change", Value::Text("add"), check_members),
        "old-members" => ("change", Value::Text("remove"), check_members),
        "delete" => ("id", Value::Absent, check_delete),
        "text-to-speech" => ("request", Value::Absent, check_text_to_speech),
        "patch" => ("change", Value::Absent, check_patch),
        _ => return Err(Error::usage("the client asks for rules that the checks do not have.").into()),
    };
    let report = || -> Result<Report, Error> {
        let encoded = encode_tenant("options.context", context).map_err(in_context)?;
        let mut tenant: Tenant<'_> = parse(&encoded);
        tenant.validate("options.context").map_err(|error| in_context(error.into()))?;
        tenant.id = id.as_deref().map_or(Value::Absent, Value::Text);
        tenant.action = action;
        if tenant.language == Value::Absent {
            tenant.language = Value::Text(language);
        }
        check(payload, &tenant)
    };
    let report = report().map_err(|error| error.with_endpoint(endpoint, 0))?;
    sendable(argument, report, endpoint)
}

/// An error about the option `context`, with its path in the options.
fn in_context(error: Error) -> Error {
    error.with_fields(|fields| fields.path = fields.path.take().map(|path| ["/context", &path].concat()))
}

/// Returns the issues of a report without errors; the others become an error.
pub fn sendable(argument: &str, report: Report, endpoint: &str) -> Result<JsValue, ThrownError> {
    if !report.ok {
        let error = Error::validation(argument, report.issues).with_endpoint(endpoint, 0);
        // No other check is about an id.
        let remedy = if argument == "id" { " `force: true` deletes it all the same." } else { "" };
        return Err(error.with_sentence(remedy).into());
    }
    Ok(list_to_js(&report.issues))
}

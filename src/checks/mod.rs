//! The checks, the simulator and the diagram as web pages call them: synchronous, without a network.

pub mod ivr;
mod payload;
pub mod references;
mod schemas;
mod upload;

use js_sys::{Array, Uint8Array};
use omicall_api::error::Error;
use omicall_checks::{payload::check_greeting_file, tenant::Tenant};
use omicall_issues::Report;
use omicall_schema::draft::parse;
use payload::{Check, check_group, check_members, check_script, check_text_to_speech};
use wasm_bindgen::prelude::*;

use crate::convert::{argument::kind_of, error::ThrownError, read_draft::encode_tenant, to_js::list_to_js};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// A view of the bytes; `None` for any other value.
    #[wasm_bindgen(js_name = viewOf)]
    fn view_of(bytes: &JsValue) -> Option<Uint8Array>;

    /// The report with the issues of these lists, one after the other.
    #[wasm_bindgen(js_name = reportOf)]
    fn report_of(ok: bool, lists: &Array) -> JsValue;
}

// In JavaScript (`pkg-template/bundled/issues-by-field.js`), where it is smaller.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * Sorts issues by the field that they are about, named as form libraries name fields: `"scripts.0.action"`.
 *
 * @example
 * ```ts
 * const byField = issuesByField(validateIvrScript(form, context));
 * const messages = byField["scripts.0.action"]?.map((issue) => issue.message);
 * const ofWholeForm = byField[""] ?? [];
 * ```
 *
 * @param report a report, or an `OmiCallError` of kind `"validation"`
 * @returns the issues of each field that has some, in the order of the report; those of the whole value are under `""`. The object
 * has no prototype, so any name of a field can be looked up.
 * @throws {OmiCallError} `usage` if `report` is not an object, or its `issues` are not issues
 */
export function issuesByField(report: { readonly issues?: readonly Issue[] | undefined }): Partial<Record<string, Issue[]>>;
"#;

/// Checks an IVR script, before it is sent or while a user fills in a form.
///
/// @example
/// ```ts
/// const context = { scripts, groups, greetings }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
/// const { ok, issues } = validateIvrScript(form, { ...context, id: script._id, language: "vi" });
/// for (const issue of issues) showBeside(issue.path, issue.message, issue.severity); // "/scripts/0/action", "Hãy chọn đích cho phím 1"
/// saveButton.disabled = !ok;
/// ```
///
/// @param script the script, which may be incomplete; a record of `ivrScripts.list` also works
/// @param context what is known about the tenant, the id of the script, and the language
/// @returns all issues, always in the same order
/// @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
#[wasm_bindgen(js_name = validateIvrScript, unchecked_return_type = "Report")]
pub fn validate_ivr_script(
    #[wasm_bindgen(unchecked_param_type = "IvrScriptDraft")] script: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    report(check_script, script, context)
}

/// Checks a ring group.
///
/// For an update, pass the id of the group (`id` of the context, or `_id` of the group), `groups` and `phones`: then the
/// report also says whether members would leave the group (`members-lost`), and whether the update may reset where calls
/// go when nobody answers (`group-overflow-lost`).
///
/// @example
/// ```ts
/// const { issues } = validateGroup({ group_name: "Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 40 }, { phones });
/// console.log(issues[0].code, issues[0].message); // "group-total-ring-long", "Callers may hear 80 s of ringing"
/// ```
///
/// @param group the group as `groups.create` or `update` takes it, which may be incomplete; a record of `groups.list` also works
/// @param context what is known about the tenant, the id of the group, and the language
/// @returns all issues, always in the same order
/// @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
#[wasm_bindgen(js_name = validateGroup, unchecked_return_type = "Report")]
pub fn validate_group(
    #[wasm_bindgen(unchecked_param_type = "InternalGroupDraft")] group: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    report(check_group, group, context)
}

/// Checks a change of the members of a ring group.
///
/// @example
/// ```ts
/// const report = validateGroupMembers({ group_id: group._id, sip_users: ["147"] }, { groups, phones, action: "remove" });
/// if (report.issues.some((issue) => issue.code === "members-noop")) tell("147 is not in the group.");
/// ```
///
/// @param change the change as `groups.addMembers` and `groups.removeMembers` take it, which may be incomplete
/// @param context what is known about the tenant (`groups` and `phones` are used), `action`, and the language
/// @returns all issues, always in the same order
/// @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
#[wasm_bindgen(js_name = validateGroupMembers, unchecked_return_type = "Report")]
pub fn validate_group_members(
    #[wasm_bindgen(unchecked_param_type = "GroupMembersDraft")] change: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    report(check_members, change, context)
}

/// Checks a text for text-to-speech.
///
/// @example
/// ```ts
/// const report = validateTextToSpeech({ greeting_name: "Welcome", text: textarea.value, speed: "0", voice: "banmai" });
/// const tooLong = report.issues.find((issue) => issue.code === "tts-text-length");
/// if (tooLong) counter.textContent = `${tooLong.params.length} / 300`;
/// ```
///
/// @param request the request as `greetings.textToSpeech` takes it, which may be incomplete
/// @param context the language
/// @returns all issues, always in the same order
/// @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
#[wasm_bindgen(js_name = validateTextToSpeech, unchecked_return_type = "Report")]
pub fn validate_text_to_speech(
    #[wasm_bindgen(unchecked_param_type = "TextToSpeechDraft")] request: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    report(check_text_to_speech, request, context)
}

/// Checks that a greeting file is a complete MP3 file.
///
/// @example
/// ```ts
/// const file = input.files[0];
/// const { ok, issues } = validateGreetingFile(await file.arrayBuffer());
/// if (!ok) input.setCustomValidity(issues[0].message);
/// ```
///
/// @param bytes the whole file
/// @param context the language
/// @returns all issues, always in the same order
/// @throws {OmiCallError} `usage` if `bytes` is not an ArrayBuffer or a view of one
#[wasm_bindgen(js_name = validateGreetingFile, unchecked_return_type = "Report")]
pub fn validate_greeting_file(
    #[wasm_bindgen(unchecked_param_type = "ArrayBuffer | ArrayBufferView")] bytes: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Tenant")] context: &JsValue,
) -> Result<JsValue, ThrownError> {
    report(check_greeting_bytes, bytes, context)
}

/// Checks a value in its context and returns the report as a JavaScript object.
fn report(check: Check, value: &JsValue, context: &JsValue) -> Result<JsValue, ThrownError> {
    let encoded = encode_tenant("context", context)?;
    let tenant: Tenant<'_> = parse(&encoded);
    tenant.validate("context")?;
    Ok(report_to_js(&check(value, &tenant)?))
}

/// How many issues become JavaScript objects at once: the JSON text of millions would be longer than the longest string of the engine.
const MAX_AT_ONCE: usize = 100_000;

/// Converts a report to a JavaScript object.
fn report_to_js(report: &Report) -> JsValue {
    let lists = Array::new();
    for issues in report.issues.chunks(MAX_AT_ONCE) {
        lists.push(&list_to_js(&issues));
    }
    report_of(report.ok, &lists)
}

/// Checks the bytes of a greeting file.
fn check_greeting_bytes(value: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let bytes = view_of(value).ok_or_else(|| {
        let message = [
            "`bytes` must be an ArrayBuffer, a Uint8Array or another view of one, not ",
            &kind_of(value),
            ".",
        ];
        Error::usage(message.concat()).with_fields(|fields| fields.path = Some(String::new()))
    })?;
    Ok(check_greeting_file(bytes.length(), tenant, &mut |start, end| bytes.subarray(start, end).to_vec()))
}

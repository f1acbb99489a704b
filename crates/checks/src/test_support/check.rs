//! Checks the payload of a rule case.

use omicall_issues::{Issue, Report};
use omicall_schema::{draft::parse, draft_json::encode};
use serde_json::Value as Json;

use crate::{
    payload,
    rules::{group_members::MembersDraft, patch::PatchDraft, text_to_speech::TextToSpeechDraft},
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
    },
    test_support::{
        rule_cases::{ExpectedIssue, Kind},
        tenants::lint_report,
    },
};

/// Returns the report of a payload, as the JavaScript function of its kind does.
pub fn report(kind: Kind, value: &Json, context: &Json) -> Report {
    let encoded = encode::<Tenant<'_>>(context);
    let tenant: Tenant<'_> = parse(&encoded);
    assert!(tenant.validate("context").is_ok(), "the context of a case is valid");
    match kind {
        Kind::Script => payload::check_script(&parse(&encode::<ScriptDraft<'_>>(value)), &tenant),
        Kind::Group => payload::check_group(&parse(&encode::<GroupDraft<'_>>(value)), &tenant),
        Kind::Members => payload::check_members(&parse(&encode::<MembersDraft<'_>>(value)), &tenant),
        Kind::TextToSpeech => {
            payload::check_text_to_speech(&parse(&encode::<TextToSpeechDraft<'_>>(value)), &tenant)
        }
        Kind::GreetingFile => report_of_file(&bytes_of_parts(value), &tenant),
        Kind::Delete => {
            let id = value.get("id").and_then(Json::as_str).unwrap_or_default();
            payload::check_delete(id, value.get("force") == Some(&Json::Bool(true)), &tenant)
        }
        Kind::Tenant => {
            let mut tenant = value.clone();
            tenant["language"] = context["language"].clone();
            lint_report(&tenant)
        }
        Kind::Patch => payload::check_patch(&parse(&encode::<PatchDraft<'_>>(value)), &tenant),
        Kind::SipAccount | Kind::ListQuery => unreachable!("checked elsewhere"),
    }
}

/// Returns the report of a file, which is read in few pieces.
fn report_of_file(bytes: &[u8], tenant: &Tenant<'_>) -> Report {
    let mut pieces = 0;
    payload::check_greeting_file(bytes.len() as u32, tenant, &mut |start, end| {
        pieces += 1;
        assert!(pieces <= 40, "nine for tags, and less than thirty for the frames");
        bytes.get(start as usize..end as usize).unwrap_or_default().to_vec()
    })
}

/// Returns the bytes of a greeting file: those of its parts, one after the other. A part is `hex` and then `zeros` zero
/// bytes, `repeat` times (1 by default), cut to `length` bytes if that is set.
fn bytes_of_parts(parts: &Json) -> Vec<u8> {
    let part_bytes = |part: &Json| {
        let number = |name: &str| part.get(name).and_then(Json::as_u64).map(|number| number as usize);
        let hex = part.get("hex").and_then(Json::as_str).unwrap_or_default();
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        let mut unit: Vec<u8> = digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
        unit.resize(unit.len() + number("zeros").unwrap_or(0), 0);
        let mut bytes = unit.repeat(number("repeat").unwrap_or(1));
        bytes.truncate(number("length").unwrap_or(usize::MAX));
        bytes
    };
    parts.as_array().into_iter().flatten().flat_map(part_bytes).collect()
}

/// Returns an issue in the form of the cases.
pub fn plain_issue(issue: &Issue) -> ExpectedIssue {
    let params = serde_json::to_value(&issue.params).unwrap_or_default();
    ExpectedIssue { severity: issue.severity.as_str().into(), path: issue.path.clone(), params }
}

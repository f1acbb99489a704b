//! Runs the cases of `tests/rules`, and checks that they are complete.

use omicall_issues::{IssueCode, Report, Severity, rules::DESCRIPTIONS};
use serde_json::{Value as Json, json};

use crate::test_support::{
    check::{plain_issue, report},
    rule_cases::{self, Case, ExpectedIssue, Kind},
};

/// Returns the report of a case; `None` if it belongs to another test: SIP accounts to `omicall-softphone`, the queries of
/// lists to `tests/page/validation.test.mjs`.
fn report_of(case: &Case, language: &str) -> Option<Report> {
    if matches!(case.kind, Kind::SipAccount | Kind::ListQuery) {
        return None;
    }
    let mut context = case.context.clone().unwrap_or(json!({}));
    if context.get("language").is_none() {
        context["language"] = json!(language);
    }
    Some(report(case.kind, &case.payload, &context))
}

fn issues_of_code(report: &Report, code: &str) -> Vec<ExpectedIssue> {
    report.issues.iter().filter(|issue| issue.code.as_str() == code).map(plain_issue).collect()
}

#[test]
fn every_case_has_the_expected_issues() {
    let mut wrong = Vec::new();
    for (code, cases) in rule_cases::all() {
        for case in cases {
            let Some(report) = report_of(&case, "en") else { continue };
            let issues = issues_of_code(&report, &code);
            if issues != case.expected {
                wrong.push(format!("{code}: {}\n  found {issues:?}\n  not {:?}", case.why, case.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_all_cases_that_it_needs() {
    let all = rule_cases::all();
    for description in DESCRIPTIONS {
        let code = description.code.as_str();
        let cases = all.get(code).map(Vec::as_slice).unwrap_or_default();
        assert!(
            cases.first().is_some_and(|case| !case.expected.is_empty()),
            "{code}: the first case has no issue"
        );
        assert!(cases.iter().any(|case| case.expected.is_empty()), "{code} has no case without an issue");
        if !description.needs.is_empty() {
            let is_bare = |case: &Case| case.context.is_none() && case.kind != Kind::Tenant;
            let is_skipped = cases.iter().any(|case| is_bare(case) && case.expected.is_empty());
            assert!(is_skipped, "{code} has no case without the context that it needs");
        }
        let mut severities =
            cases.iter().flat_map(|case| &case.expected).map(|issue| issue.severity.as_str());
        let usual = description.code.rule().severity.as_str();
        if description.code.rule().needs_complete_tenant {
            assert!(
                severities.clone().any(|severity| severity == "warning"),
                "{code} has no incomplete tenant"
            );
        }
        if !description.other_severity.is_empty() {
            assert!(severities.any(|severity| severity != usual), "{code} has one severity only");
        }
        for case in cases {
            assert!(
                case.why.ends_with('.') && !case.why.contains('\n'),
                "{code}: {:?} is not a sentence",
                case.why
            );
        }
    }
    let is_known =
        |code: &&String| DESCRIPTIONS.iter().any(|description| description.code.as_str() == **code);
    assert_eq!(all.keys().filter(|code| !is_known(code)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn paths_exist_in_the_payload_and_messages_are_complete_in_both_languages() {
    for case in rule_cases::all().into_values().flatten() {
        for language in ["en", "vi"] {
            let Some(report) = report_of(&case, language) else { continue };
            assert_eq!(report.ok, report.issues.iter().all(|issue| issue.severity != Severity::Error));
            for issue in &report.issues {
                let exists = case.kind == Kind::GreetingFile || path_exists(&issue.path, &case.payload);
                assert!(exists, "{} in {}", issue.path, case.payload);
                let is_filled = !issue.message.contains(['{', '}']) || issue.message.contains("{…}");
                assert!(is_filled, "{}", issue.message);
                let rule = issue.code.rule();
                let is_english = report.language().as_str() == "en";
                let sentence = if is_english { rule.english } else { rule.vietnamese };
                let start = sentence.split('{').next().unwrap_or_default();
                assert!(issue.message.starts_with(start), "{}", issue.message);
                if is_english {
                    assert_eq!(issue.english_message(), issue.message);
                }
            }
        }
    }
}

/// Returns whether a JSON pointer leads to a value, or to a field that is missing in an object.
fn path_exists(pointer: &str, value: &Json) -> bool {
    value.pointer(pointer).is_some()
        || pointer.rsplit_once('/').is_some_and(|(parent, _)| {
            value.pointer(parent).is_some_and(|parent| parent.is_object() || parent.is_null())
        })
}

#[test]
fn same_input_gives_the_same_report() {
    for case in rule_cases::all().into_values().flatten() {
        assert_eq!(report_of(&case, "en"), report_of(&case, "en"));
    }
}

const SALES: &str = "62ff11a208d4bf3ea694a539";
const HELLO: &str = "6209c99b067f745da47367f3";

fn valid_payloads() -> [(Kind, Json); 4] {
    let script = json!({
        "script_name": "Chính", "greeting_id": HELLO, "invalid_sound_id": HELLO, "max_failure": 3, "time_out": 5,
        "action_type": "Ring_group", "action": SALES,
        "scripts": [{ "ivr": "1", "action_type": "Ring_group", "action": SALES }],
    });
    let group = json!({ "group_name": "Sales", "strategy": "rollover", "sip_members": ["147", "145"], "timeout": 20 });
    let members = json!({ "group_id": SALES, "sip_users": ["145"] });
    let speech = json!({ "greeting_name": "Welcome", "text": "Xin chào", "speed": "0", "voice": "banmai" });
    [(Kind::Script, script), (Kind::Group, group), (Kind::Members, members), (Kind::TextToSpeech, speech)]
}

fn tenant() -> Json {
    json!({
        "scripts": [{ "_id": "632969ce7534d97b0933d500", "script_name": "Ban đêm" }],
        "groups": [{ "_id": SALES, "group_name": "Sales", "members": [{ "agent_id": "an" }] }],
        "greetings": [{ "_id": HELLO }],
        "phones": [{ "sip_user": "147", "agent_id": "an" }, { "sip_user": "145", "agent_id": "binh" }],
    })
}

#[test]
fn valid_payloads_have_no_issues() {
    for (kind, payload) in valid_payloads() {
        for context in [json!({}), tenant()] {
            assert_eq!(report(kind, &payload, &context).issues, [], "{payload}");
        }
    }
}

#[test]
fn non_object_payload_reads_as_empty_object() {
    for (kind, _) in valid_payloads() {
        let empty = report(kind, &json!({}), &tenant());
        assert!(!empty.ok);
        assert_eq!(report(kind, &json!(null), &tenant()), empty);
    }
}

#[test]
fn long_values_are_shortened_in_messages() {
    let group = json!({ "sip_members": ["ễ".repeat(1_000_000)] });
    let report = report(Kind::Group, &group, &json!({}));
    let issue = report.issues.iter().find(|issue| issue.code == IssueCode::GroupMemberFormat);
    let message = issue.map(|issue| issue.message.to_string()).unwrap_or_default();
    assert_eq!(message, format!("\"{}…\" is not an extension: text of 1–15 digits", "ễ".repeat(100)));
    let short = "ễ".repeat(100);
    assert_eq!(omicall_schema::draft::truncate(&short), short);
}

//! Each rule about the call flow on small tenants: payloads that break it, and payloads that do not.

use omicall_schema::{draft::parse, draft_json};
use serde_json::{Value as Json, json};

use crate::{
    ivr::flow_rules::check_flow,
    test_support::tenants::{flow_issue_lines, groups, index, lint_report, script, tenant},
};

fn lint_lines(tenant: &Json) -> Vec<String> {
    flow_issue_lines(&lint_report(tenant))
}

/// Returns what `validateIvrScript` reports about the call flow.
fn check_lines(payload: &Json, context: &Json) -> Vec<String> {
    let index = index(context);
    let text = Box::leak(Box::new(draft_json::encode::<crate::tenant::drafts::ScriptDraft<'_>>(payload)));
    let mut report = index.tenant().new_report();
    check_flow(&parse(text), index, &mut report);
    flow_issue_lines(&report)
}

#[test]
fn key_or_fallback_to_its_own_script_is_a_self_loop() {
    let here = ["ivr-self-loop hint /scripts/0/scripts/1/action", "ivr-self-loop warning /scripts/0/action"];
    assert_eq!(lint_lines(&tenant(&["A: 1>g 2>A t>A"], json!({}))), here);
    assert_eq!(lint_lines(&tenant(&["A: 1>g 2>B t>B", "B: 1>g"], json!({}))), [""; 0]);
    // Only its own id is needed, which the context may have.
    let own = ["ivr-self-loop hint /scripts/0/action", "ivr-self-loop warning /action"];
    assert_eq!(check_lines(&script("A: 1>A t>A"), &json!({})), own);
    let mut unsaved = script("A: 1>A t>A");
    unsaved["_id"] = Json::Null;
    assert_eq!(check_lines(&unsaved, &json!({ "id": "A" })), own);
    assert_eq!(check_lines(&unsaved, &json!({ "id": "" })), [""; 0]);
    assert_eq!(check_lines(&unsaved, &json!({})), [""; 0]);
    // The action type says that the id is that of a group; an empty type says nothing.
    unsaved["scripts"][0]["action_type"] = json!("Ring_group");
    unsaved["action_type"] = json!("");
    assert_eq!(check_lines(&unsaved, &json!({ "id": "A" })), own[1..]);
}

#[test]
fn cycle_is_reported_at_the_key_that_enters_it() {
    assert_eq!(
        lint_lines(&tenant(&["A: 1>g 2>B", "B: 1>g 3>C", "C: 0>A 1>g"], json!({}))),
        [
            r#"ivr-cycle hint /scripts/0/scripts/1/action {"names":"Menu A → Menu B → Menu C → Menu A"}"#,
            r#"ivr-cycle hint /scripts/1/scripts/1/action {"names":"Menu B → Menu C → Menu A → Menu B"}"#,
            r#"ivr-cycle hint /scripts/2/scripts/0/action {"names":"Menu C → Menu A → Menu B → Menu C"}"#,
        ]
    );
    // The shortest path is named; a fallback closes a cycle too; self-loops and scripts that lead into a cycle are not
    // reported.
    assert_eq!(
        lint_lines(&tenant(
            &["A: 1>B 2>g", "B: 1>B 2>C 3>D t>g", "C: 1>D", "D: 1>E t>B", "E: 1>B 2>g"],
            json!({})
        )),
        [
            "ivr-self-loop hint /scripts/1/scripts/0/action",
            r#"ivr-cycle hint /scripts/1/scripts/1/action {"names":"Menu B → Menu C → Menu D → Menu B"}"#,
            r#"ivr-cycle hint /scripts/2/scripts/0/action {"names":"Menu C → Menu D → Menu B → Menu C"}"#,
            r#"ivr-cycle hint /scripts/3/scripts/0/action {"names":"Menu D → Menu E → Menu B → Menu D"}"#,
            r#"ivr-cycle hint /scripts/4/scripts/0/action {"names":"Menu E → Menu B → Menu D → Menu E"}"#,
        ]
    );
    assert_eq!(
        lint_lines(&tenant(&["A: 1>g t>B", "B: 1>g t>A"], json!({}))),
        [
            r#"ivr-cycle hint /scripts/0/action {"names":"Menu A → Menu B → Menu A"}"#,
            r#"ivr-cycle hint /scripts/1/action {"names":"Menu B → Menu A → Menu B"}"#,
        ]
    );
    assert_eq!(lint_lines(&tenant(&["A: 1>B 2>C", "B: 1>D", "C: 1>D", "D: 1>g"], json!({}))), [""; 0]);
    // A key that callers cannot press closes no cycle.
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 1>g 1>A x>A"], json!({}))), [""; 0]);
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 2>g 12>A"], json!({}))).len(), 2);
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 1>g 12>A"], json!({}))), [""; 0]);
}

#[test]
fn overflow_of_a_group_closes_a_cycle() {
    let cycles =
        |scripts: &[&str], lines: &[&str]| lint_lines(&tenant(scripts, json!({ "groups": groups(lines) })));
    // The usual loop: a group, a menu that says that all agents are busy, the same group.
    let busy = r#"ivr-cycle hint /scripts/1/action {"names":"Menu B → Group g → Menu B"}"#;
    assert_eq!(cycles(&["A: 1>g", "B: t>g"], &["g>B"]), [busy]);
    assert_eq!(
        cycles(&["A: 1>g", "B: 1>h"], &["g>h", "h>A"]),
        [r#"ivr-cycle hint /scripts/0/scripts/0/action {"names":"Menu A → Group g → Group h → Menu A"}"#]
    );
    assert_eq!(cycles(&["A: 1>g", "B: t>g"], &["g>A"]).len(), 1);
    // Only groups.
    assert_eq!(
        cycles(&["A: 1>g"], &["i>h", "g>h", "h>g"]),
        [
            r#"ivr-cycle hint /groups/1/target_timeout {"names":"Group g → Group h → Group g"}"#,
            r#"ivr-cycle hint /groups/2/target_timeout {"names":"Group h → Group g → Group h"}"#,
        ]
    );
    // Elsewhere, to a group that is deleted, or to a recording.
    assert_eq!(cycles(&["A: 1>g", "B: t>g"], &["g>h", "h>r"]), [""; 0]);
    assert_eq!(cycles(&["A: 1>g", "B: t>h"], &["g>g", "h>h"]), [""; 0]);
    let mut deleted = tenant(&["A: 1>g t>h"], json!({ "groups": groups(&["g>A", "h"]) }));
    deleted["groups"][0]["is_deleted"] = json!(true);
    assert_eq!(lint_lines(&deleted), [""; 0]);
}

#[test]
fn extension_that_can_be_dialled_ends_a_trap() {
    let trap = |scripts: &[&str], phones: Json, direct_dial: Json| {
        let mut tenant = tenant(scripts, json!({ "phones": phones }));
        tenant["scripts"][0]["ivr_direct_menu_dial"] = direct_dial;
        lint_lines(&tenant).len()
    };
    let phones =
        json!([{ "sip_user": "306" }, { "sip_user": "7" }, { "sip_user": "306" }, { "sip_user": "x" }]);
    let on = || json!("true");
    assert_eq!(trap(&["A:", "B: t>A"], phones.clone(), on()), 0);
    assert_eq!(trap(&["A: 3>r t>r", "B: 1>A"], phones.clone(), on()), 0);
    assert_eq!(trap(&["A:", "B: t>A"], Json::Null, on()), 0);
    for off in [json!("false"), json!(true), Json::Null] {
        assert_eq!(trap(&["A:", "B: t>A"], phones.clone(), off), 2);
    }
    // All extensions are hidden by keys, or none is listed.
    assert_eq!(trap(&["A: 7>r 306>r"], phones.clone(), on()), 1);
    assert_eq!(trap(&["A: 306>r 306>r"], phones, on()), 0);
    assert_eq!(trap(&["A:"], json!([]), on()), 0);
    assert_eq!(trap(&["A:"], json!([{ "sip_user": "x" }]), on()), 1);
    assert_eq!(trap(&["A:"], json!({ "items": [], "has_next": true }), on()), 0);
    // An unlisted extension needs a digit that is not a key.
    let all_keys = "A: 0>r 1>r 2>r 3>r 4>r 5>r 6>r 7>r 8>r 9>r";
    assert_eq!(trap(&[all_keys], Json::Null, on()), 1);
    assert_eq!(trap(&[all_keys.trim_end_matches(" 9>r")], Json::Null, on()), 0);
    assert_eq!(trap(&[all_keys], json!([{ "sip_user": "306" }]), on()), 0);
}

#[test]
fn recording_does_not_end_a_trap() {
    let lines = |scripts: &[&str]| lint_lines(&tenant(scripts, json!({})));
    let trap = "ivr-trap error /scripts/0/scripts";
    assert_eq!(lines(&["A: t>r"]), [trap]);
    assert_eq!(lines(&["A: 1>r"]), [trap]);
    assert_eq!(lint_lines(&tenant(&["A: t>r"], json!({ "greetings": [], "complete": false }))), [trap]);
    assert_eq!(lines(&["A: 1>g t>r"]), [""; 0]);
    // Its way is not documented, so it may lead to somebody.
    assert_eq!(lines(&["A: t>v"]), [""; 0]);
    // A recording is not the script with the same id.
    let mut same = tenant(&["A: 1>g t>A"], json!({}));
    same["scripts"][0]["action_type"] = json!("Recording");
    assert_eq!(lint_lines(&same), [""; 0]);
}

#[test]
fn key_that_another_key_hides_does_not_end_a_trap() {
    let lines = |script: &str| lint_lines(&tenant(&[script], json!({}))).len();
    // Key 1 answers before 14 has been dialled.
    assert_eq!(lines("A: 14>g 1>r"), 1);
    assert_eq!(lines("A: 1>r 10>r 147>g"), 1);
    assert_eq!(lines("A: 10>r 14>g"), 0);
    assert_eq!(lines("A: 1> 14>g"), 0);
    assert_eq!(lines("A: *1>g"), 0);
    assert_eq!(lines("A: 1a>g"), 1);
    // With direct dialling, key 1 waits for 147, so that 14 can be dialled.
    let mut waiting = tenant(&["A: 1>r 14>g 147>r"], json!({ "phones": [{ "sip_user": "147" }] }));
    assert_eq!(lint_lines(&waiting).len(), 1);
    waiting["scripts"][0]["ivr_direct_menu_dial"] = json!("true");
    assert_eq!(lint_lines(&waiting), [""; 0]);
}

#[test]
fn long_cycle_is_abbreviated() {
    let ring = |length: usize| {
        let line = |at: usize| {
            format!("M{at}: 1>M{} 2>g", at.wrapping_add(1).checked_rem(length).unwrap_or_default())
        };
        let lines: Vec<String> = (0..length).map(line).collect();
        lint_lines(&tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({})))
    };
    let first = |length| ring(length).into_iter().next().unwrap_or_default();
    assert_eq!(first(33).matches('→').count(), 33);
    assert!(first(34).ends_with(r#"{"names":"Menu M0 → Menu M1 → … → Menu M0"}"#), "{}", first(34));
    assert_eq!(ring(34).len(), 34);
}

#[test]
fn menus_without_a_path_to_a_group_are_traps() {
    let trap = |at: usize| format!("ivr-trap error /scripts/{at}/scripts");
    assert_eq!(lint_lines(&tenant(&["A: 1>g", "B: t>g", "C: 1>A", "D: t>C"], json!({}))), [""; 0]);
    assert_eq!(
        lint_lines(&tenant(&["A:", "B: 1>A", "C: 1>z", "D: 1>", "E: x>g"], json!({}))),
        [0, 1, 2, 3, 4].map(trap)
    );
    // Deleted records do not exist, and the action type says what an id is.
    let mut other = tenant(&["A: 1>g", "B: 1>C", "C: 1>h", "D: 1>h", "E: 1>h"], json!({}));
    other["scripts"][2]["is_deleted"] = json!(true);
    other["groups"][0]["is_deleted"] = json!(true);
    other["scripts"][3]["scripts"][0]["action_type"] = json!("Ivr_menu");
    other["scripts"][4]["scripts"][0]["action_type"] = json!("");
    assert_eq!(lint_lines(&other), [trap(0), trap(1), trap(3)]);
    // No issue without groups, with an incomplete tenant, or with a key whose effect is not documented.
    assert_eq!(lint_lines(&tenant(&["A:"], json!({ "groups": null }))), [""; 0]);
    assert_eq!(lint_lines(&tenant(&["A: 1>z", "B:"], json!({ "complete": false }))), [trap(1)]);
    assert_eq!(
        lint_lines(&tenant(&["A: 12>g", "B: 12>z", "C: 1a>g", "D: ab>g", "E: >g"], json!({}))),
        [1, 2, 3, 4].map(trap)
    );
    let mut odd = tenant(&["A: 1>z", "B: 1>z", "C: t>z"], json!({}));
    odd["scripts"][0]["scripts"][0]["action_type"] = json!("Voicemail");
    odd["scripts"][1]["scripts"][0] = json!({ "ivr": "1", "action_type": 7 });
    odd["scripts"][2]["action_type"] = json!("Hangup");
    odd["scripts"][2]["action"] = json!("");
    assert_eq!(lint_lines(&odd), [""; 0]);
}

#[test]
fn group_behind_more_than_twelve_menus_is_a_trap() {
    // The last script leads to the group: through 12 menus from the second script, 13 from the first.
    let lines: Vec<String> = (0..13)
        .map(
            |at: usize| {
                if at == 12 { format!("M{at}: 1>g") } else { format!("M{at}: 1>M{}", at.wrapping_add(1)) }
            },
        )
        .collect();
    let found = lint_lines(&tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({})));
    let levels = |at: usize, severity: &str, levels: usize| {
        format!(r#"ivr-too-deep {severity} /scripts/{at}/scripts/0/action {{"levels":{levels}}}"#)
    };
    let mut expected = vec!["ivr-trap error /scripts/0/scripts".to_owned(), levels(0, "warning", 13)];
    expected.push(levels(1, "warning", 12));
    expected.extend((2..10).map(|at: usize| levels(at, "hint", 13_usize.saturating_sub(at))));
    assert_eq!(found, expected);
}

#[test]
fn depth_is_reported_at_the_first_edge_of_the_deepest_path() {
    let deep = ["A: 1>g 2>B 3>C t>g", "B: 1>g", "C: 1>D", "D: t>E", "E: 1>g"];
    assert_eq!(
        lint_lines(&tenant(&deep, json!({}))),
        [r#"ivr-too-deep hint /scripts/0/scripts/2/action {"levels":4}"#]
    );
    let fallback = ["A: 1>B t>C", "B: 1>g", "C: 1>D", "D: 1>E", "E: 1>g"];
    assert_eq!(
        lint_lines(&tenant(&fallback, json!({}))),
        [r#"ivr-too-deep hint /scripts/0/action {"levels":4}"#]
    );
    // A loop counts as one level; the path may lead through another script of it.
    let around = ["A: 1>B", "B: 1>A 2>C", "C: 1>D", "D: 1>E", "E: 1>g"];
    let found = lint_lines(&tenant(&around, json!({})));
    assert!(
        found.contains(&r#"ivr-too-deep hint /scripts/0/scripts/0/action {"levels":4}"#.to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&r#"ivr-too-deep hint /scripts/1/scripts/1/action {"levels":4}"#.to_owned()),
        "{found:?}"
    );
    assert_eq!(found.len(), 4);
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 1>A 2>C", "C: 1>D", "D: 1>g"], json!({}))).len(), 2);
}

#[test]
fn depth_restarts_after_a_group() {
    let deep = ["A: 1>g", "B: 1>C", "C: 1>D", "D: 1>h"];
    assert_eq!(lint_lines(&tenant(&deep, json!({ "groups": groups(&["g>B", "h"]) }))), [""; 0]);
    let deeper = ["A: 1>g", "B: 1>C", "C: 1>D", "D: 1>E", "E: 1>h"];
    assert_eq!(
        lint_lines(&tenant(&deeper, json!({ "groups": groups(&["g>B", "h"]) }))),
        [r#"ivr-too-deep hint /scripts/1/scripts/0/action {"levels":4}"#]
    );
}

#[test]
fn scripts_outside_the_start_scripts_reach_are_unreachable() {
    let scripts = ["A: 1>B", "B: 1>g t>C", "C: 1>A 2>g", "D: 1>A", "E: 1>g x>D", "F: 9>g"];
    let unreachable = |more: Json| -> Vec<String> {
        let found = lint_lines(&tenant(&scripts, more)).into_iter();
        found
            .filter_map(|line| line.strip_prefix("ivr-unreachable hint /scripts/").map(str::to_owned))
            .collect()
    };
    assert_eq!(unreachable(json!({ "startScripts": ["A"] })), ["3", "4", "5"]);
    assert_eq!(unreachable(json!({ "startScripts": ["D", "gone", "F", 5] })), ["4"]);
    assert_eq!(unreachable(json!({ "startScripts": [] })).len(), 6);
    assert_eq!(unreachable(json!({})), [""; 0]);
    // The overflow of any group leads somewhere, as calls may begin in a group.
    let overflow = json!({ "startScripts": ["A"], "groups": groups(&["g", "h>D"]) });
    assert_eq!(unreachable(overflow), ["4", "5"]);
    assert_eq!(unreachable(json!({ "startScripts": null })), [""; 0]);
    // An unlisted script may lead there.
    assert_eq!(unreachable(json!({ "startScripts": ["A"], "complete": false })), [""; 0]);
}

#[test]
fn single_script_replaces_its_saved_version() {
    let mut context = tenant(&["A: 1>g", "B: 1>A 2>g"], json!({}));
    // The script replaces the saved one…
    let cycle = [r#"ivr-cycle hint /scripts/0/action {"names":"Menu A → Menu B → Menu A"}"#];
    assert_eq!(check_lines(&script("A: 1>B"), &context), cycle);
    assert_eq!(check_lines(&script("A:"), &context), ["ivr-trap error /scripts"]);
    // …by its own id or that of the context, even if the id is listed twice.
    let mut unsaved = script("A: 1>B");
    unsaved["_id"] = json!("");
    context["id"] = json!("A");
    assert_eq!(check_lines(&unsaved, &context), cycle);
    context["scripts"] = json!([script("A: 1>g"), script("B: 1>A"), script("A: 1>g")]);
    assert_eq!(
        check_lines(&unsaved, &context),
        ["ivr-trap error /scripts", cycle[0]].into_iter().rev().collect::<Vec<_>>()
    );
    // …or is added.
    context["id"] = Json::Null;
    context["startScripts"] = json!(["B"]);
    assert_eq!(check_lines(&unsaved, &context), [""; 0]);
    assert_eq!(check_lines(&script("C: 1>B"), &context), ["ivr-unreachable hint "]);
    assert_eq!(check_lines(&script("A: 1>g"), &context), [""; 0]);
    assert_eq!(check_lines(&script("B: 1>g"), &context), [""; 0]);
    // Without the other scripts only self-loops are reported.
    assert_eq!(
        check_lines(&script("A: 1>A"), &json!({ "groups": [] })),
        ["ivr-self-loop hint /scripts/0/action"]
    );
    assert_eq!(check_lines(&script("A:"), &json!({ "groups": [] })), [""; 0]);
    // A script without an id replaces no saved script without an id.
    let nameless = json!({ "scripts": [{ "scripts": [] }, script("B: 1>g")], "groups": [{ "_id": "g" }] });
    assert_eq!(check_lines(&unsaved, &nameless), [""; 0]);
}

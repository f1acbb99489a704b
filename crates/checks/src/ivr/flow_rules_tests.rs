//! The rules about where scripts lead: each fired, just not, and silent where nobody can say.

use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        flow_rules::check_one,
        graph::{Graph, steps},
        lint::{lint, listed},
    },
    test_support::tenants::{index, lines, script, tenant},
};
use omicall_schema::{draft::parse, draft_json};

fn lint_lines(tenant: &Json) -> Vec<String> {
    lines(&lint(index(tenant).context()))
}

/// What `validateIvrScript` says of it.
fn check_lines(payload: &Json, context: &Json) -> Vec<String> {
    let index = index(context);
    let text =
        Box::leak(draft_json::text::<crate::tenant::drafts::ScriptDraft<'_>>(payload).into_boxed_str());
    let mut report = index.context().report();
    check_one(&parse(text), index, &mut report);
    lines(&report)
}

#[test]
fn a_key_or_a_fallback_that_returns_to_itself() {
    let here = ["ivr-self-loop hint /scripts/0/scripts/1/action", "ivr-self-loop warning /scripts/0/action"];
    assert_eq!(lint_lines(&tenant(&["A: 1>g 2>A t>A"], json!({}))), here);
    assert_eq!(lint_lines(&tenant(&["A: 1>g 2>B t>B", "B: 1>g"], json!({}))), [""; 0]);
    // Only its own id is needed, which may come beside it.
    let own = ["ivr-self-loop hint /scripts/0/action", "ivr-self-loop warning /action"];
    assert_eq!(check_lines(&script("A: 1>A t>A"), &json!({})), own);
    let mut unsaved = script("A: 1>A t>A");
    unsaved["_id"] = Json::Null;
    assert_eq!(check_lines(&unsaved, &json!({ "id": "A" })), own);
    assert_eq!(check_lines(&unsaved, &json!({ "id": "" })), [""; 0]);
    assert_eq!(check_lines(&unsaved, &json!({})), [""; 0]);
    // The id of a group may be the same as that of a script; other types may be anything.
    unsaved["scripts"][0]["action_type"] = json!("Ring_group");
    unsaved["action_type"] = json!("");
    assert_eq!(check_lines(&unsaved, &json!({ "id": "A" })), own[1..]);
}

#[test]
fn a_loop_is_named_at_the_key_that_enters_it() {
    assert_eq!(
        lint_lines(&tenant(&["A: 1>g 2>B", "B: 1>g 3>C", "C: 0>A 1>g"], json!({}))),
        [
            r#"ivr-cycle hint /scripts/0/scripts/1/action {"names":"Menu A → Menu B → Menu C → Menu A"}"#,
            r#"ivr-cycle hint /scripts/1/scripts/1/action {"names":"Menu B → Menu C → Menu A → Menu B"}"#,
            r#"ivr-cycle hint /scripts/2/scripts/0/action {"names":"Menu C → Menu A → Menu B → Menu C"}"#,
        ]
    );
    // The shortest way round; a fallback closes a loop too; a script that returns to itself is none, and what leads into a
    // loop is not in it.
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
    // A key that nobody can press closes no loop.
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 1>g 1>A x>A"], json!({}))), [""; 0]);
    assert_eq!(lint_lines(&tenant(&["A: 1>B", "B: 1>g 12>A"], json!({}))).len(), 2);
}

#[test]
fn a_long_loop_is_named_in_part() {
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
fn menus_that_never_lead_to_a_group() {
    let trap = |at: usize| format!("ivr-trap error /scripts/{at}/scripts");
    assert_eq!(lint_lines(&tenant(&["A: 1>g", "B: t>g", "C: 1>A", "D: t>C"], json!({}))), [""; 0]);
    assert_eq!(
        lint_lines(&tenant(&["A:", "B: 1>A", "C: 1>z", "D: 1>", "E: x>g"], json!({}))),
        [0, 1, 2, 3, 4].map(trap)
    );
    // Deleted things are not there, and an id stands for what its type says.
    let mut other = tenant(&["A: 1>g", "B: 1>C", "C: 1>h", "D: 1>h", "E: 1>h"], json!({}));
    other["scripts"][2]["is_deleted"] = json!(true);
    other["groups"][0]["is_deleted"] = json!(true);
    other["scripts"][3]["scripts"][0]["action_type"] = json!("Ivr_menu");
    other["scripts"][4]["scripts"][0]["action_type"] = json!("");
    assert_eq!(lint_lines(&other), [trap(0), trap(1), trap(3)]);
    // Silent without groups, where another group may exist, and where nobody knows what a key does.
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
fn a_group_behind_more_than_twelve_menus_is_not_reached() {
    // The last of the chain leads to the group: 12 menus for the second script, 13 for the first.
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
fn depth_is_told_at_the_way_where_it_begins() {
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
    // A loop counts once; in it, the way may lead through another script.
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
fn scripts_that_nothing_leads_to() {
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
    assert_eq!(unreachable(json!({ "startScripts": null })), [""; 0]);
    // A script that is not listed may lead there.
    assert_eq!(unreachable(json!({ "startScripts": ["A"], "complete": false })), [""; 0]);
}

#[test]
fn one_script_is_checked_among_the_others() {
    let mut context = tenant(&["A: 1>g", "B: 1>A 2>g"], json!({}));
    // It takes the place of the one that is saved…
    let cycle = [r#"ivr-cycle hint /scripts/0/action {"names":"Menu A → Menu B → Menu A"}"#];
    assert_eq!(check_lines(&script("A: 1>B"), &context), cycle);
    assert_eq!(check_lines(&script("A:"), &context), ["ivr-trap error /scripts"]);
    // …whether it tells its id or the context does, and however often that is listed.
    let mut unsaved = script("A: 1>B");
    unsaved["_id"] = json!("");
    context["id"] = json!("A");
    assert_eq!(check_lines(&unsaved, &context), cycle);
    context["scripts"] = json!([script("A: 1>g"), script("B: 1>A"), script("A: 1>g")]);
    assert_eq!(
        check_lines(&unsaved, &context),
        ["ivr-trap error /scripts", cycle[0]].into_iter().rev().collect::<Vec<_>>()
    );
    // …or is a new one.
    context["id"] = Json::Null;
    context["startScripts"] = json!(["B"]);
    assert_eq!(check_lines(&unsaved, &context), [""; 0]);
    assert_eq!(check_lines(&script("C: 1>B"), &context), ["ivr-unreachable hint "]);
    assert_eq!(check_lines(&script("A: 1>g"), &context), [""; 0]);
    assert_eq!(check_lines(&script("B: 1>g"), &context), [""; 0]);
    // Without the other scripts nobody can say.
    assert_eq!(
        check_lines(&script("A: 1>A"), &json!({ "groups": [] })),
        ["ivr-self-loop hint /scripts/0/action"]
    );
    assert_eq!(check_lines(&script("A:"), &json!({ "groups": [] })), [""; 0]);
    // Not even the first of several saved scripts without an id is taken for it.
    let nameless = json!({ "scripts": [{ "scripts": [] }, script("B: 1>g")], "groups": [{ "_id": "g" }] });
    assert_eq!(check_lines(&unsaved, &nameless), [""; 0]);
}

#[test]
fn a_script_that_is_deleted_or_replaced_is_not_in_the_graph() {
    let mut context = tenant(&["A: 1>g", "B: 1>A", "C: 1>A"], json!({}));
    context["scripts"][2]["is_deleted"] = json!(true);
    let index = index(&context);
    let payload = parse(Box::leak(
        draft_json::text::<crate::tenant::drafts::ScriptDraft<'_>>(&script("A: 1>h")).into_boxed_str(),
    ));
    for (own, replaced) in [(Some("A"), true), (Some("Z"), false), (None, false)] {
        let (graph, last) = Graph::with(&payload, own, index);
        let listed: Vec<bool> = (0..graph.count()).map(|node| graph.script(node).is_some()).collect();
        assert_eq!((listed, last), (vec![!replaced, true, false, true], 3), "{own:?}");
    }
    let graph = Graph::of(index);
    assert!(graph.script(1).is_some() && graph.script(2).is_none());
}

#[test]
fn pages_and_deleted_scripts_keep_their_places() {
    let mut page = tenant(&["A:", "B:"], json!({}));
    page["scripts"][0]["is_deleted"] = json!(true);
    page["scripts"] = json!({ "items": page["scripts"], "has_next": false });
    assert_eq!(lint_lines(&page), ["ivr-trap error /scripts/items/1/scripts"]);
}

#[test]
fn a_tenant_without_scripts_is_refused() {
    let read = |tenant: Json| listed(index(&tenant).context()).map(|context| context.scripts.items.len());
    assert!(read(tenant(&["A: 1>g"], json!({}))).is_ok_and(|count| count == 1));
    assert!(read(json!({ "scripts": [] })).is_ok_and(|count| count == 0));
    for (tenant, path) in [
        (json!({ "groups": [] }), "/scripts"),
        (json!({ "scripts": 5 }), "/scripts"),
        (json!({ "scripts": [], "language": "fr" }), "/language"),
    ] {
        assert!(read(tenant.clone()).is_err_and(|error| error.path == path), "{tenant}");
    }
}

#[test]
fn issues_come_in_the_order_of_the_scripts_with_those_of_fields() {
    let mut nameless = tenant(&["A:", "B:"], json!({}));
    nameless["scripts"][0]["script_name"] = json!("");
    let report = lint(index(&nameless).context());
    let places: Vec<&str> = report.issues.iter().filter_map(|issue| issue.path.get(..10)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(report.issues.iter().any(|issue| issue.path == "/scripts/0/script_name"));
    assert!(!report.ok);
}

/// A chain, a ring, and menus that lead to ten others anywhere.
fn shape(kind: usize, count: usize) -> Json {
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed.wrapping_shr(33)).unwrap_or_default().checked_rem(below).unwrap_or_default()
    };
    let mut line = |at: usize| match kind {
        0 => format!("M{at}: 1>M{}", at.wrapping_add(1)),
        1 => format!("M{at}: 1>M{}", at.wrapping_add(1).checked_rem(count).unwrap_or_default()),
        _ => (0..10).fold(format!("M{at}:"), |line, key| format!("{line} {key}>M{}", random(count))),
    };
    let lines: Vec<String> = (0..count).map(&mut line).collect();
    tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({ "startScripts": ["M0"] }))
}

#[test]
fn the_work_grows_with_the_tenant_and_no_faster() {
    for kind in 0..3 {
        let work = |count| {
            let index = index(&shape(kind, count));
            steps::of(|| drop(lint(index.context())))
        };
        let (small, large) = (work(300), work(3_000));
        assert!(large < small.saturating_mul(12), "kind {kind}: {small} steps for 300, {large} for 3 000");
        assert!(large > small.saturating_mul(8), "kind {kind}: the steps are counted");
    }
}

#[test]
fn a_hundred_thousand_menus_in_a_row_are_no_recursion() {
    let report = lint(index(&shape(0, 100_000)).context());
    assert!(report.issues.len() > 200_000);
}

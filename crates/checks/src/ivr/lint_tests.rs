//! The report on all scripts of a tenant, and how the work grows with their number.

use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        graph::edge_visits,
        lint::{lint, require_scripts},
    },
    test_support::{
        diagrams::draw_diagram,
        tenants::{flow_issue_lines, groups, index, lint_report, tenant},
    },
};

#[test]
fn paths_count_deleted_scripts_and_contain_items_for_pages() {
    let mut page = tenant(&["A:", "B:"], json!({}));
    page["scripts"][0]["is_deleted"] = json!(true);
    page["scripts"] = json!({ "items": page["scripts"], "has_next": false });
    assert_eq!(flow_issue_lines(&lint_report(&page)), ["ivr-trap error /scripts/items/1/scripts"]);
}

#[test]
fn tenant_without_scripts_is_rejected() {
    let read =
        |tenant: Json| require_scripts(index(&tenant).tenant()).map(|context| context.scripts.items.len());
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
fn issues_are_in_the_order_of_scripts() {
    let mut nameless = tenant(&["A:", "B:"], json!({}));
    nameless["scripts"][0]["script_name"] = json!("");
    let report = lint_report(&nameless);
    let places: Vec<&str> = report.issues.iter().filter_map(|issue| issue.path.get(..10)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(report.issues.iter().any(|issue| issue.path == "/scripts/0/script_name"));
    assert!(!report.ok);
}

/// Returns a tenant of `count` scripts: a chain (0), a ring (1), a ring in which each script leads to a group that overflows
/// to the next script (2), or scripts that each lead to ten random others (3).
fn generated_tenant(kind: usize, count: usize) -> Json {
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed.wrapping_shr(33)).unwrap_or_default().checked_rem(below).unwrap_or_default()
    };
    let next = |at: usize| at.wrapping_add(1).checked_rem(count).unwrap_or_default();
    let mut line = |at: usize| match kind {
        0 => format!("M{at}: 1>M{}", at.wrapping_add(1)),
        1 => format!("M{at}: 1>M{}", next(at)),
        2 => format!("M{at}: 1>g{at}"),
        _ => (0..10).fold(format!("M{at}:"), |line, key| format!("{line} {key}>M{}", random(count))),
    };
    let lines: Vec<String> = (0..count).map(&mut line).collect();
    let overflows: Vec<String> = (0..count).map(|at| format!("g{at}>M{}", next(at))).collect();
    let mut tenant = tenant(&strs(&lines), json!({ "startScripts": ["M0"] }));
    if kind == 2 {
        tenant["groups"] = groups(&strs(&overflows));
    }
    tenant
}

fn strs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

#[test]
fn work_grows_linearly_with_the_tenant() {
    let lint_all = |tenant: &Json| drop(lint(index(tenant).tenant()));
    let draw_all = |tenant: &Json| drop(draw_diagram(tenant, &json!({ "format": "svg" })));
    let works = [("lint", lint_all as fn(&Json)), ("draw", draw_all)];
    for (kind, (name, work)) in (0..4).flat_map(|kind| works.map(|work| (kind, work))) {
        let visits = |count| {
            let tenant = generated_tenant(kind, count);
            edge_visits::during(|| work(&tenant))
        };
        let (small, large) = (visits(100), visits(1_000));
        assert!(
            large < small.saturating_mul(12),
            "{name}, kind {kind}: {small} steps for 100, {large} for 1 000"
        );
        assert!(large > small.saturating_mul(8), "{name}, kind {kind}: the steps are counted");
    }
}

#[test]
fn chain_of_a_hundred_thousand_menus_does_not_overflow_the_stack() {
    let report = lint_report(&generated_tenant(0, 100_000));
    assert!(report.issues.len() > 200_000);
}

//! Builds tenants from one line per script.

use omicall_issues::Report;
use omicall_schema::{draft::parse, draft_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    ivr::lint::lint,
    tenant::{Tenant, index::TenantIndex},
};

/// Returns a tenant of scripts such as `"A: 1>B 2>g t>A"`: in script A, key 1 leads to script B, key 2 to group g, and the
/// fallback to A. Ids in capitals are those of scripts; those that begin with `r` are recordings, and `v` is voice mail. The
/// groups are `g` and `h`; `more` adds or replaces fields.
pub fn tenant(scripts: &[&str], more: Json) -> Json {
    let mut tenant = json!({
        "scripts": scripts.iter().map(|line| script(line)).collect::<Vec<_>>(),
        "groups": [{ "_id": "g", "group_name": "Sales" }, { "_id": "h", "group_name": "Help" }],
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        tenant[name] = value.clone();
    }
    tenant
}

/// Returns one script of such a tenant.
pub fn script(line: &str) -> Json {
    let (id, edges) = line.split_once(':').unwrap_or((line, ""));
    let mut script = json!({
        "_id": id, "script_name": format!("Menu {id}"), "max_failure": 2, "time_out": 5, "greeting_id": format!("hello-{id}"),
    });
    let mut keys = Vec::new();
    for edge in edges.split_whitespace() {
        let (key, to) = edge.split_once('>').unwrap_or((edge, ""));
        let action_type = action_type(to);
        if key == "t" {
            script["action_type"] = json!(action_type);
            script["action"] = json!(to);
        } else {
            keys.push(json!({ "ivr": key, "action_type": action_type, "action": to }));
        }
    }
    script["scripts"] = json!(keys);
    script
}

fn action_type(to: &str) -> &'static str {
    match to.chars().next() {
        Some(first) if first.is_uppercase() => "Ivr_menu",
        Some('r') => "Recording",
        Some('v') => "Voice_mail",
        Some(_) => "Ring_group",
        None => "",
    }
}

/// Returns groups such as `["g>A", "h"]`: group g overflows to script A, and group h has no overflow.
pub fn groups(lines: &[&str]) -> Json {
    let group = |line: &&str| {
        let (id, to) = line.split_once('>').unwrap_or((line, ""));
        json!({
            "_id": id, "group_name": format!("Group {id}"), "strategy": "rollover", "timeout": 20, "sip_members": ["147", "145"],
            "target_timeout_type": action_type(to), "target_timeout": to,
        })
    };
    lines.iter().map(group).collect()
}

/// Returns the index of a tenant. It is leaked, so it lives as long as the tests.
pub fn index(tenant: &Json) -> &'static TenantIndex<'static> {
    let text = Box::leak(Box::new(draft_json::encode::<Tenant<'_>>(tenant)));
    let tenant: &'static Tenant<'static> = Box::leak(Box::new(parse(text)));
    Box::leak(Box::new(TenantIndex::new(tenant)))
}

/// Returns the report of `lintIvr`.
pub fn lint_report(tenant: &Json) -> Report {
    let text = draft_json::encode::<Tenant<'_>>(tenant);
    lint(&parse(&text)).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Returns a line `code severity path` for each issue of the call flow, with its parameters if it has any.
pub fn flow_issue_lines(report: &Report) -> Vec<String> {
    let flow_rules = ["ivr-self-loop", "ivr-cycle", "ivr-trap", "ivr-too-deep", "ivr-unreachable"];
    let issues = report.issues.iter().filter(|issue| flow_rules.contains(&issue.code.as_str()));
    let line = issues.map(|issue| {
        let params = serde_json::to_string(&issue.params).unwrap_or_default();
        let line = format!("{} {} {}", issue.code.as_str(), issue.severity.as_str(), issue.path);
        if params == "{}" { line } else { format!("{line} {params}") }
    });
    line.collect()
}

/// Generates tenants.
pub fn any_tenant() -> impl Strategy<Value = Json> {
    // Scripts in capitals (I is never listed), groups g and h, z unknown, a recording, voice mail; valid and invalid keys.
    let edge = ("[0129*#t]|1[029]|12[09]|x|", "[A-I]|[A-I]|[A-I]|[A-I]|[ghzr]|v|");
    let script = proptest::collection::vec(edge, 0..5);
    let flags = proptest::collection::vec(proptest::bool::weighted(0.1), 20);
    let phones = proptest::option::of(proptest::collection::vec("1|12|120|0[19]|306|x", 0..4));
    let overflow = proptest::collection::vec("[A-I]|[ghzrv]|", 2);
    (proptest::collection::vec(script, 1..=8), flags, 0..4_u32, proptest::bool::ANY, phones, overflow)
        .prop_map(|(scripts, flags, most, no_groups, phones, overflow)| {
            let line = |(at, edges): (usize, &Vec<(String, String)>)| {
                let id = char::from(b"ABCDEFGH"[at]);
                edges.iter().fold(format!("{id}:"), |line, (key, to)| format!("{line} {key}>{to}"))
            };
            let lines: Vec<String> = scripts.iter().enumerate().map(line).collect();
            let mut tenant = tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({}));
            for at in 0..scripts.len() {
                // Calls start in the first one.
                tenant["scripts"][at]["is_deleted"] = json!(at > 0 && flags[at]);
                tenant["scripts"][at]["max_failure"] = json!(most);
                tenant["scripts"][at]["ivr_direct_menu_dial"] = json!(flags[at + 10].to_string());
            }
            tenant["groups"] = groups(&[&format!("g>{}", overflow[0]), &format!("h>{}", overflow[1])]);
            tenant["groups"][0]["is_deleted"] = json!(flags[8] || no_groups);
            tenant["groups"][1]["is_deleted"] = json!(flags[9] || no_groups);
            tenant["phones"] = json!(phones.map(|phones| {
                phones.iter().map(|extension| json!({ "sip_user": extension })).collect::<Vec<_>>()
            }));
            tenant["complete"] = json!(!flags[18]);
            tenant
        })
}

//! Tenants for the tests of this module, written in a line each.

use serde_json::{Value as Json, json};

use crate::validate::{
    Report,
    context::Context,
    lookup::Index,
    read::{native, parse},
};

/// A tenant of scripts such as `"A: 1>B 2>g t>A"`: in script A, key 1 leads to script B, 2 to group g, nothing to A. What
/// is written in capitals is a script. The groups are `g` and `h`; `more` is put beside them.
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

/// One script of such a tenant.
pub fn script(line: &str) -> Json {
    let (id, ways) = line.split_once(':').unwrap_or((line, ""));
    let mut script = json!({
        "_id": id, "script_name": format!("Menu {id}"), "max_failure": 2, "time_out": 5, "greeting_id": format!("hello-{id}"),
    });
    let mut keys = Vec::new();
    for way in ways.split_whitespace() {
        let (key, to) = way.split_once('>').unwrap_or((way, ""));
        let action_type = match to.chars().next() {
            Some(first) if first.is_uppercase() => "Ivr_menu",
            Some(_) => "Ring_group",
            None => "",
        };
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

/// The index of a tenant; kept for as long as the tests run.
pub fn index(tenant: &Json) -> &'static Index<'static> {
    let text = Box::leak(native::text::<Context<'_>>(tenant).into_boxed_str());
    let context: &'static Context<'static> = Box::leak(Box::new(parse(text)));
    Box::leak(Box::new(Index::new(context)))
}

/// The issues of the rules about where scripts lead: `code severity path`, and the parameters where there are some.
pub fn lines(report: &Report) -> Vec<String> {
    let about_ways = ["ivr-self-loop", "ivr-cycle", "ivr-trap", "ivr-too-deep", "ivr-unreachable"];
    let issues = report.issues.iter().filter(|issue| about_ways.contains(&issue.code.as_str()));
    let line = issues.map(|issue| {
        let params = serde_json::to_string(&issue.params).unwrap_or_default();
        let line = format!("{} {} {}", issue.code.as_str(), issue.severity.as_str(), issue.path);
        if params == "{}" { line } else { format!("{line} {params}") }
    });
    line.collect()
}

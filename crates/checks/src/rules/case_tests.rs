//! Each rule with a payload that breaks it, one that just does not, and one about which nobody can tell.

use serde_json::{Value as Json, json};

use crate::test_support::case::{
    Case, Found,
    Kind::{self, Group, Members, Script, Speech},
    plain, report, report_of_file, resolves, with,
};
use omicall_issues::{
    IssueCode, Severity,
    rules::{DESCRIPTIONS, rule},
};

const SALES: &str = "62ff11a208d4bf3ea694a539";
const EMPTY: &str = "62ff11a208d4bf3ea694a500";
const DELETED: &str = "62ff11a208d4bf3ea694a5ff";
const MAIN: &str = "632969ce7534d97b0933d51d";
const NIGHT: &str = "632969ce7534d97b0933d500";
const HELLO: &str = "6209c99b067f745da47367f3";
const WRONG: &str = "6209c99b067f745da47367f4";
const NONE: &str = "000000000000000000000000";

fn script() -> Json {
    json!({
        "script_name": "Chính", "greeting_id": HELLO, "invalid_sound_id": WRONG, "max_failure": 3, "time_out": 5,
        "action_type": "Ring_group", "action": SALES,
        "scripts": [{ "ivr": "1", "action_type": "Ring_group", "action": SALES }],
    })
}

fn group() -> Json {
    json!({ "group_name": "Sales", "strategy": "rollover", "sip_members": ["147", "145"], "timeout": 20 })
}

fn speech() -> Json {
    json!({ "greeting_name": "Welcome", "text": "Xin chào", "speed": "0", "voice": "banmai" })
}

fn members() -> Json {
    json!({ "group_id": SALES, "sip_users": ["150"] })
}

/// What every rule may know.
fn tenant() -> Json {
    json!({
        "scripts": [
            { "_id": MAIN, "script_name": "CHÍNH", "script_number": "166780" },
            { "_id": NIGHT, "script_name": "Ban đêm", "script_number": "166781" },
            { "_id": DELETED, "script_name": "Đã xoá", "is_deleted": true },
        ],
        "groups": [
            { "_id": SALES, "group_name": "Sales", "members": [{ "agent_id": "an" }] },
            { "_id": EMPTY, "group_name": "Trống", "members": [] },
            { "_id": DELETED, "group_name": "Cũ", "is_deleted": true, "members": [{ "agent_id": "an" }] },
        ],
        "greetings": [{ "_id": HELLO }, { "_id": WRONG }, { "_id": DELETED, "is_deleted": true }],
        "phones": [
            { "sip_user": "147", "agent_id": "an" }, { "sip_user": "145", "agent_id": "binh" },
            { "sip_user": "150", "agent_id": "chi" }, { "sip_user": "2", "agent_id": "dung" }, { "sip_user": "160" },
        ],
        "id": MAIN,
    })
}

/// The tenant with other fields.
fn known(fields: Json) -> Json {
    with(tenant(), fields)
}

fn key(ivr: impl Into<Json>) -> Json {
    json!({ "ivr": ivr.into(), "action_type": "Ring_group", "action": SALES })
}

fn keys(keys: &[&str]) -> Json {
    json!({ "scripts": keys.iter().map(|ivr| key(*ivr)).collect::<Vec<_>>() })
}

/// A script with one key that leads there.
fn leading(action_type: impl Into<Json>, action: impl Into<Json>) -> Json {
    json!({ "scripts": [{ "ivr": "1", "action_type": action_type.into(), "action": action.into() }] })
}

fn falling(action_type: impl Into<Json>, action: impl Into<Json>) -> Json {
    json!({ "action_type": action_type.into(), "action": action.into() })
}

struct Table(Vec<Case>);

impl Table {
    /// A payload, changed in these fields, of which the rule says this.
    fn row(&mut self, code: &'static str, kind: Kind, fields: Json, context: Json, found: &[Found]) {
        let base = match kind {
            Script => script(),
            Group => group(),
            Members => members(),
            Speech => speech(),
        };
        self.0.push(Case { code, kind, payload: with(base, fields), context, found: found.to_vec() });
    }

    /// A rule that needs no context.
    fn rule(&mut self, code: &'static str, kind: Kind, rows: &[(Json, &[Found])]) {
        for (fields, found) in rows {
            self.row(code, kind, fields.clone(), json!({}), found);
        }
    }

    /// A rule that needs a context: the same payloads without one leave it silent.
    fn within(&mut self, code: &'static str, kind: Kind, rows: &[(Json, Json, &[Found])]) {
        for (fields, context, found) in rows {
            self.row(code, kind, fields.clone(), context.clone(), found);
            if !found.is_empty() {
                self.row(code, kind, fields.clone(), json!({}), &[]);
            }
        }
    }
}

fn error(path: &'static str, params: Json) -> Found {
    ("error", path, params)
}

fn warning(path: &'static str, params: Json) -> Found {
    ("warning", path, params)
}

fn hint(path: &'static str, params: Json) -> Found {
    ("hint", path, params)
}

fn ivr_fields(table: &mut Table) {
    let name = &[error("/script_name", json!({}))];
    table.rule(
        "ivr-name-required",
        Script,
        &[
            (json!({ "script_name": "" }), name),
            (json!({ "script_name": " \t" }), name),
            (json!({ "script_name": "-" }), name),
            (json!({ "script_name": 5 }), name),
            (json!({ "script_name": "x" }), &[]),
        ],
    );
    let taken = |name, number| error("/script_name", json!({ "name": name, "number": number }));
    table.within(
        "ivr-name-taken",
        Script,
        &[
            (json!({}), known(json!({ "id": "-" })), &[taken("Chính", "166780")]),
            // Composed or not, spaces around it, case.
            (
                json!({ "script_name": " ChI\u{301}nh " }),
                known(json!({ "id": "-" })),
                &[taken(" Ch\u{CD}nh ", "166780")],
            ),
            (json!({ "script_name": "BAN ĐÊM" }), tenant(), &[taken("BAN ĐÊM", "166781")]),
            (json!({ "_id": NIGHT }), tenant(), &[taken("Chính", "166780")]),
            (
                json!({}),
                json!({ "scripts": [{ "script_name": "chính", "_id": NIGHT }] }),
                &[taken("Chính", NIGHT)],
            ),
            (json!({}), json!({ "scripts": [{ "script_name": "chính" }] }), &[taken("Chính", "chính")]),
            (
                json!({}),
                json!({ "id": MAIN, "scripts": [
                { "_id": MAIN, "script_name": "chính" }, { "_id": MAIN, "script_name": "chính" },
                { "_id": NIGHT, "script_name": "chính", "script_number": "2" },
            ] }),
                &[taken("Chính", "2")],
            ),
            // The first of the others.
            (
                json!({}),
                json!({ "id": MAIN, "scripts": [
                { "_id": MAIN, "script_name": "chính", "script_number": "1" },
                { "_id": NIGHT, "script_name": "chính", "script_number": "2" },
                { "_id": DELETED, "script_name": "chính", "script_number": "3" },
            ] }),
                &[taken("Chính", "2")],
            ),
            // Itself, by the context or by its own id; what is deleted; another name.
            (json!({}), tenant(), &[]),
            (json!({ "_id": MAIN }), known(json!({ "id": NIGHT })), &[]),
            (json!({ "script_name": "Đã xoá" }), tenant(), &[]),
            (json!({ "script_name": "Chinh" }), tenant(), &[]),
            (json!({ "script_name": "" }), json!({ "scripts": [{ "script_name": "" }] }), &[]),
        ],
    );
    let greeting = &[error("/greeting_id", json!({}))];
    table.rule(
        "ivr-greeting-required",
        Script,
        &[
            (json!({ "greeting_id": "" }), greeting),
            (json!({ "greeting_id": " " }), greeting),
            (json!({ "greeting_id": null }), greeting),
            (json!({ "greeting_id": {} }), greeting),
            (json!({ "greeting_id": "x" }), &[]),
        ],
    );
    let unknown = |path, id| error(path, json!({ "id": id }));
    table.within(
        "ivr-sound-unknown",
        Script,
        &[
            (json!({ "greeting_id": NONE }), tenant(), &[unknown("/greeting_id", NONE)]),
            (json!({ "greeting_short_id": DELETED }), tenant(), &[unknown("/greeting_short_id", DELETED)]),
            (json!({ "invalid_sound_id": 5 }), tenant(), &[unknown("/invalid_sound_id", "5")]),
            (
                json!({}),
                known(json!({ "greetings": [] })),
                &[unknown("/greeting_id", HELLO), unknown("/invalid_sound_id", WRONG)],
            ),
            (
                json!({ "greeting_id": NONE }),
                known(json!({ "complete": false })),
                &[warning("/greeting_id", json!({ "id": NONE }))],
            ),
            (
                json!({ "greeting_id": NONE }),
                known(json!({ "greetings": { "items": [], "has_next": true } })),
                &[
                    warning("/greeting_id", json!({ "id": NONE })),
                    warning("/invalid_sound_id", json!({ "id": WRONG })),
                ],
            ),
            (json!({ "greeting_short_id": HELLO }), tenant(), &[]),
            (json!({ "greeting_id": "", "greeting_short_id": null, "invalid_sound_id": "" }), tenant(), &[]),
            (json!({ "greeting_id": NONE }), known(json!({ "greetings": "-" })), &[]),
        ],
    );
    let failure = &[error("/max_failure", json!({}))];
    table.rule(
        "ivr-max-failure-invalid",
        Script,
        &[
            (json!({ "max_failure": 0 }), failure),
            (json!({ "max_failure": -1 }), failure),
            (json!({ "max_failure": 1.5 }), failure),
            (json!({ "max_failure": "3" }), failure),
            (json!({ "max_failure": "-" }), failure),
            (json!({ "max_failure": 1 }), &[]),
            (json!({ "max_failure": 3_000_000_000_u32 }), &[]),
        ],
    );
    let timeout = &[error("/time_out", json!({}))];
    table.rule(
        "ivr-timeout-invalid",
        Script,
        &[
            (json!({ "time_out": 0 }), timeout),
            (json!({ "time_out": 0.5 }), timeout),
            (json!({ "time_out": true }), timeout),
            (json!({ "time_out": "-" }), timeout),
            (json!({ "time_out": 1 }), &[]),
        ],
    );
    let unusual = |seconds| warning("/time_out", json!({ "seconds": seconds }));
    table.rule(
        "ivr-timeout-unusual",
        Script,
        &[
            (json!({ "time_out": 1 }), &[unusual(1)]),
            (json!({ "time_out": 2 }), &[unusual(2)]),
            (json!({ "time_out": 31 }), &[unusual(31)]),
            (json!({ "time_out": 5000 }), &[unusual(5000)]),
            (json!({ "time_out": 3 }), &[]),
            (json!({ "time_out": 30 }), &[]),
            (json!({ "time_out": 0 }), &[]),
        ],
    );
    let silence = &[hint("/invalid_sound_id", json!({}))];
    table.rule(
        "ivr-invalid-sound-missing",
        Script,
        &[
            (json!({ "invalid_sound_id": "" }), silence),
            (json!({ "invalid_sound_id": "-" }), silence),
            (json!({ "invalid_sound_id": "x" }), &[]),
        ],
    );
    let value = &[error("/ivr_direct_menu_dial", json!({}))];
    table.rule(
        "ivr-direct-dial-value",
        Script,
        &[
            (json!({ "ivr_direct_menu_dial": true }), value),
            (json!({ "ivr_direct_menu_dial": "yes" }), value),
            (json!({ "ivr_direct_menu_dial": "True" }), value),
            (json!({ "ivr_direct_menu_dial": "true" }), &[]),
            (json!({ "ivr_direct_menu_dial": "false" }), &[]),
            (json!({ "ivr_direct_menu_dial": null }), &[]),
            (json!({ "ivr_direct_menu_dial": "" }), &[]),
        ],
    );
    let nowhere = &[warning("/action_type", json!({}))];
    table.rule(
        "ivr-fallback-missing",
        Script,
        &[
            (falling("-", "-"), nowhere),
            (falling("", ""), nowhere),
            (falling("", SALES), nowhere),
            (falling("Ring_group", ""), nowhere),
            (falling("Ivr_menu", null()), nowhere),
            (falling(5, SALES), nowhere),
            (falling("Ring_group", json!({})), nowhere),
            (falling("Ring_group", SALES), &[]),
            (falling("Ivr_menu", MAIN), &[]),
            // Nobody knows what an undocumented type needs.
            (falling("Hangup", ""), &[]),
        ],
    );
}

fn null() -> Json {
    Json::Null
}

fn ivr_keys(table: &mut Table) {
    let none = &[warning("/scripts", json!({}))];
    table.rule(
        "ivr-no-options",
        Script,
        &[
            (json!({ "scripts": [] }), none),
            (json!({ "scripts": "-" }), none),
            (json!({ "scripts": "1" }), none),
            (leading("", ""), none),
            (leading("Ring_group", ""), none),
            (leading("", SALES), &[]),
        ],
    );
    let invalid = |key| error("/scripts/0/ivr", json!({ "key": key }));
    table.rule(
        "ivr-key-invalid",
        Script,
        &[
            (json!({ "scripts": [key("")] }), &[invalid("")]),
            (json!({ "scripts": [key("a")] }), &[invalid("a")]),
            (json!({ "scripts": [key("1a")] }), &[invalid("1a")]),
            (json!({ "scripts": [key(" 1")] }), &[invalid(" 1")]),
            (json!({ "scripts": [key("１")] }), &[invalid("１")]),
            (json!({ "scripts": [key(1)] }), &[invalid("1")]),
            (json!({ "scripts": [key(true)] }), &[invalid("true")]),
            (json!({ "scripts": [key(json!([]))] }), &[invalid("{…}")]),
            (json!({ "scripts": [null] }), &[invalid("")]),
            (keys(&["0"]), &[]),
            (keys(&["9", "*", "#", "12"]), &[]),
        ],
    );
    let multi = |path, key| warning(path, json!({ "key": key }));
    table.rule(
        "ivr-key-multi-digit",
        Script,
        &[
            (keys(&["12"]), &[multi("/scripts/0/ivr", "12")]),
            (keys(&["1", "*9"]), &[multi("/scripts/1/ivr", "*9")]),
            (keys(&["1", "2"]), &[]),
            (keys(&["1a"]), &[]),
        ],
    );
    let twice = |path, key| error(path, json!({ "key": key }));
    table.rule(
        "ivr-key-duplicate",
        Script,
        &[
            (keys(&["1", "2", "1", "1"]), &[twice("/scripts/2/ivr", "1"), twice("/scripts/3/ivr", "1")]),
            (keys(&["12", "12"]), &[twice("/scripts/1/ivr", "12")]),
            (keys(&["1", "2", "11"]), &[]),
            (keys(&["a", "a", "", ""]), &[]),
        ],
    );
    table.rule(
        "ivr-key-hash",
        Script,
        &[
            (keys(&["1", "#"]), &[warning("/scripts/1/ivr", json!({}))]),
            (keys(&["1", "*"]), &[]),
            (keys(&["1#"]), &[]),
        ],
    );
    let gap = |missing| hint("/scripts", json!({ "missing": missing }));
    table.rule(
        "ivr-key-gap",
        Script,
        &[
            (keys(&["1", "2", "4"]), &[gap("3")]),
            (keys(&["6", "4", "1", "2"]), &[gap("3, 5")]),
            (keys(&["9", "7"]), &[gap("8")]),
            (keys(&["1", "1", "3"]), &[gap("2")]),
            (keys(&["1", "2", "3"]), &[]),
            // The 0 stands apart; where the lowest is not 1 there is no gap between keys.
            (keys(&["0", "2", "3"]), &[]),
            (keys(&["9", "0", "*"]), &[]),
        ],
    );
    table.rule(
        "ivr-many-options",
        Script,
        &[
            (keys(&["1", "2", "3", "4", "5", "6"]), &[hint("/scripts", json!({ "count": 6 }))]),
            (keys(&["1", "2", "3", "4", "5"]), &[]),
        ],
    );
    let unassigned = |key| hint("/scripts/0", json!({ "key": key }));
    table.rule(
        "ivr-option-unassigned",
        Script,
        &[
            (leading("", ""), &[unassigned("1")]),
            (leading("-", "-"), &[]),
            (json!({ "scripts": [{ "ivr": "1" }] }), &[unassigned("1")]),
            (leading("Ring_group", ""), &[]),
            (leading("", SALES), &[]),
        ],
    );
    let dial = |fields: Json| with(fields, json!({ "ivr_direct_menu_dial": "true" }));
    let delay = |path, key, extension| hint(path, json!({ "key": key, "extension": extension }));
    table.within(
        "ivr-direct-dial-delay",
        Script,
        &[
            (dial(keys(&["1"])), tenant(), &[delay("/scripts/0/ivr", "1", "147")]),
            (dial(keys(&["9", "15"])), tenant(), &[delay("/scripts/1/ivr", "15", "150")]),
            (dial(keys(&["9"])), tenant(), &[]),
            (dial(keys(&["147", "2", "1470"])), tenant(), &[]),
            (dial(json!({ "scripts": [key("")] })), tenant(), &[]),
            (keys(&["1"]), tenant(), &[]),
            (with(keys(&["1"]), json!({ "ivr_direct_menu_dial": "false" })), tenant(), &[]),
            (dial(keys(&["1"])), known(json!({ "phones": "-" })), &[]),
        ],
    );
    let shadow = |path, key| warning(path, json!({ "key": key, "extension": key }));
    table.within(
        "ivr-direct-dial-shadow",
        Script,
        &[
            (dial(keys(&["1", "2"])), tenant(), &[shadow("/scripts/1/ivr", "2")]),
            (dial(keys(&["147"])), tenant(), &[shadow("/scripts/0/ivr", "147")]),
            (dial(keys(&["1", "14"])), tenant(), &[]),
            (keys(&["2"]), tenant(), &[]),
        ],
    );
}

fn ivr_targets(table: &mut Table) {
    let untyped = |name| warning("/scripts/0/action_type", json!({ "type": name }));
    table.rule(
        "ivr-action-type-unknown",
        Script,
        &[
            (leading("Voice_mail", SALES), &[untyped("Voice_mail")]),
            (leading("ring_group", ""), &[untyped("ring_group")]),
            (leading(5, SALES), &[untyped("5")]),
            (leading("Ring_group", SALES), &[]),
            (leading("Ivr_menu", SALES), &[]),
            (leading("", SALES), &[]),
        ],
    );
    let missing = &[error("/scripts/0/action", json!({ "key": "1" }))];
    table.rule(
        "ivr-action-missing",
        Script,
        &[
            (leading("Ring_group", ""), missing),
            (leading("Ivr_menu", null()), missing),
            (leading("Ring_group", SALES), &[]),
            (leading("", ""), &[]),
            (leading("Hangup", ""), &[]),
        ],
    );
    let orphan = &[warning("/scripts/0/action_type", json!({ "key": "1" }))];
    table.rule(
        "ivr-action-orphan",
        Script,
        &[
            (leading("", SALES), orphan),
            (leading(null(), SALES), orphan),
            (leading("", ""), &[]),
            (leading("Ring_group", SALES), &[]),
        ],
    );
    let format = &[error("/scripts/0/action", json!({}))];
    table.rule(
        "ivr-action-id-format",
        Script,
        &[
            (leading("Ring_group", "62ff11a208d4bf3ea694a53"), format),
            (leading("Ring_group", "62ff11a208d4bf3ea694a5390"), format),
            (leading("Ivr_menu", "62ff11a208d4bf3ea694a53g"), format),
            (leading("", "x"), format),
            (leading("Ring_group", 5), format),
            (leading("Hangup", 5), format),
            (leading("Ring_group", SALES), &[]),
            (leading("Ring_group", "62FF11A208D4BF3EA694A539"), &[]),
            // What such a type leads to may have another kind of id.
            (leading("Hangup", "x"), &[]),
            (leading("Hangup", null()), &[]),
        ],
    );
    let unknown = |path| error(path, json!({ "id": NONE }));
    table.within(
        "ivr-target-unknown",
        Script,
        &[
            (leading("Ring_group", NONE), tenant(), &[unknown("/scripts/0/action")]),
            (leading("Ivr_menu", NONE), tenant(), &[unknown("/scripts/0/action")]),
            (falling("Ring_group", NONE), tenant(), &[unknown("/action")]),
            (falling("Ring_group", 5), tenant(), &[error("/action", json!({ "id": "5" }))]),
            (leading("Ivr_menu", DELETED), tenant(), &[error("/scripts/0/action", json!({ "id": DELETED }))]),
            (
                leading("Ring_group", NONE),
                known(json!({ "complete": false })),
                &[warning("/scripts/0/action", json!({ "id": NONE }))],
            ),
            (leading("Ivr_menu", NIGHT), tenant(), &[]),
            // Itself, though the list does not have it yet.
            (leading("Ivr_menu", NONE), known(json!({ "id": NONE })), &[]),
            (with(leading("Ivr_menu", NONE), json!({ "_id": NONE })), tenant(), &[]),
            (leading("Hangup", NONE), tenant(), &[]),
            // Of what is no id at all, and of what has no type, another rule speaks.
            (leading("Ring_group", "x"), tenant(), &[]),
            (leading("", NONE), tenant(), &[]),
            (falling("", NONE), tenant(), &[]),
            (falling("Ring_group", ""), tenant(), &[]),
            (leading("Ring_group", NONE), known(json!({ "scripts": "-" })), &[]),
            (leading("Ring_group", NONE), known(json!({ "groups": "-" })), &[]),
        ],
    );
    let mismatch =
        |path, id, actual, expected| error(path, json!({ "id": id, "actual": actual, "expected": expected }));
    table.within(
        "ivr-target-type-mismatch",
        Script,
        &[
            (
                leading("Ring_group", NIGHT),
                tenant(),
                &[mismatch("/scripts/0/action_type", NIGHT, "script", "group")],
            ),
            (
                leading("Ivr_menu", SALES),
                tenant(),
                &[mismatch("/scripts/0/action_type", SALES, "group", "script")],
            ),
            (falling("Ivr_menu", SALES), tenant(), &[mismatch("/action_type", SALES, "group", "script")]),
            (
                leading("Ring_group", NIGHT),
                known(json!({ "language": "vi", "complete": false })),
                &[warning(
                    "/scripts/0/action_type",
                    json!({ "id": NIGHT, "actual": "kịch bản", "expected": "nhóm" }),
                )],
            ),
            (leading("Ivr_menu", NIGHT), tenant(), &[]),
            (leading("Ring_group", NONE), tenant(), &[]),
            (leading("Ring_group", NIGHT), known(json!({ "scripts": "-" })), &[]),
            (leading("Ivr_menu", SALES), known(json!({ "groups": "-" })), &[]),
        ],
    );
    let empty = |path| warning(path, json!({ "name": "Trống" }));
    table.within(
        "ivr-group-empty",
        Script,
        &[
            (leading("Ring_group", EMPTY), tenant(), &[empty("/scripts/0/action")]),
            (leading("Ring_group", EMPTY), known(json!({ "scripts": "-" })), &[empty("/scripts/0/action")]),
            (falling("Ring_group", EMPTY), tenant(), &[empty("/action")]),
            (
                leading("Ring_group", SALES),
                json!({ "groups": [{ "_id": SALES, "group_name": "Trống", "sip_members": [] }] }),
                &[empty("/scripts/0/action"), empty("/action")],
            ),
            (leading("Ring_group", SALES), tenant(), &[]),
            (leading("Ivr_menu", EMPTY), tenant(), &[]),
            (json!({}), json!({ "groups": [{ "_id": SALES }] }), &[]),
            (json!({}), json!({ "groups": [{ "_id": SALES, "members": [], "sip_members": ["1"] }] }), &[]),
        ],
    );
}

fn groups(table: &mut Table) {
    let name = &[error("/group_name", json!({}))];
    table.rule(
        "group-name-required",
        Group,
        &[
            (json!({ "group_name": "" }), name),
            (json!({ "group_name": "  " }), name),
            (json!({ "group_name": [] }), name),
            (json!({ "group_name": "x" }), &[]),
        ],
    );
    let strategy = &[error("/strategy", json!({}))];
    table.rule(
        "group-strategy-unknown",
        Group,
        &[
            (json!({ "strategy": "all" }), strategy),
            (json!({ "strategy": "Random" }), strategy),
            (json!({ "strategy": "-" }), strategy),
            (json!({ "strategy": "enterprise" }), &[]),
            (json!({ "strategy": "rollover" }), &[]),
            (json!({ "strategy": "random" }), &[]),
        ],
    );
    let timeout = |severity| (severity, "/timeout", json!({}));
    table.rule(
        "group-timeout-invalid",
        Group,
        &[
            (json!({ "timeout": 0 }), &[timeout("error")]),
            (json!({ "timeout": "20" }), &[timeout("error")]),
            (json!({ "timeout": 1.5 }), &[timeout("error")]),
            (json!({ "timeout": "-" }), &[timeout("error")]),
            (json!({ "timeout": 61 }), &[timeout("warning")]),
            (json!({ "timeout": 1 }), &[]),
            (json!({ "timeout": 60 }), &[]),
            // As `groups.list` sends it.
            (json!({ "timeout": "-", "sip_members": "-", "members": [{ "timeout": 30 }] }), &[]),
            (json!({ "timeout": "-", "sip_members": "-", "members": [] }), &[timeout("error")]),
            (json!({ "timeout": 0, "members": [{ "timeout": 30 }] }), &[timeout("error")]),
        ],
    );
    let long = |severity, seconds| (severity, "/timeout", json!({ "seconds": seconds }));
    table.rule("group-total-ring-long", Group, &[
        (json!({ "timeout": 31 }), &[long("hint", 62)]),
        (json!({ "timeout": 31, "strategy": "random" }), &[long("hint", 62)]),
        (json!({ "timeout": 61, "strategy": "enterprise" }), &[long("hint", 61)]),
        (json!({ "timeout": 60, "sip_members": ["1", "2", "3"] }), &[long("hint", 180)]),
        (json!({ "timeout": 91 }), &[long("warning", 182)]),
        (json!({ "timeout": "-", "sip_members": "-", "members": [{ "timeout": 50 }, { "timeout": 11 }] }), &[long("hint", 61)]),
        (json!({ "timeout": 30 }), &[]),
        (json!({ "timeout": 60, "strategy": "enterprise" }), &[]),
        (json!({ "timeout": 60, "sip_members": [] }), &[]),
        (json!({ "timeout": 600, "strategy": "all" }), &[]),
        (json!({ "timeout": "-", "strategy": "enterprise", "sip_members": "-", "members": [{ "timeout": 50 }, { "timeout": 11 }] }), &[]),
    ]);
    let empty = &[warning("/sip_members", json!({}))];
    table.rule(
        "group-members-empty",
        Group,
        &[
            (json!({ "sip_members": [] }), empty),
            (json!({ "sip_members": "147" }), empty),
            (json!({ "sip_members": "-", "members": [] }), empty),
            (json!({ "sip_members": ["1"] }), &[]),
            (json!({ "sip_members": "-", "members": [{}] }), &[]),
        ],
    );
    table.rule(
        "group-members-empty",
        Members,
        &[
            (json!({ "sip_users": [] }), &[warning("/sip_users", json!({}))]),
            (json!({ "sip_users": ["1"] }), &[]),
        ],
    );
    let odd = |path, extension| error(path, json!({ "extension": extension }));
    table.rule(
        "group-member-format",
        Group,
        &[
            (json!({ "sip_members": ["147", "14a"] }), &[odd("/sip_members/1", "14a")]),
            (
                json!({ "sip_members": ["", 147, "1 4", null] }),
                &[
                    odd("/sip_members/0", ""),
                    odd("/sip_members/1", "147"),
                    odd("/sip_members/2", "1 4"),
                    odd("/sip_members/3", ""),
                ],
            ),
            (json!({ "sip_members": ["1234567890123456"] }), &[odd("/sip_members/0", "1234567890123456")]),
            (json!({ "sip_members": ["123456789012345", "0"] }), &[]),
        ],
    );
    table.rule(
        "group-member-format",
        Members,
        &[
            (json!({ "sip_users": ["an@example.com"] }), &[odd("/sip_users/0", "an@example.com")]),
            (json!({ "sip_users": ["147"] }), &[]),
        ],
    );
    let twice = |path| warning(path, json!({ "extension": "147" }));
    table.rule(
        "group-member-duplicate",
        Group,
        &[
            (json!({ "sip_members": ["147", "145", "147"] }), &[twice("/sip_members/2")]),
            (json!({ "sip_members": ["147", "1470", "x", "x"] }), &[]),
        ],
    );
    table.rule(
        "group-member-duplicate",
        Members,
        &[
            (json!({ "sip_users": ["147", "147"] }), &[twice("/sip_users/1")]),
            (json!({ "sip_users": ["147", "145"] }), &[]),
        ],
    );
    let unknown = |path| error(path, json!({ "extension": "999" }));
    table.within(
        "group-member-unknown",
        Group,
        &[
            (json!({ "sip_members": ["147", "999"] }), tenant(), &[unknown("/sip_members/1")]),
            (
                json!({ "sip_members": ["999"] }),
                known(json!({ "complete": false })),
                &[warning("/sip_members/0", json!({ "extension": "999" }))],
            ),
            (json!({ "sip_members": ["147", "x"] }), tenant(), &[]),
            (json!({ "sip_members": ["999"] }), known(json!({ "phones": "-" })), &[]),
        ],
    );
    table.within(
        "group-member-unknown",
        Members,
        &[
            (json!({ "sip_users": ["999"] }), tenant(), &[unknown("/sip_users/0")]),
            (json!({ "sip_users": ["147"] }), tenant(), &[]),
        ],
    );
    let id = &[error("/group_id", json!({}))];
    table.rule(
        "group-id-format",
        Members,
        &[
            (json!({ "group_id": "" }), id),
            (json!({ "group_id": "-" }), id),
            (json!({ "group_id": "62ff11a208d4bf3ea694a53x" }), id),
            (json!({ "group_id": 5 }), id),
            (json!({ "group_id": NONE }), &[]),
        ],
    );
    let noop = |path, extension| hint(path, json!({ "extension": extension }));
    let removing = known(json!({ "action": "remove" }));
    let by_extension =
        json!({ "groups": [{ "_id": SALES, "sip_members": ["147"], "members": [{ "agent_id": "an" }] }] });
    let by_sip_user =
        json!({ "groups": [{ "_id": SALES, "members": [{ "agent_id": "x", "sip_user": "147" }] }] });
    table.within(
        "members-noop",
        Members,
        &[
            (json!({ "sip_users": ["150", "147"] }), tenant(), &[noop("/sip_users/1", "147")]),
            (json!({ "sip_users": ["150", "147"] }), removing.clone(), &[noop("/sip_users/0", "150")]),
            (json!({ "sip_users": ["147"] }), by_extension.clone(), &[noop("/sip_users/0", "147")]),
            (json!({ "sip_users": ["147"] }), by_sip_user, &[noop("/sip_users/0", "147")]),
            (
                json!({ "sip_users": ["145"] }),
                with(by_extension.clone(), json!({ "action": "remove" })),
                &[noop("/sip_users/0", "145")],
            ),
            (json!({ "sip_users": ["145"] }), tenant(), &[]),
            (json!({ "sip_users": ["147"] }), removing.clone(), &[]),
            (json!({ "sip_users": ["145"] }), by_extension, &[]),
            // Nobody can tell: no such phone, a phone without an agent, a group that says nothing, no such group.
            (json!({ "sip_users": ["999", "160"] }), removing, &[]),
            (
                json!({ "sip_users": ["147"] }),
                known(json!({ "groups": [{ "_id": SALES }], "action": "remove" })),
                &[],
            ),
            (json!({ "sip_users": ["147"], "group_id": DELETED }), tenant(), &[]),
            (json!({ "sip_users": ["147"] }), known(json!({ "phones": "-" })), &[]),
        ],
    );
}

fn speeches(table: &mut Table) {
    let name = &[error("/greeting_name", json!({}))];
    table.rule(
        "greeting-name-required",
        Speech,
        &[
            (json!({ "greeting_name": "" }), name),
            (json!({ "greeting_name": "\n" }), name),
            (json!({ "greeting_name": "-" }), name),
            (json!({ "greeting_name": "x" }), &[]),
        ],
    );
    let length = |length| error("/text", json!({ "length": length }));
    table.rule(
        "tts-text-length",
        Speech,
        &[
            (json!({ "text": "" }), &[length(0)]),
            (json!({ "text": 5 }), &[length(0)]),
            (json!({ "text": "ế".repeat(301) }), &[length(301)]),
            (json!({ "text": "📞".repeat(301) }), &[length(301)]),
            (json!({ "text": "x" }), &[]),
            (json!({ "text": "📞".repeat(300) }), &[]),
            // Typed with combining marks: three scalar values each, one when composed.
            (json!({ "text": "e\u{302}\u{301}".repeat(300) }), &[]),
            (json!({ "text": "e\u{302}\u{301}".repeat(301) }), &[length(301)]),
        ],
    );
    let speed = &[error("/speed", json!({}))];
    table.rule(
        "tts-speed-range",
        Speech,
        &[
            (json!({ "speed": "4" }), speed),
            (json!({ "speed": "-4" }), speed),
            (json!({ "speed": "1.5" }), speed),
            (json!({ "speed": 1 }), speed),
            (json!({ "speed": "" }), speed),
            (json!({ "speed": "-3" }), &[]),
            (json!({ "speed": "3" }), &[]),
        ],
    );
    let voice = &[error("/voice", json!({}))];
    table.rule(
        "tts-voice-unknown",
        Speech,
        &[
            (json!({ "voice": "Banmai" }), voice),
            (json!({ "voice": "-" }), voice),
            (json!({ "voice": "leminh" }), &[]),
            (json!({ "voice": "lannhi" }), &[]),
        ],
    );
}

fn cases() -> Vec<Case> {
    let mut table = Table(Vec::new());
    for fill in [ivr_fields, ivr_keys, ivr_targets, groups, speeches] {
        fill(&mut table);
    }
    table.0
}

#[test]
fn every_rule_says_what_it_must_and_no_more() {
    let mut wrong = Vec::new();
    for case in cases() {
        let report = case.report();
        let found: Vec<_> =
            report.issues.iter().filter(|issue| issue.code.as_str() == case.code).map(plain).collect();
        let wanted: Vec<_> = case
            .found
            .iter()
            .map(|(severity, path, params)| (*severity, (*path).into(), params.clone()))
            .collect();
        if found != wanted {
            wrong.push(format!(
                "{} on {} within {}:\n  found {found:?}\n  not {wanted:?}",
                case.code, case.payload, case.context
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules whose cases stand elsewhere: `tests/page/arguments.test.mjs`, the tests below, `ivr/lint.rs`, `validate/account.rs`.
fn is_elsewhere(code: &str) -> bool {
    let greetings = ["greeting-not-mp3", "greeting-truncated", "greeting-empty"];
    let ways = ["ivr-self-loop", "ivr-cycle", "ivr-trap", "ivr-too-deep", "ivr-unreachable"];
    code == "list-page-invalid"
        || code.starts_with("sip-")
        || greetings.contains(&code)
        || ways.contains(&code)
}

#[test]
fn every_rule_has_a_case_that_fires_it_one_that_does_not_and_one_without_context() {
    let cases = cases();
    for description in DESCRIPTIONS {
        let code = description.code.as_str();
        if is_elsewhere(code) {
            continue;
        }
        let has = |wanted: fn(&&Case) -> bool| {
            cases.iter().filter(|case| case.code == code).any(|case| wanted(&case))
        };
        assert!(has(|case| !case.found.is_empty()), "{code} is never fired");
        assert!(has(|case| case.found.is_empty()), "{code} always fires");
        if !description.needs.is_empty() {
            assert!(has(|case| case.is_without_context()), "{code} is not tried without its context");
        }
        if rule(description.code).needs_complete_tenant {
            assert!(
                has(|case| case.found.iter().any(|(severity, ..)| *severity == "warning")),
                "{code} is not tried with lists that are not complete"
            );
        }
        if !description.other_severity.is_empty() {
            let usual = rule(description.code).severity.as_str();
            let others = cases.iter().filter(|case| case.code == code).flat_map(|case| &case.found);
            assert!(
                others.into_iter().any(|(severity, ..)| *severity != usual),
                "{code} has one severity only"
            );
        }
    }
}

#[test]
fn nothing_is_wrong_with_what_is_right() {
    for (kind, payload) in [(Script, script()), (Group, group()), (Members, members()), (Speech, speech())] {
        for context in [json!({}), tenant()] {
            assert_eq!(report(kind, &payload, &context).issues, [], "{payload}");
        }
    }
}

#[test]
fn paths_lead_into_what_was_passed_and_sentences_name_all_they_should() {
    for case in cases() {
        for language in ["en", "vi"] {
            let report = report(
                case.kind,
                &case.payload,
                &with(case.context.clone(), json!({ "language": language })),
            );
            assert_eq!(report.ok, report.issues.iter().all(|issue| issue.severity != Severity::Error));
            for issue in &report.issues {
                assert!(resolves(&issue.path, &case.payload), "{} in {}", issue.path, case.payload);
                assert!(
                    !issue.message.contains(['{', '}']) || issue.message.contains("{…}"),
                    "{}",
                    issue.message
                );
                let rule = rule(issue.code);
                let start = if language == "en" { rule.english } else { rule.vietnamese };
                let start = start.split('{').next().unwrap_or_default();
                assert!(issue.message.starts_with(start), "{}", issue.message);
                if language == "en" {
                    assert_eq!(issue.english_message(), issue.message);
                }
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_report() {
    for case in cases() {
        assert_eq!(case.report(), case.report());
    }
}

#[test]
fn a_long_text_is_not_quoted_in_full() {
    let report = report(Group, &with(group(), json!({ "sip_members": ["ễ".repeat(1_000_000)] })), &json!({}));
    let [issue] = report.issues.as_slice() else { panic!("{report:?}") };
    assert_eq!(issue.code, IssueCode::GroupMemberFormat);
    assert_eq!(issue.message, format!("\"{}…\" is not an extension", "ễ".repeat(100)));
    let short = "ễ".repeat(100);
    assert_eq!(omicall_schema::draft::truncate(&short), short);
}

#[test]
fn what_is_no_object_reads_as_an_empty_one() {
    for kind in [Script, Group, Members, Speech] {
        let empty = report(kind, &json!({}), &tenant());
        assert!(!empty.ok);
        assert_eq!(report(kind, &json!(null), &tenant()), empty);
    }
}

/// Frames of 128 kbit/s at 44 100 Hz.
fn frames(count: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0x00]);
    frame.repeat(count)
}

#[test]
fn recordings() {
    let id3v2 = b"ID3\x04\x00\x00\x00\x00\x02\x01".iter().copied().chain([0; 257]).collect::<Vec<u8>>();
    // Longer than what is looked at for frames.
    let long_id3v2 =
        b"ID3\x04\x00\x00\x00\x01\x1C\x20".iter().copied().chain([0; 20_000]).collect::<Vec<u8>>();
    let id3v1 = [b"TAG".to_vec(), vec![b' '; 125]].concat();
    let ape_footer = |size: u32, flags: u8| {
        [
            b"APETAGEX\xD0\x07\0\0".to_vec(),
            size.to_le_bytes().to_vec(),
            vec![1, 0, 0, 0, 0, 0, 0, flags],
            vec![0; 8],
        ]
        .concat()
    };
    // As long as its footer says, with frames inside that are none of the recording.
    let ape = |header: bool| {
        let items = frames(100)[..40_000].to_vec();
        let header_bytes = if header { ape_footer(40_032, 0xA0) } else { Vec::new() };
        [header_bytes, items, ape_footer(40_032, if header { 0x80 } else { 0 })].concat()
    };
    let cut = |count, less: usize| {
        let mut bytes = frames(count);
        bytes.truncate(bytes.len().saturating_sub(less));
        bytes
    };
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", vec![], "error greeting-empty"),
        ("five frames", frames(5), ""),
        ("three frames", frames(3), ""),
        ("tags before", [id3v2.clone(), id3v2.clone(), frames(5)].concat(), ""),
        ("eight tags before", [id3v2.repeat(8), frames(5)].concat(), ""),
        ("long tags before", [long_id3v2.repeat(2), frames(5)].concat(), ""),
        ("eight long tags before", [long_id3v2.repeat(8), frames(5)].concat(), ""),
        ("nine long tags before", [long_id3v2.repeat(9), frames(5)].concat(), "error greeting-not-mp3"),
        ("a tag behind", [frames(500), id3v1.clone()].concat(), ""),
        ("an APE tag behind", [frames(500), ape(false)].concat(), ""),
        ("an APE tag with a header behind", [frames(500), ape(true)].concat(), ""),
        ("an APE tag and another", [frames(500), ape(true), id3v1.clone()].concat(), ""),
        ("a text", b"<!doctype html>".to_vec(), "error greeting-not-mp3"),
        ("one byte", vec![0], "error greeting-not-mp3"),
        ("a tag alone", id3v2.clone(), "error greeting-not-mp3"),
        (
            "a tag that is longer than the file",
            b"ID3\x04\x00\x00\x7F\x7F\x7F\x7F".to_vec(),
            "error greeting-not-mp3",
        ),
        ("cut off by a byte", cut(5, 1), "warning greeting-truncated"),
        ("cut off within a header", cut(5, 415), "warning greeting-truncated"),
        ("cut off between frames", cut(5, 417), ""),
        ("long, cut off", cut(500, 100), "warning greeting-truncated"),
        (
            "cut off before a tag",
            [id3v2, cut(500, 100), id3v1.clone()].concat(),
            "warning greeting-truncated",
        ),
        ("cut off before an APE tag", [cut(500, 100), ape(false)].concat(), "warning greeting-truncated"),
        (
            "cut off before an APE tag with a header",
            [cut(500, 100), ape(true), id3v1].concat(),
            "warning greeting-truncated",
        ),
        ("zeroes behind", [frames(500), vec![0; 100]].concat(), ""),
        ("a few zeroes behind", [frames(500), vec![0; 2]].concat(), ""),
        ("a break within", [frames(5), vec![1; 50], cut(20, 7)].concat(), "warning greeting-truncated"),
    ];
    for (what, bytes, wanted) in table {
        let (report, seen) = report_of_file(&bytes);
        let found: Vec<_> = report
            .issues
            .iter()
            .map(|issue| format!("{} {}", issue.severity.as_str(), issue.code.as_str()))
            .collect();
        assert_eq!(found.join(", "), wanted, "{what}");
        assert!(report.issues.iter().all(|issue| issue.path == "/file"));
        assert!(seen <= 9 * 10 + 16_384 * 2 + 160, "{what}: {seen} bytes were read");
    }
    let (report, _) = report_of_file(b"<!doctype html>");
    assert_eq!(report.issues[0].message, "Not an MP3 file: 3C 21 64 6F");
}

//! Who names what in a tenant, which may be hostile.

use omicall_issues::ArgumentError;
use omicall_schema::{draft::parse, draft_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    payload::check_delete,
    references::{Orphan, Reference, orphans, references, who_uses},
    tenant::Tenant,
    test_support::tenants::{any_tenant, groups, index, lint_report, tenant},
};

const SALES: &str = "62ff11a208d4bf3ea694a539";
const HELLO: &str = "6209c99b067f745da47367f3";
const MAIN: &str = "632969ce7534d97b0933d51d";

/// Returns a line `kind id path → kind id` for each reference, with `!` if what it names is missing.
fn lines(references: &[Reference<'_>]) -> Vec<String> {
    let line = references.iter().map(|reference| {
        let mark = if reference.missing { "!" } else { "" };
        let target = reference.target_kind.unwrap_or("?");
        format!(
            "{} {} {} → {target} {}{mark}",
            reference.kind, reference.id, reference.path, reference.target_id
        )
    });
    line.collect()
}

/// Whether a record names itself.
fn is_to_itself(reference: &Reference<'_>) -> bool {
    reference.target_kind == Some(reference.kind) && reference.target_id.eq_ignore_ascii_case(reference.id)
}

fn all(tenant: &Json) -> Vec<String> {
    lines(&references(index(tenant)))
}

fn users(tenant: &Json, id: &str) -> Vec<String> {
    lines(&who_uses(index(tenant), id))
}

/// Returns a line `kind id name` for each orphan.
fn orphan_lines(tenant: &Json) -> Result<Vec<String>, ArgumentError> {
    let line = |orphan: &Orphan<'_>| format!("{} {} {}", orphan.kind, orphan.id, orphan.name);
    orphans(index(tenant)).map(|orphans| orphans.iter().map(line).collect())
}

/// A tenant in which every kind of place names something that exists.
fn whole_tenant() -> Json {
    json!({
        "scripts": [
            {
                "_id": MAIN, "script_name": "Main", "greeting_id": HELLO, "greeting_short_id": HELLO, "invalid_sound_id": "beep",
                "scripts": [
                    { "ivr": "1", "action_type": "Ring_group", "action": SALES },
                    { "ivr": "2", "action_type": "", "action": "" },
                    { "ivr": "3", "action_type": "Ivr_menu", "action": MAIN },
                ],
                "action_type": "Recording", "action": "bye",
            },
        ],
        "groups": [
            {
                "_id": SALES, "group_name": "Sales", "target_timeout_type": "Ivr_menu", "target_timeout": MAIN, "ring_back_id": "ring",
                "outer_group_id": "out",
                "members": [
                    { "agent_id": "an", "sip_user": null, "hold_music_id": "wait" },
                    { "agent_id": "nobody" },
                    { "agent_id": "x", "sip_user": "150" },
                ],
            },
            { "_id": "out", "group_name": "Out", "sip_members": ["147", "150"], "members": [{ "agent_id": "an" }] },
        ],
        "greetings": [{ "_id": HELLO }, { "_id": "beep" }, { "_id": "bye" }, { "_id": "ring" }, { "_id": "wait" }],
        "phones": [{ "sip_user": "147", "agent_id": "an" }, { "sip_user": "150" }],
    })
}

#[test]
fn each_place_is_found() {
    let main = format!("script {MAIN}");
    let sales = format!("group {SALES}");
    let expected = [
        format!("{main} /greeting_id → greeting {HELLO}"),
        format!("{main} /greeting_short_id → greeting {HELLO}"),
        format!("{main} /invalid_sound_id → greeting beep"),
        format!("{main} /scripts/0/action → group {SALES}"),
        format!("{main} /scripts/2/action → script {MAIN}"),
        format!("{main} /action → greeting bye"),
        format!("{sales} /target_timeout → script {MAIN}"),
        format!("{sales} /ring_back_id → greeting ring"),
        format!("{sales} /outer_group_id → group out"),
        format!("{sales} /members/0 → extension 147"),
        format!("{sales} /members/0/hold_music_id → greeting wait"),
        format!("{sales} /members/2 → extension 150"),
        "group out /sip_members/0 → extension 147".into(),
        "group out /sip_members/1 → extension 150".into(),
    ];
    assert_eq!(all(&whole_tenant()), expected);
    let name = who_uses(index(&whole_tenant()), SALES).first().map(|reference| reference.name.to_owned());
    assert_eq!(name.as_deref(), Some("Main"));
}

#[test]
fn users_are_found_by_id_in_upper_and_lower_case_and_by_extension() {
    let tenant = whole_tenant();
    assert_eq!(users(&tenant, &HELLO.to_uppercase()).len(), 2);
    let members = [
        format!("group {SALES} /members/0 → extension 147"),
        "group out /sip_members/0 → extension 147".into(),
    ];
    assert_eq!(users(&tenant, "147"), members);
    // The key that leads back to the menu itself is not a use.
    assert_eq!(users(&tenant, MAIN), [format!("group {SALES} /target_timeout → script {MAIN}")]);
    for id in ["", " ", "14", "nobody"] {
        assert_eq!(users(&tenant, id), [""; 0], "{id}");
    }
}

#[test]
fn what_is_named_is_missing_only_if_its_list_is_complete() {
    let mut tenant =
        tenant(&["A: 1>h 2>z 3>Z t>r1"], json!({ "greetings": [], "phones": [{ "sip_user": "147" }] }));
    tenant["groups"] = groups(&["h>z"]);
    let known = "script A /greeting_id → greeting hello-A!, script A /scripts/0/action → group h, script A /scripts/1/action → group z!, \
        script A /scripts/2/action → script Z!, script A /action → greeting r1!, group h /target_timeout → group z!, \
        group h /sip_members/0 → extension 147, group h /sip_members/1 → extension 145!";
    assert_eq!(all(&tenant).join(", "), known);
    // Each list says it for its own kind.
    tenant["groups"] = json!({ "items": tenant["groups"], "has_next": true });
    tenant["phones"] = json!(null);
    assert_eq!(all(&tenant).join(", "), known.replace("group z!", "group z").replace("145!", "145"));
    tenant["complete"] = json!(false);
    assert_eq!(all(&tenant).join(", "), known.replace('!', ""));
}

#[test]
fn what_the_tenant_lists_says_more_than_the_type() {
    let key =
        |action_type: &str, action: &str| json!({ "ivr": "1", "action_type": action_type, "action": action });
    let keys = [
        key("Ring_group", "A"),
        key("", "g"),
        key("Voice_mail", "hello"),
        key("Call_out", "0901234567"),
        key("Call_out", "62ff11a208d4bf3ea694a5ff"),
        key("", "62ff11a208d4bf3ea694a5fe"),
    ];
    let mut tenant = tenant(&["A:", "B:"], json!({ "greetings": [{ "_id": "hello" }] }));
    tenant["scripts"][1]["greeting_id"] = json!(null);
    tenant["scripts"][1]["scripts"] = json!(keys);
    let found: Vec<_> = all(&tenant).into_iter().filter(|line| line.starts_with("script B")).collect();
    let expected = [
        "script B /scripts/0/action → script A",
        "script B /scripts/1/action → group g",
        "script B /scripts/2/action → greeting hello",
        "script B /scripts/4/action → ? 62ff11a208d4bf3ea694a5ff",
        "script B /scripts/5/action → ? 62ff11a208d4bf3ea694a5fe",
    ];
    assert_eq!(found, expected);
    assert_eq!(users(&tenant, "62ff11a208d4bf3ea694a5ff"), [expected[3]]);
}

#[test]
fn member_whose_extension_is_not_known_names_none() {
    let phones = json!([
        { "sip_user": "147", "agent_id": "an" }, { "sip_user": "148", "agent_id": "AN" }, { "sip_user": "150", "agent_id": "chi" },
        { "sip_user": "150", "agent_id": "chi" }, { "sip_user": "160", "agent_id": "" }, { "agent_id": "dung" },
    ]);
    let members = json!([{ "agent_id": "an" }, { "agent_id": "chi" }, { "agent_id": "" }, { "agent_id": "dung" }, null, 5]);
    let tenant = json!({ "groups": [{ "_id": "g", "members": members }], "phones": phones });
    assert_eq!(all(&tenant), ["group g /members/1 → extension 150"]);
}

#[test]
fn deleted_and_repeated_records_do_not_count() {
    let mut tenant = tenant(&["A: 1>g", "B: 1>B 2>g", "b: 1>h", "C: 1>B"], json!({}));
    tenant["scripts"][0]["is_deleted"] = json!(true);
    tenant["scripts"][2]["greeting_id"] = json!("hello-b");
    assert_eq!(users(&tenant, "g"), ["script B /scripts/1/action → group g"]);
    assert_eq!(users(&tenant, "h"), [""; 0]);
    tenant["scripts"][1]["is_deleted"] = json!(true);
    assert_eq!(users(&tenant, "h"), ["script b /scripts/0/action → group h"]);
    // The deleted script is not there any more.
    tenant["scripts"][2]["is_deleted"] = json!(true);
    assert_eq!(users(&tenant, "B"), ["script C /scripts/0/action → script B!"]);
}

#[test]
fn orphans_are_what_nothing_else_names() {
    let mut tenant = whole_tenant();
    assert_eq!(orphan_lines(&tenant), Ok(vec![]));
    tenant["groups"][0]["target_timeout"] = json!("");
    tenant["groups"][0]["ring_back_id"] = json!(null);
    let main = format!("script {MAIN} Main");
    // Leading to itself does not help.
    assert_eq!(orphan_lines(&tenant), Ok(vec!["greeting ring ".into(), main.clone()]));
    tenant["groups"][1]["is_deleted"] = json!(true);
    tenant["scripts"][0]["scripts"] = json!([]);
    assert_eq!(
        orphan_lines(&tenant),
        Ok(vec!["greeting ring ".into(), format!("group {SALES} Sales"), main])
    );
    // A hotline leads to it.
    tenant["startScripts"] = json!([MAIN.to_uppercase()]);
    assert_eq!(orphan_lines(&tenant), Ok(vec!["greeting ring ".into(), format!("group {SALES} Sales")]));
    tenant["greetings"] =
        json!({ "items": [{ "_id": "x" }, { "_id": "X" }, { "_id": "" }, {}], "has_next": true });
    assert_eq!(orphan_lines(&tenant), Ok(vec!["greeting x ".into(), format!("group {SALES} Sales")]));
}

#[test]
fn orphans_are_not_claimed_of_an_incomplete_tenant() {
    let lone = tenant(&["A:"], json!({}));
    assert_eq!(
        orphan_lines(&lone),
        Ok(vec!["group g Sales".into(), "group h Help".into(), "script A Menu A".into()])
    );
    for list in ["scripts", "groups"] {
        let mut page = lone.clone();
        page[list] = json!({ "items": page[list], "has_next": true });
        assert_eq!(orphan_lines(&page), Ok(vec![]));
        page[list] = json!(null);
        assert_eq!(orphan_lines(&page).map_err(|error| error.path), Err(format!("/{list}")));
    }
    let mut incomplete = lone;
    incomplete["complete"] = json!(false);
    assert_eq!(orphan_lines(&incomplete), Ok(vec![]));
}

#[test]
fn values_of_wrong_types_name_nothing() {
    for wrong in [json!(5), json!(true), json!({}), json!([[]]), json!("   "), json!("\u{200b}"), json!(null)]
    {
        let key = json!({ "ivr": wrong, "action_type": wrong, "action": wrong });
        let member = json!({ "agent_id": wrong, "sip_user": wrong, "hold_music_id": wrong });
        let tenant = json!({
            "scripts": [
                { "_id": wrong, "script_name": wrong, "greeting_id": wrong, "scripts": [key, wrong], "action_type": "Recording", "action": wrong },
                { "_id": "A", "scripts": wrong },
                wrong,
            ],
            "groups": [{ "_id": wrong, "members": [member, wrong], "target_timeout_type": "Ivr_menu", "target_timeout": wrong }, { "sip_members": [wrong] }],
            "greetings": [wrong, { "_id": wrong }],
            "phones": [wrong, { "sip_user": wrong, "agent_id": wrong }],
        });
        assert_eq!(all(&tenant), [""; 0], "{wrong}");
        assert!(orphan_lines(&tenant).is_ok());
    }
}

#[test]
fn record_without_name_is_called_by_its_id() {
    let message = |script: Json| {
        let context = json!({ "scripts": [script], "language": "vi" });
        let report =
            check_delete("g", false, &parse::<Tenant<'_>>(&draft_json::encode::<Tenant<'_>>(&context)));
        report.issues.first().map(|issue| issue.message.to_string()).unwrap_or_default()
    };
    let keys = json!([{ "action_type": "Ring_group", "action": "g" }]);
    assert_eq!(
        message(json!({ "_id": "A", "scripts": keys })),
        "Vẫn đang được \"A\" sử dụng (/scripts/0/action)"
    );
    assert_eq!(message(json!({ "scripts": keys })), "Vẫn đang được \"?\" sử dụng (/scripts/0/action)");
    let braces = message(json!({ "_id": "{name}", "script_name": "{kind} {id} {path}", "scripts": keys }));
    assert_eq!(braces, "Vẫn đang được \"{kind} {id} {path}\" sử dụng (/scripts/0/action)");
    let long = "ễ".repeat(1000);
    assert!(message(json!({ "script_name": long, "scripts": keys })).chars().count() < 200);
}

#[test]
fn work_grows_linearly() {
    // Quadratic work on these would take minutes: every script uses one greeting, and all phones have one agent.
    let keys = json!([{ "ivr": "1", "action_type": "Ring_group", "action": "g" }, { "ivr": "2", "action_type": "Ring_group", "action": "h" }]);
    let script = |at: usize| json!({ "_id": format!("S{at}"), "greeting_id": "hello", "scripts": keys });
    let members: Vec<_> = (0..10_000).map(|_| json!({ "agent_id": "an" })).collect();
    let phones: Vec<_> =
        (0..10_000).map(|at| json!({ "sip_user": at.to_string(), "agent_id": "an" })).collect();
    let tenant = json!({
        "scripts": (0..10_000).map(script).collect::<Vec<_>>(),
        "groups": [{ "_id": "g", "members": members }, { "_id": "h" }],
        "greetings": [{ "_id": "hello" }],
        "phones": phones,
    });
    assert_eq!(all(&tenant).len(), 30_000);
    assert_eq!(users(&tenant, "hello").len(), 10_000);
    assert_eq!(orphan_lines(&tenant).map(|orphans| orphans.len()), Ok(10_000));
}

/// Returns an id as the server makes them, for one of a single letter.
fn long_id(letter: char) -> String {
    format!("{:024x}", u32::from(letter))
}

/// Returns the tenant with ids as the server makes them, so that `lintIvr` looks them up.
fn with_long_ids(mut value: Json) -> Json {
    for (field, member) in value.as_object_mut().into_iter().flatten() {
        let text = member.as_str().unwrap_or_default();
        *member = match text.chars().next().filter(|_| text.len() == 1) {
            Some(letter) if ["_id", "action", "target_timeout"].contains(&field.as_str()) => {
                json!(long_id(letter))
            }
            _ => with_long_ids(member.take()),
        };
    }
    for item in value.as_array_mut().into_iter().flatten() {
        *item = with_long_ids(item.take());
    }
    value
}

/// Removes the record with this id from the tenant.
fn without(tenant: &Json, id: &str) -> Json {
    let mut tenant = tenant.clone();
    for list in ["scripts", "groups"] {
        if let Some(records) = tenant[list].as_array_mut() {
            records.retain(|record| record["_id"] != id);
        }
    }
    tenant
}

/// Returns how many destinations `lintIvr` does not find.
fn unknown_destinations(tenant: &Json) -> usize {
    let codes = ["ivr-target-unknown", "group-overflow-unknown", "ivr-sound-unknown"];
    lint_report(tenant).issues.iter().filter(|issue| codes.contains(&issue.code.as_str())).count()
}

proptest! {
    #[test]
    fn users_are_the_references_to_an_id(tenant in any_tenant()) {
        let index = index(&tenant);
        let all = references(index);
        for id in ["A", "B", "C", "H", "I", "g", "h", "z", "r", "147", "145", "1", "hello-A"] {
            let expected: Vec<_> = all.iter().filter(|reference| {
                reference.target_id.eq_ignore_ascii_case(id) && !is_to_itself(reference)
            }).cloned().collect();
            prop_assert_eq!(who_uses(index, id), expected);
        }
    }

    #[test]
    fn places_are_in_their_records(tenant in any_tenant()) {
        for reference in references(index(&tenant)) {
            let records = tenant[format!("{}s", reference.kind)].as_array().unwrap_or_else(|| unreachable!());
            let record = records.iter().find(|record| record["_id"] == reference.id && record["is_deleted"] != true);
            let named = record.and_then(|record| record.pointer(&reference.path)).and_then(Json::as_str);
            prop_assert_eq!(named, Some(reference.target_id));
        }
    }

    #[test]
    fn deleting_what_nothing_uses_breaks_nothing(tenant in any_tenant()) {
        let tenant = with_long_ids(tenant);
        let index = index(&tenant);
        let before = unknown_destinations(&tenant);
        for id in "ABCDEFGHgh".chars().map(long_id) {
            let after = unknown_destinations(&without(&tenant, &id));
            if who_uses(index, &id).is_empty() {
                prop_assert!(after <= before, "{} was not in use", id);
            }
        }
    }
}

//! Diffs, limits and sentences, of small tenants.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod on_serde;

use omicall_issues::Language;
use on_serde::{Apply, describe, diff, plan};
use serde_json::{Value, json};

const SALES: &str = "aaaaaaaaaaaaaaaaaaaaaaa1";
const HELLO: &str = "bbbbbbbbbbbbbbbbbbbbbbb1";
const MENU: &str = "ccccccccccccccccccccccc1";

/// A tenant with a greeting, a group and a menu.
fn tenant(tenant_id: &str) -> Value {
    let id = |id: &str| format!("{}{tenant_id}", &id[..23]);
    json!({
        "format": "omicall-tenant", "version": 1, "takenAt": 5, "incomplete": [], "hotlines": ["1900"],
        "phones": [
            { "sip_user": "101", "agent_id": format!("{tenant_id}-101"), "full_name": "An", "password": "secret-password" },
            { "sip_user": "102", "agent_id": format!("{tenant_id}-102"), "full_name": "Bình", "password": "secret-password" },
        ],
        "greetings": [{
            "_id": id(HELLO), "tenant_id": tenant_id, "greeting_name": "Lời chào", "content": "Xin chào", "voice": "banmai",
            "speed": 0, "recording_file": "a.mp3",
        }],
        "groups": [{
            "_id": id(SALES), "tenant_id": tenant_id, "group_name": "Sales", "strategy": "rollover", "last_updated_date": 7,
            "members": [{ "agent_id": format!("{tenant_id}-101"), "timeout": 20 }], "ring_back_id": null,
        }],
        "scripts": [{
            "_id": id(MENU), "tenant_id": tenant_id, "script_name": "Menu", "greeting_id": id(HELLO), "max_failure": 3, "time_out": 5,
            "scripts": [{ "ivr": "1", "action_type": "Ring_group", "action": id(SALES) }], "action_type": "", "action": "",
        }],
    })
}

fn planned(current: &Value, desired: &Value, options: Value) -> Value {
    plan(current, desired, &options).unwrap()
}

/// The codes of the limits, with the names that they are about.
fn limits(plan: &Value) -> Vec<String> {
    let limit =
        |limit: &Value| format!("{} {}", limit["code"].as_str().unwrap(), limit["name"].as_str().unwrap());
    plan["cannot"].as_array().unwrap().iter().map(limit).collect()
}

#[test]
fn tenants_with_other_ids_are_alike() {
    let (one, other) = (tenant("1"), tenant("2"));
    let found = diff(&one, &other, &json!({})).unwrap();
    assert_eq!((&found["matchedBy"], &found["changes"]), (&json!("name"), &json!([])));
    assert_eq!(planned(&one, &other, json!({}))["steps"], json!([]));
}

#[test]
fn changes_are_told_by_field_in_both_languages() {
    let (one, mut other) = (tenant("1"), tenant("1"));
    other["groups"][0]["members"] =
        json!([{ "agent_id": "1-102", "timeout": 30 }, { "agent_id": "1-101", "timeout": 30 }]);
    other["groups"][0]["ring_back_id"] = json!("x");
    other["groups"][0]["last_updated_date"] = json!(9);
    other["scripts"][0]["scripts"][0] =
        json!({ "ivr": "2", "action_type": "Ring_group", "action": one["groups"][0]["_id"] });
    other["phones"][1]["full_name"] = json!("Chi");
    other["phones"][1]["sipPass"] = json!("another secret-password");
    other["hotlines"] = json!([]);
    let found = diff(&one, &other, &json!({})).unwrap();
    let sentences = |language: Language| -> Vec<String> {
        found["changes"].as_array().unwrap().iter().map(|change| describe(change, language)).collect()
    };
    let english = [
        "Phone “102 Bình”: name Bình → Chi.",
        "Hotline “1900” is gone.",
        "Group “Sales”: members 101 → 102, 101; seconds for each member 20 → 30; ring_back_id none → x.",
        "Script “Menu”: key 2 none → group “Sales”; key 1 group “Sales” → none.",
    ];
    assert_eq!(sentences(Language::English), english);
    let vietnamese = "Kịch bản “Menu”: phím 2 không có → nhóm “Sales”; phím 1 nhóm “Sales” → không có.";
    assert_eq!(sentences(Language::Vietnamese)[3], vietnamese);
    assert!(!found.to_string().contains("secret-password"));
    let plan = planned(&one, &other, json!({}));
    assert_eq!(limits(&plan), ["not-sent Sales"]);
    assert!(!plan.to_string().contains("secret-password"));
}

#[test]
fn secrets_are_not_shown_however_deep_they_are() {
    let deep = |number: u32| {
        let secret = format!("secret-value-{number}");
        json!([{ "auth": { "apiKey": secret, "api_key": secret, "Authorization": secret, "sipPassword": secret, "credentials": [secret], "a.P.i key": secret, "pwd": secret }, "number": number }])
    };
    let (mut one, mut other) = (tenant("1"), tenant("1"));
    for (tenant, number) in [(&mut one, 1), (&mut other, 2)] {
        tenant["phones"][0]["device"] = deep(number);
        tenant["groups"][0]["criterias"] = deep(number);
        tenant["groups"][0]["members"][0]["hold_music_id"] = deep(number);
        tenant["scripts"][0]["max_failure"] = deep(number);
        tenant["scripts"][0]["scripts"][0]["action"] = deep(number)[0].clone();
        tenant["scripts"][0]["authorization"] = json!("secret-value");
    }
    let found = diff(&one, &other, &json!({})).unwrap();
    let plan = planned(&one, &other, json!({ "allowDelete": true }));
    let changes = found["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 3);
    // Documents made by hand are described too.
    let mut by_hand = changes[0].clone();
    by_hand["fields"][0]["after"] = deep(3);
    let secret = json!({ "field": "sip_password", "before": "secret-value", "after": "secret-value-4" });
    by_hand["fields"].as_array_mut().unwrap().push(secret);
    let described = describe(&by_hand, Language::English);
    assert!(described.contains("sip_password *** → ***"), "{described}");
    let sentences: String = changes.iter().map(|change| describe(change, Language::English)).collect();
    for text in [found.to_string(), plan.to_string(), described, sentences] {
        assert!(!text.contains("secret-value"), "{text}");
    }
    // Nobody can see a difference there either.
    other = one.clone();
    other["groups"][0]["criterias"][0]["auth"] = deep(2)[0]["auth"].clone();
    assert_eq!(diff(&one, &other, &json!({})).unwrap()["changes"], json!([]));
}

#[test]
fn what_differs_among_the_members_of_a_group_is_told() {
    let members = |first: u32, second: u32| {
        let member = |extension: &str, seconds: u32| json!({ "agent_id": format!("1-{extension}"), "timeout": seconds });
        json!([member("101", first), member("102", second)])
    };
    let (mut one, mut other) = (tenant("1"), tenant("1"));
    one["groups"][0]["members"] = members(20, 30);
    other["groups"][0]["members"] = members(30, 20);
    other["groups"][0]["members"][1]["hold_music_id"] = json!("music");
    let found = diff(&one, &other, &json!({})).unwrap();
    let expected = "Group “Sales”: seconds by member 101 20, 102 30 → 101 30, 102 20; hold music by member none → 102 music.";
    assert_eq!(describe(&found["changes"][0], Language::English), expected);
    let fields = found["changes"][0]["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["plannable"] == false), "{fields:#?}");
    assert_eq!(limits(&planned(&one, &other, json!({}))), ["not-sent Sales"]);
    // Nothing differs: nothing is told.
    assert_eq!(diff(&other, &other, &json!({})).unwrap()["changes"], json!([]));
    assert_eq!(planned(&other, &other, json!({}))["cannot"], json!([]));
}

#[test]
fn names_that_do_not_tell_are_asked_about() {
    let (one, mut other) = (tenant("1"), tenant("2"));
    let mut second = other["groups"][0].clone();
    second["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaff");
    second["group_name"] = json!(" SALES");
    second["strategy"] = json!("random");
    other["groups"].as_array_mut().unwrap().push(second);
    let asked = planned(&one, &other, json!({}));
    let questions = asked["ambiguous"].as_array().unwrap();
    assert_eq!(questions.len(), 2);
    assert_eq!(questions[1]["candidates"], json!([one["groups"][0]["_id"]]));
    assert_eq!(limits(&asked), ["ambiguous Sales", "ambiguous  SALES", "needs Menu"]);
    assert_eq!(asked["steps"], json!([]));

    let answer = json!({ "groups": { "aaaaaaaaaaaaaaaaaaaaaaff": null } });
    let answered = planned(&one, &other, json!({ "mapping": answer }));
    let steps: Vec<String> =
        answered["steps"].as_array().unwrap().iter().map(|step| describe(step, Language::English)).collect();
    assert_eq!(steps, ["Create group “SALES”."]);
    let wrong = json!({ "mapping": { "groups": { "nobody": null } } });
    assert!(plan(&one, &other, &wrong).is_err());
}

#[test]
fn a_mapping_names_each_record_once() {
    let extension_expected = |of: &str| {
        format!(
            "`options.mapping.phones` must have an extension of the first snapshot for \"{of}\", as a string."
        )
    };
    let (one, mut other) = (tenant("1"), tenant("2"));
    let mut second = other["groups"][0].clone();
    second["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaff");
    other["groups"].as_array_mut().unwrap().push(second);
    let (first, second, to) =
        (&other["groups"][0]["_id"], "aaaaaaaaaaaaaaaaaaaaaaff", &one["groups"][0]["_id"]);
    let groups = json!({ first.as_str().unwrap(): to, second: to });
    let phones = json!({ "103": "102", "104": "102", "105": "101" });
    for (mapping, path, message) in [
        (
            json!({ "groups": groups }),
            "/mapping/groups",
            format!(
                "`options.mapping.groups` names {to} for both {first} and \"{second}\"; each may be named once."
            ),
        ),
        (
            json!({ "phones": phones }),
            "/mapping/phones",
            "`options.mapping.phones` names \"102\" for both \"103\" and \"104\"; each may be named once."
                .to_owned(),
        ),
        (
            json!({ "phones": { "103": "101" } }),
            "/mapping/phones",
            "`options.mapping.phones` names \"101\" for \"103\", but the second snapshot has its own \"101\"; map that one too."
                .to_owned(),
        ),
        (json!({ "phones": { "103": 5 } }), "/mapping/phones", extension_expected("103")),
        (json!({ "phones": { "101": "102", "102": null } }), "/mapping/phones", extension_expected("102")),
    ] {
        let options = json!({ "mapping": mapping });
        for error in [plan(&one, &other, &options).unwrap_err(), diff(&one, &other, &options).unwrap_err()] {
            assert_eq!((error.path.as_str(), &error.message), (path, &message));
        }
    }
    // Extensions may be exchanged.
    let groups = json!({ first.as_str().unwrap(): to, second: null });
    let exchanged = json!({ "mapping": { "groups": groups, "phones": { "101": "102", "102": "101" } } });
    let steps = &planned(&one, &other, exchanged)["steps"];
    assert_eq!(steps[0]["request"]["sip_members"], json!(["102"]));
    // Several may be new.
    let options = json!({ "mapping": { "groups": { first.as_str().unwrap(): null, second: null } } });
    assert_eq!(planned(&one, &other, options)["steps"].as_array().unwrap().len(), 3);
}

#[test]
fn what_cannot_be_done_is_named() {
    let (one, mut other) = (tenant("1"), tenant("2"));
    other["greetings"][0]["content"] = json!("Chào mừng");
    other["groups"][0]["members"] = json!([{ "agent_id": "2-103", "timeout": 20 }]);
    other["phones"].as_array_mut().unwrap().push(json!({ "sip_user": "103", "agent_id": "2-103" }));
    let recording = json!({ "_id": "bbbbbbbbbbbbbbbbbbbbbb77", "greeting_name": "Nhạc chờ", "content": "", "voice": "", "recording_file": "b.mp3" });
    other["greetings"].as_array_mut().unwrap().push(recording);
    other["scripts"][0]["invalid_sound_id"] = json!("bbbbbbbbbbbbbbbbbbbbbb77");
    let plan = planned(&one, &other, json!({}));
    let expected = [
        "greeting-update Lời chào",
        "recording Nhạc chờ",
        "needs Menu",
        "members-unknown Sales",
        "not-planned ",
    ];
    assert_eq!(limits(&plan), expected);
    assert_eq!(plan["steps"], json!([]));
    let recording = describe(&plan["cannot"][1], Language::English);
    assert_eq!(
        recording,
        "The recording of greeting “Nhạc chờ” cannot be read: upload its file b.mp3 by hand."
    );

    let mapped = planned(
        &one,
        &other,
        json!({ "mapping": { "phones": { "103": "102", "102": "104" } }, "only": { "kinds": ["group"] } }),
    );
    assert_eq!(mapped["steps"][0]["request"]["sip_members"], json!(["102"]));
}

#[test]
fn names_in_sentences_stay_as_they_are() {
    for (what, sentence) in [
        (
            json!({ "code": "needs", "kind": "script", "name": "{names}", "names": ["{name} {kind}"] }),
            "The script “{names}” needs what is not there: {name} {kind}.",
        ),
        (
            json!({ "code": "recording", "kind": "greeting", "name": "{file}", "file": "{" }),
            "The recording of greeting “{file}” cannot be read: upload its file { by hand.",
        ),
        (json!({ "action": "create", "kind": "group", "name": "}{kind}{" }), "Create group “}{kind}{”."),
        (
            json!({ "action": "update", "kind": "script", "name": "Đêm", "reason": "frees-name" }),
            "Change script “Đêm” (another script needs its name first).",
        ),
        (
            json!({
                "action": "update", "kind": "script", "name": "Đêm",
                "fields": [{ "field": "scripts", "key": "{key}", "before": 1, "after": 2 }],
            }),
            "Change script “Đêm”: key {key} 1 → 2.",
        ),
    ] {
        assert_eq!(describe(&what, Language::English), sentence);
    }
}

#[test]
fn an_address_that_was_written_by_hand_is_shown_without_secrets() {
    for (address, shown) in [
        (json!("https://an:hunter2@api.test/v1?token=hunter2#hunter2"), json!("https://api.test/v1")),
        (json!("https://an@home:hunter2@api.test"), json!("https://api.test")),
        (json!("an:hunter2@api.test/@"), json!("api.test/@")),
        (json!("https://api.test#hunter2?hunter2"), json!("https://api.test")),
        (json!({ "password": "hunter2" }), Value::Null),
        (Value::Null, Value::Null),
    ] {
        let mut one = tenant("1");
        one["baseUrl"] = address;
        let found = diff(&one, &one, &json!({})).unwrap();
        assert_eq!((&found["before"]["baseUrl"], &found["after"]["baseUrl"]), (&shown, &shown));
        assert_eq!(planned(&one, &one, json!({}))["current"]["baseUrl"], shown);
    }
}

#[test]
fn what_is_in_use_is_not_deleted() {
    let (one, mut other) = (tenant("1"), tenant("1"));
    other["groups"] = json!([]);
    let only = json!({ "allowDelete": true, "only": { "kinds": ["group"] } });
    let kept = planned(&one, &other, only);
    assert_eq!((&kept["steps"], limits(&kept)), (&json!([]), vec!["in-use Sales".to_owned()]));
    assert_eq!(limits(&planned(&one, &other, json!({}))), ["kept "]);
    other["scripts"] = json!([]);
    let deleted = planned(&one, &other, json!({ "allowDelete": true }));
    let calls: Vec<&Value> = deleted["steps"].as_array().unwrap().iter().map(|step| &step["call"]).collect();
    assert_eq!(calls, ["ivrScripts.delete", "groups.delete"]);
    // A list that was not read whole says nothing about what it lacks.
    other["incomplete"] =
        json!([{ "list": "groups", "kind": "network" }, { "list": "scripts", "kind": "network" }]);
    assert_eq!(planned(&one, &other, json!({ "allowDelete": true }))["steps"], json!([]));
}

#[test]
fn the_issues_of_the_result_name_their_records() {
    let (one, mut other) = (tenant("1"), tenant("1"));
    other["scripts"][0]["scripts"] = json!([]);
    let plan = planned(&one, &other, json!({ "language": "vi" }));
    assert_eq!(plan["steps"].as_array().unwrap().len(), 1);
    let issues: Vec<String> = (plan["issues"].as_array().unwrap().iter())
        .map(|issue| {
            format!(
                "{} {} {}",
                issue["name"].as_str().unwrap(),
                issue["code"].as_str().unwrap(),
                issue["path"].as_str().unwrap()
            )
        })
        .collect();
    assert!(issues.contains(&"Menu ivr-trap /scripts".to_owned()), "{issues:?}");
}

/// What becomes of the first step if its record is found like this.
fn outcome_with(record: &Value) -> Value {
    let (one, mut other) = (tenant("1"), tenant("1"));
    other["groups"][0]["members"][0]["timeout"] = json!(25);
    let plan = planned(&one, &other, json!({}));
    let mut apply = Apply::new(&plan, &json!({ "dryRun": true })).unwrap();
    let mut event = json!({});
    loop {
        let action = apply.next(&event).unwrap();
        event = match action["list"].as_str() {
            Some("phones") => json!({ "read": one["phones"] }),
            Some("groups") => json!({ "read": [record] }),
            _ => return action["result"]["steps"][0].clone(),
        };
    }
}

#[test]
fn a_record_that_somebody_else_has_changed_is_left_alone() {
    let mut group = tenant("1")["groups"][0].clone();
    assert_eq!(outcome_with(&group)["status"], "not-tried", "a dry run sends nothing");
    // Only the date tells: a field has changed that no request takes.
    group["last_updated_date"] = json!(8);
    group["last_update_by"] = json!({ "id": "x", "name": "Lan" });
    let outcome = outcome_with(&group);
    assert_eq!(
        (&outcome["error"]["code"], &outcome["error"]["by"], &outcome["error"]["at"]),
        (&json!("changed-meanwhile"), &json!("Lan"), &json!(8))
    );
    assert_eq!(describe(&outcome, Language::English), "Failed: somebody else has changed it meanwhile.");
    group["strategy"] = json!("random");
    assert_eq!(outcome_with(&group)["error"]["fields"], json!(["strategy"]));
    // Somebody else has made the same change.
    group["strategy"] = json!("rollover");
    group["members"][0]["timeout"] = json!(25);
    assert_eq!(outcome_with(&group)["status"], "done");
    group["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaff");
    assert_eq!(
        outcome_with(&group)["error"]["message"],
        "Somebody else has deleted the record. Take another snapshot, and plan again."
    );
}

#[test]
fn a_step_that_was_sent_before_is_described_in_both_languages() {
    let outcome =
        json!({ "step": 1, "status": "unknown", "error": { "code": "sent-before", "message": "x" } });
    let english = "Sent, but nobody knows whether it was made: it was sent before, and is not there so far.";
    assert_eq!(describe(&outcome, Language::English), english);
    let vietnamese = "Đã gửi nhưng không rõ kết quả: đã gửi trước đó nhưng chưa thấy kết quả.";
    assert_eq!(describe(&outcome, Language::Vietnamese), vietnamese);
}

#[test]
fn nothing_is_deleted_for_lists_that_are_said_to_be_partial() {
    let current = tenant("1");
    let deletes = |complete: bool| {
        let desired =
            json!({ "greetings": current["greetings"], "groups": [], "scripts": [], "complete": complete });
        let found = planned(&current, &desired, json!({ "allowDelete": true }));
        found["steps"].as_array().unwrap().iter().filter(|step| step["action"] == "delete").count()
    };
    assert_eq!(deletes(true), 2);
    assert_eq!(deletes(false), 0);
}

/// Applies one step to the tenant as it is: the status of the step, and whether anything was sent.
fn applied(step: Value) -> Option<(Value, bool)> {
    let plan = json!({ "format": "omicall-plan", "version": 1, "steps": [step] });
    let mut apply = Apply::new(&plan, &json!({})).ok()?;
    let mut event = json!({});
    for _ in 0..9 {
        let action = apply.next(&event).unwrap();
        match action["do"].as_str() {
            Some("read") => event = json!({ "read": tenant("1")[action["list"].as_str().unwrap()] }),
            Some("finish") => return Some((action["result"]["steps"][0]["status"].clone(), false)),
            _ => return Some((Value::Null, true)),
        }
    }
    None
}

#[test]
fn a_plan_that_was_edited_by_hand_does_not_get_round_the_checks() {
    let id = tenant("1")["groups"][0]["_id"].clone();
    let step = |kind: &str, before: Value| json!({ "action": "delete", "kind": kind, "name": "Test", "record": id, "before": before });
    // It does not say how the record was.
    let unknown = json!({ "group_name": "Sales", "x": { "$ref": "no" } });
    assert_eq!(applied(step("group", unknown)), Some((json!("failed"), false)));
    // No plan deletes phones.
    assert_eq!(applied(step("phone", json!({}))), None);
}

/// Sends a step again that was sent when the page was closed, and that the server refuses: how it ends, if the lists then say this.
fn sent_again(has_arrived: bool) -> Value {
    let (one, mut other) = (tenant("1"), tenant("1"));
    let greeting = json!({ "_id": "bbbbbbbbbbbbbbbbbbbbbbb7", "greeting_name": "Chào", "content": "Chào", "voice": "banmai", "speed": 0 });
    other["greetings"].as_array_mut().unwrap().push(greeting);
    let plan = planned(&one, &other, json!({}));
    let read = |document: &Value| json!({ "read": document["greetings"] });
    let mut first = Apply::new(&plan, &json!({})).unwrap();
    first.next(&json!({})).unwrap();
    let sending = first.next(&read(&one)).unwrap();
    let saved = json!({ "format": "omicall-result", "version": 1, "steps": [sending["tell"][0]["entry"]] });
    let mut second = Apply::new(&plan, &json!({ "resumeFrom": saved, "retryUnknown": true })).unwrap();
    second.next(&json!({})).unwrap();
    assert_eq!(second.next(&read(&one)).unwrap()["do"], "send");
    let refused = json!({ "failed": { "kind": "api", "attempts": 1, "message": "refused" } });
    assert_eq!(second.next(&refused).unwrap()["do"], "read");
    let finished = second.next(&read(if has_arrived { &other } else { &one })).unwrap();
    finished["result"]["steps"][0].clone()
}

#[test]
fn what_is_sent_again_may_have_arrived_before() {
    let arrived = sent_again(true);
    assert_eq!((&arrived["status"], &arrived["already"]), (&json!("done"), &Value::Null));
    let refused = sent_again(false);
    assert_eq!((&refused["status"], &refused["error"]["message"]), (&json!("unknown"), &json!("refused")));
}

//! A tenant with records of one's own, with another seed or size, and after a reset.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

use omicall_sandbox::{Lists, Options, Request, Tenant};
use serde_json::{Value, json};

const NOW: u64 = 1_700_000_000_000;

fn ask(tenant: &mut Tenant, method: &str, path: &str, query: &[(&str, &str)], body: Value) -> Value {
    let authorization = Some(format!("Bearer {}", tenant.issue_token(NOW)));
    let query = query.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let request = Request {
        method: method.to_owned(),
        path: format!("/api/call_center/{path}"),
        query,
        authorization,
        content_type: Some("application/json".to_owned()),
        body: body.to_string().into_bytes(),
    };
    serde_json::from_slice(&tenant.handle(&request, NOW).body).unwrap()
}

fn own(lists: Value) -> Tenant {
    let lists = Some(Lists::read(&lists).unwrap());
    Tenant::new(Options { lists, ..Options::default() })
}

fn names(records: &Value) -> Vec<&str> {
    records.as_array().unwrap().iter().map(|phone| phone["full_name"].as_str().unwrap()).collect()
}

const GROUP: &str = r#"{ "group_name": "Mới", "strategy": "random", "sip_members": ["101"], "timeout": 20 }"#;

#[test]
fn records_are_completed_and_keep_what_nobody_lists() {
    let mut tenant = own(json!({
        "phones": [{ "sip_user": "101", "full_name": "An", "new_field": [1] }, { "sip_user": "102", "password": "***" }],
        "hotlines": ["0901"],
        "groups": [{ "group_name": "Sales" }],
        "scripts": [{ "script_name": "Menu", "script_number": "7" }],
        "greetings": [{ "greeting_name": "Chào", "_id": "6209c99b067f745da47367f3" }],
    }));
    let page = ask(&mut tenant, "GET", "internal_phone/list", &[], Value::Null);
    let phones = &page["payload"]["items"];
    assert_eq!(
        (phones[0]["new_field"][0].as_i64(), phones[0]["email"].as_str()),
        (Some(1), Some("101@example.com"))
    );
    for phone in phones.as_array().unwrap() {
        let password = phone["password"].as_str().unwrap();
        assert!(password.starts_with("example-10"), "{password}");
    }
    let records = tenant.records();
    assert_eq!(records["groups"][0]["members"], json!([]));
    let ids = ["groups", "scripts"].map(|kind| records[kind][0]["_id"].as_str().unwrap().to_owned());
    assert!(ids[0] != ids[1] && ids.iter().all(|id| id.len() == 24), "{ids:?}");
    assert_eq!(records["scripts"][0]["script_number"], "7");
    assert_eq!(
        ask(&mut tenant, "GET", "hotline/list", &[("extension", "101")], Value::Null)["payload"],
        json!(["0901"])
    );
    // So are members of groups and keys of scripts.
    let parts = own(json!({
        "groups": [{ "group_name": "Sales", "members": [{ "agent_id": "a", "timeout": 5, "own": 1 }] }],
        "scripts": [{ "script_name": "Menu", "scripts": [{ "ivr": "1" }] }],
    }))
    .records();
    assert_eq!(
        (&parts["groups"][0]["members"], &parts["scripts"][0]["scripts"]),
        (
            &json!([{
                "agent_id": "a", "timeout": 5, "own": 1, "contact_id": "", "order": 0, "view": null,
                "sip_user": null, "hold_music_id": null,
            }]),
            &json!([{ "ivr": "1", "key": null, "action_type": "", "action": "", "action_name": null }]),
        )
    );
    // A new record gets none of the ids that are there.
    let added = ask(&mut tenant, "POST", "internal_group/add", &[], serde_json::from_str(GROUP).unwrap());
    assert!(!ids.iter().any(|id| added["payload"]["_id"] == **id), "{added}");
}

#[test]
fn all_records_are_of_one_tenant() {
    let own_id = "65a0c0de65a0c0de65a0c0de";
    let mut tenant = own(json!({
        "phones": [{ "sip_user": "101" }],
        "groups": [{ "group_name": "Sales" }],
        "scripts": [{ "script_name": "Menu", "tenant_id": own_id }],
        "greetings": [],
    }));
    let speech = json!({ "text": "Xin chào", "speed": "0", "voice": "banmai" });
    let greeting =
        ask(&mut tenant, "POST", "greeting/upload-text-to-speech", &[("greeting_name", "Chào")], speech);
    let greeting = &greeting["payload"]["file"]["_id"];
    ask(&mut tenant, "POST", "internal_group/add", &[], serde_json::from_str(GROUP).unwrap());
    let script = json!({ "script_name": "Menu 2", "greeting_id": greeting, "max_failure": 3, "time_out": 5, "scripts": [] });
    ask(&mut tenant, "POST", "key-interaction/add", &[], script);
    let records = tenant.records();
    for (list, count) in [("groups", 2), ("scripts", 2), ("greetings", 1)] {
        let ids: Vec<&Value> =
            records[list].as_array().unwrap().iter().map(|record| &record["tenant_id"]).collect();
        assert_eq!(ids, vec![own_id; count], "{list}");
    }
}

/// The agents of the phones, and those of the members of the first group.
fn agents(records: &Value) -> [Vec<&Value>; 2] {
    ["/phones", "/groups/0/members"].map(|list| {
        records.pointer(list).unwrap().as_array().unwrap().iter().map(|record| &record["agent_id"]).collect()
    })
}

#[test]
fn a_phone_lists_the_agent_that_members_get() {
    let mut tenant = own(json!({ "phones": [
        { "sip_user": "101" }, { "sip_user": "102", "agent_id": null }, { "sip_user": "103", "agent_id": "" },
        { "sip_user": "104", "agent_id": "a104" }, { "sip_user": "105", "agent_id": "62d563113127de2eac6b8cbf" },
    ] }));
    let group = json!({
        "group_name": "Mới", "strategy": "random", "sip_members": ["101", "102", "103", "104", "105"], "timeout": 20,
    });
    ask(&mut tenant, "POST", "internal_group/add", &[], group);
    let records = tenant.records();
    let [phones, members] = agents(&records);
    assert_eq!(phones, members);
    assert_eq!(phones[3..], ["a104", "62d563113127de2eac6b8cbf"]);
    assert_eq!(phones.iter().collect::<std::collections::HashSet<_>>().len(), 5, "{phones:?}");
}

/// As `docs/testing.md` says.
#[test]
fn the_first_recorded_groups_have_members_whom_no_phone_lists() {
    let records = Tenant::default().records();
    let [phones, _] = agents(&records);
    let unlisted = |group: &Value| {
        group["members"].as_array().unwrap().iter().any(|member| !phones.contains(&&member["agent_id"]))
    };
    let groups = records["groups"].as_array().unwrap();
    let names: Vec<&Value> =
        groups.iter().filter(|group| unlisted(group)).map(|group| &group["group_name"]).collect();
    assert_eq!(names, ["Nhóm Tech", "Nhóm Sales"]);
    let without = phones.iter().filter(|agent| agent.is_null()).count();
    let redacted = phones.iter().filter(|agent| **agent == "xxx").count();
    assert_eq!((without, redacted), (12, 2));
}

#[test]
fn a_list_may_come_as_a_page() {
    let records = own(json!({ "phones": { "items": [{ "sip_user": "101" }], "total_items": 1 } })).records();
    assert_eq!(records["phones"][0]["sip_user"], "101");
}

#[test]
fn kinds_that_are_not_given_are_empty() {
    let records = own(json!({ "phones": [{ "sip_user": "101" }] })).records();
    for kind in ["hotlines", "groups", "scripts", "greetings"] {
        assert_eq!(records[kind], json!([]), "{kind}");
    }
}

#[test]
fn the_records_of_one_tenant_make_another() {
    let mut first = Tenant::default();
    ask(
        &mut first,
        "POST",
        "internal_group/add",
        &[],
        json!({ "group_name": "Mới", "strategy": "random", "sip_members": ["147"], "timeout": 20 }),
    );
    let records = first.records();
    let mut second = own(records.clone());
    // The phones whose agent is missing get it.
    let mut completed = records.clone();
    let copies = second.records();
    for (phone, copy) in
        completed["phones"].as_array_mut().unwrap().iter_mut().zip(copies["phones"].as_array().unwrap())
    {
        phone.as_object_mut().unwrap().entry("agent_id").or_insert_with(|| copy["agent_id"].clone());
    }
    assert_eq!(copies, completed);
    assert!(copies["phones"].as_array().unwrap().iter().all(|phone| phone["agent_id"].is_string()));
    let added = ask(
        &mut second,
        "POST",
        "internal_group/add",
        &[],
        json!({ "group_name": "Mới", "strategy": "random", "sip_members": ["147"], "timeout": 20 }),
    );
    assert!(
        records["groups"].as_array().unwrap().iter().all(|group| group["_id"] != added["payload"]["_id"])
    );
}

#[test]
fn a_wrong_record_is_named() {
    for (lists, expected) in [
        (json!([]), "must be an object with lists of records"),
        (json!({}), "it has none of the lists phones, hotlines, groups, scripts, greetings"),
        (
            json!({ "foo": [], "phones": null }),
            "it has none of the lists phones, hotlines, groups, scripts, greetings",
        ),
        (json!({ "phones": {} }), "phones must be an array of records, or a page with such items"),
        (
            json!({ "phones": { "items": 1 } }),
            "phones must be an array of records, or a page with such items",
        ),
        (json!({ "phones": [1] }), "phones[0] must be a record, an object"),
        (
            json!({ "phones": [{ "sip_user": "1" }, { "full_name": "An" }] }),
            "phones[1].sip_user is required, a string",
        ),
        (
            json!({ "phones": [{ "sip_user": "1" }, { "sip_user": "1" }] }),
            "phones[1].sip_user is 1, which another record has already",
        ),
        (
            json!({ "groups": [{ "group_name": "A", "_id": "1" }] }),
            "groups[0]._id must have 24 hexadecimal digits, as the vendor's have; leave it out for a made-up one",
        ),
        (json!({ "hotlines": [1] }), "hotlines must be numbers as strings"),
    ] {
        assert_eq!(Lists::read(&lists).unwrap_err(), expected);
    }
}

#[test]
fn seeds_and_sizes_are_the_same_each_time() {
    let made = |seed, agents| {
        Tenant::new(Options { seed, agents, ..Options::default() }).records()["phones"].clone()
    };
    assert_eq!(made(7, Some(300)), made(7, Some(300)));
    assert_ne!(names(&made(7, None)), names(&made(8, None)));
    assert_eq!(made(0, None), Tenant::default().records()["phones"]);
    let usual = made(3, None);
    for count in [0, 1, 2, 3, 4, 137, 138, 500] {
        let phones = made(3, Some(count));
        let phones = phones.as_array().unwrap();
        assert_eq!(phones.len(), count);
        assert!(phones.iter().zip(usual.as_array().unwrap()).all(|(phone, other)| phone == other), "{count}");
        let without = phones.iter().filter(|phone| phone.get("agent_id").is_none()).count();
        assert_eq!(without, count.saturating_sub(3).min(12), "{count}");
    }
    // Phones that are added to one's own have agents as well.
    let lists = Lists::read(&json!({ "phones": [{ "sip_user": "101" }] })).unwrap();
    let added = Tenant::new(Options { lists: Some(lists), agents: Some(5), ..Options::default() }).records();
    assert!(
        added["phones"]
            .as_array()
            .unwrap()
            .iter()
            .map(|phone| &phone["agent_id"])
            .all(|agent| agent.is_string())
    );
    let id = |seed| {
        let mut tenant = Tenant::new(Options { seed, ..Options::default() });
        let group =
            json!({ "group_name": "Mới", "strategy": "random", "sip_members": ["147"], "timeout": 20 });
        ask(&mut tenant, "POST", "internal_group/add", &[], group)["payload"]["_id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!((id(0).as_str(), id(1) == id(0)), ("65a0c0de0000000000000001", false));
}

#[test]
fn a_reset_undoes_changes_but_keeps_tokens() {
    let mut tenant = Tenant::new(Options { agents: Some(200), seed: 5, ..Options::default() });
    let before = tenant.records();
    let token = tenant.issue_token(NOW);
    let group = json!({ "group_name": "Mới", "strategy": "random", "sip_members": ["147"], "timeout": 20 });
    let first = ask(&mut tenant, "POST", "internal_group/add", &[], group.clone());
    tenant.fill_phones(250);
    assert_ne!(tenant.records(), before);
    tenant.reset();
    assert_eq!(tenant.records(), before);
    assert_eq!(ask(&mut tenant, "POST", "internal_group/add", &[], group), first);
    let request = Request {
        method: "GET".to_owned(),
        path: "/api/call_center/internal_phone/list".to_owned(),
        authorization: Some(format!("Bearer {token}")),
        ..Request::default()
    };
    assert_eq!(tenant.handle(&request, NOW).status, 200);
}

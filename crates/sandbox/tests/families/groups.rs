//! Ring groups and their members.

use serde_json::{Value, json};

use super::{Client, NOBODY, NOW, keys, payload, refusal, refuses_what_is_no_body, sample, with};

const LIST_SAMPLE: &str = include_str!("../../../../tests/samples/internal_group_list.json");
const ADD_SAMPLE: &str = include_str!("../../../../tests/samples/internal_group_add.json");
const UPDATE_SAMPLE: &str = include_str!("../../../../tests/samples/internal_group_update.json");

const LIST: &str = "/internal_group/list";
const ADD: &str = "/internal_group/add";
const ADD_MEMBERS: &str = "/internal_group/add-members";
const REMOVE_MEMBERS: &str = "/internal_group/remove-members";
/// Nobody's key leads there.
const UNUSED: &str = "62ff11b208d4bf3ea694a6f3";
const USED: &str = "62ff119508d4bf3ea694a44a";
/// A group whose calls go to a voice mail when nobody answers.
const VOICE_MAIL: &str = "6209c99b067f745da47367f4";
const GREETING: &str = "62da34652a310904dfbbf13b";
const SCRIPT: &str = "632969ce7534d97b0933d51d";

fn body(name: &str) -> Value {
    json!({ "group_name": name, "strategy": "rollover", "sip_members": ["100", "147"], "timeout": 20 })
}

pub(super) fn add(client: &mut Client, name: &str) -> Value {
    payload(client.post(ADD, &body(name)))
}

fn update(id: &str) -> String {
    format!("/internal_group/update/{id}")
}

fn delete(id: &str) -> String {
    format!("/internal_group/delete/{id}")
}

fn member_count(client: &mut Client, id: &Value) -> usize {
    client.item(LIST, id)["members"].as_array().unwrap().len()
}

#[test]
fn the_recorded_list_comes_unchanged() {
    assert_eq!(Client::default().get(LIST).to_string(), sample(LIST_SAMPLE).to_string());
}

#[test]
fn a_keyword_finds_names_without_accents_and_numbers() {
    let mut client = Client::default();
    for (keyword, found) in [("cskh", 1), ("nhom", 4), ("NHÓM", 4), ("62714", 1), ("x", 0), ("", 4)] {
        let answer = client.get(&format!("{LIST}?keyword={keyword}"));
        assert_eq!(answer["payload"]["total_items"], found, "{keyword}");
    }
    let page = client.get(&format!("{LIST}?page=2&size=3"))["payload"].clone();
    assert_eq!(
        (&page["next_page"], &page["has_next"], &page["total_pages"]),
        (&json!(2), &json!(false), &json!(2))
    );
}

#[test]
fn a_new_group_has_the_recorded_fields_and_comes_first() {
    let mut client = Client::default();
    let answer = client.post(ADD, &body("Nhóm Đặt lịch"));
    let recorded = sample(ADD_SAMPLE);
    assert_eq!(keys(&answer), keys(&recorded));
    assert_eq!(keys(&answer["payload"]), keys(&recorded["payload"]));
    let group = payload(answer);
    assert_eq!(group["group_name_unsigned"], "Nhom Dat lich");
    assert_eq!((&group["created_date"], &group["last_updated_date"]), (&json!(NOW), &json!(NOW)));
    assert_eq!((&group["sip_members"], &group["timeout"]), (&json!(["100", "147"]), &json!(20)));
    assert_eq!((&group["is_answer"], &group["last_update_by"]), (&Value::Null, &Value::Null));
    assert_eq!(group["create_by"]["name"], "OMI Hotline");
    let member = &group["members"][1];
    assert_eq!(keys(member), keys(&recorded["payload"]["members"][0]));
    assert_eq!((&member["timeout"], &member["sip_user"]), (&json!(20), &Value::Null));
    // The list has the record without the two fields that only the answer tells.
    let listed = client.items(LIST)[0].clone();
    assert_eq!(listed, with(&with(&group, "sip_members", None), "timeout", None));
}

#[test]
fn an_update_fills_what_was_null() {
    let mut client = Client::default();
    let id = add(&mut client, "a")["_id"].clone();
    let change =
        json!({ "group_name": "tientv11", "strategy": "enterprise", "sip_members": ["6349"], "timeout": 30 });
    let answer = client.post(&update(id.as_str().unwrap()), &change);
    let mut group = payload(answer);
    let listed = client.item(LIST, &id);
    assert_eq!(listed, with(&with(&group, "sip_members", None), "timeout", None));
    // All as it was recorded but what tells one group and one moment from another.
    let mut recorded = sample(UPDATE_SAMPLE)["payload"].clone();
    for field in ["_id", "group_number", "created_date", "last_updated_date", "sip_members"] {
        group[field] = Value::Null;
        recorded[field] = Value::Null;
    }
    assert_eq!(group.to_string(), recorded.to_string());
}

#[test]
fn an_update_resets_what_it_does_not_send() {
    let mut client = Client::default();
    // Calls that nobody answers go to a voice mail, which an update cannot send.
    assert_eq!(client.item(LIST, &json!(VOICE_MAIL))["target_timeout_type"], "Voice_mail");
    let overflow = [("target_timeout_type", json!("Recording")), ("target_timeout", json!(GREETING))];
    let with_overflow =
        overflow.iter().fold(body("a"), |body, (field, value)| with(&body, field, Some(value.clone())));
    for (sent, kind, id) in [
        (body("a"), "", ""),
        (with_overflow.clone(), "Recording", GREETING),
        (
            with(&with(&with_overflow, "target_timeout_type", Some(Value::Null)), "target_timeout", None),
            "",
            "",
        ),
        (with_overflow, "Recording", GREETING),
        (body("a"), "", ""),
    ] {
        let group = payload(client.post(&update(VOICE_MAIL), &sent));
        let found = ["target_timeout_type", "target_timeout", "ring_back_id", "is_answer", "criterias"]
            .map(|field| group[field].clone());
        assert_eq!(found, [json!(kind), json!(id), json!(""), json!("false"), json!([])], "{sent}");
        assert_eq!(client.item(LIST, &json!(VOICE_MAIL))["target_timeout"], id);
    }
}

#[test]
fn an_overflow_leads_to_something() {
    let mut client = Client::default();
    let sent = |kind: Value, id: Value| {
        with(&with(&body("a"), "target_timeout_type", Some(kind)), "target_timeout", Some(id))
    };
    for (kind, id) in
        [("Recording", GREETING), ("Ivr_menu", SCRIPT), ("Ring_group", USED), ("Ring_group", UNUSED)]
    {
        let group = payload(client.post(&update(UNUSED), &sent(json!(kind), json!(id))));
        assert_eq!((&group["target_timeout_type"], &group["target_timeout"]), (&json!(kind), &json!(id)));
    }
    for (kind, id, code) in [
        (json!("Recording"), json!(SCRIPT), "greeting_invalid"),
        (json!("Ivr_menu"), json!(GREETING), "script_invalid"),
        (json!("Ring_group"), json!(NOBODY), "group_invalid"),
        (json!("Ring_group"), json!(""), "data_is_required"),
        (json!("Ring_group"), json!("62ff"), "data_is_required"),
        (json!(""), json!(GREETING), "data_is_required"),
        (Value::Null, json!(GREETING), "data_is_required"),
        (json!("Voice_mail"), json!(GREETING), "data_is_required"),
        (json!(1), json!(GREETING), "data_is_required"),
        (json!("Recording"), json!([GREETING]), "data_is_required"),
    ] {
        let answer = client.post(&update(UNUSED), &sent(kind.clone(), id.clone()));
        assert_eq!(refusal(&answer), code, "{kind} {id}");
    }
    assert_eq!(client.item(LIST, &json!(UNUSED))["target_timeout"], UNUSED, "a refusal changes nothing");
}

#[test]
fn what_an_overflow_needs_stays() {
    let mut client = Client::default();
    let lead_to = |client: &mut Client, kind: &str, id: &str| {
        let sent = with(&body("a"), "target_timeout_type", Some(json!(kind)));
        payload(client.post(&update(VOICE_MAIL), &with(&sent, "target_timeout", Some(json!(id)))));
    };
    lead_to(&mut client, "Ring_group", UNUSED);
    assert_eq!(refusal(&client.delete(&delete(UNUSED))), "group_in_use");
    lead_to(&mut client, "Ivr_menu", SCRIPT);
    assert_eq!(refusal(&client.delete(&format!("/key-interaction/delete/{SCRIPT}"))), "script_in_use");
    lead_to(&mut client, "Recording", GREETING);
    assert_eq!(refusal(&client.delete(&format!("/greeting/delete/{GREETING}"))), "greeting_in_use");
    payload(client.delete(&delete(UNUSED)));
    // A group that leads to itself keeps nothing.
    lead_to(&mut client, "Ring_group", VOICE_MAIL);
    payload(client.delete(&delete(VOICE_MAIL)));
}

#[test]
fn members_come_and_go_once() {
    let mut client = Client::default();
    let id = add(&mut client, "a")["_id"].clone();
    let mut change = |path: &str, sip_users: Value| {
        let answer = client.post(path, &json!({ "group_id": id, "sip_users": sip_users }));
        assert_eq!(payload(answer), Value::Null);
        member_count(&mut client, &id)
    };
    assert_eq!(change(ADD_MEMBERS, json!(["145", "147"])), 3);
    assert_eq!(change(ADD_MEMBERS, json!(["145"])), 3);
    // 145 and 147 have the same blackened agent id in the recorded list of phones: still they are two.
    assert_eq!(change(REMOVE_MEMBERS, json!(["145"])), 2);
    assert_eq!(change(REMOVE_MEMBERS, json!(["145", "100", "147"])), 0);
    assert_eq!(change(ADD_MEMBERS, json!(["6349", "6349"])), 1);
    let member = client.item(LIST, &id)["members"][0].clone();
    assert_eq!(member, client.item(LIST, &json!(USED))["members"][0]);
    // Twice in one body is once in the group.
    let twice = with(&body("b"), "sip_members", Some(json!(["100", "100"])));
    let group = payload(client.post(ADD, &twice));
    assert_eq!(group["members"].as_array().unwrap().len(), 1);
}

#[test]
fn bodies_without_sense_are_refused() {
    let mut client = Client::default();
    let members = json!({ "group_id": UNUSED, "sip_users": ["100"] });
    refuses_what_is_no_body(&mut client, ADD, &body("a"));
    refuses_what_is_no_body(&mut client, &update(UNUSED), &body("a"));
    refuses_what_is_no_body(&mut client, ADD_MEMBERS, &members);
    refuses_what_is_no_body(&mut client, REMOVE_MEMBERS, &members);
    for (field, value, code) in [
        ("group_name", json!("  "), "data_is_required"),
        ("strategy", json!("all"), "data_is_required"),
        ("sip_members", json!("100"), "data_is_required"),
        ("sip_members", json!([100]), "data_is_required"),
        ("sip_members", json!(["100", "99999"]), "extension_invalid"),
        ("timeout", json!("30"), "data_is_required"),
        ("timeout", json!(0), "data_is_required"),
        ("timeout", json!(1.5), "data_is_required"),
    ] {
        let bad = with(&body("a"), field, Some(value.clone()));
        for path in [ADD, &update(UNUSED)] {
            assert_eq!(refusal(&client.post(path, &bad)), code, "{path} {field} {value}");
        }
    }
    for path in [ADD_MEMBERS, REMOVE_MEMBERS] {
        for (field, value, code) in [
            ("group_id", json!("62ff"), "data_is_required"),
            ("group_id", json!(NOBODY), "group_invalid"),
            ("sip_users", json!([]), "data_is_required"),
            ("sip_users", json!(["99999"]), "extension_invalid"),
        ] {
            assert_eq!(
                refusal(&client.post(path, &with(&members, field, Some(value)))),
                code,
                "{path} {field}"
            );
        }
    }
    assert_eq!(refusal(&client.post(&update(NOBODY), &body("a"))), "group_invalid");
    assert_eq!(refusal(&client.post(&update("x"), &body("a"))), "data_is_required");
    assert_eq!(client.get(LIST).to_string(), sample(LIST_SAMPLE).to_string());
}

#[test]
fn a_group_goes_once_and_only_where_no_script_needs_it() {
    let mut client = Client::default();
    let used = client.delete(&delete(USED));
    assert_eq!(refusal(&used), "group_in_use");
    assert!(used["message"].as_str().unwrap().contains("KỊCH BẢN BẤM PHÍM"));
    assert_eq!(payload(client.delete(&delete(UNUSED))), Value::Null);
    assert_eq!(client.items(LIST).len(), 3);
    assert_eq!(refusal(&client.delete(&delete(UNUSED))), "group_invalid");
}

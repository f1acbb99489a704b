//! Ring groups and their members.

use serde_json::{Value, json};

use super::{Client, NOBODY, NOW, keys, payload, refusal, refuses_what_is_no_body, sample, with};

const LIST_SAMPLE: &str = include_str!("../../../samples/internal_group_list.json");
const ADD_SAMPLE: &str = include_str!("../../../samples/internal_group_add.json");
const UPDATE_SAMPLE: &str = include_str!("../../../samples/internal_group_update.json");

const LIST: &str = "/internal_group/list";
const ADD: &str = "/internal_group/add";
const ADD_MEMBERS: &str = "/internal_group/add-members";
const REMOVE_MEMBERS: &str = "/internal_group/remove-members";
/// Nobody's key leads there.
const UNUSED: &str = "62ff11b208d4bf3ea694a6f3";
const USED: &str = "62ff119508d4bf3ea694a44a";

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
    assert_eq!(change(ADD_MEMBERS, json!(["6349"])), 1);
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

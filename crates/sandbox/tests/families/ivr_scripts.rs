//! IVR scripts and where their keys lead.

use serde_json::{Value, json};

use super::{Client, NOBODY, NOW, keys, payload, refusal, refuses_what_is_no_body, sample, with};

const LIST_SAMPLE: &str = include_str!("../../../../tests/samples/key_interaction_list.json");
const ADD_SAMPLE: &str = include_str!("../../../../tests/samples/key_interaction_add.json");

const LIST: &str = "/key-interaction/list";
const ADD: &str = "/key-interaction/add";
const RECORDED: &str = "632969ce7534d97b0933d51d";
const GROUP: &str = "62ff11b208d4bf3ea694a6f3";
const GREETING: &str = "62da34652a310904dfbbf13b";
/// A greeting that nothing else plays.
const PLAYED: &str = "6209c99b067f745da47367e1";

fn body(name: &str) -> Value {
    json!({
        "script_name": name,
        "greeting_id": GREETING,
        "max_failure": 3,
        "time_out": 5,
        "scripts": [
            { "ivr": "1", "action_type": "Ring_group", "action": GROUP },
            { "ivr": "2", "action_type": "Ivr_menu", "action": RECORDED },
            { "ivr": "*", "action_type": "", "action": "" },
            { "ivr": "#" },
        ],
    })
}

fn key(ivr: Value, action_type: &str, action: &str) -> Option<Value> {
    Some(json!([{ "ivr": ivr, "action_type": action_type, "action": action }]))
}

fn update(id: &str) -> String {
    format!("/key-interaction/update/{id}")
}

fn delete(id: &str) -> String {
    format!("/key-interaction/delete/{id}")
}

fn add(client: &mut Client, body: &Value) -> String {
    payload(client.post(ADD, body))["_id"].as_str().unwrap().to_owned()
}

#[test]
fn the_recorded_list_comes_unchanged() {
    let mut client = Client::default();
    let answer = client.get(&format!("{LIST}?page=1&size=10"));
    assert_eq!(answer.to_string(), sample(LIST_SAMPLE).to_string());
    for (keyword, found) in [("kich ban", 1), ("BẤM", 1), ("166780", 1), ("nothing", 0)] {
        let answer = client.get(&format!("{LIST}?page=1&size=10&keyword={keyword}"));
        assert_eq!(answer["payload"]["total_items"], found, "{keyword}");
    }
    for query in ["", "?page=1", "?size=10", "?page=&size=10", "?page=0&size=10"] {
        assert_eq!(refusal(&client.get(&format!("{LIST}{query}"))), "data_is_required", "{query}");
    }
}

#[test]
fn a_new_script_has_the_recorded_fields_and_comes_first() {
    let mut client = Client::default();
    let script = payload(client.post(ADD, &body("Đêm")));
    let recorded = sample(ADD_SAMPLE)["payload"].clone();
    assert_eq!(keys(&script), keys(&recorded));
    assert_eq!(keys(&script["scripts"][0]), keys(&recorded["scripts"][0]));
    assert_eq!(script["script_name_unsigned"], "Dem");
    // A string where a boolean is meant, and nothing where an id is.
    assert_eq!(script["ivr_direct_menu_dial"], "false");
    assert_eq!((&script["invalid_sound_id"], &script["action_type"]), (&json!(""), &json!("")));
    assert_eq!(script["created_by"], script["last_updated_by"]);
    assert_eq!((&script["created_date"], &script["last_updated_date"]), (&json!(NOW), &json!(NOW)));
    assert_eq!(
        (&script["scripts"][3]["action_type"], &script["scripts"][3]["action"]),
        (&json!(""), &json!(""))
    );
    assert_eq!(client.items(LIST)[0], script);
}

#[test]
fn an_update_resets_what_is_not_sent() {
    let mut client = Client::default();
    let mut first = with(&body("a"), "invalid_sound_id", Some(json!(GREETING)));
    first["greeting_short_id"] = json!(GREETING);
    first["ivr_direct_menu_dial"] = json!("true");
    first["action_type"] = json!("Ring_group");
    first["action"] = json!(GROUP);
    let id = add(&mut client, &first);
    let fields = ["invalid_sound_id", "greeting_short_id", "ivr_direct_menu_dial", "action_type", "action"];
    let script = payload(client.post(&update(&id), &with(&first, "script_name", Some(json!("b")))));
    for field in fields {
        assert_eq!(script[field], first[field], "{field}");
    }
    let change = with(&body("a"), "scripts", key(json!("9"), "Ivr_menu", &id));
    let script = payload(client.post(&update(&id), &change));
    assert_eq!(script["scripts"].as_array().unwrap().len(), 1);
    for (field, reset) in fields.into_iter().zip(["", "", "false", "", ""]) {
        assert_eq!(script[field], reset, "{field}");
    }
    assert_eq!(client.item(LIST, &json!(id)), script);
    let older = payload(client.post(&update(RECORDED), &body("b")));
    assert_eq!(
        (&older["ivr_direct_menu_dial"], &older["script_number"]),
        (&json!("false"), &json!("166780"))
    );
    assert_eq!(older["last_updated_date"], NOW);
}

#[test]
fn a_fallback_may_be_a_recording() {
    let mut client = Client::default();
    let fallback = |id: &str| {
        with(&with(&body("a"), "action_type", Some(json!("Recording"))), "action", Some(json!(id)))
    };
    let id = add(&mut client, &fallback(PLAYED));
    assert_eq!(client.item(LIST, &json!(id))["action"], PLAYED);
    assert_eq!(refusal(&client.delete(&format!("/greeting/delete/{PLAYED}"))), "greeting_in_use");
    for (wrong, code) in [(NOBODY, "greeting_invalid"), (GROUP, "greeting_invalid"), ("", "data_is_required")]
    {
        assert_eq!(refusal(&client.post(&update(&id), &fallback(wrong))), code, "{wrong}");
    }
}

#[test]
fn a_name_is_taken_by_one_script() {
    let mut client = Client::default();
    let id = add(&mut client, &body("Đêm"));
    for name in ["Đêm", " đÊM ", "Đe\u{302}m"] {
        let answer = client.post(ADD, &body(name));
        assert_eq!((refusal(&answer), answer.get("payload")), ("script_name_exists", None), "{name}");
        assert_eq!(refusal(&client.post(&update(RECORDED), &body(name))), "script_name_exists");
        payload(client.post(&update(&id), &body(name)));
    }
    payload(client.post(ADD, &body("Dem")));
}

#[test]
fn bodies_without_sense_are_refused() {
    let mut client = Client::default();
    refuses_what_is_no_body(&mut client, ADD, &body("a"));
    refuses_what_is_no_body(&mut client, &update(RECORDED), &body("a"));
    let twice = json!([{ "ivr": "1" }, { "ivr": "1" }]);
    for (field, value, code) in [
        ("script_name", Some(json!(" ")), "data_is_required"),
        ("greeting_id", Some(json!("62da")), "data_is_required"),
        ("greeting_id", Some(json!(NOBODY)), "greeting_invalid"),
        ("greeting_short_id", Some(json!(NOBODY)), "greeting_invalid"),
        ("invalid_sound_id", Some(json!(NOBODY)), "greeting_invalid"),
        ("max_failure", Some(json!(0)), "data_is_required"),
        ("time_out", Some(json!("5")), "data_is_required"),
        ("scripts", Some(json!(["1"])), "data_is_required"),
        ("scripts", Some(twice), "data_is_required"),
        ("scripts", key(json!(1), "", ""), "data_is_required"),
        ("scripts", key(json!("a"), "", ""), "data_is_required"),
        ("scripts", key(json!(""), "", ""), "data_is_required"),
        ("scripts", key(json!("1"), "Ring_group", ""), "data_is_required"),
        ("scripts", key(json!("1"), "Ring_group", "62da"), "data_is_required"),
        ("scripts", key(json!("1"), "Ring_group", NOBODY), "group_invalid"),
        ("scripts", key(json!("1"), "Ring_group", RECORDED), "group_invalid"),
        ("scripts", key(json!("1"), "Ivr_menu", GROUP), "script_invalid"),
        ("action_type", Some(json!("Ring_group")), "data_is_required"),
        ("ivr_direct_menu_dial", Some(json!(true)), "data_is_required"),
        ("ivr_direct_menu_dial", Some(json!("yes")), "data_is_required"),
    ] {
        let bad = with(&body("a"), field, value);
        for path in [ADD, &update(RECORDED)] {
            assert_eq!(refusal(&client.post(path, &bad)), code, "{path} {bad}");
        }
    }
    let fallback =
        with(&with(&body("a"), "action_type", Some(json!("Ivr_menu"))), "action", Some(json!(NOBODY)));
    assert_eq!(refusal(&client.post(ADD, &fallback)), "script_invalid");
    assert_eq!(refusal(&client.post(&update(NOBODY), &body("a"))), "script_invalid");
    assert_eq!(refusal(&client.post(&update("x"), &body("a"))), "data_is_required");
    let list = client.get(&format!("{LIST}?page=1&size=10"));
    assert_eq!(list.to_string(), sample(LIST_SAMPLE).to_string());
}

#[test]
fn a_type_that_nobody_documented_is_taken_as_it_is() {
    let mut client = Client::default();
    let odd = with(&body("a"), "scripts", key(json!("12"), "Voice_mail", "anything"));
    assert_eq!(payload(client.post(ADD, &odd))["scripts"][0]["action"], "anything");
}

#[test]
fn a_script_goes_once_and_only_where_no_other_needs_it() {
    let mut client = Client::default();
    let id = add(&mut client, &body("a"));
    assert_eq!(refusal(&client.delete(&delete(RECORDED))), "script_in_use");
    // Leading to itself keeps nobody alive.
    payload(client.post(&update(&id), &with(&body("a"), "scripts", key(json!("1"), "Ivr_menu", &id))));
    assert_eq!(payload(client.delete(&delete(RECORDED))), Value::Null);
    assert_eq!(payload(client.delete(&delete(&id))), Value::Null);
    assert_eq!(refusal(&client.delete(&delete(&id))), "script_invalid");
    assert!(client.items(LIST).is_empty());
    // The group and the greeting of the recorded script are free now.
    payload(client.delete("/internal_group/delete/62ff119508d4bf3ea694a44a"));
    payload(client.delete("/greeting/delete/6209c99b067f745da47367f3"));
}

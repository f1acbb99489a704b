//! A number given to one extension.

use serde_json::{Value, json};

use super::{Client, payload, refusal, refuses_what_is_no_body, with};

const UPDATE: &str = "/hotline/extension/update";

fn body() -> Value {
    json!({
        "hotline": "024********",
        "user_email": "AN.nguyen@example.com",
        "directions": ["outbound", "inbound"],
    })
}

fn of(client: &mut Client, extension: &str) -> Value {
    payload(client.get(&format!("/hotline/list?extension={extension}")))
}

#[test]
fn a_hotline_belongs_to_exactly_one_extension() {
    let mut client = Client::default();
    assert_eq!(
        [of(&mut client, "146"), of(&mut client, "145")].map(|all| all.as_array().unwrap().len()),
        [0, 1]
    );
    assert_eq!(payload(client.post(UPDATE, &body())), Value::Null);
    assert_eq!(of(&mut client, "147"), json!(["024********", "842*********"]));
    assert_eq!(of(&mut client, "145"), json!([]));
    assert_eq!(payload(client.get("/hotline/list")).as_array().unwrap().len(), 2);
    client.post(UPDATE, &with(&body(), "user_email", Some(json!("ngoc.tran@example.com"))));
    assert_eq!(of(&mut client, "147"), json!(["842*********"]));
    assert_eq!(of(&mut client, "145"), json!(["024********"]));
}

#[test]
fn a_number_for_calls_that_come_in_calls_nobody() {
    let mut client = Client::default();
    payload(client.post(UPDATE, &with(&body(), "directions", Some(json!(["inbound"])))));
    assert_eq!(of(&mut client, "147"), json!(["842*********"]));
}

#[test]
fn what_does_not_exist_is_refused() {
    let mut client = Client::default();
    refuses_what_is_no_body(&mut client, UPDATE, &body());
    for (field, value, code) in [
        ("hotline", json!("0281234567"), "number_call_out_invalid"),
        ("user_email", json!("nobody@example.com"), "user_not_registered"),
        ("directions", json!([]), "data_is_required"),
        ("directions", json!(["outbound", "sideways"]), "data_is_required"),
    ] {
        assert_eq!(refusal(&client.post(UPDATE, &with(&body(), field, Some(value)))), code, "{field}");
    }
    assert_eq!(of(&mut client, "145"), json!(["024********"]));
}

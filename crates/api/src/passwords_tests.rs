//! Passwords in every form, found by the validator and masked.

use omicall_schema::{Schema, json::validate::JsonValidator};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::mask_passwords;
use crate::{extensions, greetings, groups, hotlines, ivr_scripts, phones, records::RECORDS};

/// The text with its passwords masked.
fn masked(text: &str) -> String {
    let mut validator = JsonValidator::new(text.as_bytes());
    validator.validate(&Schema::Any).unwrap();
    let passwords = validator.passwords;
    let mut bytes = text.as_bytes().to_vec();
    mask_passwords(&mut bytes, &passwords);
    String::from_utf8(bytes).unwrap()
}

fn masked_value(text: &str) -> Value {
    serde_json::from_str(&masked(text)).unwrap()
}

#[test]
fn passwords_are_masked_whatever_their_form() {
    for value in [
        r#""example-4711""#,
        r#""x""#,
        r#""ab""#,
        r#""abc""#,
        r#"" ""#,
        r#""\"}\\""#,
        r#""mật khẩu""#,
        "1",
        "4711",
        "-0.5e+10",
        "{}",
        "[]",
        r#"{"value": "hunter2", "password": "hunter3"}"#,
        r#"["a", {"sip_password": "b"}, null]"#,
    ] {
        for text in [
            format!(r#"{{"password":{value}}}"#),
            format!("{{ \"password\" :\n {value}\t}}"),
            format!(r#"{{"password":"first","password":{value}}}"#),
        ] {
            assert_eq!(masked_value(&text), json!({ "password": "***" }), "{text}");
        }
        let text = format!(r#"[{{"a":1,"password":{value},"b":{value}}},{{"password":{value},"c":"é"}}]"#);
        let rest: Value = serde_json::from_str(value).unwrap();
        let b = serde_json::from_str(&masked(value)).unwrap_or(rest);
        assert_eq!(
            masked_value(&text),
            json!([{ "a": 1, "password": "***", "b": b }, { "password": "***", "c": "é" }]),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_password_stays() {
    for text in [
        r#"{"password":null}"#,
        r#"{"password":""}"#,
        r#"{"password":false}"#,
        r#"{"is_default_password":true}"#,
        r#"{"bypass":"a","compass":"b","BYPASS":"c","trespass":"d","passport":"e","pass_count":"f","sha1":"g","secretary":"h","SECRETARY_NAME":"i"}"#,
        r#"{"a":"password","b":"\u0073ecret","compas\u0073":"c","\\u0070wd":"d","":"e","p":"f","w\\":"g","\ud800":"h"}"#,
        r#"["password","hunter2"]"#,
        r#""password""#,
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn every_name_of_a_password_is_recognized() {
    for name in [
        "password",
        "sip_password",
        "sipPassword",
        "Password",
        "pass\\u0077ord",
        "\\u0070\\u0061\\u0073\\u0073\\u0077\\u006f\\u0072\\u0064",
        "sip_\\u0070assword",
        "sip_passwor\\u0064",
        "sip\\/Password",
        "PASSWORD",
        "PassWord",
        "passwd",
        "sipPasswd",
        "pwd",
        "userpwd",
        "user_PWD",
        "pass",
        "PASS",
        "sip_pass",
        "sipPass",
        "sip2pass",
        "secret",
        "clientSecret",
        "SECRET_KEY",
        "secretAccessKey",
        "ha1",
        "sip_ha1",
        "sipHa1",
        "HA1",
        "password_hash",
        "passwordHash",
        "user_password2",
        "new_passwords",
        "sipPasswor\\u0064",
        "\\u0050ASSWD",
        "sip_pas\\u0073",
        "mật khẩu password",
    ] {
        let text = format!(r#"{{"{name}":"hunter2"}}"#);
        let masked = masked(&text);
        assert_eq!(masked, format!(r#"{{"{name}":"***"}}"#), "{text}");
    }
}

/// The validator relies on this for the members that a schema lists.
#[test]
fn names_of_passwords_in_records_end_in_password() {
    let Schema::Object(records) = &RECORDS else { unreachable!() };
    let tables = records.fields.iter().filter_map(|record| match record.schema {
        Schema::Object(table) => Some(table),
        _ => None,
    });
    let names: Vec<_> = tables.flat_map(|table| table.fields).map(|field| field.name).collect();
    assert!(names.contains(&"password") && names.contains(&"sip_password"));
    for name in names {
        let text = format!(r#"{{"{name}":"hunter2"}}"#);
        assert_eq!(masked(&text) != text, name.ends_with("assword"), "{name}");
    }
}

#[test]
fn only_the_account_of_an_extension_keeps_its_password() {
    assert!(!extensions::DETAIL.masks_passwords);
    for endpoint in [
        &phones::LIST,
        &phones::SET_ENABLED,
        &hotlines::LIST,
        &hotlines::ASSIGN,
        &groups::LIST,
        &groups::CREATE,
        &groups::UPDATE,
        &groups::ADD_MEMBERS,
        &groups::DELETE,
        &ivr_scripts::LIST,
        &ivr_scripts::CREATE,
        &ivr_scripts::DELETE,
        &greetings::LIST,
        &greetings::UPLOAD,
        &greetings::TEXT_TO_SPEECH,
    ] {
        assert!(endpoint.masks_passwords, "{}", endpoint.label());
    }
}

/// Any JSON value whose members are often passwords.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i16>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("(password|sip_password|name|[a-c])", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What a reader of the documentation expects.
fn expected(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(expected).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| {
                let stays = value.is_null() || value.is_boolean() || value == "";
                let masks = name.ends_with("password") && !stays;
                (name, if masks { json!("***") } else { expected(value) })
            })
            .collect(),
        leaf => leaf,
    }
}

proptest! {
    #[test]
    fn exactly_the_passwords_are_masked(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        prop_assert_eq!(masked_value(&text), expected(value));
    }
}

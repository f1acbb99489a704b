//! Reads drafts from the tokens that the browser's walker would write.

use omicall_schema::{
    draft::{CaseFolded, EncodedDraft, Kind, ListSource, ReadDraft, Value, parse},
    draft_json,
};
use serde_json::json;

use crate::tenant::{Tenant, drafts::ScriptDraft};

#[test]
fn spec_lists_every_field_once_in_order() {
    let mut spec = String::new();
    ScriptDraft::spec(&mut spec);
    assert!(spec.starts_with(r#"{"_id":0,"script_name":0,"script_number":0,"#), "{spec}");
    assert!(spec.contains(r#""scripts":[{"ivr":0,"action_type":0,"action":0}],"#), "{spec}");
    assert!(serde_json::from_str::<serde_json::Value>(&spec).is_ok(), "{spec}");
}

#[test]
fn values_of_every_type_are_read() {
    let text = draft_json::encode::<ScriptDraft>(&json!({
        "script_name": "Chào\0bạn", "max_failure": 3, "time_out": 2.5, "is_deleted": true, "greeting_id": null,
        "action": {}, "scripts": [{ "ivr": "1", "action": "" }, null, 7, { "ivr": ["2"] }], "unlisted": "x",
    }));
    let script: ScriptDraft = parse(&text);
    assert_eq!(script.script_name, Value::Text("Chào\u{FFFD}bạn"));
    assert_eq!(script.max_failure, Value::Int(3));
    assert_eq!(script.time_out, Value::OtherNumber("2.5"));
    assert_eq!(script.is_deleted, Value::Bool(true));
    assert_eq!(script.greeting_id, Value::Absent);
    assert_eq!(script.action, Value::Other);
    assert_eq!(script.scripts.source, ListSource::Array);
    assert_eq!(script.scripts.items.len(), 4);
    assert_eq!(script.scripts.items[0].ivr, Value::Text("1"));
    assert_eq!(script.scripts.items[1].ivr, Value::Absent);
    assert_eq!(script.scripts.items[3].ivr, Value::Other);
    assert_eq!(script.ivr_direct_menu_dial, Value::Absent);
}

#[test]
fn non_object_reads_as_empty_draft() {
    for value in [json!(null), json!([]), json!(5), json!("text"), json!(true)] {
        let text = draft_json::encode::<ScriptDraft>(&value);
        let script: ScriptDraft = parse(&text);
        assert_eq!(script.script_name, Value::Absent);
        assert_eq!(script.scripts.source, ListSource::Absent);
    }
}

#[test]
fn lists_are_read_from_arrays_and_pages() {
    let text = draft_json::encode::<Tenant>(&json!({
        "scripts": { "items": [{ "_id": "a" }], "has_next": true },
        "groups": [{ "_id": "b" }, { "_id": "c" }],
        "phones": "none",
    }));
    let tenant: Tenant = parse(&text);
    assert_eq!(tenant.scripts.source, ListSource::PartialPage);
    assert_eq!(tenant.scripts.inner_path(), "/items");
    assert_eq!(tenant.groups.items.len(), 2);
    assert_eq!(tenant.greetings.source, ListSource::Absent);
    assert!(!tenant.is_complete());
    assert!(tenant.validate("context").is_err_and(|error| error.path == "/phones"));
}

#[test]
fn what_ends_early_is_absent() {
    let numbers =
        vec![Kind::Object.with(0), Kind::List.with(3 << 2), Kind::Object.with(0), Kind::Text.with(0)];
    let draft = EncodedDraft { numbers, text: "id".into() };
    let tenant: Tenant = parse(&draft);
    assert_eq!(tenant.scripts.items.len(), 1);
    assert_eq!(tenant.scripts.items[0]._id, Value::Text("id"));
    assert_eq!(tenant.scripts.items[0].script_name, Value::Absent);
    assert_eq!(tenant.scripts.items[0].folded_name, CaseFolded(""));
    assert_eq!(tenant.groups.source, ListSource::Absent);
}

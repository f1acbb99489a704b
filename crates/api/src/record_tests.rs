//! The JSON validator and the schemas of the records, compared with serde_json.

use omicall_schema::{
    Field, HasSchema, ObjectSchema, Schema,
    json::{
        unescape::unescape,
        validate::{InvalidJsonReason, JsonValidator, MAX_DEPTH, MAX_MISMATCHES},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    extensions::ExtensionDetail,
    greetings::{Greeting, GreetingFile},
    groups::InternalGroup,
    ivr_scripts::IvrScript,
    list_page::Page,
    phones::InternalPhone,
};

/// The same validation, of a parsed value and as simple as possible.
fn oracle(value: &Value, schema: &Schema, path: &str, found: &mut Vec<(String, &'static str)>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    match (schema, value) {
        (Schema::Any, _) | (Schema::String, Value::String(_)) | (Schema::Number, Value::Number(_)) => {}
        (Schema::Bool, Value::Bool(_)) | (Schema::Nullable(_), Value::Null) => {}
        (Schema::Nullable(inner), _) => oracle(value, inner, path, found),
        (Schema::Array(inner), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                oracle(item, inner, &format!("{path}/{index}"), found);
            }
        }
        (Schema::Object(object), Value::Object(members)) => {
            for field in object.fields {
                let path = format!("{path}/{}", field.name);
                match members.get(field.name) {
                    Some(member) => oracle(member, &field.schema, &path, found),
                    None if field.required => found.push((path, "missing")),
                    None => {}
                }
            }
        }
        _ => found.push((path.to_owned(), kind)),
    }
}

fn mismatches(text: &str, schema: &Schema) -> Vec<(String, &'static str)> {
    let mut validator = JsonValidator::new(text.as_bytes());
    validator.validate(schema).unwrap();
    let mut found: Vec<_> =
        validator.mismatches.into_iter().map(|mismatch| (mismatch.path, mismatch.found)).collect();
    found.sort();
    found
}

fn expected(value: &Value, schema: &Schema) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    oracle(value, schema, "", &mut found);
    found.sort();
    found
}

fn phone() -> Value {
    let sample: Value =
        serde_json::from_str(include_str!("../../../tests/samples/internal_phone_list.json")).unwrap();
    sample.pointer("/payload/items/0").unwrap().clone()
}

#[test]
fn no_record_has_more_than_64_fields() {
    for schema in [
        Page::<InternalPhone>::SCHEMA,
        InternalPhone::SCHEMA,
        ExtensionDetail::SCHEMA,
        InternalGroup::SCHEMA,
        IvrScript::SCHEMA,
        Greeting::SCHEMA,
    ] {
        let Schema::Object(object) = schema else { panic!("{schema:?}") };
        assert!(object.fields.len() <= 64, "{}", object.name);
    }
}

#[test]
fn recorded_samples_match_their_schemas() {
    for (sample, schema) in [
        (include_str!("../../../tests/samples/internal_phone_list.json"), Page::<InternalPhone>::SCHEMA),
        (include_str!("../../../tests/samples/extensions_detail.json"), ExtensionDetail::SCHEMA),
        (include_str!("../../../tests/samples/hotline_list.json"), Vec::<String>::SCHEMA),
        (include_str!("../../../tests/samples/internal_group_list.json"), Page::<InternalGroup>::SCHEMA),
        (include_str!("../../../tests/samples/internal_group_add.json"), InternalGroup::SCHEMA),
        (include_str!("../../../tests/samples/internal_group_update.json"), InternalGroup::SCHEMA),
        (include_str!("../../../tests/samples/key_interaction_list.json"), Page::<IvrScript>::SCHEMA),
        (include_str!("../../../tests/samples/key_interaction_add.json"), IvrScript::SCHEMA),
        (include_str!("../../../tests/samples/key_interaction_update.json"), IvrScript::SCHEMA),
        (include_str!("../../../tests/samples/greeting_list.json"), Page::<Greeting>::SCHEMA),
        (include_str!("../../../tests/samples/greeting_upload_text_to_speech.json"), GreetingFile::SCHEMA),
    ] {
        let sample: Value = serde_json::from_str(sample).unwrap();
        let payload = sample.get("payload").unwrap();
        assert_eq!(mismatches(&payload.to_string(), &schema), Vec::new());
    }
}

#[test]
fn a_mismatch_has_path_and_types_but_not_the_value() {
    let mut record = phone();
    record["password"] = json!(["s3cret"]);
    record["created_date"] = json!("s3cret");
    record.as_object_mut().unwrap().remove("email");
    let text = json!({ "items": [phone(), record] }).to_string();
    static TABLE: ObjectSchema = ObjectSchema {
        name: "",
        fields: &[Field { name: "items", schema: Schema::Array(&InternalPhone::SCHEMA), required: true }],
        rejects_unknown: false,
    };
    let mut validator = JsonValidator::new(text.as_bytes());
    validator.validate(&Schema::Object(&TABLE)).unwrap();
    let debug_text = format!("{:?}", validator.mismatches);
    assert!(!debug_text.contains("s3cret"), "{debug_text}");
    let mut found: Vec<_> =
        validator.mismatches.iter().map(|it| (it.path.as_str(), it.found, it.expected.as_str())).collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("/items/1/created_date", "string", "a number"),
            ("/items/1/email", "missing", "a string"),
            ("/items/1/password", "array", "a string"),
        ]
    );
}

#[test]
fn escaped_names_are_recognized() {
    let text = phone().to_string().replace("\"email\"", "\"\\u0065m\\u0061il\"");
    assert_eq!(mismatches(&text, &InternalPhone::SCHEMA), Vec::new());
    assert_eq!(unescape(br#"a\n\"\u1ec5\ud83d\ude00\ud83d"#), "a\n\"ễ😀\u{FFFD}");
}

#[test]
fn unordered_and_duplicate_fields_are_validated() {
    let text = r#"{"created_date":1,"last_updated_date":2,"public_number":"","email":"","full_name":"","password":"",
        "sip_user":"","outbound_proxy":"","domain":"","domain":5,"more":{"domain":7}}"#;
    assert_eq!(mismatches(text, &InternalPhone::SCHEMA), [("/domain".to_owned(), "number")]);
}

#[test]
fn truncated_malformed_and_too_deep_json_are_distinguished() {
    let error_reason =
        |text: &str| JsonValidator::new(text.as_bytes()).validate(&Schema::Any).map_err(|error| error.reason);
    let whole = phone().to_string();
    for end in (1..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert_eq!(error_reason(&whole[..end]), Err(InvalidJsonReason::UnexpectedEnd), "{end}");
    }
    assert_eq!(error_reason(""), Err(InvalidJsonReason::UnexpectedEnd));
    assert_eq!(error_reason("<html>"), Err(InvalidJsonReason::UnexpectedByte));
    assert_eq!(error_reason("{} x"), Err(InvalidJsonReason::UnexpectedByte));
    assert_eq!(error_reason(&"[".repeat(100_000)), Err(InvalidJsonReason::TooDeep));
    let deepest = MAX_DEPTH as usize;
    assert_eq!(error_reason(&("[".repeat(deepest) + &"]".repeat(deepest))), Ok(()));
    assert_eq!(error_reason("\u{feff}{}"), Ok(()));
    for exotic in ["1e999", "-0", "\"\\ud83d\"", "\"\\udc00\\ud83d\""] {
        assert_eq!(error_reason(exotic), Ok(()), "JSON.parse accepts {exotic}");
    }
    for wrong in [
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "2.9E75e-2",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\n\"",
        "[1,]",
        "{,}",
        "{\"a\"}",
        "tru",
        "nul1",
        "NaN",
    ] {
        assert!(error_reason(wrong).is_err(), "JSON.parse rejects {wrong}");
    }
}

#[test]
fn mismatches_are_limited_except_fatal_ones() {
    let items = vec![json!(0); 1_000];
    let text = json!({ "items": items, "page_number": "1" }).to_string();
    let mut validator = JsonValidator::new(text.as_bytes());
    validator.fatal_depth = 1;
    validator.validate(&Page::<InternalPhone>::SCHEMA).unwrap();
    let fatal = validator.mismatches.iter().filter(|mismatch| mismatch.fatal).count();
    assert_eq!(validator.mismatches.len() - fatal, MAX_MISMATCHES);
    // page_number of another type, seven more missing.
    assert_eq!(fatal, 8);
}

/// Any JSON value, biased towards records that nearly match.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::hash_map(".{0,8}", inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let fields = ["domain", "email", "password", "agent_id", "created_date", "nobody_listed"];
    let changes = prop::collection::vec((0..fields.len(), prop::option::of(nested.clone())), 0..4);
    let near = changes.prop_map(move |changes| {
        let mut record = phone();
        for (field, value) in changes {
            match value {
                Some(value) => record[fields[field]] = value,
                None => drop(record.as_object_mut().unwrap().remove(fields[field])),
            }
        }
        record
    });
    prop_oneof![nested, near]
}

proptest! {
    #[test]
    fn finds_the_same_mismatches_as_with_serde_json(value in any_json()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(mismatches(&text, &InternalPhone::SCHEMA), expected(&value, &InternalPhone::SCHEMA));
        }
    }

    #[test]
    fn accepts_the_same_json_as_serde_json(
        value in any_json(),
        cut in any::<prop::sample::Index>(),
        byte in prop::option::of(any::<u8>()),
    ) {
        let mut bytes = value.to_string().into_bytes();
        let at = cut.index(bytes.len());
        match byte {
            Some(byte) => bytes[at] = byte,
            None => bytes.truncate(at),
        }
        // The engine tolerates invalid UTF-8, serde_json does not.
        let bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        let ours = JsonValidator::new(&bytes).validate(&Schema::Any).is_ok();
        let theirs = serde_json::from_slice::<Value>(&bytes);
        // JSON.parse accepts numbers out of range and lone surrogates; serde_json stops there and cannot judge the rest.
        let exceptions = ["out of range", "surrogate", "hex escape"];
        prop_assume!(!theirs.as_ref().is_err_and(|error| exceptions.iter().any(|words| error.to_string().contains(words))));
        let theirs = theirs.is_ok();
        prop_assert_eq!(ours, theirs, "{:?}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut validator = JsonValidator::new(&bytes);
        let _ = validator.validate(&Page::<InternalPhone>::SCHEMA);
        let _ = unescape(&bytes);
    }
}

#[test]
fn another_word_or_kind_is_drift_where_the_type_is_closed() {
    let sample: Value =
        serde_json::from_str(include_str!("../../../tests/samples/internal_group_update.json")).unwrap();
    let group = sample.pointer("/payload").unwrap();
    let with = |field: &str, value: Value| {
        let mut changed = group.clone();
        changed[field] = value;
        mismatches(&changed.to_string(), &InternalGroup::SCHEMA)
    };
    for (field, value) in [
        ("is_answer", json!("true")),
        ("is_answer", json!(null)),
        ("note", json!("a note")),
        ("strategy", json!("weighted")),
        ("target_timeout_type", json!("New_kind")),
        ("is_forward_to_user_owner", json!(true)),
    ] {
        assert_eq!(with(field, value), []);
    }
    for (field, value, found) in [
        ("is_answer", json!("yes"), "string"),
        ("is_answer", json!(true), "boolean"),
        ("note", json!({ "text": "a note" }), "object"),
        ("outer_group_id", json!(7), "number"),
    ] {
        assert_eq!(with(field, value), [(format!("/{field}"), found)]);
    }
}

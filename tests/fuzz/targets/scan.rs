//! Any bytes, validated against several schemas: no panic, and the same result as with serde_json.

#![no_main]

use libfuzzer_sys::fuzz_target;
use omicall_api::{
    extensions::ExtensionDetail,
    greetings::{Greeting, GreetingFile},
    groups::InternalGroup,
    ivr_scripts::IvrScript,
    list_page::Page,
    phones::InternalPhone,
};
use omicall_fuzz::oracle::{depth, is_json, mismatches, text, tree};
use omicall_schema::{
    Field, HasSchema, ObjectSchema, Schema,
    json::{
        escape::escape_non_ascii,
        unescape::unescape,
        validate::{InvalidJsonReason, JsonValidator, MAX_DEPTH},
    },
};

/// Every kind of schema, with names that need escaping in a path.
static ODD: ObjectSchema = ObjectSchema {
    name: "Odd",
    fields: &[
        Field { name: "a/b", schema: Schema::NonNegativeInt, required: false },
        Field { name: "c~d", schema: Schema::PositiveInt, required: true },
        Field { name: "", schema: Schema::NonEmptyString, required: false },
        Field { name: "way", schema: Schema::OneOf(&["in", "out", ""]), required: true },
        Field {
            name: "more",
            schema: Schema::Nullable(&Schema::Array(&Schema::Nullable(&Schema::Bool))),
            required: true,
        },
        Field { name: "any", schema: Schema::Any, required: true },
        Field { name: "deep", schema: Schema::Object(&ODD), required: false },
    ],
    rejects_unknown: false,
};

static SCHEMAS: &[Schema] = &[
    Schema::Object(&ODD),
    Page::<InternalPhone>::SCHEMA,
    Page::<InternalGroup>::SCHEMA,
    Page::<IvrScript>::SCHEMA,
    Page::<Greeting>::SCHEMA,
    InternalGroup::SCHEMA,
    IvrScript::SCHEMA,
    GreetingFile::SCHEMA,
    ExtensionDetail::SCHEMA,
    Vec::<String>::SCHEMA,
    Schema::Any,
];

fuzz_target!(|bytes: &[u8]| {
    let text = text(bytes);
    let theirs = is_json(&text);
    let mut known = None;
    for schema in SCHEMAS {
        for fatal_depth in 0..3 {
            let mut validator = JsonValidator::new(bytes);
            validator.fatal_depth = fatal_depth;
            let read = validator.validate(schema);
            if let Err(error) = read {
                assert!(error.offset <= bytes.len());
                assert_eq!(
                    error.reason == InvalidJsonReason::UnexpectedEnd,
                    error.offset == bytes.len() && error.reason != InvalidJsonReason::TooDeep
                );
                if error.reason == InvalidJsonReason::TooDeep {
                    // The rest is not validated.
                    assert!(depth(bytes, error.offset) > MAX_DEPTH as usize);
                    continue;
                }
            }
            assert_eq!(read.is_ok(), theirs, "{read:?}");
            if !theirs {
                continue;
            }
            let known = known.get_or_insert_with(|| tree(&text));
            let ours: Vec<_> =
                validator.mismatches.into_iter().map(|it| (it.path, it.found, it.fatal)).collect();
            assert_eq!(ours, mismatches(known, schema, fatal_depth), "{}", schema.describe());
        }
    }

    // Escaped to ASCII, the value stays the same.
    if theirs && let Some(ascii) = escape_non_ascii(bytes) {
        assert!(ascii.is_ascii());
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) {
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&ascii).ok(), Some(value));
        }
    }

    // The other entry points, with arbitrary bytes.
    let _ = JsonValidator::new(bytes).read_members(|validator, _| validator.raw_value().map(drop));
    let _ = JsonValidator::new(bytes).read_elements(|validator, _| validator.raw_value().map(drop));
    let plain = unescape(bytes);
    if let Ok(theirs) = serde_json::from_str::<String>(&format!("\"{text}\"")) {
        assert!(bytes.starts_with(b"\xEF\xBB\xBF") || plain == theirs);
    }
});

//! Any bytes, read against several tables: no panic, and the judgement of serde_json's.

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
        validate::{InvalidJsonReason, JsonValidator, MAX_DEPTH, unescape},
    },
};

/// Every kind of schema, in a table of its own, with names that need care in a path.
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
    closed: false,
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
            let mut scanner = JsonValidator::new(bytes);
            scanner.fatal_depth = fatal_depth;
            let read = scanner.whole(schema);
            if let Err(malformed) = read {
                assert!(malformed.at <= bytes.len());
                assert_eq!(
                    malformed.why == InvalidJsonReason::CutOff,
                    malformed.at == bytes.len() && malformed.why != InvalidJsonReason::TooDeep
                );
                if malformed.why == InvalidJsonReason::TooDeep {
                    // What follows is not looked at.
                    assert!(depth(bytes, malformed.at) > MAX_DEPTH as usize);
                    continue;
                }
            }
            assert_eq!(read.is_ok(), theirs, "{read:?}");
            if !theirs {
                continue;
            }
            let known = known.get_or_insert_with(|| tree(&text));
            let ours: Vec<_> =
                scanner.mismatches.into_iter().map(|it| (it.path, it.found, it.fatal)).collect();
            assert_eq!(ours, mismatches(known, schema, fatal_depth), "{}", schema.describe());
        }
    }

    // Said in ASCII, the engine reads the same.
    if theirs && let Some(ascii) = escape_non_ascii(bytes) {
        assert!(ascii.is_ascii());
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) {
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&ascii).ok(), Some(value));
        }
    }

    // Other ways in: bytes that are anything but what is asked for.
    let _ = JsonValidator::new(bytes).members(|scanner, _| scanner.raw().map(drop));
    let _ = JsonValidator::new(bytes).elements(|scanner, _| scanner.raw().map(drop));
    let plain = unescape(bytes);
    if let Ok(theirs) = serde_json::from_str::<String>(&format!("\"{text}\"")) {
        assert!(bytes.starts_with(b"\xEF\xBB\xBF") || plain == theirs);
    }
});

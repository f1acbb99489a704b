//! Any bytes, read against several tables: no panic, and the judgement of serde_json's.

#![no_main]

use libfuzzer_sys::fuzz_target;
use omicall_fuzz::{
    client::{
        page::Page,
        scan::{MAX_DEPTH, Scanner, Why, unescape},
    },
    extensions::ExtensionDetail,
    greetings::{Greeting, GreetingFile},
    groups::InternalGroup,
    ivr_scripts::IvrScript,
    oracle::{depth, is_json, mismatches, text, tree},
    phones::InternalPhone,
    shape::{Field, Shape, Shaped, Table},
};

/// Every kind of shape, in a table of its own, with names that need care in a path.
static ODD: Table = Table {
    name: "Odd",
    fields: &[
        Field { name: "a/b", shape: Shape::Whole, required: false },
        Field { name: "c~d", shape: Shape::WholeFromOne, required: true },
        Field { name: "", shape: Shape::FilledString, required: false },
        Field { name: "way", shape: Shape::OneOf(&["in", "out", ""]), required: true },
        Field {
            name: "more",
            shape: Shape::Nullable(&Shape::Array(&Shape::Nullable(&Shape::Bool))),
            required: true,
        },
        Field { name: "any", shape: Shape::Any, required: true },
        Field { name: "deep", shape: Shape::Object(&ODD), required: false },
    ],
    closed: false,
};

static SHAPES: &[Shape] = &[
    Shape::Object(&ODD),
    Page::<InternalPhone>::SHAPE,
    Page::<InternalGroup>::SHAPE,
    Page::<IvrScript>::SHAPE,
    Page::<Greeting>::SHAPE,
    InternalGroup::SHAPE,
    IvrScript::SHAPE,
    GreetingFile::SHAPE,
    ExtensionDetail::SHAPE,
    Vec::<String>::SHAPE,
    Shape::Any,
];

fuzz_target!(|bytes: &[u8]| {
    let text = text(bytes);
    let theirs = is_json(&text);
    let mut known = None;
    for shape in SHAPES {
        for vital_depth in 0..3 {
            let mut scanner = Scanner::new(bytes);
            scanner.vital_depth = vital_depth;
            let read = scanner.whole(shape);
            if let Err(malformed) = read {
                assert!(malformed.at <= bytes.len());
                assert_eq!(
                    malformed.why == Why::CutOff,
                    malformed.at == bytes.len() && malformed.why != Why::TooDeep
                );
                if malformed.why == Why::TooDeep {
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
                scanner.mismatches.into_iter().map(|it| (it.path, it.found, it.vital)).collect();
            assert_eq!(ours, mismatches(known, shape, vital_depth), "{}", shape.in_words());
        }
    }

    // Other ways in: bytes that are anything but what is asked for.
    let _ = Scanner::new(bytes).members(|scanner, _| scanner.raw().map(drop));
    let _ = Scanner::new(bytes).elements(|scanner, _| scanner.raw().map(drop));
    let plain = unescape(bytes);
    if let Ok(theirs) = serde_json::from_str::<String>(&format!("\"{text}\"")) {
        assert!(bytes.starts_with(b"\xEF\xBB\xBF") || plain == theirs);
    }
});

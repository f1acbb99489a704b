//! Where things stand in an SVG of `ivrDiagram`.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        diagram_tests::{drawn, flow, picture, report},
        lint::lint,
    },
    test_support::{
        picture::{Line, Picture, Shape},
        tenants::{any_tenant, index, tenant},
    },
};

#[test]
fn a_drawing_begins_where_calls_do_and_then_where_nothing_leads() {
    // The scripts in the order in which they are drawn; in capitals those that no line leads to.
    let roots = |scripts: &[&str], more: Json| -> String {
        let Picture { boxes, lines, .. } = picture(&tenant(scripts, more), json!({}));
        let drawn = boxes.iter().filter(|shape| shape.class == "n" && shape.kind == "script");
        let hangs =
            |shape: &Shape| lines.iter().any(|line| (line.end, line.level) == (shape.left, shape.top + 14));
        drawn.map(|shape| if hangs(shape) { shape.id.to_lowercase() } else { shape.id.clone() }).collect()
    };
    assert_eq!(roots(&["A: 1>g", "B: 1>A", "C: 1>g"], json!({})), "BaC");
    assert_eq!(roots(&["A: 1>g", "B: 1>A", "C: 1>g"], json!({ "startScripts": ["C", "A"] })), "ACB");
    // One of each loop; a script that leads to itself is not led to.
    assert_eq!(roots(&["A: 1>A", "B: 1>C", "C: 1>B", "D: 1>B"], json!({})), "ADbc");
    assert_eq!(roots(&["A: 1>B", "B: 1>C", "C: 1>A"], json!({})), "Abc");
    // Where there are several ways, the shortest is drawn.
    assert_eq!(roots(&["A: 1>B 2>D", "B: 1>C", "C: 1>D", "D: 1>g"], json!({})), "Abcd");
    let short = picture(&tenant(&["A: 1>B 2>D", "B: 1>C", "C: 1>D", "D: 1>g"], json!({})), json!({}));
    let column = |wanted: &str| {
        short.boxes.iter().filter(|shape| shape.id == wanted).map(|shape| shape.left).collect::<Vec<_>>()
    };
    assert_eq!((column("D"), column("C")), (vec![1084, 372], vec![728]));
}

#[test]
fn boxes_stand_like_an_outline() {
    let mut here = tenant(&["A: 1>B 2>h", "B: 1>g 2>z t>A", "C: 1>g t>g"], json!({}));
    here["scripts"][1]["script_number"] = json!("7");
    let found = report(&[("error", "/scripts/1", "bad"), ("error", "/scripts/1/scripts/1", "bad")]);
    let picture = picture(&here, found);
    let places: Vec<_> =
        picture.boxes.iter().map(|shape| (shape.id.as_str(), shape.left, shape.top, shape.bottom)).collect();
    assert_eq!(
        places,
        [
            ("C", 16, 16, 44),
            ("g", 372, 16, 61),
            ("g", 372, 71, 116),
            ("A", 16, 152, 180),
            ("B", 372, 152, 214),
            ("g", 728, 152, 197),
            ("z", 728, 207, 252),
            ("A", 728, 262, 290),
            ("h", 372, 300, 345),
            ("", 372, 355, 383),
        ]
    );
    assert_eq!((picture.width, picture.height), (980, 399));
}

#[test]
fn many_small_trees_stand_in_rows() {
    let lines: Vec<String> = (0..72).map(|at: usize| format!("M{at}: 1>g t>g")).collect();
    let picture =
        picture(&tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({})), json!({}));
    let roots: Vec<_> = picture.boxes.iter().filter(|shape| shape.kind == "script").collect();
    assert_eq!(roots.len(), 72);
    // Each is 592 wide and 100 high; with four in a row the picture is about as wide as high.
    assert_eq!((picture.width, picture.height), (2_508, 2_444));
    for (at, root) in (0..).zip(&roots) {
        assert_eq!((root.left, root.top), (16 + at % 4 * (592 + 36), 16 + at / 4 * (100 + 36)));
    }
    check_places(&picture);
}

/// Whether two stretches have more than an end in common.
fn meet(one: (i32, i32), other: (i32, i32)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// No two boxes touch, all are in the picture, each line goes from one box to another, and crosses nothing on its way.
fn check_places(picture: &Picture) {
    let Picture { width, height, boxes, lines, keys } = picture;
    if boxes.is_empty() {
        return;
    }
    let edge = |read: fn(&Shape) -> i32| boxes.iter().map(read);
    let margins = [
        edge(|shape| shape.left).min(),
        edge(|shape| shape.top).min(),
        edge(|shape| shape.right).max().map(|right| width - right),
        edge(|shape| shape.bottom).max().map(|bottom| height - bottom),
    ];
    assert_eq!(margins, [Some(16); 4]);
    for (at, one) in boxes.iter().enumerate() {
        assert_eq!(one.right - one.left, 236);
        for other in &boxes[at + 1..] {
            let apart = !meet((one.left, one.right), (other.left, other.right))
                || !meet((one.top - 5, one.bottom + 5), (other.top - 5, other.bottom + 5));
            assert!(apart, "{one:?} {other:?}");
        }
        // The text is inside, line below line; the ends of a group are round.
        let inset = if one.kind == "group" { 19 } else { 12 };
        for (number, label) in (0..).zip(&one.labels) {
            assert_eq!((label.x, label.y), (one.left + inset, one.top + 19 + 17 * number));
            assert!(label.y < one.bottom, "{label:?} {one:?}");
        }
    }
    let level = |shape: &Shape| shape.top + 14;
    for line in lines {
        assert!(boxes.iter().any(|shape| (shape.right, level(shape)) == (line.x, line.y)), "{line:?}");
        assert!(line.x < line.trunk && line.trunk < line.end, "{line:?}");
        let (high, low) = (line.y.min(line.level), line.y.max(line.level));
        for shape in boxes {
            let (across, down) = ((shape.left, shape.right), (shape.top, shape.bottom));
            let crosses = meet(across, (line.x, line.trunk)) && meet(down, (line.y, line.y + 1))
                || meet(across, (line.trunk, line.trunk + 1)) && meet(down, (high, low))
                || meet(across, (line.trunk, line.end)) && meet(down, (line.level, line.level + 1));
            assert!(!crosses, "{line:?} {shape:?}");
        }
    }
    // A box is led to by one line, or none where a tree begins, which is where no text stands in front of it.
    let mut ends: Vec<_> = lines.iter().map(|line| (line.end, line.level)).collect();
    let count = ends.len();
    ends.sort_unstable();
    ends.dedup();
    assert_eq!((ends.len(), keys.len()), (count, count));
    assert!(ends.iter().all(|end| boxes.iter().any(|shape| (shape.left, level(shape)) == *end)));
    for key in keys {
        let beside = |line: &&Line| (line.trunk + 7, line.level - 5) == (key.x, key.y);
        assert_eq!(lines.iter().filter(beside).count(), 1, "{key:?}");
    }
    // Lines of different boxes do not meet.
    for (at, one) in lines.iter().enumerate() {
        for other in lines[at + 1..].iter().filter(|other| (other.x, other.y) != (one.x, one.y)) {
            let down = |line: &Line| (line.y.min(line.level), line.y.max(line.level) + 1);
            let apart = !meet((one.x, one.end), (other.x, other.end)) || !meet(down(one), down(other));
            assert!(apart, "{one:?} {other:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever the tenant, a picture can be read, and each script is drawn once.
    #[test]
    fn boxes_and_lines_lie_apart(tenant in any_tenant(), focus in prop::option::of("[A-H]")) {
        let mut options = json!({ "report": lint(index(&tenant).context()), "focus": focus });
        if drawn(&tenant, &json!({ "format": "svg", "focus": focus })).is_err() {
            options["focus"] = Json::Null;
        }
        let picture = picture(&tenant, options.clone());
        check_places(&picture);
        let mut drawn: Vec<_> = picture.boxes.iter().filter(|shape| shape.kind == "script" && !shape.class.starts_with("n d")).map(|shape| &shape.id).collect();
        let count = drawn.len();
        drawn.sort();
        drawn.dedup();
        let flow = flow(&tenant, options);
        prop_assert_eq!((drawn.len(), count), (count, flow.iter().filter(|line| line.starts_with('s') && line.contains("]:::")).count()));
        // Both say the same of what leads where.
        prop_assert_eq!(picture.lines.len(), flow.iter().filter(|line| line.contains("-> ")).count());
    }
}

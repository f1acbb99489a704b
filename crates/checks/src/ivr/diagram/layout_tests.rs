//! The positions of boxes and lines in an SVG.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::test_support::{
    diagrams::{call_option, draw_diagram, mermaid_lines, report_option, svg_picture},
    picture::{Line, Picture, Shape},
    tenants::{any_tenant, lint_report, tenant},
};

#[test]
fn roots_are_start_scripts_then_scripts_without_predecessors() {
    // The scripts in drawing order; roots in capitals.
    let roots = |scripts: &[&str], more: Json| -> String {
        let Picture { boxes, lines, .. } = svg_picture(&tenant(scripts, more), json!({}));
        let drawn = boxes.iter().filter(|shape| shape.look == "n" && shape.kind == "script");
        let hangs =
            |shape: &Shape| lines.iter().any(|line| (line.end, line.level) == (shape.left, shape.top + 14));
        drawn.map(|shape| if hangs(shape) { shape.id.to_lowercase() } else { shape.id.clone() }).collect()
    };
    assert_eq!(roots(&["A: 1>g", "B: 1>A", "C: 1>g"], json!({})), "BaC");
    assert_eq!(roots(&["A: 1>g", "B: 1>A", "C: 1>g"], json!({ "startScripts": ["C", "A"] })), "ACB");
    // One script of each loop; a self-loop does not count as a predecessor.
    assert_eq!(roots(&["A: 1>A", "B: 1>C", "C: 1>B", "D: 1>B"], json!({})), "ADbc");
    assert_eq!(roots(&["A: 1>B", "B: 1>C", "C: 1>A"], json!({})), "Abc");
    // Of several paths the shortest is drawn.
    assert_eq!(roots(&["A: 1>B 2>D", "B: 1>C", "C: 1>D", "D: 1>g"], json!({})), "Abcd");
    let short = svg_picture(&tenant(&["A: 1>B 2>D", "B: 1>C", "C: 1>D", "D: 1>g"], json!({})), json!({}));
    let column = |wanted: &str| {
        short.boxes.iter().filter(|shape| shape.id == wanted).map(|shape| shape.left).collect::<Vec<_>>()
    };
    assert_eq!((column("D"), column("C")), (vec![1084, 372], vec![728]));
}

#[test]
fn boxes_are_laid_out_like_an_outline() {
    let mut here = tenant(&["A: 1>B 2>h", "B: 1>g 2>z t>A", "C: 1>g t>g"], json!({}));
    here["scripts"][1]["script_number"] = json!("7");
    let found = report_option(&[("error", "/scripts/1", "bad"), ("error", "/scripts/1/scripts/1", "bad")]);
    let picture = svg_picture(&here, found);
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
fn small_trees_are_arranged_in_rows() {
    let lines: Vec<String> = (0..72).map(|at: usize| format!("M{at}: 1>g t>g")).collect();
    let picture =
        svg_picture(&tenant(&lines.iter().map(String::as_str).collect::<Vec<_>>(), json!({})), json!({}));
    let roots: Vec<_> = picture.boxes.iter().filter(|shape| shape.kind == "script").collect();
    assert_eq!(roots.len(), 72);
    // Each tree is 592 wide and 100 high; with four in a row the picture is about as wide as high.
    assert_eq!((picture.width, picture.height), (2_508, 2_444));
    for (at, root) in (0..).zip(&roots) {
        assert_eq!((root.left, root.top), (16 + at % 4 * (592 + 36), 16 + at / 4 * (100 + 36)));
    }
    assert_no_overlap(&picture);
}

#[test]
fn ordinary_exits_of_a_very_large_picture_are_lines_of_text() {
    let scripts: Vec<String> =
        (0..600).map(|at| format!("M{at}: 1>g 2>h 3>h 4>M1 5>z t>M2 6>M3 7>M4 8>M5")).collect();
    let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    let long = "A group with a name that is longer than a line can be, whatever letters it has";
    let groups = json!([{ "_id": "g", "group_name": "<Sales>", "sip_members": ["1"] }, { "_id": "h", "group_name": long }]);
    let here = tenant(&scripts, json!({ "groups": groups, "startScripts": ["M7"] }));
    let mut options = report_option(&[("error", "/scripts/7/scripts/0/action", "bad")]);
    options["format"] = json!("svg");
    options["simulation"] = call_option(&here, "M7", "4")["simulation"].clone();
    let svg = draw_diagram(&here, &options).unwrap_or_default();

    // What belongs to the first script. An exit that has an issue, leads nowhere or is part of the call has its box.
    let of_exits = |script: &str| -> Vec<&str> {
        let menus = svg.split("<g data-script=\"").find(|part| part.starts_with(&format!("{script}\"")));
        menus.map(|menu| menu.split("<text ").skip(1).collect()).unwrap_or_default()
    };
    let texts = |script: &str| -> Vec<&str> {
        of_exits(script).iter().filter_map(|part| part.split(['<', '>']).nth(1)).collect()
    };
    let named = ["▶ Menu M7", "start", "✖ 1", "☎ &lt;Sales&gt;", "members: 1", "✖ bad"];
    assert_eq!(texts("M7"), [&named[..], &["2, 3 ☎ A group with a name th… · member…", "4"]].concat());
    assert_eq!(
        texts("M1"),
        [
            "Menu M1",
            "1 ☎ &lt;Sales&gt; · members: 1",
            "2, 3 ☎ A group with a name th… · member…",
            "4 ↪ go to Menu M1",
            "5",
            "? not found: z",
            "6 ↪ go to Menu M3",
            "7 ↪ go to Menu M4",
            "8 ↪ go to Menu M5",
            "no key ↪ go to Menu M2",
            "5",
            "? not found: z",
            "6"
        ]
    );
    // The keyboard reaches it, and a truncated name has a tooltip.
    assert!(of_exits("M1")[1].starts_with("data-group=\"g\" tabindex=\"0\" x=\"648\" y=\"128\">"));
    assert!(of_exits("M1")[2].ends_with(&format!("<title>{long}</title></text>")), "{:?}", of_exits("M1"));
    assert_eq!(
        svg.matches("<title>").count(),
        1 + svg.matches("<g data-").count() + svg.matches("th… · member…").count()
    );
    // A line leads to each exit, one below the other.
    for (level, end) in [(123, 642), (150, 642), (177, 642), (210, 728)] {
        assert!(svg.contains(&format!("d=\"M608 129h14V{level}H{end}m-6-4 6 4-6 4\"")), "{level} {end}");
    }
    // Small pictures have boxes only.
    let small = draw_diagram(&here, &json!({ "format": "svg", "focus": "M7" }));
    assert!(small.is_ok_and(|svg| !svg.contains("<text data-")));
}

/// Returns whether two ranges overlap.
fn overlap(one: (i32, i32), other: (i32, i32)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Asserts that boxes do not touch, all are in the picture, and each line leads from one box to another without crossing a
/// third one.
fn assert_no_overlap(picture: &Picture) {
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
            let apart = !overlap((one.left, one.right), (other.left, other.right))
                || !overlap((one.top - 5, one.bottom + 5), (other.top - 5, other.bottom + 5));
            assert!(apart, "{one:?} {other:?}");
        }
        // The text is inside, line below line; groups have round ends.
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
            let crosses = overlap(across, (line.x, line.trunk)) && overlap(down, (line.y, line.y + 1))
                || overlap(across, (line.trunk, line.trunk + 1)) && overlap(down, (high, low))
                || overlap(across, (line.trunk, line.end)) && overlap(down, (line.level, line.level + 1));
            assert!(!crosses, "{line:?} {shape:?}");
        }
    }
    // One line with one text leads to each box, none to roots.
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
    // Lines of different boxes do not overlap.
    for (at, one) in lines.iter().enumerate() {
        for other in lines[at + 1..].iter().filter(|other| (other.x, other.y) != (one.x, one.y)) {
            let down = |line: &Line| (line.y.min(line.level), line.y.max(line.level) + 1);
            let apart = !overlap((one.x, one.end), (other.x, other.end)) || !overlap(down(one), down(other));
            assert!(apart, "{one:?} {other:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// In a picture of any tenant nothing overlaps, and each script is drawn once.
    #[test]
    fn boxes_and_lines_do_not_overlap(tenant in any_tenant(), focus in prop::option::of("[A-H]")) {
        let mut options = json!({ "report": lint_report(&tenant), "focus": focus });
        if draw_diagram(&tenant, &json!({ "format": "svg", "focus": focus })).is_err() {
            options["focus"] = Json::Null;
        }
        let picture = svg_picture(&tenant, options.clone());
        assert_no_overlap(&picture);
        let mut drawn: Vec<_> = picture.boxes.iter().filter(|shape| shape.kind == "script" && !shape.look.starts_with("n d")).map(|shape| &shape.id).collect();
        let count = drawn.len();
        drawn.sort();
        drawn.dedup();
        let flow = mermaid_lines(&tenant, options);
        prop_assert_eq!((drawn.len(), count), (count, flow.iter().filter(|line| line.starts_with('s') && line.contains("]:::")).count()));
        // Both formats have the same number of lines.
        prop_assert_eq!(picture.lines.len(), flow.iter().filter(|line| line.contains("-> ")).count());
    }
}

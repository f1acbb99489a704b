//! The output of `ivrDiagram`: the lines of Mermaid text, and the content of an SVG.

use serde_json::{Value as Json, json};

use crate::test_support::{
    diagrams::{call_option, draw_diagram, mermaid_lines, report_option, svg_picture},
    picture::{Picture, Shape},
    tenants::{groups, tenant},
};

#[test]
fn mermaid_has_a_line_for_each_script_group_and_exit() {
    let mut here = tenant(
        &["A: 1>B 2>g 3>B t>B", "B: 1>z 2>g 3>A 4>h 5>g", "C: 1>A x>Z", "D: 1>g"],
        json!({ "startScripts": ["A"] }),
    );
    here["scripts"][0]["script_number"] = json!("166780");
    here["scripts"][1]["script_name"] = json!("\"]-->X[ &é%");
    here["scripts"][2]["script_number"] = json!("7");
    here["scripts"][3]["is_deleted"] = json!(true);
    assert_eq!(
        mermaid_lines(&here, json!({})),
        [
            r#"s0["▶ start Menu A<br/>166780"]:::script"#,
            r##"s1["#34;#93;#45;#45;#62;X#91; #38;é#37;"]:::script"##,
            r#"s2["Menu C<br/>7"]:::script"#,
            // Keys with the same destination share a line, but not with the fallback; a group is drawn once.
            r#"s0 -- "1#44; 3" --> s1"#,
            r#"g0(["☎ Sales"]):::group"#,
            r#"s0 -- "2" --> g0"#,
            r#"s0 -. "no key" .-> s1"#,
            r#"u3{{"not found: z"}}:::unknown"#,
            r#"s1 -- "1" --> u3"#,
            r#"s1 -- "2#44; 5" --> g0"#,
            r#"s1 -- "3" --> s0"#,
            r#"g1(["☎ Help"]):::group"#,
            r#"s1 -- "4" --> g1"#,
            r#"h7(("hang up")):::hangup"#,
            r#"s1 -. "no key" .-> h7"#,
            r#"s2 -- "1" --> s0"#,
            r#"u9{{"not found: Z"}}:::unknown"#,
            r#"s2 -- "x" --> u9"#,
            r#"h10(("hang up")):::hangup"#,
            r#"s2 -. "no key" .-> h10"#,
        ]
    );
    let vietnamese = mermaid_lines(&tenant(&["A: 1>z"], json!({ "language": "vi" })), json!({}));
    assert_eq!(
        vietnamese[1..],
        [
            r#"u0{{"không tìm thấy: z"}}:::unknown"#,
            r#"s0 -- "1" --> u0"#,
            r#"h1(("gác máy")):::hangup"#,
            r#"s0 -. "không bấm" .-> h1"#,
        ]
    );
    // Without the list of groups only their ids are shown; a script without an id is not a start script.
    let mut nameless = tenant(&["A: 1>g t>g"], json!({ "groups": null, "startScripts": [null, "B"] }));
    nameless["scripts"][0]["_id"] = Json::Null;
    assert_eq!(
        mermaid_lines(&nameless, json!({})),
        [
            r#"s0["Menu A"]:::script"#,
            r#"u0{{"not found: g"}}:::unknown"#,
            r#"s0 -- "1" --> u0"#,
            r#"u1{{"not found: g"}}:::unknown"#,
            r#"s0 -. "no key" .-> u1"#,
        ]
    );
}

#[test]
fn issues_are_shown_at_their_script_or_exit() {
    let here = tenant(&["A: 1>g 2>g 3>h t>g", "B: 1>h", "C: t>g", "D: 1>A"], json!({}));
    let found = report_option(&[
        ("warning", "/scripts/0/script_name", "odd: name"),
        ("error", "/scripts/0/greeting_id", "first"),
        ("error", "/scripts/0", "second"),
        ("warning", "/scripts/0/scripts/1/action", "key 2"),
        ("error", "/scripts/0/scripts/2", "key 3"),
        ("warning", "/scripts/items/0/action_type", "fallback"),
        // No such script, another list, a hint, no such key.
        ("error", "/scripts/9", "-"),
        ("error", "/greetings/1", "-"),
        ("hint", "/scripts/1", "-"),
        ("error", "/scripts/1/scripts/7", "no such key"),
        ("error", "/scripts/1/action", "who press nothing"),
        ("warning", "/scripts/2/scripts", "all keys"),
        ("warning", "/scripts/2/action", "nobody"),
    ]);
    assert_eq!(
        mermaid_lines(&here, found.clone()),
        [
            r#"s0["Menu A<br/>✖ error#58; first"]:::error"#,
            r#"s1["Menu B<br/>✖ error#58; no such key"]:::error"#,
            r#"s2["Menu C<br/>⚠ warning#58; all keys"]:::warning"#,
            r#"s3["Menu D"]:::script"#,
            r#"g0(["☎ Sales"]):::group"#,
            r#"s0 -- "1#44; 2<br/>⚠ warning" --> g0"#,
            r#"g1(["☎ Help"]):::group"#,
            r#"s0 -- "3<br/>✖ error" --> g1"#,
            r#"s0 -. "no key<br/>⚠ warning" .-> g0"#,
            r#"s1 -- "1" --> g1"#,
            r#"h4(("hang up")):::hangup"#,
            r#"s1 -. "no key<br/>✖ error" .-> h4"#,
            r#"s2 -. "no key<br/>⚠ warning" .-> g0"#,
            r#"s3 -- "1" --> s0"#,
            r#"h7(("hang up")):::hangup"#,
            r#"s3 -. "no key" .-> h7"#,
            "linkStyle 1,4 stroke:#c62828,stroke-width:2px",
            "linkStyle 0,2,5 stroke:#b26a00,stroke-width:2px",
        ]
    );
    let picture = svg_picture(&here, found);
    assert_eq!(
        box_lines(&picture),
        [
            "script B: n e | b Menu B | e ✖ no such key",
            "group h: g | b ☎ Help | s members: 0",
            "hangup : n |  ✕ hang up | e ✖ who press nothing",
            "script C: n w | b Menu C | w ⚠ all keys",
            "group g: g | b ☎ Sales | s members: 0 | w ⚠ nobody",
            "script D: n | b Menu D",
            "script A: n e | b Menu A | e ✖ first",
            "group g: g | b ☎ Sales | s members: 0 | w ⚠ key 2",
            "group h: g | b ☎ Help | s members: 0 | e ✖ key 3",
            "group g: g | b ☎ Sales | s members: 0 | w ⚠ fallback",
            "hangup : n |  ✕ hang up",
        ]
    );
    let titles: Vec<&str> = picture.boxes.iter().map(|shape| shape.title.as_str()).collect();
    // The severity is written out, and errors are before warnings.
    assert_eq!(titles[6], "Menu A · error: first · error: second · error: odd: name");
    assert_eq!(titles[7..9], ["Sales · warning: key 2", "Help · error: key 3"]);
    assert_eq!(titles[10], "hang up");
    let looks: Vec<&str> = picture.lines.iter().map(|line| line.look.as_str()).collect();
    assert_eq!(looks, ["", "d e", "d w", "", "w", "e", "d w", "d"]);
    assert_eq!(
        line_texts(&picture),
        [" 1", "e ✖ no key", "w ⚠ no key", " 1", "w ⚠ 1, 2", "e ✖ 3", "w ⚠ no key", " no key"]
    );
}

#[test]
fn path_of_the_call_is_highlighted() {
    let here = tenant(&["A: 1>B 2>g t>B", "B: 1>g 2>A 3>A", "C: 1>A"], json!({}));
    let played = |start: &str, events: &str| {
        let flow = mermaid_lines(&here, call_option(&here, start, events));
        let lines = flow.iter().filter(|line| line.ends_with(":::played") || line.starts_with("linkStyle"));
        lines.map(|line| line.split('[').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let style = |lines: &str| format!("linkStyle {lines} stroke:#1565c0,stroke-width:4px");
    assert_eq!(played("A", ""), ["s0"]);
    assert_eq!(played("A", "1 3 timeout 1"), ["s0".into(), "s1".into(), style("0,2,3,4")]);
    assert_eq!(played("A", "9 9"), ["s0".into(), "s1".into(), style("2")]);
    // The system hangs up in B.
    assert_eq!(played("C", "1 1 timeout"), ["s0".into(), "s1".into(), "s2".into(), style("0,5,6")]);
    assert_eq!(played("B", "1"), ["s1".into(), style("3")]);
    // The last step is in a script that the tenant does not list.
    let gone = json!({ "steps": [{ "scriptId": "A" }, { "scriptId": "gone", "path": "/action" }], "ending": { "kind": "hangup" } });
    let flow = mermaid_lines(&here, json!({ "simulation": gone }));
    assert!(!flow.iter().any(|line| line.starts_with("linkStyle")));

    let picture = svg_picture(&here, call_option(&here, "A", "1 3 2"));
    assert_eq!(
        box_lines(&picture)[..],
        [
            "script C: n | b Menu C",
            "script A: n p | b Menu A",
            "script B: n p | b Menu B",
            "group g: g | b ☎ Sales | s members: 0",
            "script A: n d p |  ↪ go to Menu A",
            "hangup : n |  ✕ hang up",
            "group g: g p | b ☎ Sales | s members: 0",
            "script B: n d |  ↪ go to Menu B",
            "hangup : n |  ✕ hang up",
        ]
    );
    // The path of the call is drawn over the other lines.
    let looks: Vec<&str> = picture.lines.iter().map(|line| line.look.as_str()).collect();
    assert_eq!(looks, ["", "", "d", "d", "d", "p", "p", "p"]);
    assert_eq!(line_texts(&picture), [" 1", "p 1", " 1", "p 2, 3", " no key", "p 2", " no key", " no key"]);
}

#[test]
fn focus_shows_reachable_scripts_and_predecessors() {
    let here = tenant(
        &["A: 1>B 2>C 3>g t>B", "B: 1>D x>E", "C: 1>A", "D: 1>g", "E: t>h", "F: 1>g", "G: 1>A 2>B 3>z t>A"],
        json!({}),
    );
    let shown = |focus: &str| -> Vec<String> {
        let lines = mermaid_lines(&here, json!({ "focus": focus })).into_iter();
        lines.filter(|line| !line.contains(":::")).collect()
    };
    assert_eq!(
        shown("B"),
        [
            r#"s0 -- "1" --> s1"#,
            r#"s0 -. "no key" .-> s1"#,
            r#"s1 -- "1" --> s2"#,
            r#"s1 -- "x" --> s3"#,
            r#"s1 -. "no key" .-> h4"#,
            r#"s2 -- "1" --> g0"#,
            r#"s2 -. "no key" .-> h6"#,
            r#"s3 -. "no key" .-> g1"#,
            r#"s4 -- "2" --> s1"#,
        ]
    );
    assert_eq!(shown("F"), [r#"s0 -- "1" --> g0"#, r#"s0 -. "no key" .-> h1"#]);
    assert_eq!(shown("E"), [r#"s0 -- "x" --> s1"#, r#"s1 -. "no key" .-> g1"#]);
    let names = mermaid_lines(&here, json!({ "focus": "B" }));
    assert_eq!(
        names[..5].iter().map(|line| &line[4..10]).collect::<Vec<_>>(),
        ["Menu A", "Menu B", "Menu D", "Menu E", "Menu G"]
    );
    // Issues stay at their script although its position in the diagram differs from that in the list.
    let found = report_option(&[("error", "/scripts/6/script_name", "here"), ("error", "/scripts/5", "-")]);
    let marked = mermaid_lines(&here, json!({ "focus": "B", "report": found["report"] }));
    assert_eq!(marked[4], r#"s4["Menu G<br/>✖ error#58; here"]:::error"#);
    assert!(!marked.concat().contains("#58; #45;"));
}

#[test]
fn issue_of_a_key_is_shown_at_its_menu() {
    let here = tenant(&["A: 1>B 2>g 2>g", "B: 1>g t>g"], json!({}));
    let found = report_option(&[
        ("error", "/scripts/0/scripts/2/ivr", "Key 2 is used twice"),
        ("warning", "/scripts/1/scripts/0/ivr", "Key 1 hides extension 1"),
        ("error", "/scripts/0/scripts/0/action", "Destination B does not exist"),
        ("warning", "/scripts/0/scripts/1/action_type", "not documented"),
        ("error", "/scripts/0/scripts/9/ivr", "no such key"),
    ]);
    assert_eq!(
        box_lines(&svg_picture(&here, found)),
        [
            "script A: n e | b Menu A | e ✖ Key 2 is used twice",
            "script B: n w | b Menu B | w ⚠ Key 1 hides extension 1 | e ✖ Destination B does not e…",
            "group g: g | b ☎ Sales | s members: 0",
            "group g: g | b ☎ Sales | s members: 0",
            "group g: g | b ☎ Sales | s members: 0 | w ⚠ not documented",
            "hangup : n | ✕ hang up",
        ]
        .map(|line| line.replace("| ✕", "|  ✕"))
    );
}

#[test]
fn overflow_and_recordings_are_drawn() {
    let mut here = tenant(
        &["A: 1>g 2>h 3>r1", "B: t>g", "C: t>r2"],
        json!({
            "groups": groups(&["g>B", "h>v", "i>r1", "j>A", "k"]),
            "greetings": [{ "_id": "r1", "greeting_name": "Bận & vội" }],
        }),
    );
    assert_eq!(
        mermaid_lines(&here, json!({})),
        [
            r#"s0["Menu A"]:::script"#,
            r#"s1["Menu B"]:::script"#,
            r#"s2["Menu C"]:::script"#,
            // Group i leads to no script, and nothing leads to it. Group k has no overflow.
            r#"g0(["☎ Group g"]):::group"#,
            r#"g1(["☎ Group h"]):::group"#,
            r#"g3(["☎ Group j"]):::group"#,
            r#"s0 -- "1" --> g0"#,
            r#"s0 -- "2" --> g1"#,
            r#"r2>"♪ Bận #38; vội"]:::recording"#,
            r#"s0 -- "3" --> r2"#,
            r#"h3(("hang up")):::hangup"#,
            r#"s0 -. "no key" .-> h3"#,
            r#"s1 -. "no key" .-> g0"#,
            r#"u5{{"not found: r2"}}:::unknown"#,
            r#"s2 -. "no key" .-> u5"#,
            r#"g0 -. "no answer" .-> s1"#,
            r#"u7{{"Voice#95;mail v"}}:::recording"#,
            r#"g1 -. "no answer" .-> u7"#,
            r#"g3 -. "no answer" .-> s0"#,
        ]
    );
    let options = |more: Json| {
        let mut options = call_option(&here, "A", "1 no-answer timeout no-answer timeout");
        options["report"] = more["report"].clone();
        options
    };
    let found = report_option(&[
        ("error", "/groups/items/0/target_timeout", "here"),
        ("warning", "/groups/1/sip_members", "nobody"),
        ("warning", "/groups/99/sip_members", "-"),
    ]);
    let picture = svg_picture(&here, options(found));
    assert_eq!(
        box_lines(&picture),
        [
            "script C: n | b Menu C",
            "unknown r2: n d e |  ? not found: r2",
            "group j: g | b ☎ Group j | s members: 2",
            "script A: n p | b Menu A",
            "group g: g p | b ☎ Group g | s members: 2",
            "script B: n p | b Menu B | e ✖ here",
            "group g: g d p |  ↪ go to ☎ Group g",
            "group h: g w | b ☎ Group h | s members: 2 | w ⚠ nobody",
            "unknown v: n d |  ? Voice_mail v",
            "recording r1: n |  ♪ Bận &amp; vội",
            "hangup : n |  ✕ hang up",
        ]
    );
    let lines: Vec<_> = picture.lines.iter().map(|line| (line.key.as_str(), line.look.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("timeout", "d"),
            ("no-answer", "d"),
            ("2", ""),
            ("no-answer", "d"),
            ("3", ""),
            ("timeout", "d"),
            ("1", "p"),
            ("no-answer", "d p"),
            ("timeout", "d p"),
        ]
    );
    assert_eq!(line_texts(&picture)[2..5], ["p 1", "e ✖ no answer", "p no key"]);
    // The last group, in which the call ends, is highlighted although it is in no step.
    let ends = svg_picture(&here, call_option(&here, "A", "2"));
    assert!(box_lines(&ends).contains(&"group h: g p | b ☎ Group h | s members: 2".to_owned()));
    // Around a focus.
    here["groups"] = groups(&["g>B", "h>v", "i>B", "j>A", "k>h"]);
    let shown = mermaid_lines(&here, json!({ "focus": "B" }));
    assert_eq!(
        shown,
        [
            r#"s0["Menu B"]:::script"#,
            r#"g0(["☎ Group g"]):::group"#,
            r#"g2(["☎ Group i"]):::group"#,
            r#"s0 -. "no key" .-> g0"#,
            r#"g0 -. "no answer" .-> s0"#,
            r#"g2 -. "no answer" .-> s0"#,
        ]
    );
}

#[test]
fn formulas_and_icons_stay_text_in_mermaid() {
    let name = |name: &str| {
        let mut here = tenant(&["A: 1>g"], json!({}));
        here["scripts"][0]["script_name"] = json!(name);
        let line = mermaid_lines(&here, json!({}))[0].clone();
        line.trim_start_matches("s0[\"").trim_end_matches("\"]:::script").replace('\u{2060}', "|")
    };
    assert_eq!(name("$$x^2$$"), "#36;|#36;x#94;2#36;|#36;");
    assert_eq!(name("$$$$ 5$"), "#36;|#36;|#36;|#36; 5#36;");
    assert_eq!(name("fa:fa-phone"), "fa#58;fa|#45;phone");
    assert_eq!(name("fab:fa-github-alt"), "fab#58;fa|#45;github#45;alt");
    assert_eq!(name("a$b: fa-b, x:b-c"), "a#36;b#58; fa#45;b#44; x#58;b#45;c");
}

#[test]
fn edges_carry_their_keys() {
    let here = tenant(&["A: 1>B 12>B *>g x\">g", "B: t>A"], json!({}));
    let keys = |picture: &Picture| picture.lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&svg_picture(&here, json!({}))), ["1 12", "timeout", "* x&quot;", "timeout"]);
}

#[test]
fn unknown_format_or_focus_is_rejected() {
    let here = tenant(&["A: 1>g", "B: 1>g"], json!({}));
    let mut deleted = here.clone();
    deleted["scripts"][1]["is_deleted"] = json!(true);
    for (tenant, options, path) in [
        (&here, json!({}), "/format"),
        (&here, json!({ "format": "png" }), "/format"),
        (&here, json!({ "format": "svg", "focus": "Z" }), "/focus"),
        (&here, json!({ "format": "svg", "focus": "" }), "/focus"),
        (&here, json!({ "format": "svg", "focus": 7 }), "/focus"),
        (&deleted, json!({ "format": "svg", "focus": "B" }), "/focus"),
    ] {
        assert_eq!(draw_diagram(tenant, &options), Err(path.into()), "{options}");
    }
    for options in [json!({ "format": "svg" }), json!({ "format": "mermaid", "focus": "B" })] {
        assert!(draw_diagram(&here, &options).is_ok(), "{options}");
    }
}

/// Returns a line for each box: its kind, id, class and labels.
fn box_lines(picture: &Picture) -> Vec<String> {
    let line = |shape: &Shape| {
        let labels: String =
            shape.labels.iter().map(|label| format!(" | {} {}", label.look, label.text)).collect();
        format!("{} {}: {}{labels}", shape.kind, shape.id, shape.look)
    };
    picture.boxes.iter().map(line).collect()
}

/// Returns the texts on the lines.
fn line_texts(picture: &Picture) -> Vec<String> {
    picture.keys.iter().map(|label| format!("{} {}", label.look, label.text)).collect()
}

#[test]
fn box_shows_name_number_and_members() {
    let mut here = tenant(
        &["A: 1>B 2>g 3>z 4>h", "B: t>A"],
        json!({
            "startScripts": ["B", "A"], "language": "vi",
            "groups": [
                { "_id": "g", "group_name": "<Sales> & \"Co\"", "members": [{}, {}], "sip_members": ["1"] },
                { "_id": "h", "sip_members": ["1", "2", "3"] },
            ],
        }),
    );
    here["scripts"][0]["script_number"] = json!("166780");
    here["scripts"][1]["script_name"] = json!("Chăm sóc khách hàng doanh nghiệp và cá nhân");
    let picture = svg_picture(&here, json!({}));
    assert_eq!(
        box_lines(&picture),
        [
            "script A: n | b ▶ Menu A | s 166780 · bắt đầu",
            "script B: n | b ▶ Chăm sóc khách hàng … | s bắt đầu",
            "script A: n d |  ↪ tới Menu A",
            "group g: g | b ☎ &lt;Sales&gt; &amp; &quot;Co&quot; | s thành viên: 2",
            "unknown z: n d e |  ? không tìm thấy: z",
            "group h: g | b ☎  | s thành viên: 3",
            "hangup : n |  ✕ gác máy",
        ]
    );
    let titles: Vec<&str> = picture.boxes.iter().map(|shape| shape.title.as_str()).collect();
    assert_eq!(titles[1], "Chăm sóc khách hàng doanh nghiệp và cá nhân");
    assert_eq!(titles[2..], ["Menu A", "&lt;Sales&gt; &amp; &quot;Co&quot;", "z", "", "gác máy"]);
    let radii: Vec<i32> = picture.boxes.iter().map(|shape| shape.radius).collect();
    assert_eq!(radii, [6, 6, 6, 22, 0, 22, 0]);
    assert_eq!(line_texts(&picture), [" 1", " không bấm", " 2", " 3", " 4", " không bấm"]);
}

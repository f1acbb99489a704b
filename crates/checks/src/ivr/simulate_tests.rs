//! Simulated calls through small tenants, and the properties that the simulator agrees with `ivr-trap` and `ivr-key-prefix`.

use std::collections::{BTreeSet, HashSet};

use omicall_issues::Issue;
use omicall_schema::{draft::parse, draft_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        graph::{Event, Graph},
        simulate::{SimulationOptions, simulate},
        simulation::IvrEnding,
    },
    test_support::tenants::{any_tenant, groups, index, lint_report, tenant},
};

/// Returns a simulated call as JSON; `events` are separated by spaces.
fn call(tenant: &Json, start: &str, events: &str) -> Json {
    let graph = Graph::new(index(tenant));
    let events: Vec<_> =
        events.split_whitespace().filter_map(|word| Some((Event::parse(word)?, word))).collect();
    let start = graph.node_by_id(start).unwrap_or(usize::MAX);
    serde_json::to_value(simulate(&graph, start, &events)).unwrap_or_default()
}

fn ending(tenant: &Json, start: &str, events: &str) -> Json {
    call(tenant, start, events)["ending"]["kind"].clone()
}

#[test]
fn unknown_start_or_event_is_rejected() {
    let mut here = tenant(&["A: 1>g", "B: 1>g", "C: 1>g"], json!({}));
    here["scripts"][2]["is_deleted"] = json!(true);
    let graph = Graph::new(index(&here));
    let many = |count| json!({ "start": "A", "events": vec!["1"; count] });
    for (options, wanted) in [
        (json!({ "start": "A" }), Ok((0, 0))),
        (json!({ "start": "B", "events": null }), Ok((1, 0))),
        (json!({ "start": "B", "events": ["1", "*", "timeout", "no-answer"] }), Ok((1, 4))),
        (many(10_000), Ok((0, 10_000))),
        (many(10_001), Err("/events")),
        (json!({}), Err("/start")),
        (json!({ "start": 7 }), Err("/start")),
        (json!({ "start": "" }), Err("/start")),
        (json!({ "start": "Z" }), Err("/start")),
        (json!({ "start": "C" }), Err("/start")),
        (json!({ "start": "A", "events": "1" }), Err("/events")),
        (json!({ "start": "A", "events": ["1", "12"] }), Err("/events/1")),
        (json!({ "start": "A", "events": ["1", "#", 5] }), Err("/events/2")),
    ] {
        let call: SimulationOptions<'_> =
            parse(Box::leak(Box::new(draft_json::encode::<SimulationOptions<'_>>(&options))));
        let checked = call.resolve(&graph).map(|(start, events)| (start, events.len()));
        let checked = checked.map_err(|error| error.path);
        assert_eq!(checked, wanted.map_err(str::to_owned), "{:?}", call.start);
    }
}

#[test]
fn step_has_greeting_event_and_counters() {
    let mut here = tenant(
        &["A: 1>B 2>g", "B: *>h t>A"],
        json!({ "greetings": [{ "_id": "hello-A", "greeting_name": "Chào" }] }),
    );
    here["scripts"][0]["greeting_short_id"] = json!("short-A");
    here["scripts"][0]["invalid_sound_id"] = json!("beep");
    let played = call(&here, "A", "9 1 timeout 2");
    let step = |script: &str, greeting: &str, event: &str, more: Json| {
        let mut step = json!({
            "scriptId": script, "scriptName": format!("Menu {script}"), "greetingId": greeting, "isShortGreeting": false, "event": event,
            "failures": 0, "timeouts": 0, "depth": 1, "seconds": 0,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            step[name] = value.clone();
        }
        step
    };
    assert_eq!(
        played["steps"],
        json!([
            step(
                "A",
                "hello-A",
                "9",
                json!({ "greetingName": "Chào", "invalidSoundId": "beep", "failures": 1 })
            ),
            step(
                "A",
                "short-A",
                "1",
                json!({ "isShortGreeting": true, "path": "/scripts/0/action", "failures": 1 })
            ),
            step(
                "B",
                "hello-B",
                "timeout",
                json!({ "path": "/action", "timeouts": 1, "depth": 2, "seconds": 5 })
            ),
            step(
                "A",
                "short-A",
                "2",
                json!({ "isShortGreeting": true, "path": "/scripts/1/action", "timeouts": 1, "depth": 3, "seconds": 5 })
            ),
        ])
    );
    assert_eq!(played["ending"]["groupId"], "g");
    let waiting = call(&here, "A", "");
    assert_eq!(waiting["ending"], json!({ "kind": "waiting" }));
    assert_eq!(waiting["steps"].as_array().map(Vec::len), Some(1));
    assert_eq!(waiting["steps"][0].get("event"), None);
}

#[test]
fn wrong_keys_and_timeouts_lead_to_the_fallback_or_hang_up() {
    let here = tenant(&["A: 1>g 3>", "B: t>h", "C: t>A"], json!({}));
    assert_eq!(ending(&here, "A", "9"), "waiting");
    assert_eq!(ending(&here, "A", "9 3"), "hangup");
    assert_eq!(ending(&here, "A", "9 1"), "group");
    assert_eq!(ending(&here, "A", "timeout"), "hangup");
    assert_eq!(ending(&here, "B", "timeout"), "group");
    let fallen = call(&here, "B", "1 # 1");
    assert_eq!(fallen["ending"]["groupId"], "h");
    assert_eq!(fallen["steps"][1]["path"], "/action");
    assert_eq!(fallen["steps"][1]["failures"], 2);
    // Failures restart at 0 in each script.
    assert_eq!(ending(&here, "C", "1 1 9"), "waiting");
    assert_eq!(call(&here, "C", "1 1 9")["steps"][2]["failures"], 1);
    for (most, ends) in [
        (json!(1), "hangup"),
        (json!(0), "hangup"),
        (json!(-4), "hangup"),
        (json!("9"), "hangup"),
        (json!(3), "waiting"),
    ] {
        let mut here = tenant(&["A: 1>g"], json!({}));
        here["scripts"][0]["max_failure"] = most;
        assert_eq!(ending(&here, "A", "2"), ends);
    }
}

#[test]
fn first_duplicate_key_with_a_destination_is_followed() {
    let here = tenant(&["A: 1> 1>g 1>h 12>h x>h"], json!({}));
    assert_eq!(call(&here, "A", "1")["ending"]["groupId"], "g");
    assert_eq!(call(&here, "A", "1")["steps"][0]["path"], "/scripts/1/action");
    assert_eq!(ending(&here, "A", "2"), "waiting");
}

#[test]
fn unlisted_destination_ends_as_unknown() {
    let mut here = tenant(&["A: 1>z 2>Z 3>g 4>B", "B: 1>g"], json!({}));
    here["groups"][0]["is_deleted"] = json!(true);
    here["scripts"][1]["is_deleted"] = json!(true);
    for (key, id) in [("1", "z"), ("2", "Z"), ("3", "g"), ("4", "B")] {
        assert_eq!(call(&here, "A", key)["ending"], json!({ "kind": "unknown", "destinationId": id }));
    }
    // The action type says what the id is.
    here["scripts"][0]["scripts"][0] = json!({ "ivr": "1", "action_type": "Ivr_menu", "action": "h" });
    assert_eq!(ending(&here, "A", "1"), "unknown");
    here["scripts"][0]["scripts"][0]["action_type"] = json!("");
    assert_eq!(ending(&here, "A", "1"), "group");
}

#[test]
fn thirteenth_menu_is_too_deep() {
    let here = tenant(&["A: 1>A 2>g"], json!({}));
    let eleven = "1 ".repeat(11);
    assert_eq!(ending(&here, "A", &eleven), "waiting");
    assert_eq!(call(&here, "A", &eleven)["steps"][11]["depth"], 12);
    assert_eq!(ending(&here, "A", &format!("{eleven} 2")), "group");
    assert_eq!(
        call(&here, "A", &format!("{eleven} 1"))["ending"],
        json!({ "kind": "too-deep", "scriptId": "A" })
    );
}

#[test]
fn group_rings_its_members() {
    let phones = json!([
        { "sip_user": "147", "agent_id": "an", "full_name": "An" },
        { "sip_user": "145", "agent_id": "binh", "full_name": "Bình" },
        { "sip_user": "150" },
    ]);
    let ring = |group: Json| {
        let mut group = group;
        group["_id"] = json!("g");
        group["group_name"] = json!("Sales");
        call(&tenant(&["A: 1>g"], json!({ "groups": [group], "phones": phones })), "A", "1")["ending"].clone()
    };
    let members = json!([{ "agent_id": "binh", "timeout": 30 }, { "agent_id": "chi", "timeout": 12 }, { "agent_id": "an" }]);
    let rings = json!([
        { "extension": "145", "agentId": "binh", "fullName": "Bình", "seconds": 30 },
        { "agentId": "chi", "seconds": 12 },
        { "extension": "147", "agentId": "an", "fullName": "An", "seconds": 20 },
    ]);
    for (strategy, seconds) in [("enterprise", 30), ("rollover", 62), ("random", 62), ("", 62)] {
        let group = json!({ "members": members, "timeout": 20, "strategy": strategy });
        let ending = json!({
            "kind": "group", "groupId": "g", "groupName": "Sales", "strategy": strategy, "rings": rings, "ringSeconds": seconds,
        });
        assert_eq!(ring(group), ending);
    }
    // As requests list them; a phone without an agent is not taken for another one.
    let listed =
        ring(json!({ "sip_members": ["147", "150", "9", 5], "timeout": 20, "strategy": "rollover" }));
    assert_eq!(
        listed["rings"],
        json!([
            { "extension": "147", "agentId": "an", "fullName": "An", "seconds": 20 },
            { "extension": "150", "seconds": 20 },
            { "extension": "9", "seconds": 20 },
        ])
    );
    assert_eq!(listed["ringSeconds"], 60);
    let odd = ring(
        json!({ "members": [{}, { "agent_id": "", "sip_user": "160", "timeout": -1 }, { "timeout": "5" }] }),
    );
    assert_eq!(
        odd["rings"],
        json!([{ "seconds": 0 }, { "extension": "160", "seconds": 0 }, { "seconds": 0 }])
    );
}

/// Returns the rest of a call: a line for each step, and the ending without its names.
fn lines(call: &Json) -> (Vec<String>, Json) {
    let text = |step: &Json, name: &str| step[name].as_str().unwrap_or_default().to_owned();
    let line = |step: &Json| {
        let place = text(step, "scriptId") + &text(step, "groupId");
        let heard = text(step, "greetingId");
        let mut line =
            [place, heard, text(step, "event"), text(step, "entered"), text(step, "path")].join(" ");
        if step.get("invalidSoundId").is_some() {
            line += " wrong";
        }
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (call["steps"].as_array().into_iter().flatten().map(line).collect(), call["ending"].clone())
}

#[test]
fn extension_can_be_dialled_digit_by_digit() {
    let phones = json!([
        { "sip_user": "306", "agent_id": "an", "full_name": "An" }, { "sip_user": "30" }, { "sip_user": "5" }, { "sip_user": "*9" },
    ]);
    let mut here = tenant(&["A: 3>g 0>h 6>h t>h"], json!({ "phones": phones }));
    // Without direct dialling, each digit is a key.
    assert_eq!(call(&here, "A", "3 0 6")["ending"]["groupId"], "g");
    here["scripts"][0]["ivr_direct_menu_dial"] = json!("true");
    let (steps, ending) = lines(&call(&here, "A", "3 0 6 1"));
    assert_eq!(steps, ["A hello-A 3 3", "A 0 30", "A 6"]);
    assert_eq!(ending, json!({ "kind": "extension", "extension": "306", "agentId": "an", "fullName": "An" }));
    assert_eq!(call(&here, "A", "5")["ending"], json!({ "kind": "extension", "extension": "5" }));
    // The menu waits for more digits, until a timeout.
    let (steps, ending) = lines(&call(&here, "A", "3 0"));
    assert_eq!(steps, ["A hello-A 3 3", "A 0 30", "A 30"]);
    assert_eq!(ending, json!({ "kind": "waiting" }));
    assert_eq!(call(&here, "A", "3 0 timeout")["ending"]["extension"], "30");
    let (steps, ending) = lines(&call(&here, "A", "3 timeout"));
    assert_eq!((steps[1].as_str(), &ending["groupId"]), ("A timeout /scripts/0/action", &json!("g")));
    assert_eq!(call(&here, "A", "3 timeout")["steps"][1]["seconds"], 5);
    // A digit with which no extension begins.
    let (steps, _) = lines(&call(&here, "A", "3 0 7 9"));
    assert_eq!(steps, ["A hello-A 3 3", "A 0 30", "A 7 wrong", "A hello-A 9 /action wrong"]);
    assert_eq!(lines(&call(&here, "A", "3 9 6")).0[1..], ["A 9 wrong", "A hello-A 6 /scripts/2/action"]);
    // A key hides the extension that is the same.
    here["phones"] = json!([{ "sip_user": "3" }]);
    assert_eq!(call(&here, "A", "3")["ending"]["groupId"], "g");
}

#[test]
fn unlisted_extension_can_be_dialled() {
    let mut here = tenant(&["A: 1>g"], json!({}));
    here["scripts"][0]["ivr_direct_menu_dial"] = json!("true");
    assert_eq!(ending(&here, "A", "3 0 6"), "waiting");
    assert_eq!(
        call(&here, "A", "3 0 6 timeout")["ending"],
        json!({ "kind": "extension", "extension": "306" })
    );
    assert_eq!(ending(&here, "A", "1"), "group");
    assert_eq!(ending(&here, "A", "* 1"), "group");
    assert_eq!(lines(&call(&here, "A", &"9 ".repeat(16))).0[15], "A 9 wrong");
    // All phones are known…
    here["phones"] = json!([{ "sip_user": "147" }]);
    assert_eq!(ending(&here, "A", "3 0"), "hangup");
    // …or not.
    here["complete"] = json!(false);
    assert_eq!(ending(&here, "A", "3 0 timeout"), "extension");
}

#[test]
fn key_of_several_digits_is_entered_digit_by_digit() {
    let here = tenant(&["A: 10>g 14>h 5>g *12>h"], json!({}));
    let (steps, ending) = lines(&call(&here, "A", "1 4"));
    assert_eq!(steps, ["A hello-A 1 1", "A 4 /scripts/1/action"]);
    assert_eq!(ending["groupId"], "h");
    assert_eq!(call(&here, "A", "1 0")["ending"]["groupId"], "g");
    assert_eq!(call(&here, "A", "* 1 2")["ending"]["groupId"], "h");
    assert_eq!(lines(&call(&here, "A", "1 5 5")).0[1..], ["A 5 wrong", "A hello-A 5 /scripts/2/action"]);
    assert_eq!(lines(&call(&here, "A", "1 timeout")).0[1..], ["A timeout wrong", "A hello-A"]);
    assert_eq!(call(&here, "A", "1 timeout")["steps"][1]["failures"], 1);
    // Key 1 answers before 10 and 14 can be dialled.
    let hidden = tenant(&["A: 1>g 10>h 14>h"], json!({}));
    assert_eq!(call(&hidden, "A", "1 4")["ending"]["groupId"], "g");
}

#[test]
fn call_that_nobody_answers_goes_to_the_overflow() {
    let here = |lines: &[&str]| {
        tenant(
            &["A: 1>g 2>h", "B: t>g 5>h"],
            json!({ "groups": groups(lines), "greetings": [{ "_id": "r", "greeting_name": "Bận" }] }),
        )
    };
    let busy = here(&["g>B", "h"]);
    assert_eq!(ending(&busy, "A", "1"), "group");
    assert_eq!(ending(&busy, "A", "1 5"), "group");
    assert_eq!(ending(&busy, "A", "no-answer"), "waiting");
    assert_eq!(ending(&busy, "A", "no-answer 1"), "group");
    let played = call(&busy, "A", "1 no-answer timeout");
    assert_eq!(
        lines(&played).0,
        ["A hello-A 1 /scripts/0/action", "g no-answer /target_timeout", "B hello-B timeout /action"]
    );
    assert_eq!(
        played["steps"][1],
        json!({
            "scriptId": "", "scriptName": "", "greetingId": "", "isShortGreeting": false, "groupId": "g", "groupName": "Group g",
            "event": "no-answer", "path": "/target_timeout", "failures": 0, "timeouts": 0, "depth": 1, "seconds": 40,
        })
    );
    assert_eq!(played["ending"]["groupId"], "g");
    assert_eq!((&played["steps"][2]["depth"], &played["steps"][2]["seconds"]), (&json!(1), &json!(45)));
    // Without an overflow.
    let unanswered = call(&busy, "A", "2 no-answer 1");
    assert_eq!(unanswered["ending"], json!({ "kind": "no-answer", "groupId": "h", "groupName": "Group h" }));
    assert_eq!(lines(&unanswered).0[1..], ["h no-answer"]);
    // Round and round: a group takes the call out of its menus.
    assert_eq!(ending(&busy, "A", &format!("1 {}", "no-answer timeout ".repeat(40))), "group");
    assert_eq!(ending(&here(&["g>h", "h>g"]), "A", &format!("1 {}", "no-answer ".repeat(40))), "group");
    // To other destinations.
    assert_eq!(
        call(&here(&["g>r"]), "A", "1 no-answer")["ending"],
        json!({ "kind": "recording", "greetingId": "r", "greetingName": "Bận" })
    );
    assert_eq!(
        call(&here(&["g>v"]), "A", "1 no-answer")["ending"],
        json!({ "kind": "unknown", "destinationId": "v", "destinationType": "Voice_mail" })
    );
    assert_eq!(
        call(&here(&["g>z"]), "A", "1 no-answer")["ending"],
        json!({ "kind": "unknown", "destinationId": "z" })
    );
}

#[test]
fn fallback_to_a_recording_is_played() {
    let mut here = tenant(&["A: 1>g t>r1", "B: 9>r2"], json!({}));
    assert_eq!(call(&here, "A", "timeout")["ending"], json!({ "kind": "recording", "greetingId": "r1" }));
    assert_eq!(call(&here, "A", "8 8 1")["ending"]["greetingId"], "r1");
    assert_eq!(call(&here, "B", "9")["ending"]["greetingId"], "r2");
    here["greetings"] = json!([{ "_id": "r1", "is_deleted": true }, { "_id": "r2" }]);
    assert_eq!(call(&here, "A", "timeout")["ending"], json!({ "kind": "unknown", "destinationId": "r1" }));
    assert_eq!(call(&here, "B", "9")["ending"], json!({ "kind": "recording", "greetingId": "r2" }));
}

/// What callers can do in a menu.
const EVENTS: &str = "0 1 2 3 4 5 6 7 8 9 * # timeout";

/// Returns whether any sequence of events leads to somebody, by searching the states that the simulator reports.
fn reaches_somebody(graph: &Graph<'static, 'static>, start: usize) -> bool {
    let events: Vec<_> = EVENTS.split(' ').filter_map(|word| Some((Event::parse(word)?, word))).collect();
    let mut seen = HashSet::new();
    let mut open = vec![Vec::new()];
    while let Some(so_far) = open.pop() {
        for event in &events {
            let mut further = so_far.clone();
            further.push(*event);
            let played = simulate(graph, start, &further);
            match played.ending {
                IvrEnding::Group(_) | IvrEnding::Extension(_) => return true,
                // It is not known where the call goes.
                IvrEnding::Unknown(unknown) => {
                    let is_recording = unknown.destination_id == "r";
                    if unknown.destination_type.is_some() || !(graph.tenant().is_complete() || is_recording) {
                        return true;
                    }
                }
                IvrEnding::Waiting(_) => {
                    let Some(last) = played.steps.last() else { continue };
                    // Of unlisted extensions, it is enough to try short ones.
                    let entered = last.entered.clone().unwrap_or_default();
                    if entered.len() <= 2 && seen.insert((last.script_id, last.failures, last.depth, entered))
                    {
                        open.push(further);
                    }
                }
                _ => {}
            }
        }
    }
    false
}

/// Returns the keys of the first script that callers cannot enter, as `ivr-key-prefix` says.
fn reported_longer_keys(tenant: &Json) -> BTreeSet<String> {
    let issues = lint_report(tenant).issues;
    let is_meant =
        |issue: &&Issue| issue.code.as_str() == "ivr-key-prefix" && issue.path.starts_with("/scripts/0/");
    let issues = issues.iter().filter(is_meant);
    let longer = |issue: &Issue| {
        let params = serde_json::to_value(&issue.params).unwrap_or_default();
        params["longer"].as_str().unwrap_or_default().split(", ").map(str::to_owned).collect::<Vec<_>>()
    };
    issues.flat_map(longer).collect()
}

/// Returns the keys of the first script, `A`, that lead somewhere, but not in a simulated call.
fn hidden_longer_keys(tenant: &Json) -> BTreeSet<String> {
    let mut hidden = BTreeSet::new();
    let mut seen = HashSet::new();
    for (position, key) in tenant["scripts"][0]["scripts"].as_array().into_iter().flatten().enumerate() {
        let text = key["ivr"].as_str().unwrap_or_default();
        let is_valid =
            text.len() > 1 && text.bytes().all(|key| Event::parse(&char::from(key).to_string()).is_some());
        let leads_on = key["action"] != "" && seen.insert(text);
        let events: String = text.chars().flat_map(|key| [key, ' ']).chain("timeout".chars()).collect();
        let played = call(tenant, "A", &events);
        let edge = format!("/scripts/{position}/action");
        let is_followed = |step: &Json| step["scriptId"] == "A" && step["path"] == *edge;
        if is_valid && leads_on && !played["steps"].as_array().into_iter().flatten().any(is_followed) {
            hidden.insert(text.to_owned());
        }
    }
    hidden
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A script is a trap if and only if the simulator finds no path to somebody.
    #[test]
    fn simulator_and_trap_rule_agree(tenant in any_tenant()) {
        let graph = Graph::new(index(&tenant));
        let report = lint_report(&tenant);
        for node in 0..graph.node_count() {
            let Some(_) = graph.script(node) else { continue };
            let path = format!("/scripts/{node}/scripts");
            let trap = report.issues.iter().any(|issue| issue.code.as_str() == "ivr-trap" && issue.path == path);
            prop_assert_eq!(trap, !reaches_somebody(&graph, node), "{}", path);
        }
    }

    /// `ivr-key-prefix` names a key of several characters if and only if the simulator cannot get through it.
    #[test]
    fn simulator_and_prefix_rule_agree(
        mut tenant in any_tenant(), direct_dial in any::<bool>(), keys in prop::collection::vec("[12]{1,3}", 0..6),
    ) {
        let more = keys.iter().map(|key| json!({ "ivr": key, "action_type": "Ring_group", "action": "g" }));
        let script = &mut tenant["scripts"][0];
        script["scripts"] = script["scripts"].as_array().into_iter().flatten().cloned().chain(more).collect();
        script["ivr_direct_menu_dial"] = json!(direct_dial.to_string());
        prop_assert_eq!(reported_longer_keys(&tenant), hidden_longer_keys(&tenant));
    }

    /// With any events, a call starts in the first menu, and a second simulation returns the same.
    #[test]
    fn simulation_starts_at_the_start_script_and_is_deterministic(
        tenant in any_tenant(), events in proptest::collection::vec("[0-9*#]|timeout|no-answer", 0..40),
    ) {
        let played = call(&tenant, "A", &events.join(" "));
        prop_assert_eq!(&played, &call(&tenant, "A", &events.join(" ")));
        let steps = played["steps"].as_array().cloned().unwrap_or_default();
        if events.iter().any(|event| event != "no-answer") {
            prop_assert_eq!(&steps[0]["scriptId"], "A");
        }
        prop_assert!(steps.len() <= events.len().saturating_add(1));
        // A digit that the menu waits after is never a wrong key, and nothing is played in between.
        for pair in steps.windows(2) {
            if pair[0].get("entered").is_some() {
                prop_assert_eq!((&pair[1]["greetingId"], pair[0].get("invalidSoundId")), (&json!(""), None));
            }
        }
    }
}

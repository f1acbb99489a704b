//! Simulated calls through small tenants, and the property that the simulator and `ivr-trap` agree.

use std::collections::HashSet;

use omicall_schema::{draft::parse, draft_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        graph::{Event, Graph},
        simulate::{SimulationOptions, simulate},
        simulation::IvrEnding,
    },
    test_support::tenants::{any_tenant, index, lint_report, tenant},
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
        (json!({ "start": "B", "events": ["1", "*", "timeout"] }), Ok((1, 3))),
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

/// All events.
const EVENTS: &str = "0 1 2 3 4 5 6 7 8 9 * # timeout";

/// Returns whether any sequence of events leads to a group, by searching the states that the simulator reports.
fn reaches_group(graph: &Graph<'static, 'static>, start: usize) -> bool {
    let events: Vec<_> = EVENTS.split(' ').filter_map(|word| Some((Event::parse(word)?, word))).collect();
    let mut seen = HashSet::new();
    let mut open = vec![Vec::new()];
    while let Some(so_far) = open.pop() {
        for event in &events {
            let mut further = so_far.clone();
            further.push(*event);
            let played = simulate(graph, start, &further);
            match played.ending {
                IvrEnding::Group(_) => return true,
                IvrEnding::Waiting(_) => {}
                _ => continue,
            }
            let Some(last) = played.steps.last() else { continue };
            if seen.insert((last.script_id, last.failures, last.depth)) {
                open.push(further);
            }
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// A script is a trap if and only if the simulator finds no path to a group.
    #[test]
    fn simulator_and_trap_rule_agree(tenant in any_tenant()) {
        let index = index(&tenant);
        let graph = Graph::new(index);
        let report = lint_report(&tenant);
        for node in 0..graph.node_count() {
            let Some(_) = graph.script(node) else { continue };
            let path = format!("/scripts/{node}/scripts");
            let trap = report.issues.iter().any(|issue| issue.code.as_str() == "ivr-trap" && issue.path == path);
            let reaches = reaches_group(&graph, node);
            // Keys of several digits may work: with one of them there may be no issue, but never a wrong one.
            if reaches_multiple_digits(&graph, node) {
                prop_assert!(!(trap && reaches), "{path}");
            } else {
                prop_assert_eq!(trap, !reaches, "{}", path);
            }
        }
    }

    /// With any events, a call starts in the first menu, and a second simulation returns the same.
    #[test]
    fn simulation_starts_at_the_start_script_and_is_deterministic(
        tenant in any_tenant(), events in proptest::collection::vec("[0-9*#]|timeout", 0..40),
    ) {
        let played = call(&tenant, "A", &events.join(" "));
        prop_assert_eq!(&played, &call(&tenant, "A", &events.join(" ")));
        let steps = played["steps"].as_array().cloned().unwrap_or_default();
        prop_assert_eq!(&steps[0]["scriptId"], "A");
        let most = events.len().saturating_add(1);
        prop_assert!(steps.len() <= most);
        if played["ending"]["kind"] == "waiting" {
            prop_assert_eq!(steps.len(), most);
        }
    }
}

/// Returns whether an edge with a key of several digits can be reached from here.
fn reaches_multiple_digits(graph: &Graph<'_, '_>, start: usize) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            if graph.edges(node).iter().any(|edge| edge.trigger == crate::ivr::graph::Trigger::MultipleDigits)
            {
                return true;
            }
            open.extend(graph.edges(node).iter().filter_map(|edge| edge.reachable_script()));
        }
    }
    false
}

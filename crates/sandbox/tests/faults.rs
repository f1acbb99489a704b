//! Faults as they are planned and taken. What they do to a response is tested on the wire (`tests/sandbox/tests/faults.rs`) and in
//! the page (`tests/page/faults-*.test.mjs`).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

use omicall_sandbox::{
    Request, Tenant, call_names,
    faults::{Delivery, Fault, Faults, Outcome, PlannedFault, Struck, in_words_of_pages},
};
use serde_json::{Value, json};

const LIST: &str = "/api/call_center/internal_phone/list";

fn planned(plans: Value) -> Faults {
    let plans = plans.as_array().unwrap().iter().map(|plan| PlannedFault::read(plan).unwrap()).collect();
    let mut faults = Faults::default();
    faults.add(plans);
    faults
}

/// The status of the fault that a request gets.
fn status(fault: Option<Fault>) -> Option<u16> {
    match fault {
        Some(Fault::Status { code, .. }) => Some(code),
        _ => None,
    }
}

fn plan(code: u16, matches: Value) -> Value {
    json!({ "match": matches, "fault": { "kind": "status", "code": code } })
}

#[test]
fn a_call_is_matched_by_its_name_whatever_its_id() {
    let mut faults =
        planned(json!([plan(501, json!({ "call": "groups.update" })), plan(502, json!({ "call": "auth" }))]));
    let update = "/api/call_center/internal_group/update/62ff11b208d4bf3ea694a6f3";
    assert_eq!(status(faults.take("GET", LIST)), None);
    assert_eq!(status(faults.take("GET", update)), None, "another method");
    assert_eq!(status(faults.take("POST", update)), Some(501));
    assert_eq!(status(faults.take("POST", update)), None, "once");
    assert_eq!(status(faults.take("GET", "/api/auth")), Some(502));
}

#[test]
fn every_call_has_a_name() {
    let names: Vec<&str> = call_names().collect();
    for name in &names {
        PlannedFault::read(&plan(500, json!({ "call": name }))).unwrap();
    }
    assert_eq!(names.len(), 20);
    let error = PlannedFault::read(&plan(500, json!({ "call": "groups.updat" }))).unwrap_err();
    assert!(error.contains("groups.update,") && error.ends_with("not groups.updat"), "{error}");
}

#[test]
fn the_first_plan_is_first_whether_for_the_request_or_its_preflight() {
    let preflight = json!({ "method": "OPTIONS", "call": "phones.list" });
    let mut faults =
        planned(json!([plan(503, json!({})), plan(403, preflight.clone()), plan(504, json!({}))]));
    let mut next = || match faults.take_first("GET", LIST) {
        Some(Struck::Request(fault)) => (false, status(Some(fault))),
        Some(Struck::Preflight(fault)) => (true, status(Some(fault))),
        None => (false, None),
    };
    assert_eq!(
        [next(), next(), next(), next()],
        [(false, Some(503)), (true, Some(403)), (false, Some(504)), (false, None)]
    );
    let mut faults = planned(json!([plan(403, preflight)]));
    assert_eq!(status(faults.take("GET", LIST)), None);
    assert_eq!(status(faults.take_for_preflight("PUT", LIST)), None);
    assert_eq!(status(faults.take_for_preflight("GET", LIST)), Some(403));
}

#[test]
fn a_plan_that_makes_no_sense_is_named() {
    for (plan, expected) in [
        (json!([]), "a plan must be an object"),
        (json!({}), "fault is required"),
        (json!({ "fault": {} }), "fault.kind is required"),
        (json!({ "fault": { "kind": "explode" } }), "there is no fault of kind explode"),
        (json!({ "fault": { "kind": "delay", "ms": -1 } }), "ms must be a whole number"),
        (json!({ "fault": { "kind": "delay", "ms": 1, "s": 1 } }), "s is not known here"),
        (
            json!({ "fault": { "kind": "status", "code": 70_000 } }),
            "a status must be from 200 to 599, not 65535",
        ),
        (
            json!({ "fault": { "kind": "status", "code": 500, "headers": { "a": 1 } } }),
            "the header a must be a string",
        ),
        (
            json!({ "fault": { "kind": "status", "code": 429, "headers": { "Retry-After": "9", "retry-after": "1" } } }),
            "the header retry-after is there twice",
        ),
        (
            json!({ "fault": { "kind": "status", "code": 429, "content_type": "a\nb" } }),
            "content_type must be a text that fits into a header",
        ),
        (
            json!({ "fault": { "kind": "raw", "content_type": "a\nb" } }),
            "content_type must be a text that fits into a header",
        ),
        (json!({ "fault": { "kind": "huge", "announced": "yes" } }), "announced must be true or false"),
        (json!({ "fault": { "kind": "set", "pointer": "/a" } }), "value is required"),
        (json!({ "times": 5_000_000_000_u64, "fault": { "kind": "hang" } }), "times is too large"),
        (json!({ "match": { "path": 1 }, "fault": { "kind": "hang" } }), "path must be a string"),
    ] {
        assert_eq!(PlannedFault::read(&plan).unwrap_err(), expected, "{plan}");
    }
}

#[test]
fn pages_are_told_the_names_that_they_wrote() {
    let preflight = json!({ "match": { "method": "OPTIONS" }, "fault": { "kind": "delay", "ms": null } });
    for (plan, expected) in [
        (preflight, "`connectMs` must be a whole number"),
        (json!({ "fault": { "kind": "delay", "ms": null } }), "`delayMs` must be a whole number"),
        (json!({ "fault": { "kind": "status", "code": null } }), "`status` must be a whole number"),
        (json!({ "fault": { "kind": "html", "code": "x" } }), "`html` must be a whole number"),
        (json!({ "fault": { "kind": "drip", "ms_per_byte": 0 } }), "`dripMs` must be at least 1"),
        (json!({ "fault": { "kind": "huge", "bytes": 3 } }), "`huge` must be at least 33"),
        (json!({ "fault": { "kind": "cut_body", "bytes": -1 } }), "`afterBytes` must be a whole number"),
        (json!({ "fault": { "kind": "set" } }), "`set.pointer` must be a string"),
        (json!({ "fault": { "kind": "set", "pointer": "/a" } }), "`set.value` is required; null is a value"),
        (
            json!({ "fault": { "kind": "set", "pointer": "/a", "value": 1, "valeu": 1 } }),
            "valeu is not known here",
        ),
        (json!({ "fault": { "kind": "remove", "pointer": "a" } }), "`remove` must begin with a slash: a"),
        (
            json!({ "fault": { "kind": "raw", "content_type": "\n" } }),
            "`contentType` must be a text that fits into a header",
        ),
    ] {
        let problem = PlannedFault::read(&plan).unwrap_err();
        assert_eq!(in_words_of_pages(&plan, &problem), expected, "{plan}");
    }
}

#[test]
fn null_is_absent_but_can_be_set() {
    let plan = json!({ "match": { "call": null }, "times": null, "fault": { "kind": "html", "code": null } });
    assert!(PlannedFault::read(&plan).is_ok());
    let mut faults = planned(json!([{ "fault": { "kind": "set", "pointer": "/payload", "value": null } }]));
    let mut tenant = Tenant::default();
    let request = Request { method: "GET".to_owned(), path: "/api/auth".to_owned(), ..Request::default() };
    let fault = faults.take("GET", "/api/auth").unwrap();
    let Outcome::Response(response, delivery) = fault.apply(&request, |request| tenant.handle(request, 0))
    else {
        panic!("no response")
    };
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!((delivery, body.get("payload")), (Delivery::Whole, Some(&Value::Null)));
}

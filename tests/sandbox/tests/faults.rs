//! Each fault on the wire: what a client really gets.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod common;

use std::{
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

use common::{End, Reply, Sandbox};
use serde_json::{Value, json};

const PHONE_LIST: &str = "/api/call_center/internal_phone/list";

/// Plans one fault for a world of this name and calls once, then a second time, which must be well again.
fn struck(name: &str, fault: Value) -> Reply {
    let sandbox = Sandbox::start(&[]);
    let world = format!("/w/{name}");
    let planned =
        sandbox.post(&format!("{world}/__sandbox/faults"), &json!([{ "fault": fault }]).to_string());
    assert_eq!((planned.status, planned.json()), (200, json!({ "waiting": 1 })));
    let reply = sandbox.call(&world, PHONE_LIST);
    let well = sandbox.call(&world, PHONE_LIST);
    assert_eq!((well.status, &well.json()["status_code"]), (200, &json!(9999)));
    let status = if reply.status == 0 { Value::Null } else { json!(reply.status) };
    let requests = sandbox.requests(&world);
    assert_eq!((requests.len(), &requests[0]["status"]), (2, &status));
    reply
}

/// How long the whole normal answer is.
fn normal_length() -> usize {
    Sandbox::start(&[]).call("", PHONE_LIST).body.len()
}

#[test]
fn status_comes_with_its_headers_and_body() {
    let fault =
        json!({ "kind": "status", "code": 429, "headers": { "Retry-After": "7" }, "body": { "a": 1 } });
    let reply = struck("status", fault);
    assert_eq!(
        (reply.status, reply.header("retry-after"), reply.json()),
        (429, Some("7"), json!({ "a": 1 }))
    );
    assert_eq!(reply.header("content-type"), Some("application/json;charset=UTF-8"));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn status_may_say_when_to_come_back_in_any_way() {
    for value in ["120", "Wed, 21 Oct 2099 07:28:00 GMT", "99999999999999999999", "soon", "-1", ""] {
        let headers = json!({ "Retry-After": value });
        let reply = struck("later", json!({ "kind": "status", "code": 503, "headers": headers }));
        assert_eq!((reply.status, reply.header("retry-after")), (503, Some(value)));
    }
}

#[test]
fn status_may_have_text_or_nothing() {
    let reply =
        struck("text", json!({ "kind": "status", "code": 503, "body": "later", "content_type": "text/x" }));
    assert_eq!(
        (reply.status, reply.text().as_str(), reply.header("content-type")),
        (503, "later", Some("text/x"))
    );
    let reply = struck("nothing", json!({ "kind": "status", "code": 204 }));
    assert_eq!((reply.status, reply.body.len()), (204, 0));
}

#[test]
fn delay_gives_the_normal_answer_later() {
    let begun = Instant::now();
    let reply = struck("delay", json!({ "kind": "delay", "ms": 400 }));
    assert!(begun.elapsed() >= Duration::from_millis(400));
    assert_eq!(reply.json()["status_code"], 9999);
}

#[test]
fn drop_closes_before_anything_comes() {
    let reply = struck("drop", json!({ "kind": "drop" }));
    assert_eq!((reply.status, reply.body.len(), reply.end), (0, 0, End::Closed));
}

#[test]
fn reset_breaks_off_before_anything_comes() {
    let reply = struck("reset", json!({ "kind": "reset" }));
    assert_eq!((reply.status, reply.body.len(), reply.end), (0, 0, End::Reset));
}

#[test]
fn cut_body_closes_before_the_promised_end() {
    let whole = normal_length();
    for (fault, sent) in [
        (json!({ "kind": "cut_body" }), whole / 2),
        (json!({ "kind": "cut_body", "bytes": 10 }), 10),
        (json!({ "kind": "cut_body", "bytes": 0 }), 0),
        (json!({ "kind": "cut_body", "bytes": 10_000_000 }), whole - 1),
    ] {
        let reply = struck("cut", fault);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-length"), Some(whole.to_string().as_str()));
        assert_eq!((reply.body.len(), reply.end), (sent, End::Closed));
    }
}

#[test]
fn hang_sends_headers_and_then_nothing() {
    let reply = struck("hang", json!({ "kind": "hang" }));
    assert_eq!((reply.status, reply.body.len(), reply.end), (200, 0, End::Silent));
    assert_eq!(reply.header("content-length"), Some(normal_length().to_string().as_str()));
}

#[test]
fn html_and_empty_are_what_they_say() {
    let reply = struck("html", json!({ "kind": "html" }));
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/html;charset=utf-8")));
    assert!(reply.text().contains("<html"));
    assert_eq!(struck("html-502", json!({ "kind": "html", "code": 502 })).status, 502);
    let reply = struck("empty", json!({ "kind": "empty" }));
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.header("content-type"), Some("application/json;charset=UTF-8"));
}

#[test]
fn set_changes_or_adds_one_value() {
    let items = "/payload/items/0";
    let reply = struck("set", json!({ "kind": "set", "pointer": format!("{items}/sip_user"), "value": 147 }));
    assert_eq!(reply.json()["payload"]["items"][0]["sip_user"], 147);
    assert_eq!(reply.json()["payload"]["items"][1]["sip_user"], "145");
    let fault = json!({ "kind": "wrong_type", "pointer": format!("{items}/new~1field"), "value": null });
    assert_eq!(struck("add", fault).json()["payload"]["items"][0].get("new/field"), Some(&Value::Null));
    // A place that is not there is the test's mistake, and it is told.
    let reply = struck("nowhere", json!({ "kind": "set", "pointer": "/payload/items/999/x", "value": 1 }));
    assert_eq!(reply.status, 500);
    assert!(reply.text().contains("/payload/items/999/x"));
}

#[test]
fn remove_takes_one_field_away() {
    let reply = struck("remove", json!({ "kind": "remove", "pointer": "/payload/items/1/full_name" }));
    let items = &reply.json()["payload"]["items"];
    assert_eq!((items[1].get("full_name"), items[1]["sip_user"].as_str()), (None, Some("145")));
    assert_eq!(items[0]["full_name"], "Nguyễn Thị Minh An");
    for pointer in ["/payload/nothing", "/payload/items/0", "/payload/items/999/x"] {
        let reply = struck("nothing", json!({ "kind": "remove", "pointer": pointer }));
        assert_eq!(reply.status, 500, "{pointer}");
        assert!(reply.text().contains(pointer));
    }
}

#[test]
fn raw_sends_any_bytes() {
    let reply = struck("raw", json!({ "kind": "raw", "body": "{\"payload\":" }));
    assert_eq!((reply.status, reply.text().as_str()), (200, "{\"payload\":"));
    assert_eq!(reply.header("content-type"), Some("application/json;charset=UTF-8"));
    let fault = json!({ "kind": "raw", "body_base64": "//79", "content_type": "application/octet-stream" });
    assert_eq!(struck("bytes", fault).body, [0xff, 0xfe, 0xfd]);
}

/// One server for those that only count.
static SANDBOX: LazyLock<Mutex<Sandbox>> = LazyLock::new(|| Mutex::new(Sandbox::start(&[])));

#[test]
fn faults_wait_for_their_requests_in_order() {
    let sandbox = SANDBOX.lock().unwrap_or_else(PoisonError::into_inner);
    let status = |code: u16| json!({ "kind": "status", "code": code });
    let faults = json!([
        { "match": { "method": "post" }, "fault": status(501) },
        { "match": { "path": "/auth" }, "times": 2, "fault": status(502) },
        { "match": { "method": "GET", "path": "/list" }, "fault": status(503) },
        { "fault": status(504) },
    ]);
    assert_eq!(
        sandbox.post("/w/order/__sandbox/faults", &faults.to_string()).json(),
        json!({ "waiting": 4 })
    );
    let get = |path: &str| sandbox.get(&format!("/w/order{path}")).status;
    assert_eq!(get(PHONE_LIST), 503);
    assert_eq!(
        [get("/api/auth"), get("/api/auth"), get("/api/auth"), get("/api/auth")],
        [502, 502, 504, 200]
    );
    assert_eq!(sandbox.post(&format!("/w/order{PHONE_LIST}"), "").status, 501);
    assert_eq!(sandbox.post(&format!("/w/order{PHONE_LIST}"), "").status, 405);
}

#[test]
fn a_preflight_is_refused_only_where_options_is_named() {
    let sandbox = SANDBOX.lock().unwrap_or_else(PoisonError::into_inner);
    let asked = [("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "GET")];
    let preflight = || sandbox.send("OPTIONS", &format!("/w/preflight{PHONE_LIST}"), &asked, "");
    sandbox.post("/w/preflight/__sandbox/faults", r#"[{"fault":{"kind":"empty"}}]"#);
    assert_eq!(preflight().status, 204);
    let faults = r#"[{"match":{"method":"OPTIONS"},"fault":{"kind":"status","code":403}}]"#;
    sandbox.post("/w/preflight/__sandbox/faults", faults);
    let refused = preflight();
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, None));
    let faults = r#"[{"match":{"method":"OPTIONS"},"fault":{"kind":"delay","ms":1}}]"#;
    sandbox.post("/w/preflight/__sandbox/faults", faults);
    let late = preflight();
    assert_eq!((late.status, late.header("access-control-allow-origin")), (204, Some("*")));
}

#[test]
fn a_fault_that_makes_no_sense_is_refused_when_it_is_planned() {
    let sandbox = SANDBOX.lock().unwrap_or_else(PoisonError::into_inner);
    for faults in [
        "",
        "{}",
        "[{}]",
        r#"[{"fault":{"kind":"explode"}}]"#,
        r#"[{"fault":{"kind":"delay"}}]"#,
        r#"[{"fault":{"kind":"drop","ms":1}}]"#,
        r#"[{"fault":{"kind":"delay","ms":1},"time":2}]"#,
        r#"[{"match":{"pathname":"/x"},"fault":{"kind":"drop"}}]"#,
        r#"[{"times":0,"fault":{"kind":"drop"}}]"#,
        r#"[{"fault":{"kind":"status","code":99}}]"#,
        r#"[{"fault":{"kind":"status","code":500,"headers":{"a b":"c"}}}]"#,
        r#"[{"fault":{"kind":"status","code":500,"headers":{"a":"c\n"}}}]"#,
        r#"[{"fault":{"kind":"set","pointer":"payload","value":1}}]"#,
        r#"[{"fault":{"kind":"raw","body_base64":"?"}}]"#,
        r#"[{"fault":{"kind":"remove","pointer":"payload"}}]"#,
        r#"[{"fault":{"kind":"drip","ms_per_byte":0}}]"#,
        r#"[{"fault":{"kind":"huge","bytes":10}}]"#,
        r#"[{"fault":{"kind":"huge","announced":true}}]"#,
        r#"[{"fault":{"kind":"repeat_page","page":1}}]"#,
    ] {
        let reply = sandbox.post("/w/bad/__sandbox/faults", faults);
        assert_eq!(reply.status, 400, "{faults}");
        assert!(reply.text().starts_with("sandbox: "), "{}", reply.text());
    }
    assert_eq!(sandbox.get("/w/bad/api/auth").status, 200);
}

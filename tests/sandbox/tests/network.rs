//! Answers that take their time or never end, clients that go away, and what the sandbox says of both.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod common;

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    thread::sleep,
    time::{Duration, Instant},
};

use common::{End, Sandbox};
use serde_json::{Value, json};

const PHONE_LIST: &str = "/api/call_center/internal_phone/list";
const UPLOAD: &str = "/api/call_center/greeting/upload";

/// Waits until something holds, which must be soon.
fn soon(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(5), "not soon: {what}");
        sleep(Duration::from_millis(5));
    }
}

/// What was noted about the last request: its status, and whether the client went away.
fn last(sandbox: &Sandbox, world: &str) -> (Value, bool) {
    let last = sandbox.requests(world).pop().unwrap();
    (last["status"].clone(), last["aborted"].as_bool().unwrap())
}

/// Reads this many bytes.
fn take(stream: &mut TcpStream, count: usize) -> String {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_drip_comes_byte_by_byte_and_to_its_end() {
    let sandbox = Sandbox::start(&[]);
    sandbox.plan("", &json!({ "kind": "drip", "ms_per_byte": 10 }));
    let begun = Instant::now();
    let reply = sandbox.get("/api/auth");
    assert_eq!(reply.json()["message"], "api_key_is_required");
    assert_eq!(reply.header("content-length"), Some(reply.body.len().to_string().as_str()));
    assert!(begun.elapsed() >= Duration::from_millis(10 * reply.body.len() as u64));
    assert_eq!((reply.end, last(&sandbox, "")), (End::Closed, (json!(200), false)));
}

#[test]
fn a_huge_body_has_the_length_that_was_asked_for() {
    let sandbox = Sandbox::start(&[]);
    for bytes in [33, 100_000, 65_536 + 33] {
        sandbox.plan("", &json!({ "kind": "huge", "bytes": bytes, "announced": true }));
        let reply = sandbox.get("/api/auth");
        assert_eq!(reply.header("content-length"), Some(bytes.to_string().as_str()));
        assert_eq!(reply.body.len(), bytes);
        assert_eq!(reply.json()["payload"].as_str().unwrap().len(), bytes - 33);
    }
    sandbox.plan("", &json!({ "kind": "huge", "bytes": 100_000 }));
    let reply = sandbox.get("/api/auth");
    assert_eq!((reply.header("content-length"), reply.header("transfer-encoding")), (None, Some("chunked")));
    assert!(reply.text().ends_with("\r\n0\r\n\r\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_huge_body_is_never_held_as_a_whole() {
    let sandbox = Sandbox::start(&[]);
    let bytes = 300_000_000;
    sandbox.plan("", &json!({ "kind": "huge", "bytes": bytes, "announced": true }));
    let mut stream = sandbox.begin("GET", "/api/auth", &[], "");
    let read = std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    assert!((bytes..bytes + 1000).contains(&read), "{read}");
    let status = fs::read_to_string(format!("/proc/{}/status", sandbox.child.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kilobytes < 60_000, "{most}");
}

#[test]
fn an_endless_body_ends_when_the_client_goes_away() {
    let sandbox = Sandbox::start(&[]);
    sandbox.plan("/w/e", &json!({ "kind": "huge" }));
    let mut stream = sandbox.begin_call("/w/e", PHONE_LIST);
    assert!(take(&mut stream, 5_000_000).starts_with("HTTP/1.1 200 OK"));
    assert_eq!(sandbox.open("/w/e"), 1);
    drop(stream);
    soon("the end", || sandbox.open("/w/e") == 0);
    assert_eq!(last(&sandbox, "/w/e"), (json!(200), true));
}

#[test]
fn a_client_that_goes_away_is_noted_wherever_it_was() {
    let sandbox = Sandbox::start(&[]);
    for (fault, status) in [
        (json!({ "kind": "delay", "ms": 60_000 }), Value::Null),
        (json!({ "kind": "hang" }), json!(200)),
        (json!({ "kind": "drip", "ms_per_byte": 1000 }), json!(200)),
        (json!({ "kind": "slow_upload", "ms": 60_000 }), Value::Null),
    ] {
        let world = format!("/w/{}", fault["kind"].as_str().unwrap());
        sandbox.plan(&world, &fault);
        let stream = sandbox.begin_call(&world, PHONE_LIST);
        soon("the request", || sandbox.requests(&world).last().is_some_and(|one| one["status"] == status));
        assert_eq!((sandbox.open(&world), last(&sandbox, &world)), (1, (status.clone(), false)), "{fault}");
        drop(stream);
        soon("the end", || sandbox.open(&world) == 0);
        assert_eq!(last(&sandbox, &world), (status, true), "{fault}");
    }
    assert_eq!(sandbox.complaints(), "");
}

#[test]
fn what_the_server_breaks_off_was_not_aborted_by_the_client() {
    let sandbox = Sandbox::start(&[]);
    for kind in ["drop", "reset", "cut_body", "empty"] {
        sandbox.plan("", &json!({ "kind": kind }));
        sandbox.call("", PHONE_LIST);
        assert_eq!((sandbox.open(""), last(&sandbox, "").1), (0, false), "{kind}");
    }
}

#[test]
fn an_upload_can_be_left_halfway() {
    let sandbox = Sandbox::start(&[]);
    let head = format!("POST {UPLOAD} HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n");
    // Read at once, or not before the client is gone.
    for (world, fault) in [("/w/a", None), ("/w/b", Some(json!({ "kind": "slow_upload", "ms": 300 })))] {
        if let Some(fault) = fault {
            sandbox.plan(world, &fault);
        }
        let mut stream = TcpStream::connect(&sandbox.address).unwrap();
        stream.write_all(head.replace("/api", &format!("{world}/api")).as_bytes()).unwrap();
        stream.write_all(&[0; 100_000]).unwrap();
        soon("the request", || sandbox.open(world) == 1);
        stream.shutdown(Shutdown::Both).unwrap();
        soon("the end", || sandbox.open(world) == 0);
        assert_eq!(last(&sandbox, world), (Value::Null, true), "{world}");
    }
}

#[test]
fn a_slow_upload_waits_before_it_reads() {
    let sandbox = Sandbox::start(&[]);
    sandbox.plan("", &json!({ "kind": "slow_upload", "ms": 400 }));
    let mut stream = TcpStream::connect(&sandbox.address).unwrap();
    let size = 40_000_000;
    let authorization = sandbox.get("/__sandbox/token").text();
    let begun = Instant::now();
    write!(
        stream,
        "POST {UPLOAD} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {authorization}\r\nContent-Length: {size}\r\n\r\n"
    )
    .unwrap();
    // More than the network holds: it only leaves when it is read.
    stream.write_all(&vec![0; size]).unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(350), "{:?}", begun.elapsed());
    assert!(take(&mut stream, 12).starts_with("HTTP/1.1 415"));
}

#[test]
fn a_body_beyond_the_limit_is_too_long_and_nobody_left() {
    let sandbox = Sandbox::start(&[]);
    let body = "x".repeat(64 * 1024 * 1024 + 1);
    let reply = sandbox.post(UPLOAD, &body);
    assert_eq!((reply.status, last(&sandbox, "")), (413, (json!(413), false)));
}

#[test]
fn open_counts_each_world_and_outlives_a_reset() {
    let sandbox = Sandbox::start(&[]);
    sandbox.post("/w/one/__sandbox/faults", r#"[{"times":3,"fault":{"kind":"hang"}}]"#);
    let mut streams: Vec<TcpStream> = (0..3).map(|_| sandbox.begin_call("/w/one", PHONE_LIST)).collect();
    soon("three", || sandbox.open("/w/one") == 3);
    assert_eq!([sandbox.open("/w/two"), sandbox.open("")], [0, 0]);
    sandbox.post("/w/one/__sandbox/reset", "");
    assert_eq!((sandbox.open("/w/one"), sandbox.requests("/w/one").len()), (3, 0));
    streams.pop();
    soon("two", || sandbox.open("/w/one") == 2);
    // A finished one counts no more as soon as its answer is there.
    for _ in 0..50 {
        sandbox.call("/w/one", PHONE_LIST);
        assert_eq!(sandbox.open("/w/one"), 2);
    }
    drop(streams);
    soon("none", || sandbox.open("/w/one") == 0);
}

#[test]
fn ten_thousand_phones_are_a_call_away() {
    let sandbox = Sandbox::start(&[]);
    let fill = |body: &str| sandbox.post("/w/many/__sandbox/fill", body);
    assert_eq!(fill(r#"{"phones":5000}"#).json(), json!({ "phones": 5_000 }));
    assert_eq!(fill(r#"{"phones":10000}"#).json(), json!({ "phones": 10_000 }));
    let items =
        sandbox.call("/w/many", &format!("{PHONE_LIST}?size=10000")).json()["payload"]["items"].take();
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 10_000);
    for field in ["sip_user", "email", "password"] {
        let different: std::collections::HashSet<_> =
            items[3..].iter().map(|item| item[field].as_str()).collect();
        assert_eq!(different.len(), 9_997, "{field}");
    }
    // What came in two steps is not the same people twice.
    let agents: Vec<&str> = items[3..].iter().filter_map(|item| item["agent_id"].as_str()).collect();
    assert_eq!(agents.iter().collect::<std::collections::HashSet<_>>().len(), agents.len());
    assert!(agents.len() > 9_900);
    let year_2026 = 1_767_225_600_000;
    assert!(items.iter().all(|item| item["last_updated_date"].as_u64().unwrap() < year_2026));
    // Those that were there come first as before, and none is ever taken away.
    let before = sandbox.call("", &format!("{PHONE_LIST}?size=137")).json()["payload"]["items"].take();
    assert_eq!(items[..137], before.as_array().unwrap()[..]);
    assert_eq!(fill(r#"{"phones":5}"#).json(), json!({ "phones": 10_000 }));
    let last = sandbox.call("/w/many", &format!("{PHONE_LIST}?page=200")).json()["payload"].take();
    assert_eq!((&last["has_next"], &last["next_page"]), (&json!(false), &json!(200)));
    for body in ["", "{}", r#"{"phones":-1}"#, r#"{"phones":100001}"#, r#"{"groups":1}"#] {
        assert_eq!(fill(body).status, 400, "{body}");
    }
}

#[test]
fn a_page_repeats_the_first_ones_items() {
    let sandbox = Sandbox::start(&[]);
    let page = |number: u32| {
        sandbox.call("", &format!("{PHONE_LIST}?page={number}&size=50")).json()["payload"].take()
    };
    let (first, second) = (page(1), page(2));
    sandbox.plan("", &json!({ "kind": "repeat_page" }));
    let mut repeated = page(2);
    assert_eq!(repeated["items"], first["items"]);
    // All else is as it was asked for.
    repeated["items"] = second["items"].clone();
    assert_eq!(repeated, second);
    sandbox.plan("", &json!({ "kind": "repeat_page" }));
    let reply = sandbox.get("/api/auth");
    assert_eq!(reply.status, 500);
    assert!(reply.text().contains("not a list page"));
}

#[test]
fn a_list_can_go_on_for_ever() {
    let sandbox = Sandbox::start(&[]);
    let fault = r#"[{"times":1000,"fault":{"kind":"set","pointer":"/payload/has_next","value":true}}]"#;
    sandbox.post("/__sandbox/faults", fault);
    for page in [3, 4, 900] {
        let reply = sandbox.call("", &format!("{PHONE_LIST}?page={page}"));
        assert_eq!(reply.json()["payload"]["has_next"], true);
    }
}

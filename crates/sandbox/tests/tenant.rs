//! The tenant as a client sees it, without a network: records, search, pages, sign-in and refusals.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

use std::collections::HashSet;

use omicall_sandbox::{API_KEY, DAY_MS, Options, Request, Response, Tenant};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

const PHONES: &str = include_str!("../../../tests/samples/internal_phone_list.json");
const DETAIL: &str = include_str!("../../../tests/samples/extensions_detail.json");
const HOTLINES: &str = include_str!("../../../tests/samples/hotline_list.json");

const NOW: u64 = 1_700_000_000_000;

const PHONE_LIST: &str = "/api/call_center/internal_phone/list";
const STATUS: &str = "/api/call_center/internal_phone/status";
const EXTENSION: &str = "/api/call_center/extensions/detail";
const HOTLINE_LIST: &str = "/api/call_center/hotline/list";

fn request(method: &str, path: &str, query: &[(&str, &str)]) -> Request {
    let query = query.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Request { method: method.to_owned(), path: path.to_owned(), query, ..Request::default() }
}

fn parse(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

/// Asks with a fresh token, and expects HTTP 200.
fn ask(tenant: &mut Tenant, method: &str, path: &str, query: &[(&str, &str)]) -> Value {
    let token = tenant.issue_token(NOW);
    let authorization = Some(format!("Bearer {token}"));
    let response = tenant.handle(&Request { authorization, ..request(method, path, query) }, NOW);
    assert_eq!(response.status, 200);
    parse(&response)
}

fn get(path: &str, query: &[(&str, &str)]) -> Value {
    ask(&mut Tenant::default(), "GET", path, query)
}

fn all_phones() -> Vec<Value> {
    get(PHONE_LIST, &[("size", "1000")])["payload"]["items"].as_array().unwrap().clone()
}

fn keys(record: &Value) -> Vec<&str> {
    record.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The extensions that a keyword finds.
fn search(keyword: &str) -> Vec<String> {
    let found = get(PHONE_LIST, &[("keyword", keyword), ("size", "1000")]);
    let items = found["payload"]["items"].as_array().unwrap();
    assert_eq!(found["payload"]["total_items"], json!(items.len()));
    items.iter().map(|phone| phone["sip_user"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_recorded_phones_come_first_and_unchanged() {
    let sample: Value = serde_json::from_str(PHONES).unwrap();
    let answer = get(PHONE_LIST, &[("size", "2")]);
    // As text, so that the order of the fields counts too.
    assert_eq!(answer["payload"]["items"].to_string(), sample["payload"]["items"].to_string());
    assert_eq!(keys(&answer), keys(&sample));
    assert_eq!(keys(&answer["payload"]), keys(&sample["payload"]));
    for field in ["status_code", "instance_id", "instance_name", "key_enabled"] {
        assert_eq!(answer[field], sample[field], "{field}");
    }
}

#[test]
fn the_recorded_detail_and_hotlines_come_unchanged() {
    let recorded = |sample: &str| serde_json::from_str::<Value>(sample).unwrap().to_string();
    for (kind, keyword) in
        [("sip_user", "6349"), ("user_email", "khoa.le@example.com"), ("usr_uuid", "tientv11")]
    {
        let detail = get(EXTENSION, &[("type", kind), ("keyword", keyword)]);
        assert_eq!(detail.to_string(), recorded(DETAIL), "{kind}");
    }
    assert_eq!(get(HOTLINE_LIST, &[]).to_string(), recorded(HOTLINES));
}

#[test]
fn there_are_137_phones_with_the_fields_of_the_sample() {
    let sample: Value = serde_json::from_str(PHONES).unwrap();
    let fields = keys(&sample["payload"]["items"][0]);
    let older: Vec<&str> = fields.iter().copied().filter(|field| *field != "agent_id").collect();
    let phones = all_phones();
    assert_eq!(phones.len(), 137);
    let without_agent = phones.iter().filter(|phone| keys(phone) == older).count();
    assert_eq!(without_agent, 12);
    assert_eq!(phones.iter().filter(|phone| keys(phone) == fields).count(), 137 - without_agent);
    assert!(phones.iter().filter(|phone| phone["public_number"] == "").count() >= 10);

    for field in ["sip_user", "email", "full_name"] {
        assert!(phones.iter().all(|phone| phone[field].as_str().is_some_and(|text| !text.is_empty())));
    }
    for field in ["sip_user", "email"] {
        let different: HashSet<&str> = phones.iter().map(|phone| phone[field].as_str().unwrap()).collect();
        assert_eq!(different.len(), 137, "{field}");
    }
    let passwords: HashSet<&str> =
        phones[3..].iter().map(|phone| phone["password"].as_str().unwrap()).collect();
    assert_eq!(passwords.len(), 134);
    for phone in &phones[3..] {
        assert!(phone["password"].as_str().unwrap().starts_with("example-"));
        let email = phone["email"].as_str().unwrap();
        assert!(email.is_ascii() && email.ends_with("@example.com"), "{email}");
        assert!(phone["created_date"].as_u64() <= phone["last_updated_date"].as_u64());
        assert!(phone["last_updated_date"].as_u64().unwrap() < NOW + DAY_MS * 365);
        if let Some(id) = phone.get("agent_id").and_then(Value::as_str) {
            assert!(id.len() == 24 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{id}");
        }
    }
}

#[test]
fn the_phones_are_the_same_at_each_start() {
    assert_eq!(all_phones(), all_phones());
}

#[test]
fn pages_cover_everything_once() {
    let mut walked = Vec::new();
    for (page, items) in [("1", 50), ("2", 50), ("3", 37)] {
        let answer = get(PHONE_LIST, &[("page", page)]);
        let got = answer["payload"]["items"].as_array().unwrap();
        assert_eq!(got.len(), items);
        assert_eq!(answer["payload"]["has_next"], json!(page != "3"));
        walked.extend(got.clone());
    }
    assert_eq!(walked, all_phones());
}

#[test]
fn a_keyword_finds_names_with_and_without_accents() {
    let found = search("nguyen");
    assert!(found.len() > 10 && found.len() < 80, "{}", found.len());
    let decomposed: String = "Nguyễn".nfd().collect();
    for keyword in ["Nguyễn", &decomposed, "NGUYỄN", "nGuYeN", "  nguyen "] {
        assert_eq!(search(keyword), found, "{keyword}");
    }
    assert_eq!(search("Nguyễn Thị Minh An"), ["147"]);
    assert!(!search("đặng").is_empty());
    assert_eq!(search("đặng"), search("dang"));
}

#[test]
fn a_keyword_finds_extensions_and_e_mails() {
    assert_eq!(search("6349"), ["6349"]);
    assert_eq!(search("ngoc.tran@EXAMPLE.com"), ["145"]);
    assert!(search("14").contains(&"145".to_owned()));
    assert_eq!(search("").len(), 137);
    for nothing in ["nobody at all", "😀", "&", "#", "a/b", "%", "\u{301}x\u{301}z"] {
        assert!(search(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn a_key_gives_a_token_for_a_day() {
    let mut tenant = Tenant::default();
    let answer = parse(&tenant.handle(&request("GET", "/api/auth", &[("apiKey", API_KEY)]), NOW));
    assert_eq!(answer["status_code"], 9999);
    assert_eq!(keys(&answer["payload"]), ["access_token", "access_type", "token_type"]);
    assert_eq!(
        (&answer["payload"]["access_type"], &answer["payload"]["token_type"]),
        (&json!("normal"), &json!("Bearer"))
    );
    let token = answer["payload"]["access_token"].as_str().unwrap();
    let mut status = |now| {
        let authorization = Some(format!("Bearer {token}"));
        let response = tenant.handle(&Request { authorization, ..request("GET", PHONE_LIST, &[]) }, now);
        response.status
    };
    assert_eq!([status(NOW), status(NOW + DAY_MS - 1), status(NOW + DAY_MS)], [200, 200, 401]);
}

#[test]
fn without_a_good_key_there_is_no_token() {
    let mut tenant = Tenant::default();
    for (query, code) in [
        (&[][..], "api_key_is_required"),
        (&[("apiKey", "")], "api_key_is_required"),
        (&[("apikey", API_KEY)], "api_key_is_required"),
        (&[("apiKey", "wrong")], "api_key_invalid"),
    ] {
        let response = tenant.handle(&request("GET", "/api/auth", query), NOW);
        assert_eq!(response.status, 200);
        assert_eq!(parse(&response), json!({ "status_code": -9999, "message": code }));
    }
}

#[test]
fn without_a_good_token_there_is_a_401_with_an_envelope() {
    let mut tenant = Tenant::default();
    let mut other = Tenant::new(Options { name: "other".to_owned(), ..Options::default() });
    let expired = tenant.issue_token(NOW);
    tenant.expire_tokens();
    let tampered = format!("{}x", tenant.issue_token(NOW));
    for token in [None, Some(expired), Some(tampered), Some(other.issue_token(NOW)), Some("x".to_owned())] {
        let authorization = token.map(|token| format!("Bearer {token}"));
        let request = Request { authorization, ..request("GET", PHONE_LIST, &[]) };
        let response = tenant.handle(&request, NOW);
        assert_eq!(response.status, 401, "{request:?}");
        assert_eq!(parse(&response)["status_code"], -9999);
        assert_eq!(parse(&response)["instance_id"], "stg");
    }
}

#[test]
fn a_reset_makes_expired_tokens_valid_again_until_their_own_end() {
    let mut tenant = Tenant::default();
    let authorization = Some(format!("Bearer {}", tenant.issue_token(NOW)));
    let request = Request { authorization, ..request("GET", PHONE_LIST, &[]) };
    tenant.expire_tokens();
    assert_eq!(tenant.handle(&request, NOW).status, 401);
    tenant.reset();
    assert_eq!(tenant.handle(&request, NOW).status, 200);
    assert_eq!(tenant.handle(&request, NOW + 25 * 60 * 60 * 1000).status, 401);
}

#[test]
fn bad_pages_are_refused_with_http_200() {
    for query in [[("page", "0")], [("page", "-1")], [("page", "1.5")], [("size", "x")], [("size", "")]] {
        let answer = get(PHONE_LIST, &query);
        assert_eq!(answer["status_code"], -9999, "{query:?}");
        assert_eq!(answer["payload"]["status"], "fail");
        assert_eq!(answer["payload"]["error"], "data_is_required");
        assert!(answer["payload"]["message"].as_str().unwrap().starts_with(query[0].0));
    }
}

#[test]
fn a_detail_goes_with_its_phone() {
    let mut tenant = Tenant::default();
    let mut detail = |kind: &str, keyword: &str| {
        ask(&mut tenant, "GET", EXTENSION, &[("type", kind), ("keyword", keyword)])["payload"].take()
    };
    let mut with_hotlines = 0;
    for phone in all_phones() {
        let extension = phone["sip_user"].as_str().unwrap();
        let found = detail("sip_user", extension);
        assert_eq!(found["full_name"], phone["full_name"]);
        assert_eq!(found["mail"], phone["email"]);
        assert_eq!(found["pbx_account"]["sip_user"], phone["sip_user"]);
        assert_eq!(found["pbx_account"]["sip_password"], phone["password"]);
        assert_eq!(found["pbx_account"]["sip_realm"], phone["domain"]);
        with_hotlines += usize::from(found.get("hotlines").is_some_and(Value::is_array));
        for (kind, field) in [("user_email", "mail"), ("usr_uuid", "uuid")] {
            let keyword = found[field].as_str().unwrap();
            assert_eq!(detail(kind, keyword), found, "{keyword}");
        }
    }
    assert!((20..120).contains(&with_hotlines), "{with_hotlines}");
}

#[test]
fn an_unknown_extension_is_refused_with_http_200() {
    for (kind, keyword) in [("sip_user", "9999"), ("user_email", "x@example.com"), ("usr_uuid", "6349")] {
        let answer = get(EXTENSION, &[("type", kind), ("keyword", keyword)]);
        assert_eq!(answer["status_code"], -9999);
        assert_eq!(answer["payload"]["error"], "extension_invalid", "{kind}");
    }
    assert_eq!(get(HOTLINE_LIST, &[("extension", "9999")])["payload"]["error"], "extension_invalid");
    for query in
        [&[("type", "name"), ("keyword", "6349")][..], &[("keyword", "6349")], &[("type", "sip_user")]]
    {
        assert_eq!(get(EXTENSION, query)["payload"]["error"], "data_is_required", "{query:?}");
    }
}

#[test]
fn each_extension_has_its_own_hotlines() {
    let counts: HashSet<usize> = ["145", "146", "147"]
        .map(|extension| get(HOTLINE_LIST, &[("extension", extension)])["payload"].as_array().unwrap().len())
        .into();
    assert_eq!(counts, HashSet::from([0, 1, 2]));
}

#[test]
fn a_phone_is_switched_off_and_on() {
    let mut tenant = Tenant::default();
    assert_eq!(tenant.is_enabled("147"), Some(true));
    for enabled in [false, true] {
        let query = [("enabled", if enabled { "true" } else { "false" }), ("sip_user", "147")];
        assert_eq!(ask(&mut tenant, "PUT", STATUS, &query)["status_code"], 9999);
        assert_eq!(tenant.is_enabled("147"), Some(enabled));
        assert_eq!(tenant.is_enabled("145"), Some(true));
    }
}

#[test]
fn a_switch_without_sense_is_refused() {
    let mut tenant = Tenant::default();
    let unknown = ask(&mut tenant, "PUT", STATUS, &[("enabled", "false"), ("sip_user", "9999")]);
    assert_eq!((&unknown["status_code"], &unknown["error"]), (&json!(-9999), &json!("user_not_registered")));
    for query in
        [&[("enabled", "no"), ("sip_user", "147")][..], &[("sip_user", "147")], &[("enabled", "true")]]
    {
        assert_eq!(ask(&mut tenant, "PUT", STATUS, query)["payload"]["error"], "data_is_required");
    }
    assert_eq!(tenant.is_enabled("147"), Some(true));
}

#[test]
fn an_unknown_address_gets_the_page_of_a_java_server() {
    for (method, path, status) in [
        ("GET", "/api/call_center/nothing", 404),
        ("GET", "/api/call_center/internal_phone/list/", 404),
        ("GET", "", 404),
        ("POST", PHONE_LIST, 405),
        ("POST", "/api/auth", 405),
    ] {
        let response = Tenant::default().handle(&request(method, path, &[]), NOW);
        assert_eq!(response.status, status, "{method} {path}");
        assert_eq!(response.headers, [("content-type".to_owned(), "text/html;charset=utf-8".to_owned())]);
        assert!(response.body.starts_with(b"<!doctype html>"));
    }
}

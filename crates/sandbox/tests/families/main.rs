//! The calls of each family as a client sees them, without a network: records, checks, references and quirks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod greetings;
mod groups;
mod hotlines;
mod ivr_scripts;

use omicall_sandbox::{Request, Response, Tenant};
use serde_json::{Value, json};

const NOW: u64 = 1_700_000_000_000;
/// An id that nothing has.
const NOBODY: &str = "ffffffffffffffffffffffff";

/// A tenant, and the client that asks it.
#[derive(Default)]
struct Client(Tenant);

impl Client {
    fn send(&mut self, method: &str, path: &str, content_type: Option<&str>, body: &[u8]) -> Response {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query.split('&').filter_map(|pair| pair.split_once('='));
        let request = Request {
            method: method.to_owned(),
            path: format!("/api/call_center{path}"),
            query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            authorization: Some(format!("Bearer {}", self.0.issue_token(NOW))),
            content_type: content_type.map(str::to_owned),
            body: body.to_vec(),
        };
        self.0.handle(&request, NOW)
    }

    fn ask(&mut self, method: &str, path: &str, content_type: Option<&str>, body: &[u8]) -> Value {
        let response = self.send(method, path, content_type, body);
        assert_eq!(response.status, 200, "{method} {path}");
        serde_json::from_slice(&response.body).unwrap()
    }

    fn get(&mut self, path: &str) -> Value {
        self.ask("GET", path, None, b"")
    }

    fn post(&mut self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, Some("application/json"), body.to_string().as_bytes())
    }

    fn delete(&mut self, path: &str) -> Value {
        self.ask("DELETE", path, None, b"")
    }

    /// All records of a list.
    fn items(&mut self, list: &str) -> Vec<Value> {
        self.get(&format!("{list}?page=1&size=1000"))["payload"]["items"].as_array().unwrap().clone()
    }

    /// The record of a list that has this id.
    fn item(&mut self, list: &str, id: &Value) -> Value {
        let items = self.items(list);
        items.into_iter().find(|item| item["_id"] == *id).unwrap_or_else(|| panic!("{list} has no {id}"))
    }
}

/// The payload of a success.
fn payload(answer: Value) -> Value {
    assert_eq!(answer["status_code"], 9999, "{answer}");
    answer["payload"].clone()
}

/// The code of a refusal, in whichever of the three shapes it came.
fn refusal(answer: &Value) -> &str {
    assert_eq!(answer["status_code"], -9999, "{answer}");
    let places = [&answer["payload"]["error"], &answer["error"], &answer["message"]];
    places.into_iter().find_map(Value::as_str).unwrap()
}

fn sample(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn keys(record: &Value) -> Vec<&str> {
    record.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A body with one field changed, or taken away where there is no value.
fn with(body: &Value, field: &str, value: Option<Value>) -> Value {
    let mut body = body.clone();
    match value {
        Some(value) => body[field] = value,
        None => drop(body.as_object_mut().unwrap().remove(field)),
    }
    body
}

/// What each call with a JSON body refuses, whatever it is about.
fn refuses_what_is_no_body(client: &mut Client, path: &str, good: &Value) {
    for body in ["", "{", "null", "[]", "\"{}\"", "\u{0}"] {
        let answer = client.ask("POST", path, Some("application/json"), body.as_bytes());
        assert_eq!(answer, json!({ "status_code": -9999, "message": "request_body_required" }), "{body}");
    }
    for content_type in [None, Some("text/plain"), Some("multipart/form-data")] {
        let response = client.send("POST", path, content_type, good.to_string().as_bytes());
        assert_eq!(response.status, 415, "{content_type:?}");
    }
    for field in keys(good) {
        for value in [None, Some(Value::Null), Some(json!({})), Some(json!(true))] {
            let answer = client.post(path, &with(good, field, value.clone()));
            assert_eq!(refusal(&answer), "data_is_required", "{field} {value:?}");
            assert!(answer["payload"]["message"].as_str().unwrap().starts_with(field), "{answer}");
        }
    }
}

#[test]
fn an_id_is_one_piece_of_the_path() {
    let mut client = Client::default();
    for family in ["internal_group", "key-interaction", "greeting"] {
        for (id, status) in [("", 404), ("a/b", 404), ("x", 200), ("a%2Fb", 200), (NOBODY, 200)] {
            let path = format!("/{family}/delete/{id}");
            assert_eq!(client.send("DELETE", &path, None, b"").status, status, "{path}");
        }
        let response = client.send("GET", &format!("/{family}/delete/{NOBODY}"), None, b"");
        assert_eq!(response.status, 405);
        let answer = client.delete(&format!("/{family}/delete/..%2fx"));
        assert_eq!(refusal(&answer), "data_is_required");
    }
}

#[test]
fn the_same_calls_make_the_same_ids() {
    let ids = || {
        let mut client = Client::default();
        [groups::add(&mut client, "a"), groups::add(&mut client, "b")].map(|group| group["_id"].clone())
    };
    assert_eq!(ids(), ids());
    let [first, second] = ids();
    assert_ne!(first, second);
    assert!(first.as_str().is_some_and(|id| id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit())));
}

#[test]
fn a_token_is_asked_for_everywhere() {
    let mut client = Client::default();
    for (method, path) in [
        ("POST", "/hotline/extension/update"),
        ("GET", "/internal_group/list"),
        ("POST", "/key-interaction/update/x"),
        ("DELETE", "/greeting/delete/x"),
    ] {
        let path = format!("/api/call_center{path}");
        let request = Request { method: method.to_owned(), path, ..Request::default() };
        assert_eq!(client.0.handle(&request, NOW).status, 401, "{method} {}", request.path);
    }
}

//! The server over real HTTP: worlds, control plane, CORS and static files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod common;

use std::{fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use common::Sandbox;
use serde_json::{Value, json};

const PHONE_LIST: &str = "/api/call_center/internal_phone/list";

#[test]
fn a_key_and_a_token_lead_to_phones() {
    let sandbox = Sandbox::start(&[]);
    let auth = sandbox.get("/api/auth?apiKey=sandbox-api-key");
    assert_eq!(auth.header("content-type"), Some("application/json;charset=UTF-8"));
    let token = auth.json()["payload"]["access_token"].as_str().unwrap().to_owned();
    let headers = [("Authorization", format!("Bearer {token}"))];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    // Decoded once: `+` and %20 are spaces, bytes above 127 are UTF-8.
    let list =
        sandbox.send("GET", &format!("{PHONE_LIST}?keyword=Nguy%E1%BB%85n+Th%E1%BB%8B%20Minh"), &headers, "");
    assert_eq!(list.json()["payload"]["items"][0]["sip_user"], "147");
    assert_eq!(list.json()["payload"]["total_items"], 1);
    assert_eq!(sandbox.get(PHONE_LIST).status, 401);
    assert_eq!(sandbox.get("/api/nothing").header("content-type"), Some("text/html;charset=utf-8"));
    let elsewhere = sandbox.get("/elsewhere");
    assert_eq!((elsewhere.status, elsewhere.header("content-type")), (404, Some("text/html;charset=utf-8")));
}

#[test]
fn a_query_that_makes_no_sense_is_no_panic() {
    let sandbox = Sandbox::start(&[]);
    for query in ["?", "?&&=", "?keyword=%FF%FE", "?keyword=%", "?keyword=%zz", "?page=%00", "?page"] {
        let reply = sandbox.call("", &format!("{PHONE_LIST}{query}"));
        assert_eq!(reply.status, 200, "{query}");
    }
    let token = sandbox.get("/__sandbox/token").text();
    let authorization = format!("Bearer {token}");
    for body in ["{", "\0\u{fffd}", "[]"] {
        let headers = [("Authorization", authorization.as_str())];
        assert_eq!(sandbox.send("PUT", "/api/call_center/internal_phone/status", &headers, body).status, 200);
    }
    assert_eq!(sandbox.complaints(), "");
}

#[test]
fn worlds_do_not_see_one_another() {
    let sandbox = Sandbox::start(&[]);
    let token = sandbox.get("/w/one/__sandbox/token").text();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&claims).unwrap()["iss"], "sandbox/w/one");
    let authorization = format!("Bearer {token}");
    let call = |world: &str| {
        sandbox.send("GET", &format!("{world}{PHONE_LIST}"), &[("Authorization", &authorization)], "").status
    };
    assert_eq!([call("/w/one"), call("/w/two"), call("")], [200, 401, 401]);
    assert_eq!(sandbox.requests("/w/one").len(), 1);
    assert_eq!(sandbox.requests("/w/two").len(), 1);
    sandbox.post("/w/two/__sandbox/expire-tokens", "");
    assert_eq!(call("/w/one"), 200);
    sandbox.post("/w/one/__sandbox/expire-tokens", "");
    assert_eq!(call("/w/one"), 401);
    for name in ["a.b", "a%20b", &"x".repeat(65)] {
        assert_eq!(sandbox.get(&format!("/w/{name}/__sandbox/token")).status, 404, "{name}");
    }
    assert_eq!(sandbox.get(&format!("/w/{}/__sandbox/token", "x".repeat(64))).status, 200);
}

#[test]
fn requests_are_noted_without_what_is_secret() {
    let sandbox = Sandbox::start(&[]);
    sandbox.get("/w/log/api/auth?apiKey=sandbox-api-key&x=%C3%A9&x=2");
    let headers = [("X-Extra", "1"), ("Authorization", "Bearer top-secret")];
    sandbox.send("POST", "/w/log/api/nothing/%2e?a=b", &headers, "{}");
    assert_eq!(
        sandbox.get("/w/log/__sandbox/requests").json(),
        json!([
            {
                "method": "GET", "path": "/api/auth", "query": [["apiKey", "***"], ["x", "é"], ["x", "2"]],
                "headers": ["content-length", "host"], "status": 200, "aborted": false,
            },
            {
                "method": "POST", "path": "/api/nothing/%2e", "query": [["a", "b"]],
                "headers": ["authorization", "content-length", "host", "x-extra"], "status": 404,
                "aborted": false,
            },
        ])
    );
}

#[test]
fn a_reset_makes_a_fresh_world() {
    let sandbox = Sandbox::start(&[]);
    let token = sandbox.get("/w/r/__sandbox/token").text();
    sandbox.get("/w/r/api/auth");
    sandbox.post("/w/r/__sandbox/faults", r#"[{"fault":{"kind":"empty"}}]"#);
    assert_eq!(sandbox.post("/w/r/__sandbox/reset", "").status, 204);
    assert_eq!(sandbox.requests("/w/r"), Vec::<Value>::new());
    let authorization = format!("Bearer {token}");
    let reply = sandbox.send("GET", &format!("/w/r{PHONE_LIST}"), &[("Authorization", &authorization)], "");
    assert_eq!(reply.status, 401);
    // A shorter life can be chosen with it.
    assert_eq!(sandbox.post("/w/r/__sandbox/reset", r#"{"token_life_ms":0}"#).status, 204);
    assert_eq!(sandbox.call("/w/r", PHONE_LIST).status, 401);
    assert_eq!(sandbox.post("/w/r/__sandbox/reset", r#"{"token_life":0}"#).status, 400);
}

#[test]
fn a_preflight_allows_what_the_sdk_sends_and_nothing_else() {
    let sandbox = Sandbox::start(&[]);
    for path in [PHONE_LIST, &format!("/w/cors{PHONE_LIST}"), "/w/cors/__sandbox/faults", "/api/nothing"] {
        let asked = [
            ("Origin", "http://localhost:3000"),
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "authorization,x-other"),
        ];
        let reply = sandbox.send("OPTIONS", path, &asked, "");
        assert_eq!(reply.status, 204, "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(reply.header("access-control-allow-methods"), Some("GET,POST,PUT,DELETE"));
        assert_eq!(reply.header("access-control-allow-headers"), Some("authorization,content-type"));
        assert_eq!(reply.header("access-control-max-age"), Some("600"));
        assert!(reply.body.is_empty());
    }
    // A preflight is the browser's own affair.
    assert!(sandbox.requests("/w/cors").is_empty());
}

#[test]
fn every_answer_may_be_read_by_a_page_from_elsewhere() {
    let sandbox = Sandbox::start(&[]);
    for path in ["/api/auth", PHONE_LIST, "/api/nothing", "/w/x/api/auth", "/__sandbox/token"] {
        let reply = sandbox.send("GET", path, &[("Origin", "http://localhost:3000")], "");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(reply.header("access-control-expose-headers"), Some("retry-after"), "{path}");
    }
}

/// A folder as the example's, which goes away with this.
struct Www(PathBuf);

impl Www {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("omicall-sandbox-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("vendor")).unwrap();
        for file in ["index.html", "main.js", "style.css", "vendor/a.wasm", "vendor/b.mjs"] {
            fs::write(folder.join(file), file).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Www {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn static_files_come_with_their_types_and_are_not_kept() {
    let www = Www::new("static");
    let sandbox = Sandbox::start(&["--www", www.0.to_str().unwrap()]);
    for world in ["", "/w/page"] {
        for (path, content_type) in [
            ("/", "text/html"),
            ("/index.html", "text/html"),
            ("/main.js", "text/javascript"),
            ("/style.css", "text/css"),
            ("/vendor/a.wasm", "application/wasm"),
            ("/vendor/b.mjs", "application/javascript"),
        ] {
            let reply = sandbox.get(&format!("{world}{path}"));
            assert_eq!(
                (reply.status, reply.header("content-type")),
                (200, Some(content_type)),
                "{world}{path}"
            );
            assert_eq!(reply.header("cache-control"), Some("no-store"));
        }
        for path in ["/nothing.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/vendor/..%2f..%2fetc/passwd"] {
            assert_eq!(sandbox.get(&format!("{world}{path}")).status, 404, "{world}{path}");
        }
        let base = format!("http://{}{world}", sandbox.address);
        let expected = json!({ "baseUrl": base, "apiKey": "sandbox-api-key", "sipServer": null });
        assert_eq!(sandbox.get(&format!("{world}/sandbox.json")).json(), expected);
    }
    assert_eq!(sandbox.get("/api/auth").json()["message"], "api_key_is_required");
}

#[test]
fn without_a_folder_there_is_no_sign_in_file() {
    assert_eq!(Sandbox::start(&[]).get("/sandbox.json").status, 404);
}

#[test]
fn phones_sign_in_where_the_control_plane_says() {
    let sandbox = Sandbox::start(&["--www", "src"]);
    let server = "ws://127.0.0.1:4711";
    let where_to = |path: &str, pointer: &str| sandbox.call("/w/sip", path).json().pointer(pointer).cloned();
    let phone = || where_to(&format!("{PHONE_LIST}?size=1&keyword=149"), "/payload/items/0/outbound_proxy");
    let detail = || {
        let path = "/api/call_center/extensions/detail?type=sip_user&keyword=6349";
        where_to(path, "/payload/pbx_account/sip_web_socket_server")
    };
    assert_eq!(detail(), Some(json!("wss://vh.omicrm.com:7443")));
    assert_eq!(sandbox.get("/w/sip/sandbox.json").json()["sipServer"], Value::Null);
    assert_eq!(sandbox.post("/w/sip/__sandbox/sip-server", "http://127.0.0.1").status, 400);
    assert_eq!(sandbox.post("/w/sip/__sandbox/sip-server", server).status, 204);
    assert_eq!(detail(), Some(json!(server)));
    assert_eq!(phone(), Some(json!(server)));
    assert_eq!(sandbox.get("/w/sip/sandbox.json").json()["sipServer"], server);
    assert_eq!(sandbox.get("/w/other/sandbox.json").json()["sipServer"], Value::Null);
    // Also those that come later.
    sandbox.post("/w/sip/__sandbox/fill", r#"{"phones":200}"#);
    let last = where_to(&format!("{PHONE_LIST}?size=1&page=200"), "/payload/items/0/outbound_proxy");
    assert_eq!(last, Some(json!(server)));
    sandbox.post("/w/sip/__sandbox/reset", "");
    assert_eq!(detail(), Some(json!("wss://vh.omicrm.com:7443")));
}

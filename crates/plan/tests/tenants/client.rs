//! A client of the sandbox, whose errors look like those of the package.

use omicall_sandbox::{Lists, Options, Request, Tenant};
use serde_json::{Value, json};

/// A tenant, and the client that asks it. Every request takes a second.
#[derive(Debug, Default)]
pub struct Client {
    tenant: Tenant,
    now_ms: u64,
    /// The changes that were made, as method and path.
    pub changes: Vec<String>,
}

/// An error in the form of an `OmiCallError`.
pub fn error(kind: &str) -> Value {
    json!({ "kind": kind, "attempts": 1, "message": format!("a made-up error of kind {kind}") })
}

impl Client {
    /// The client of a tenant with these lists of records.
    pub fn of(lists: &Value) -> Self {
        let lists = Some(Lists::read(lists).unwrap());
        Client { tenant: Tenant::new(Options { lists, ..Options::default() }), ..Client::default() }
    }

    /// Sends a request; the payload, or the error.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value, Value> {
        self.now_ms += 1_000;
        let now = 1_700_000_000_000 + self.now_ms;
        let request = Request {
            method: method.to_owned(),
            path: format!("/api/call_center/{path}"),
            query: query.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            authorization: Some(format!("Bearer {}", self.tenant.issue_token(now))),
            content_type: body.map(|_| "application/json".to_owned()),
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        };
        let response = self.tenant.handle(&request, now);
        let envelope: Value = serde_json::from_slice(&response.body).unwrap();
        if envelope["status_code"] == 9999 {
            if method != "GET" {
                self.changes.push(format!("{method} {path}"));
            }
            return Ok(envelope["payload"].clone());
        }
        Err(json!({ "kind": "api", "attempts": 1, "message": envelope.to_string() }))
    }

    /// Calls a method of the package by its name.
    pub fn call(&mut self, name: &str, arguments: &[Value]) -> Result<Value, Value> {
        let (family, method) = name.split_once('.').unwrap();
        let family = match family {
            "greetings" => "greeting",
            "groups" => "internal_group",
            _ => "key-interaction",
        };
        let id = arguments[0].as_str().unwrap_or_default();
        match method {
            "textToSpeech" => {
                let request = &arguments[0];
                let name = request["greeting_name"].as_str().unwrap();
                self.send("POST", "greeting/upload-text-to-speech", &[("greeting_name", name)], Some(request))
            }
            "create" => self.send("POST", &format!("{family}/add"), &[], Some(&arguments[0])),
            "update" => self.send("POST", &format!("{family}/update/{id}"), &[], Some(&arguments[1])),
            "delete" => self.send("DELETE", &format!("{family}/delete/{id}"), &[], None),
            _ => panic!("{name} is not a method"),
        }
    }

    /// All records of a list of a snapshot.
    pub fn list(&mut self, list: &str, keyword: &str) -> Vec<Value> {
        let path = match list {
            "phones" => "internal_phone/list",
            "groups" => "internal_group/list",
            "scripts" => "key-interaction/list",
            _ => "greeting/list",
        };
        let query = [("page", "1"), ("size", "10000"), ("keyword", keyword)];
        self.send("GET", path, &query, None).unwrap()["items"].as_array().unwrap().clone()
    }

    /// A snapshot of the tenant.
    pub fn snapshot(&mut self) -> Value {
        let mut phones = self.list("phones", "");
        for phone in &mut phones {
            phone.as_object_mut().unwrap().remove("password");
        }
        json!({
            "format": "omicall-tenant",
            "version": 1,
            "takenAt": self.now_ms,
            "phones": phones,
            "hotlines": self.send("GET", "hotline/list", &[], None).unwrap(),
            "groups": self.list("groups", ""),
            "scripts": self.list("scripts", ""),
            "greetings": self.list("greetings", ""),
            "incomplete": [],
        })
    }
}

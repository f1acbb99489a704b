//! Faults on demand: what a broken network or server does to a response.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header::CONTENT_LENGTH},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;

use super::{
    HangUp,
    app::http,
    paced::{Drip, Huge},
    unfinished::Unfinished,
};
use omicall_sandbox::message::{self, Request};

/// The faults that are waiting for their requests, in order.
#[derive(Debug, Default)]
pub(super) struct Faults(VecDeque<PlannedFault>);

/// A fault and the requests it applies to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedFault {
    #[serde(default, rename = "match")]
    matches: Match,
    #[serde(default = "once")]
    times: u32,
    fault: Fault,
}

fn once() -> u32 {
    1
}

/// Absent fields match everything, but preflights match only `OPTIONS`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Match {
    method: Option<String>,
    /// The end of the path.
    path: Option<String>,
}

/// What goes wrong. The faults that change the normal response (`delay`, `cut_body`, `hang`, `drip`, `slow_upload`,
/// `set`, `remove`, `repeat_page`) happen after the tenant has handled the request; with the others it never sees it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Fault {
    /// Another status, with custom headers and body: a string is sent as it is, anything else as JSON.
    Status {
        code: u16,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        body: Option<Value>,
        content_type: Option<String>,
    },
    /// The normal response, later.
    Delay { ms: u64 },
    /// The connection is closed without a response.
    Drop {},
    /// The connection is reset without a response.
    Reset {},
    /// The connection is closed in the middle of the body: after half of it, or this many bytes.
    CutBody { bytes: Option<usize> },
    /// Headers, then silence until the client disconnects.
    Hang {},
    /// The normal response, with its body one byte at a time.
    Drip { ms_per_byte: u64 },
    /// A success with a body of this many bytes, or an endless one. `Content-Length` is sent only if `announced`.
    Huge {
        bytes: Option<u64>,
        #[serde(default)]
        announced: bool,
    },
    /// The normal response, but the body of the request is read only after a pause: until then the client can send no
    /// more than the network buffers. A client that disconnects is noticed only when the body is read.
    SlowUpload { ms: u64 },
    /// An HTML page instead of JSON.
    Html { code: Option<u16> },
    /// The headers of JSON, with an empty body.
    Empty {},
    /// The normal response with one value changed or added, at a JSON pointer.
    #[serde(alias = "wrong_type")]
    Set { pointer: String, value: Value },
    /// The normal response without one field of an object, at a JSON pointer.
    Remove { pointer: String },
    /// The normal response for the requested list page, with the items of the first one.
    RepeatPage {},
    /// HTTP 200 with any body.
    Raw { body: Option<String>, body_base64: Option<String>, content_type: Option<String> },
}

impl Faults {
    /// Adds faults, and returns how many are waiting.
    pub(super) fn add(&mut self, planned: Vec<PlannedFault>) -> usize {
        self.0.extend(planned);
        self.0.len()
    }

    /// Takes the fault for a request, which counts as one use.
    pub(super) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let index = self.0.iter().position(|planned| planned.matches.applies_to(method, path))?;
        let planned = self.0.get_mut(index)?;
        planned.times -= 1;
        if planned.times > 0 {
            return Some(planned.fault.clone());
        }
        self.0.remove(index).map(|planned| planned.fault)
    }
}

impl Match {
    fn applies_to(&self, method: &str, path: &str) -> bool {
        let by_method = match &self.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method),
            None => method != "OPTIONS",
        };
        by_method && self.path.as_ref().is_none_or(|end| path.ends_with(end))
    }
}

impl PlannedFault {
    /// Checks what the types do not, so that a mistake is reported when the fault is added and not when it happens.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.times == 0 {
            return Err("times must be at least 1".to_owned());
        }
        match &self.fault {
            Fault::Status { code, .. } | Fault::Html { code: Some(code) } if !(200..=599).contains(code) => {
                Err(format!("code must be from 200 to 599, not {code}"))
            }
            Fault::Status { headers, .. } => headers.iter().try_for_each(|(name, value)| {
                let fits = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
                if fits { Ok(()) } else { Err(format!("{name:?} and its value are not a header")) }
            }),
            Fault::Set { pointer, .. } | Fault::Remove { pointer } if !pointer.starts_with('/') => {
                Err(format!("pointer must begin with a slash: {pointer:?}"))
            }
            Fault::Huge { bytes: None, announced: true } => {
                Err("a body without end cannot announce its length".to_owned())
            }
            Fault::Huge { bytes: Some(bytes), .. } if *bytes < Huge::MIN_LENGTH => {
                Err(format!("bytes must be at least {}", Huge::MIN_LENGTH))
            }
            Fault::Drip { ms_per_byte: 0 } => Err("ms_per_byte must be at least 1".to_owned()),
            Fault::Raw { body_base64: Some(text), .. } => {
                STANDARD.decode(text).map(drop).map_err(|error| format!("body_base64: {error}"))
            }
            _ => Ok(()),
        }
    }
}

impl Fault {
    /// What happens before the body of the request is read.
    pub(super) async fn before_body(&self) {
        if let Self::SlowUpload { ms } = self {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
        }
    }
}

/// Applies the fault. `tenant` makes the normal response.
pub(super) async fn apply(
    fault: Fault,
    request: &Request,
    tenant: impl Fn(&Request) -> message::Response,
) -> Response {
    let normal = || tenant(request);
    match fault {
        Fault::Status { code, headers, body, content_type } => {
            let (default_type, body) = match body {
                None => (JSON, String::new()),
                Some(Value::String(text)) => ("text/plain;charset=utf-8", text),
                Some(value) => (JSON, value.to_string()),
            };
            let mut response =
                answer(code, content_type.as_deref().unwrap_or(default_type), body.into_bytes());
            response.headers.extend(headers);
            http(response)
        }
        Fault::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            http(normal())
        }
        Fault::Drop {} => hang_up(HangUp::Close),
        Fault::Reset {} => hang_up(HangUp::Reset),
        Fault::CutBody { bytes } => {
            let mut response = normal();
            let promised = response.body.len();
            response.body.truncate(bytes.unwrap_or(promised / 2).min(promised.saturating_sub(1)));
            let sent = std::mem::take(&mut response.body);
            with_content_length(response, promised, Body::new(Unfinished::cut_after(sent)))
        }
        Fault::Hang {} => {
            let mut response = normal();
            let promised = std::mem::take(&mut response.body).len();
            with_content_length(response, promised, Body::new(Unfinished::silent()))
        }
        Fault::Drip { ms_per_byte } => {
            let mut response = normal();
            let body = std::mem::take(&mut response.body);
            let length = body.len();
            with_content_length(
                response,
                length,
                Body::new(Drip::new(body, Duration::from_millis(ms_per_byte))),
            )
        }
        Fault::Huge { bytes, announced } => {
            let mut response = http(answer(200, JSON, Vec::new()));
            *response.body_mut() = Body::new(Huge::new(bytes));
            if let Some(bytes) = bytes.filter(|_| announced) {
                response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes));
            }
            response
        }
        Fault::SlowUpload { .. } => http(normal()),
        Fault::Html { code } => http(message::Response::html(code.unwrap_or(200), "The server is resting")),
        Fault::Empty {} => http(answer(200, JSON, Vec::new())),
        Fault::Set { pointer, value } => {
            let mut response = normal();
            match set(&response.body, &pointer, value) {
                Some(body) => response.body = body,
                None => return wrong(&format!("the answer has no place {pointer}")),
            }
            http(response)
        }
        Fault::Remove { pointer } => {
            let mut response = normal();
            match remove(&response.body, &pointer) {
                Some(body) => response.body = body,
                None => return wrong(&format!("the answer has no field {pointer}")),
            }
            http(response)
        }
        Fault::RepeatPage {} => {
            let mut response = normal();
            let first = first_page(request);
            let items: Option<Value> = serde_json::from_slice(&tenant(&first).body).ok();
            let items = items.and_then(|mut page| page.pointer_mut(ITEMS).map(Value::take));
            match items.and_then(|items| set(&response.body, ITEMS, items)) {
                Some(body) => response.body = body,
                None => return wrong("the answer is no page"),
            }
            http(response)
        }
        Fault::Raw { body, body_base64, content_type } => {
            let bytes = body_base64.and_then(|text| STANDARD.decode(text).ok());
            let body = bytes.unwrap_or_else(|| body.unwrap_or_default().into_bytes());
            http(answer(200, content_type.as_deref().unwrap_or(JSON), body))
        }
    }
}

const JSON: &str = "application/json;charset=UTF-8";

/// The items of a list page.
const ITEMS: &str = "/payload/items";

/// The same request for page 1.
fn first_page(request: &Request) -> Request {
    let mut request = request.clone();
    for (name, value) in &mut request.query {
        if name == "page" {
            *value = "1".to_owned();
        }
    }
    request
}

/// No response: the connection is closed instead.
pub(super) fn hang_up(how: HangUp) -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(how);
    response
}

fn answer(status: u16, content_type: &str, body: Vec<u8>) -> message::Response {
    message::Response { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body }
}

/// A response whose `Content-Length` is larger than its body: at least 1, because 0 would be complete at once.
fn with_content_length(head: message::Response, length: usize, body: Body) -> Response {
    let mut response = http(head);
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length.max(1)));
    *response.body_mut() = body;
    response
}

/// JSON with the value at a pointer replaced, or added if only its parent object exists.
fn set(json: &[u8], pointer: &str, value: Value) -> Option<Vec<u8>> {
    let mut json: Value = serde_json::from_slice(json).ok()?;
    match json.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/')?;
            let fields = json.pointer_mut(parent)?.as_object_mut()?;
            fields.insert(unescape(name), value);
        }
    }
    Some(json.to_string().into_bytes())
}

/// JSON without the field at a pointer.
fn remove(json: &[u8], pointer: &str) -> Option<Vec<u8>> {
    let mut json: Value = serde_json::from_slice(json).ok()?;
    let (parent, name) = pointer.rsplit_once('/')?;
    json.pointer_mut(parent)?.as_object_mut()?.shift_remove(&unescape(name))?;
    Some(json.to_string().into_bytes())
}

/// Unescapes a name of a JSON pointer.
fn unescape(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

fn wrong(reason: &str) -> Response {
    let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    (status, format!("sandbox: this fault makes no sense: {reason}")).into_response()
}

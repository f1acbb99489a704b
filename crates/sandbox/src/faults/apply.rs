//! Applies a fault to a response.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{
    Fault,
    edit::{remove, set},
};
use crate::message::{Request, Response};

/// What comes back: a response, or none.
#[derive(Debug)]
pub enum Outcome {
    /// A response, and how its body is sent.
    Response(Response, Delivery),
    /// The connection is closed.
    Closed,
    /// The connection is reset.
    Reset,
}

/// How the body of a response is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// At once.
    Whole,
    /// Less than is announced as `Content-Length`, after which the connection breaks.
    Cut {
        /// The `Content-Length`.
        announced: usize,
    },
    /// Nothing comes until the client disconnects.
    Silent {
        /// The `Content-Length`.
        announced: usize,
    },
    /// One byte at a time.
    Drip {
        /// The pause before each byte.
        pause_ms: u64,
    },
    /// After the body, which begins a string, come this many letters `x` and [`PADDING_END`].
    Padded {
        /// How many; `None` if it never ends.
        letters: Option<u64>,
        /// The `Content-Length`, if it is sent.
        announced: Option<u64>,
    },
}

/// The beginning of a body with [`Delivery::Padded`].
pub const PADDING: &[u8] = br#"{"status_code":9999,"payload":""#;
/// The end of such a body.
pub const PADDING_END: &[u8] = br#""}"#;

const JSON: &str = "application/json;charset=UTF-8";
const TEXT: &str = "text/plain;charset=utf-8";

/// The items of a list page.
const ITEMS: &str = "/payload/items";

impl Fault {
    /// How long to wait before the body of the request is read.
    pub fn upload_delay_ms(&self) -> u64 {
        if let Self::SlowUpload { ms } = self { *ms } else { 0 }
    }

    /// How long to wait before the request is handled.
    pub fn delay_ms(&self) -> u64 {
        if let Self::Delay { ms } = self { *ms } else { 0 }
    }

    /// What the fault makes of the response. `tenant` makes the normal one.
    pub fn apply(&self, request: &Request, mut tenant: impl FnMut(&Request) -> Response) -> Outcome {
        let (response, delivery) = match self {
            Self::Drop {} => return Outcome::Closed,
            Self::Reset {} => return Outcome::Reset,
            Self::CutBody { bytes } => {
                let mut response = tenant(request);
                let announced = response.body.len();
                response.body.truncate(bytes.unwrap_or(announced / 2).min(announced.saturating_sub(1)));
                (response, Delivery::Cut { announced: announced.max(1) })
            }
            Self::Hang {} => {
                let mut response = tenant(request);
                // At least 1, because 0 would be complete at once.
                let announced = std::mem::take(&mut response.body).len().max(1);
                (response, Delivery::Silent { announced })
            }
            Self::Drip { ms_per_byte } => (tenant(request), Delivery::Drip { pause_ms: *ms_per_byte }),
            Self::Huge { bytes, announced } => {
                let around = PADDING.len() + PADDING_END.len();
                let letters = bytes.map(|bytes| bytes.saturating_sub(around as u64));
                let announced = bytes.filter(|_| *announced);
                (respond(200, JSON, PADDING.to_vec()), Delivery::Padded { letters, announced })
            }
            _ => (self.changed(request, tenant), Delivery::Whole),
        };
        Outcome::Response(response, delivery)
    }

    /// The response of a fault that sends it at once.
    fn changed(&self, request: &Request, mut tenant: impl FnMut(&Request) -> Response) -> Response {
        match self {
            Self::Status { code, headers, body, content_type } => {
                let (default_type, body) = match body {
                    None => (JSON, String::new()),
                    Some(Value::String(text)) => (TEXT, text.clone()),
                    Some(value) => (JSON, value.to_string()),
                };
                let mut response =
                    respond(*code, content_type.as_deref().unwrap_or(default_type), body.into_bytes());
                response.headers.extend(headers.clone());
                response
            }
            Self::Html { code } => Response::html(code.unwrap_or(200), "The server is resting"),
            Self::Empty {} => respond(200, JSON, Vec::new()),
            Self::Set { pointer, value } => {
                let body = |response: &Response| set(&response.body, pointer, value.clone());
                edited(tenant(request), body, || format!("the response has no place {pointer}"))
            }
            Self::Remove { pointer } => {
                let body = |response: &Response| remove(&response.body, pointer);
                edited(tenant(request), body, || format!("the response has no field {pointer}"))
            }
            Self::RepeatPage {} => {
                let response = tenant(request);
                let first: Option<Value> = serde_json::from_slice(&tenant(&first_page(request)).body).ok();
                let items = first.and_then(|mut page| page.pointer_mut(ITEMS).map(Value::take));
                let body = |response: &Response| set(&response.body, ITEMS, items?);
                edited(response, body, || "the response is not a list page".to_owned())
            }
            Self::Raw { body, body_base64, content_type } => {
                let bytes = body_base64.as_ref().and_then(|text| STANDARD.decode(text).ok());
                let body = bytes.unwrap_or_else(|| body.clone().unwrap_or_default().into_bytes());
                respond(200, content_type.as_deref().unwrap_or(JSON), body)
            }
            _ => tenant(request),
        }
    }
}

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

fn respond(status: u16, content_type: &str, body: Vec<u8>) -> Response {
    Response { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body }
}

/// The response with another body. A fault that does not fit is the test's mistake, and it is told.
fn edited(
    mut response: Response,
    body: impl FnOnce(&Response) -> Option<Vec<u8>>,
    problem: impl FnOnce() -> String,
) -> Response {
    match body(&response) {
        Some(body) => response.body = body,
        None => {
            let text = format!("sandbox: this fault makes no sense: {}", problem());
            return respond(500, TEXT, text.into_bytes());
        }
    }
    response
}

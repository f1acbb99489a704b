//! Faults on demand: what a broken network or server does to a response. They are planned here, and applied to responses;
//! what takes a connection or a clock is left to whoever sends the response.

mod apply;
mod edit;
mod read;
mod words;

use std::collections::{BTreeMap, VecDeque};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::routes;

pub use apply::{Delivery, Outcome, PADDING, PADDING_END};
pub use words::in_words_of_pages;

/// The faults that are waiting for their requests, in order.
#[derive(Debug, Default)]
pub struct Faults(VecDeque<PlannedFault>);

/// A fault and the requests it applies to.
#[derive(Debug)]
pub struct PlannedFault {
    matches: Match,
    times: u32,
    fault: Fault,
}

/// Absent fields match everything, but preflights match only `OPTIONS`.
#[derive(Debug, Default)]
struct Match {
    method: Option<String>,
    /// The end of the path.
    path: Option<String>,
    /// The method of the package: `groups.update`, or `auth`.
    call: Option<String>,
}

/// What goes wrong. `delay` and `slow_upload` happen before the tenant handles the request; the faults that change the normal
/// response (`cut_body`, `hang`, `drip`, `set`, `remove`, `repeat_page`) after it. With the others, the tenant never sees the request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Another status, with custom headers and body: a string is sent as it is, anything else as JSON.
    Status {
        /// From 200 to 599.
        code: u16,
        /// Headers by name.
        headers: BTreeMap<String, String>,
        /// The body; none is empty.
        body: Option<Value>,
        /// Instead of JSON, or plain text for a string.
        content_type: Option<String>,
    },
    /// The normal response, later.
    Delay {
        /// How much later.
        ms: u64,
    },
    /// The connection is closed without a response.
    Drop {},
    /// The connection is reset without a response.
    Reset {},
    /// The connection is closed in the middle of the body.
    CutBody {
        /// After how many bytes; by default after half of them.
        bytes: Option<usize>,
    },
    /// Headers, then silence until the client disconnects.
    Hang {},
    /// The normal response, with its body one byte at a time.
    Drip {
        /// The pause before each byte.
        ms_per_byte: u64,
    },
    /// A success with a very long body.
    Huge {
        /// Its length; by default it is endless.
        bytes: Option<u64>,
        /// Whether `Content-Length` is sent.
        announced: bool,
    },
    /// The normal response, but the body of the request is read only after a pause: until then the client can send no
    /// more than the network buffers. A client that disconnects is noticed only when the body is read.
    SlowUpload {
        /// The pause.
        ms: u64,
    },
    /// An HTML page instead of JSON.
    Html {
        /// The status, by default 200.
        code: Option<u16>,
    },
    /// The headers of JSON, with an empty body.
    Empty {},
    /// The normal response with one value changed or added.
    Set {
        /// A JSON pointer.
        pointer: String,
        /// The new value.
        value: Value,
    },
    /// The normal response without one field of an object.
    Remove {
        /// A JSON pointer.
        pointer: String,
    },
    /// The normal response for the requested list page, with the items of the first one.
    RepeatPage {},
    /// HTTP 200 with any body.
    Raw {
        /// The body as text.
        body: Option<String>,
        /// The body as base64.
        body_base64: Option<String>,
        /// Instead of JSON.
        content_type: Option<String>,
    },
}

impl Faults {
    /// Adds faults, and returns how many are waiting.
    pub fn add(&mut self, planned: Vec<PlannedFault>) -> usize {
        self.0.extend(planned);
        self.0.len()
    }

    /// Takes the fault for a request, which counts as one use.
    pub fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let index = self.0.iter().position(|planned| planned.matches.applies_to(method, path))?;
        self.use_once(index)
    }

    /// Takes the fault for the preflight of a request, likewise.
    pub fn take_for_preflight(&mut self, method: &str, path: &str) -> Option<Fault> {
        let index = self.0.iter().position(|planned| planned.matches.applies_to_preflight(method, path))?;
        self.use_once(index)
    }

    /// Takes the first fault for a request or its preflight. Inside a page no preflight arrives, so both are taken at once.
    pub fn take_first(&mut self, method: &str, path: &str) -> Option<Struck> {
        let applies = |planned: &PlannedFault| {
            planned.matches.applies_to(method, path) || planned.matches.applies_to_preflight(method, path)
        };
        let index = self.0.iter().position(applies)?;
        let is_preflight = self.0.get(index).is_some_and(|planned| planned.matches.is_preflight());
        self.use_once(index)
            .map(|fault| if is_preflight { Struck::Preflight(fault) } else { Struck::Request(fault) })
    }

    fn use_once(&mut self, index: usize) -> Option<Fault> {
        let planned = self.0.get_mut(index)?;
        planned.times -= 1;
        if planned.times > 0 {
            return Some(planned.fault.clone());
        }
        self.0.remove(index).map(|planned| planned.fault)
    }
}

/// A fault with what it happens to.
#[derive(Clone, Debug)]
pub enum Struck {
    /// The request itself.
    Request(Fault),
    /// The preflight before it.
    Preflight(Fault),
}

impl Match {
    fn applies_to(&self, method: &str, path: &str) -> bool {
        let by_method = match &self.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method),
            None => method != "OPTIONS",
        };
        by_method && self.is_for(method, path)
    }

    fn applies_to_preflight(&self, method: &str, path: &str) -> bool {
        self.is_preflight() && self.is_for(method, path)
    }

    fn is_preflight(&self) -> bool {
        self.method.as_ref().is_some_and(|method| method.eq_ignore_ascii_case("OPTIONS"))
    }

    fn is_for(&self, method: &str, path: &str) -> bool {
        let by_path = self.path.as_ref().is_none_or(|end| path.ends_with(end));
        by_path && self.call.as_ref().is_none_or(|call| routes::name_of(method, path) == Some(call))
    }
}

/// The shortest body of [`Fault::Huge`].
const MIN_HUGE_LENGTH: u64 = (PADDING.len() + PADDING_END.len()) as u64;

impl PlannedFault {
    /// Checks what the types do not.
    fn check(&self) -> Result<(), String> {
        if self.times == 0 {
            return Err("times must be at least 1".to_owned());
        }
        if let Some(call) = &self.matches.call
            && !routes::call_names().any(|name| name == call)
        {
            let names: Vec<&str> = routes::call_names().collect();
            return Err(format!("call must be one of {}, not {call}", names.join(", ")));
        }
        match &self.fault {
            Fault::Status { code, .. } | Fault::Html { code: Some(code) } if !(200..=599).contains(code) => {
                Err(format!("a status must be from 200 to 599, not {code}"))
            }
            Fault::Status { content_type: Some(value), .. }
            | Fault::Raw { content_type: Some(value), .. }
                if !is_header_value(value) =>
            {
                Err("content_type must be a text that fits into a header".to_owned())
            }
            Fault::Status { headers, .. } => headers.iter().try_for_each(|(name, value)| {
                if !(is_header_name(name) && is_header_value(value)) {
                    return Err(format!("`{name}` and its value are not a header"));
                }
                if headers.keys().any(|other| other != name && other.eq_ignore_ascii_case(name)) {
                    return Err(format!("the header {} is there twice", name.to_ascii_lowercase()));
                }
                Ok(())
            }),
            Fault::Set { pointer, .. } | Fault::Remove { pointer } if !pointer.starts_with('/') => {
                Err(format!("pointer must begin with a slash: {pointer}"))
            }
            Fault::Huge { bytes: None, announced: true } => {
                Err("a body without end cannot announce its length".to_owned())
            }
            Fault::Huge { bytes: Some(bytes), .. } if *bytes < MIN_HUGE_LENGTH => {
                Err(format!("bytes must be at least {MIN_HUGE_LENGTH}"))
            }
            Fault::Drip { ms_per_byte: 0 } => Err("ms_per_byte must be at least 1".to_owned()),
            Fault::Raw { body_base64: Some(text), .. } => {
                STANDARD.decode(text).map(drop).map_err(|error| format!("body_base64: {error}"))
            }
            _ => Ok(()),
        }
    }
}

fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
}

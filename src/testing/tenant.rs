//! One sandbox, without clock and network: requests and the time come in as values.

use std::cell::RefCell;

use js_sys::{Array, JsString, Uint8Array};
use omicall_api::error::Error;
use omicall_sandbox::{
    DAY_MS, Forms, Lists, Options, Request, Response, Tenant,
    faults::{Delivery, Fault, Faults, Outcome, PlannedFault, Struck, in_words_of_pages},
    secrets::{is_secret, mask_passwords, shown_query},
};
use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::convert::error::ThrownError;

/// A tenant with its faults. It is not exported to pages: `createSandbox` in `bundled/create-sandbox.js` holds it.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct SandboxTenant(RefCell<World>);

#[derive(Debug)]
struct World {
    tenant: Tenant,
    faults: Faults,
}

#[wasm_bindgen]
impl SandboxTenant {
    /// Makes a tenant from options, which JavaScript has checked, and JSON lists of records, if they are not the usual ones.
    /// `option` is the option that they come from.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(
        agents: Option<u32>,
        seed: u32,
        token_life_ms: Option<f64>,
        lists: Option<String>,
        option: &str,
    ) -> Result<SandboxTenant, ThrownError> {
        let lists = lists.map(|lists| Lists::read(&parsed(&lists)?)).transpose();
        let options = Options {
            token_life_ms: token_life_ms.map_or(DAY_MS, |ms| ms as u64),
            seed,
            agents: agents.map(|agents| agents as usize),
            lists: lists.map_err(|problem| Error::usage(["`", option, "`: ", &problem, "."].concat()))?,
            name: "sandbox".to_owned(),
            forms: Forms { nfc: |text| normalized(text, "NFC"), nfd: |text| normalized(text, "NFD") },
        };
        Ok(Self(RefCell::new(World { tenant: Tenant::new(options), faults: Faults::default() })))
    }

    /// Issues a token.
    #[wasm_bindgen(skip_typescript)]
    pub fn token(&self, now_ms: f64) -> String {
        self.0.borrow_mut().tenant.issue_token(now_ms as u64)
    }

    /// Expires all tokens issued so far.
    #[wasm_bindgen(js_name = expireTokens, skip_typescript)]
    pub fn expire_tokens(&self) {
        self.0.borrow_mut().tenant.expire_tokens();
    }

    /// Undoes all changes and forgets the planned faults.
    #[wasm_bindgen(skip_typescript)]
    pub fn reset(&self) {
        let mut world = self.0.borrow_mut();
        world.tenant.reset();
        world.faults = Faults::default();
    }

    /// All records as JSON.
    #[wasm_bindgen(skip_typescript)]
    pub fn records(&self, has_passwords: bool) -> String {
        let mut records = self.0.borrow().tenant.records();
        if !has_passwords {
            mask_passwords(&mut records);
        }
        records.to_string()
    }

    /// A query, given as names and values in turn, as JSON for a test: without secrets, and as it counts.
    #[wasm_bindgen(js_name = shownQuery, skip_typescript)]
    pub fn shown_query(&self, query: Vec<String>) -> String {
        shown_query(&pairs(&query)).to_string()
    }

    /// Whether what has this name in a body is secret.
    #[wasm_bindgen(js_name = isSecret, skip_typescript)]
    pub fn is_secret(&self, name: &str) -> bool {
        is_secret(name)
    }

    /// Plans a fault, in the JSON that the control plane of the HTTP server takes too.
    #[wasm_bindgen(skip_typescript)]
    pub fn plan(&self, fault: &str) -> Result<(), ThrownError> {
        let planned = parsed(fault).and_then(|fault| {
            PlannedFault::read(&fault).map_err(|problem| in_words_of_pages(&fault, &problem))
        });
        let planned =
            planned.map_err(|problem| Error::usage(["`sandbox.fail`: ", &problem, "."].concat()))?;
        self.0.borrow_mut().faults.add(vec![planned]);
        Ok(())
    }

    /// A request is about to be sent: takes the fault for it.
    #[wasm_bindgen(skip_typescript)]
    pub fn begin(&self, method: &str, path: &str) -> PendingRequest {
        PendingRequest(self.0.borrow_mut().faults.take_first(method, path))
    }

    /// Responds to a request, which arrived whole: `[status, headers, body, delivery, amount]`, where `headers` are JSON pairs,
    /// `delivery` says how the body comes, and `amount` is what is to be known about that. The status of a connection that
    /// breaks is 0.
    #[wasm_bindgen(skip_typescript)]
    #[expect(
        clippy::too_many_arguments,
        reason = "a struct would have to be built member by member in JavaScript"
    )]
    pub fn respond(
        &self,
        pending: PendingRequest,
        method: String,
        path: String,
        query: Vec<String>,
        authorization: Option<String>,
        content_type: Option<String>,
        body: Vec<u8>,
        now_ms: f64,
    ) -> Array {
        let request = Request { method, path, query: pairs(&query), authorization, content_type, body };
        let mut world = self.0.borrow_mut();
        let mut tenant = |request: &Request| world.tenant.handle(request, now_ms as u64);
        let outcome = match pending.0 {
            Some(Struck::Request(fault)) => fault.apply(&request, tenant),
            _ => Outcome::Response(tenant(&request), Delivery::Whole),
        };
        match outcome {
            Outcome::Response(response, delivery) => response_parts(&response, delivery),
            Outcome::Closed | Outcome::Reset => Array::of1(&0.into()),
        }
    }
}

fn pairs(query: &[String]) -> Vec<(String, String)> {
    let pairs = query.chunks_exact(2).filter_map(|pair| match pair {
        [name, value] => Some((name.clone(), value.clone())),
        _ => None,
    });
    pairs.collect()
}

fn response_parts(response: &Response, delivery: Delivery) -> Array {
    let Response { status, headers, body } = response;
    let headers: Value = headers.iter().map(|(name, value)| vec![name.as_str(), value]).collect();
    let (delivery, amount, announced) = match delivery {
        Delivery::Whole => ("whole", None, Some(body.len() as f64)),
        Delivery::Cut { announced } => ("cut", None, Some(announced as f64)),
        Delivery::Silent { announced } => ("silent", None, Some(announced as f64)),
        Delivery::Drip { pause_ms } => ("drip", Some(pause_ms as f64), Some(body.len() as f64)),
        Delivery::Padded { letters, announced } => {
            ("padded", letters.map(|letters| letters as f64), announced.map(|length| length as f64))
        }
    };
    let parts: [JsValue; 6] = [
        (*status).into(),
        headers.to_string().into(),
        Uint8Array::from(body.as_slice()).into(),
        delivery.into(),
        amount.into(),
        announced.into(),
    ];
    parts.iter().collect()
}

/// By the engine, which has the tables of Unicode.
fn normalized(text: &str, form: &str) -> String {
    JsString::from(text).normalize(form).into()
}

/// Reads what `JSON.stringify` has written. Of that, serde_json refuses only two things.
fn parsed(json: &str) -> Result<Value, String> {
    serde_json::from_slice(json.as_bytes()).map_err(|error| {
        let is_deep = error.to_string().starts_with("recursion limit");
        if is_deep { "it is nested too deeply" } else { "a text in it has half of a surrogate pair" }
            .to_owned()
    })
}

/// A request on its way, with what happens to it. JavaScript waits as long as it says.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct PendingRequest(Option<Struck>);

#[wasm_bindgen]
impl PendingRequest {
    /// How long the connection takes.
    #[wasm_bindgen(getter, js_name = connectMs, skip_typescript)]
    pub fn connect_ms(&self) -> f64 {
        if let Some(Struck::Preflight(fault)) = &self.0 { fault.delay_ms() as f64 } else { 0.0 }
    }

    /// Whether there is no connection: every fault of a preflight but a delay prevents it.
    #[wasm_bindgen(getter, js_name = isUnreachable, skip_typescript)]
    pub fn is_unreachable(&self) -> bool {
        matches!(&self.0, Some(Struck::Preflight(fault)) if !matches!(fault, Fault::Delay { .. }))
    }

    /// How long it takes until the request is handled.
    #[wasm_bindgen(getter, js_name = delayMs, skip_typescript)]
    pub fn delay_ms(&self) -> f64 {
        let Some(Struck::Request(fault)) = &self.0 else { return 0.0 };
        fault.delay_ms().saturating_add(fault.upload_delay_ms()) as f64
    }
}

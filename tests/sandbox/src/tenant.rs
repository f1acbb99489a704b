//! The tenant: one customer of the vendor, who signs in, is recognised, and whose call is answered.

use serde_json::json;

use crate::{
    call::Call,
    envelope::{self, Failure},
    extensions, greetings, groups,
    hotlines::Hotlines,
    ivr_scripts,
    message::{Request, Response},
    phones::Phones,
    records::{Records, Serial},
    routes::{self, Found},
    token::{DAY_MS, Tokens},
};

/// The key that `GET /api/auth` accepts.
pub const API_KEY: &str = "sandbox-api-key";

/// What can be chosen about a tenant.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tokens of tenants with different names are not accepted by one another.
    pub name: String,
    /// How long a token lives.
    pub token_life_ms: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { name: "sandbox".to_owned(), token_life_ms: DAY_MS }
    }
}

/// A made-up customer with all its records, the same at each start.
#[derive(Debug)]
pub struct Tenant {
    tokens: Tokens,
    sip_server: Option<String>,
    data: Data,
}

/// The records; the families read and change them.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) phones: Phones,
    pub(crate) hotlines: Hotlines,
    pub(crate) groups: Records,
    pub(crate) scripts: Records,
    pub(crate) greetings: Records,
    pub(crate) serial: Serial,
}

impl Default for Tenant {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl Tenant {
    /// A fresh tenant: nothing was changed, no token was issued.
    pub fn new(options: Options) -> Self {
        Self {
            tokens: Tokens::new(options.name, options.token_life_ms),
            sip_server: None,
            data: Data {
                phones: Phones::new(),
                hotlines: Hotlines::default(),
                groups: groups::recorded(),
                scripts: ivr_scripts::recorded(),
                greetings: greetings::recorded(),
                serial: Serial::default(),
            },
        }
    }

    /// Answers one request at the time given in Unix milliseconds.
    pub fn handle(&mut self, request: &Request, now_ms: u64) -> Response {
        if request.path == "/api/auth" {
            return self.auth(request, now_ms);
        }
        let (route, id) = match routes::find(&request.method, &request.path) {
            Found::Call(route, id) => (route, id),
            Found::OtherMethod => return Response::html(405, "Method Not Allowed"),
            Found::Nothing => return Response::html(404, "Not Found"),
        };
        if let Err(message) = self.tokens.check(request.authorization.as_deref(), now_ms) {
            return envelope::unauthorized(message);
        }
        match (route.answer)(&mut self.data, &Call { request, id, now_ms }) {
            Ok(payload) => envelope::success(route.sample, payload),
            Err(failure) => failure.into(),
        }
    }

    /// A token as `GET /api/auth` would give it.
    pub fn issue_token(&mut self, now_ms: u64) -> String {
        self.tokens.issue(now_ms)
    }

    /// Makes every token issued so far an expired one.
    pub fn expire_tokens(&mut self) {
        self.tokens.expire();
    }

    /// Whether a phone is switched on (`PUT /internal_phone/status`), or `None` where there is no such phone.
    pub fn is_enabled(&self, sip_user: &str) -> Option<bool> {
        self.data.phones.is_enabled(sip_user)
    }

    /// Adds made-up phones until the list has this many, and says how many it has.
    pub fn fill_phones(&mut self, count: usize) -> usize {
        self.data.phones.fill(count);
        if let Some(sip_server) = &self.sip_server {
            self.data.phones.point_to(sip_server);
        }
        self.data.phones.len()
    }

    /// Lets all phones sign in at a SIP server of one's own, instead of the vendor's.
    pub fn use_sip_server(&mut self, web_socket_url: &str) {
        self.data.phones.point_to(web_socket_url);
        self.sip_server = Some(web_socket_url.to_owned());
    }

    /// The SIP server of one's own, where there is one.
    pub fn sip_server(&self) -> Option<&str> {
        self.sip_server.as_deref()
    }

    fn auth(&mut self, request: &Request, now_ms: u64) -> Response {
        if request.method != "GET" {
            return Response::html(405, "Method Not Allowed");
        }
        match request.query("apiKey") {
            None | Some("") => Failure::Message("api_key_is_required").into(),
            Some(API_KEY) => {
                let token = self.tokens.issue(now_ms);
                let payload =
                    json!({ "access_token": token, "access_type": "normal", "token_type": "Bearer" });
                envelope::success(extensions::SAMPLE, payload)
            }
            Some(_) => Failure::Message("api_key_invalid").into(),
        }
    }
}

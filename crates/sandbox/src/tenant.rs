//! The tenant: one customer of the vendor. Authenticates requests and responds to them.

use serde_json::{Value, json};

use crate::{
    call::Call,
    data::Data,
    envelope::{self, Failure},
    message::{Request, Response},
    records::lists::Lists,
    records::phones::DETAIL,
    routes::{self, Found},
    text::Forms,
    token::Tokens,
};

/// The key that `GET /api/auth` accepts.
pub const API_KEY: &str = "sandbox-api-key";

/// Options of a tenant.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tenants with different names do not accept each other's tokens.
    pub name: String,
    /// How long a token is valid.
    pub token_life_ms: u64,
    /// Another seed makes other agents and other ids.
    pub seed: u32,
    /// How many phones there are, if it is not the usual number.
    pub agents: Option<usize>,
    /// Records instead of the recorded and made-up ones.
    pub lists: Option<Lists>,
    /// The normal forms of Unicode.
    pub forms: Forms,
}

#[cfg(feature = "unicode")]
impl Default for Options {
    fn default() -> Self {
        Self {
            name: "sandbox".to_owned(),
            token_life_ms: crate::DAY_MS,
            seed: 0,
            agents: None,
            lists: None,
            forms: Forms::default(),
        }
    }
}

/// A made-up customer with all its records, the same at each start.
#[derive(Debug)]
pub struct Tenant {
    options: Options,
    tokens: Tokens,
    sip_server: Option<String>,
    data: Data,
    /// The records without changes; made at the first reset.
    initial: Option<Box<Data>>,
}

#[cfg(feature = "unicode")]
impl Default for Tenant {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl Tenant {
    /// A new tenant: nothing changed, no token issued.
    pub fn new(options: Options) -> Self {
        let tokens = Tokens::new(options.name.clone(), options.token_life_ms);
        Self { data: Self::made(&options), options, tokens, sip_server: None, initial: None }
    }

    fn made(options: &Options) -> Data {
        Data::new(options.seed, options.agents, options.lists.clone(), options.forms)
    }

    /// Undoes all changes. Tokens stay, and those that [`Self::expire_tokens`] expired are valid again.
    pub fn reset(&mut self) {
        let initial = self.initial.get_or_insert_with(|| Box::new(Self::made(&self.options)));
        self.data = Data::clone(initial);
        self.sip_server = None;
        self.tokens.restore();
    }

    /// All records, as [`Lists::read`] takes them.
    pub fn records(&self) -> Value {
        let Data { phones, hotlines, groups, scripts, greetings, .. } = &self.data;
        json!({
            "phones": phones.records().collect::<Vec<_>>(),
            "hotlines": hotlines.all(),
            "groups": groups.all().collect::<Vec<_>>(),
            "scripts": scripts.all().collect::<Vec<_>>(),
            "greetings": greetings.all().collect::<Vec<_>>(),
        })
    }

    /// Responds to one request at a time in Unix milliseconds.
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
        match (route.respond)(&mut self.data, &Call { request, id, now_ms }) {
            Ok(payload) => envelope::success(route.sample, payload),
            Err(failure) => failure.into(),
        }
    }

    /// Issues a token, like `GET /api/auth`.
    pub fn issue_token(&mut self, now_ms: u64) -> String {
        self.tokens.issue(now_ms)
    }

    /// Expires every token issued so far.
    pub fn expire_tokens(&mut self) {
        self.tokens.expire();
    }

    /// Whether a phone is enabled (`PUT /internal_phone/status`); `None` if it does not exist.
    pub fn is_enabled(&self, sip_user: &str) -> Option<bool> {
        self.data.phones.is_enabled(sip_user)
    }

    /// Adds made-up phones until the list has this many, and returns how many it has.
    pub fn fill_phones(&mut self, count: usize) -> usize {
        self.data.phones.fill(count);
        if let Some(sip_server) = &self.sip_server {
            self.data.phones.set_sip_server(sip_server);
        }
        self.data.phones.len()
    }

    /// Sets the SIP server of all phones, instead of the vendor's.
    pub fn use_sip_server(&mut self, web_socket_url: &str) {
        self.data.phones.set_sip_server(web_socket_url);
        self.sip_server = Some(web_socket_url.to_owned());
    }

    /// The SIP server that was set, if any.
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
                envelope::success(DETAIL, payload)
            }
            Some(_) => Failure::Message("api_key_invalid").into(),
        }
    }
}

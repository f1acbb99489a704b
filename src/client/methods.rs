//! The methods of the handles as data. One function calls all of them: a function of its own for each would take 1.4 KB more.

use js_sys::Array;
use omicall_api::endpoint::Endpoint;
use wasm_bindgen::JsValue;

use super::{Arguments, Client, edits, pagination, payload_check::Rules};
use crate::upload;

/// A family of methods, which pages have as a handle.
#[derive(Debug)]
pub struct Family {
    /// The TypeScript class.
    pub class: &'static str,
    /// The member of `CallCenter`.
    pub name: &'static str,
    /// Its methods.
    pub methods: &'static [Method],
}

/// A method of a handle.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    endpoint: &'static Endpoint,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// One call, after a check by these rules. Its arguments are the id and the argument of the endpoint, if it has them, and the options.
    Call(Option<Rules>),
    /// An async iterator over a list.
    Iterate,
    /// The upload of a recording.
    Upload,
    /// Several calls: the signature that [`edits::run`] takes.
    Edit(&'static str),
}

impl Method {
    /// A method that makes one call.
    pub const fn call(name: &'static str, endpoint: &'static Endpoint) -> Self {
        Method { name, endpoint, kind: Kind::Call(None) }
    }

    /// The rules that the argument must follow.
    pub const fn check(mut self, rules: Rules) -> Self {
        self.kind = Kind::Call(Some(rules));
        self
    }

    /// `iterate` for a list.
    pub const fn iterate(endpoint: &'static Endpoint) -> Self {
        Method { name: "iterate", endpoint, kind: Kind::Iterate }
    }

    /// A method that uploads a recording.
    pub const fn upload(name: &'static str, endpoint: &'static Endpoint) -> Self {
        Method { name, endpoint, kind: Kind::Upload }
    }

    /// A method that makes several calls; errors name `endpoint`.
    pub const fn edit(name: &'static str, endpoint: &'static Endpoint, signature: &'static str) -> Self {
        Method { name, endpoint, kind: Kind::Edit(signature) }
    }

    /// Calls the method. Returns a promise, or an iterator. `call_center` makes a `CallCenter` of the same client.
    pub fn call_with(&self, client: &Client, all: &Array, call_center: impl Fn() -> JsValue) -> JsValue {
        let endpoint = self.endpoint;
        let mut arguments = (0..).map(|index| all.get(index));
        let mut next = || arguments.next().unwrap_or_default();
        let rules = match self.kind {
            Kind::Edit(signature) => {
                return edits::run(client, signature, call_center(), endpoint, all).into();
            }
            Kind::Upload => return upload::upload(client, next(), next()).into(),
            Kind::Call(rules) => rules,
            Kind::Iterate => None,
        };
        let id = endpoint.has_id().then(&mut next);
        let value = endpoint.argument.map(|_| next());
        let (arguments, options) = (Arguments { id, value, rules }, next());
        match self.kind {
            Kind::Iterate => pagination::iterate(client, endpoint, arguments, options),
            _ => client.call(endpoint, arguments, options).into(),
        }
    }
}

//! The addresses the tenant knows: each family lists its own, this file finds the one that is meant.

use serde_json::Value;

use crate::{envelope::Failure, extensions, hotlines, message::Request, phones, tenant::Data};

/// One call of the API.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// A recorded answer, for its envelope.
    pub(crate) sample: &'static str,
    /// Makes the payload.
    pub(crate) answer: fn(&mut Data, &Request) -> Result<Value, Failure>,
}

const FAMILIES: [&[Route]; 3] = [phones::ROUTES, hotlines::ROUTES, extensions::ROUTES];

/// What a method and a path lead to.
#[derive(Debug)]
pub(crate) enum Found {
    Call(&'static Route),
    /// The path is known, with another method.
    OtherMethod,
    Nothing,
}

pub(crate) fn find(method: &str, path: &str) -> Found {
    let mut found = Found::Nothing;
    for route in FAMILIES.into_iter().flatten().filter(|route| route.path == path) {
        if route.method == method {
            return Found::Call(route);
        }
        found = Found::OtherMethod;
    }
    found
}

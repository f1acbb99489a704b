//! Finds the route of a request. Each family lists its own routes.

use crate::{extensions, greetings, groups, hotlines, ivr_scripts, phones, route::Route};

const FAMILIES: [&[Route]; 6] = [
    phones::ROUTES,
    hotlines::ROUTES,
    extensions::ROUTES,
    groups::ROUTES,
    ivr_scripts::ROUTES,
    greetings::ROUTES,
];

/// The route for a method and a path.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    /// The route, with the value of `:id`.
    Call(&'static Route, &'a str),
    /// The path is known, with another method.
    OtherMethod,
    Nothing,
}

pub(crate) fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let mut found = Found::Nothing;
    for route in FAMILIES.into_iter().flatten() {
        let Some(id) = route.id_in(path) else { continue };
        if route.method == method {
            return Found::Call(route, id);
        }
        found = Found::OtherMethod;
    }
    found
}

/// The name of the sign-in, which is not an endpoint of a family.
const AUTH: &str = "auth";

/// The name of the call with this method and path: `groups.update`, or `auth`.
pub(crate) fn name_of(method: &str, path: &str) -> Option<&'static str> {
    match find(method, path) {
        Found::Call(route, _) => Some(route.name),
        _ if path == "/api/auth" => Some(AUTH),
        _ => None,
    }
}

/// The names of all calls: `groups.update`, and `auth`.
pub fn call_names() -> impl Iterator<Item = &'static str> {
    FAMILIES.into_iter().flatten().map(|route| route.name).chain([AUTH])
}

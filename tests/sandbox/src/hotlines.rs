//! Hotlines: the numbers that a customer rented, and which extension may call out with which.

use serde_json::{Value, json};

use crate::{
    envelope::{self, Failure},
    message::Request,
    routes::Route,
    tenant::Data,
};

const SAMPLE: &str = include_str!("../../samples/hotline_list.json");

pub(crate) const ROUTES: &[Route] =
    &[Route { method: "GET", path: "/api/call_center/hotline/list", sample: SAMPLE, answer: list }];

/// All numbers, or those of one extension: some may use all of them, some one, some none.
fn list(data: &mut Data, request: &Request) -> Result<Value, Failure> {
    match request.query("extension") {
        None | Some("") => Ok(all()),
        Some(extension) if data.phones.by_sip_user(extension).is_some() => Ok(of_extension(extension)),
        Some(_) => Err(Failure::Payload("extension_invalid", "Extension does not exist".to_owned())),
    }
}

fn all() -> Value {
    envelope::parse(SAMPLE).get_mut("payload").map(Value::take).unwrap_or_default()
}

/// The numbers that an extension which exists may call out with.
pub(crate) fn of_extension(extension: &str) -> Value {
    let all = all();
    let count = match extension.parse::<usize>() {
        Ok(number) => 2 - number % 3,
        Err(_) => 0,
    };
    let numbers: Vec<&Value> = all.as_array().into_iter().flatten().take(count).collect();
    json!(numbers)
}

//! Hotlines: the numbers that a customer has rented, and which extension may call with which.

use serde_json::{Value, json};

use crate::{call::Call, data::Data, envelope::Failure, records::hotlines::SAMPLE, route::Route};

const DIRECTIONS: [&str; 2] = ["outbound", "inbound"];

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "hotlines.list",
        method: "GET",
        path: "/api/call_center/hotline/list",
        sample: SAMPLE,
        respond: list,
    },
    Route {
        name: "hotlines.assignToExtension",
        method: "POST",
        path: "/api/call_center/hotline/extension/update",
        sample: SAMPLE,
        respond: assign,
    },
];

/// All numbers, or those of one extension.
fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    match call.query("extension") {
        None | Some("") => Ok(json!(data.hotlines.all())),
        Some(extension) if data.phones.by_sip_user(extension).is_some() => {
            Ok(data.hotlines.for_extension(extension))
        }
        Some(_) => Err(Failure::Payload("extension_invalid", "Extension does not exist".to_owned())),
    }
}

/// Assigns a number to exactly one extension.
fn assign(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let fields = call.json()?;
    let hotline = fields.text("hotline")?;
    let email = fields.text("user_email")?;
    let directions = fields.texts("directions")?;
    if directions.is_empty() || !directions.iter().all(|direction| DIRECTIONS.contains(direction)) {
        return Err(Failure::data("directions must be outbound, inbound or both"));
    }
    if !data.hotlines.all().contains(&json!(hotline)) {
        return Err(Failure::Payload("number_call_out_invalid", "Hotline does not exist".to_owned()));
    }
    let phone = data.phones.find(|phone| phone.text("email").eq_ignore_ascii_case(email));
    let phone = phone.ok_or(Failure::TopLevel("user_not_registered", "User is not registered".to_owned()))?;
    data.hotlines.assign(hotline, phone.text("sip_user").to_owned(), directions.contains(&"outbound"));
    // The vendor does not document this payload.
    Ok(Value::Null)
}

//! Hotlines: the numbers that a customer has rented, and which extension may call with which.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{call::Call, envelope::Failure, records::payload, routes::Route, tenant::Data};

const SAMPLE: &str = include_str!("../../../tests/samples/hotline_list.json");

const DIRECTIONS: [&str; 2] = ["outbound", "inbound"];

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "hotlines.list",
        method: "GET",
        path: "/api/call_center/hotline/list",
        sample: SAMPLE,
        answer: list,
    },
    Route {
        name: "hotlines.assignToExtension",
        method: "POST",
        path: "/api/call_center/hotline/extension/update",
        sample: SAMPLE,
        answer: assign,
    },
];

/// All numbers, and those that are assigned to one extension only.
#[derive(Clone, Debug)]
pub(crate) struct Hotlines {
    all: Vec<Value>,
    /// Of how many numbers an extension may use, by its number; with none, it may use all of them.
    shares: &'static [usize],
    owners: HashMap<String, Owner>,
}

#[derive(Clone, Debug)]
struct Owner {
    extension: String,
    calls_out: bool,
}

/// The recorded numbers.
impl Default for Hotlines {
    fn default() -> Self {
        let all = payload(SAMPLE).as_array().cloned().unwrap_or_default();
        Self { all, shares: &[2, 1, 0], owners: HashMap::new() }
    }
}

impl Hotlines {
    /// These numbers, which all extensions may use.
    pub(crate) fn new(all: Vec<Value>) -> Self {
        Self { all, shares: &[], owners: HashMap::new() }
    }

    pub(crate) fn all(&self) -> &[Value] {
        &self.all
    }

    /// The numbers that an existing extension may call with: of the recorded ones, some may use all, some one, some none,
    /// unless a number is assigned to one extension only.
    pub(crate) fn for_extension(&self, extension: &str) -> Value {
        let number = extension.parse::<usize>().ok();
        let shared = match self.shares {
            [] => self.all.len(),
            shares => number.and_then(|number| shares.get(number % shares.len())).copied().unwrap_or(0),
        };
        let numbers = self.all.iter().enumerate();
        let is_own =
            |(index, number): &(usize, &Value)| match self.owners.get(number.as_str().unwrap_or_default()) {
                Some(owner) => owner.calls_out && owner.extension == extension,
                None => *index < shared,
            };
        let own: Vec<&Value> = numbers.filter(is_own).map(|(_, number)| number).collect();
        json!(own)
    }
}

/// All numbers, or those of one extension.
fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    match call.query("extension") {
        None | Some("") => Ok(json!(data.hotlines.all)),
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
    if !data.hotlines.all.contains(&json!(hotline)) {
        return Err(Failure::Payload("number_call_out_invalid", "Hotline does not exist".to_owned()));
    }
    let phone = data.phones.find(|phone| phone.text("email").eq_ignore_ascii_case(email));
    let phone = phone.ok_or(Failure::TopLevel("user_not_registered", "User is not registered".to_owned()))?;
    let owner =
        Owner { extension: phone.text("sip_user").to_owned(), calls_out: directions.contains(&"outbound") };
    data.hotlines.owners.insert(hotline.to_owned(), owner);
    // The vendor does not document this payload.
    Ok(Value::Null)
}

//! One extension in detail, with the SIP account that a softphone signs in with.

use serde_json::{Value, json};

use crate::{
    envelope::{self, Failure},
    hotlines,
    message::Request,
    phones::Phone,
    routes::Route,
    tenant::Data,
    text::unaccent,
};

pub(crate) const SAMPLE: &str = include_str!("../../samples/extensions_detail.json");
/// The extension that was recorded.
const SAMPLE_EXTENSION: &str = "6349";

pub(crate) const ROUTES: &[Route] =
    &[Route { method: "GET", path: "/api/call_center/extensions/detail", sample: SAMPLE, answer: detail }];

fn detail(data: &mut Data, request: &Request) -> Result<Value, Failure> {
    let Some(keyword) = request.query("keyword").filter(|keyword| !keyword.is_empty()) else {
        return Err(Failure::Payload("data_is_required", "keyword is required".to_owned()));
    };
    let phone = match request.query("type") {
        Some("sip_user") => data.phones.by_sip_user(keyword),
        Some("user_email") => data.phones.find(|phone| phone.text("email").eq_ignore_ascii_case(keyword)),
        Some("usr_uuid") => data.phones.find(|phone| uuid(phone) == keyword),
        _ => {
            let message = "type must be sip_user, user_email or usr_uuid".to_owned();
            return Err(Failure::Payload("data_is_required", message));
        }
    };
    let phone = phone.ok_or(Failure::Payload("extension_invalid", "Extension does not exist".to_owned()))?;
    Ok(describe(phone))
}

/// The recorded payload, with this phone's values in it.
fn describe(phone: &Phone) -> Value {
    let mut payload = envelope::parse(SAMPLE).get_mut("payload").map(Value::take).unwrap_or_default();
    let extension = phone.text("sip_user");
    let values = [
        ("/extension", extension),
        ("/full_name", phone.text("full_name")),
        ("/mail", phone.text("email")),
        ("/uuid", &uuid(phone)),
        ("/pbx_account/display_name", extension),
        ("/pbx_account/sip_user", extension),
        ("/pbx_account/sip_password", phone.text("password")),
        ("/pbx_account/sip_web_socket_server", phone.text("outbound_proxy")),
        ("/pbx_account/sip_realm", phone.text("domain")),
    ];
    for (pointer, value) in values {
        if let Some(place) = payload.pointer_mut(pointer) {
            *place = json!(value);
        }
    }
    // Newer accounts tell their hotlines, older ones lack the field.
    if has_hotlines(extension)
        && let Some(fields) = payload.as_object_mut()
    {
        fields.insert("hotlines".to_owned(), hotlines::of_extension(extension));
    }
    payload
}

fn has_hotlines(extension: &str) -> bool {
    extension.parse::<usize>().is_ok_and(|number| number % 2 == 0)
}

/// The user name at the vendor: the given name, the other initials and the extension, `anntm147`.
fn uuid(phone: &Phone) -> String {
    let extension = phone.text("sip_user");
    if extension == SAMPLE_EXTENSION {
        return "tientv11".to_owned();
    }
    let name = unaccent(phone.text("full_name"));
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let given = words.pop().unwrap_or_default();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    format!("{given}{initials}{extension}")
}

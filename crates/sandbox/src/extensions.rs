//! The details of one extension, with the SIP account that a softphone registers with.

use serde_json::{Value, json};

use crate::{
    call::Call,
    data::Data,
    envelope::Failure,
    records::hotlines::Hotlines,
    records::payload,
    records::phones::{DETAIL, Phone},
    route::Route,
    text::Forms,
};

/// The recorded extension.
const SAMPLE_EXTENSION: &str = "6349";

pub(crate) const ROUTES: &[Route] = &[Route {
    name: "extensions.detail",
    method: "GET",
    path: "/api/call_center/extensions/detail",
    sample: DETAIL,
    respond: detail,
}];

fn detail(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let Some(keyword) = call.query("keyword").filter(|keyword| !keyword.is_empty()) else {
        return Err(Failure::data("keyword is required"));
    };
    let phone = match call.query("type") {
        Some("sip_user") => data.phones.by_sip_user(keyword),
        Some("user_email") => data.phones.find(|phone| phone.text("email").eq_ignore_ascii_case(keyword)),
        Some("usr_uuid") => data.phones.find(|phone| uuid(phone, data.forms) == keyword),
        _ => {
            return Err(Failure::data("type must be sip_user, user_email or usr_uuid"));
        }
    };
    let phone = phone.ok_or(Failure::Payload("extension_invalid", "Extension does not exist".to_owned()))?;
    Ok(describe(phone, &data.hotlines, data.forms))
}

/// The recorded payload with this phone's values.
fn describe(phone: &Phone, hotlines: &Hotlines, forms: Forms) -> Value {
    let mut payload = payload(DETAIL);
    let extension = phone.text("sip_user");
    let values = [
        ("/extension", extension),
        ("/full_name", phone.text("full_name")),
        ("/mail", phone.text("email")),
        ("/uuid", &uuid(phone, forms)),
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
    // Newer accounts have their hotlines, older ones lack the field.
    if has_hotlines(extension)
        && let Some(fields) = payload.as_object_mut()
    {
        fields.insert("hotlines".to_owned(), hotlines.for_extension(extension));
    }
    payload
}

fn has_hotlines(extension: &str) -> bool {
    extension.parse::<usize>().is_ok_and(|number| number % 2 == 0)
}

/// The user name at the vendor: the given name, the other initials and the extension, `anntm147`.
fn uuid(phone: &Phone, forms: Forms) -> String {
    let extension = phone.text("sip_user");
    if extension == SAMPLE_EXTENSION {
        return "tientv11".to_owned();
    }
    let name = forms.unaccent(phone.text("full_name"));
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let given = words.pop().unwrap_or_default();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    format!("{given}{initials}{extension}")
}

//! Internal phones: the extensions of a tenant and their agents.

use serde_json::Value;

use crate::{
    call::Call, data::Data, envelope::Failure, page::PageQuery, records::phones::SAMPLE, route::Route,
};

const DEFAULT_SIZE: usize = 50;

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "phones.list",
        method: "GET",
        path: "/api/call_center/internal_phone/list",
        sample: SAMPLE,
        respond: list,
    },
    Route {
        name: "phones.setEnabled",
        method: "PUT",
        path: "/api/call_center/internal_phone/status",
        sample: SAMPLE,
        respond: set_status,
    },
];

fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let page = PageQuery::read(call, DEFAULT_SIZE)?;
    let keyword = data.forms.unaccent(call.query("keyword").unwrap_or_default().trim());
    let found = data.phones.search(&keyword);
    Ok(page.page(found))
}

fn set_status(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let enabled = match call.query("enabled") {
        Some("true") => true,
        Some("false") => false,
        _ => return Err(Failure::data("enabled must be true or false")),
    };
    let Some(sip_user) = call.query("sip_user").filter(|sip_user| !sip_user.is_empty()) else {
        return Err(Failure::data("sip_user is required"));
    };
    if !data.phones.set_enabled(sip_user, enabled) {
        return Err(Failure::TopLevel("user_not_registered", "User is not registered".to_owned()));
    }
    // The vendor does not document this payload.
    Ok(Value::Null)
}

//! IVR scripts ("key interaction"): what a caller hears, and where each key leads.

use serde_json::{Value, json};

use crate::{
    call::{Call, Fields, checked_id},
    data::Data,
    destinations::{check_destination as check_existence, overflowing_to, unknown_greeting, unknown_script},
    envelope::Failure,
    page::PageQuery,
    records::ivr_scripts::{ADD, LIST, key, leads_to},
    records::{current_user, payload, set, text},
    route::Route,
    text::Forms,
};

const UPDATE: &str = include_str!("../../../tests/samples/key_interaction_update.json");

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "ivrScripts.list",
        method: "GET",
        path: "/api/call_center/key-interaction/list",
        sample: LIST,
        respond: list,
    },
    Route {
        name: "ivrScripts.create",
        method: "POST",
        path: "/api/call_center/key-interaction/add",
        sample: ADD,
        respond: add,
    },
    Route {
        name: "ivrScripts.update",
        method: "POST",
        path: "/api/call_center/key-interaction/update/:id",
        sample: UPDATE,
        respond: update,
    },
    Route {
        name: "ivrScripts.delete",
        method: "DELETE",
        path: "/api/call_center/key-interaction/delete/:id",
        sample: ADD,
        respond: delete,
    },
];

fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let page = PageQuery::read_required(call)?;
    let keyword = call.query("keyword").unwrap_or_default();
    Ok(page.page_with_extension(data.scripts.search(keyword, &["script_name", "script_number"], data.forms)))
}

fn add(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let mut script = payload(ADD);
    set(&mut script, [("_id", json!(""))]);
    let mut script = changed(data, script, &call.json()?)?;
    let new = data.serial.next();
    set(
        &mut script,
        [
            ("_id", json!(new.id())),
            ("tenant_id", data.tenant_id.clone()),
            ("script_number", json!(new.number())),
            ("created_date", json!(call.now_ms)),
            ("created_by", current_user()),
        ],
    );
    note_change(&mut script, call.now_ms);
    data.scripts.add(script.clone());
    Ok(script)
}

fn update(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let id = call.id()?;
    let script = data.scripts.find(id).ok_or_else(|| unknown_script(id))?.clone();
    let mut script = changed(data, script, &call.json()?)?;
    note_change(&mut script, call.now_ms);
    if let Some(place) = data.scripts.find_mut(id) {
        *place = script.clone();
    }
    Ok(script)
}

fn note_change(script: &mut Value, now_ms: u64) {
    // Set at creation already, as recorded; in a group it is null until the first change.
    set(script, [("last_updated_date", json!(now_ms)), ("last_updated_by", current_user())]);
}

fn delete(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let id = call.id()?;
    data.scripts.find(id).ok_or_else(|| unknown_script(id))?;
    let is_in_its_way = |other: &&Value| text(other, "_id") != id && leads_to(other, id);
    if let Some(other) = data.scripts.all().find(is_in_its_way) {
        let message = format!("Script is used by script {}", text(other, "script_name"));
        return Err(Failure::TopLevel("script_in_use", message));
    }
    if let Some(group) = overflowing_to(data, id) {
        let message = format!("Script is used by group {}", text(group, "group_name"));
        return Err(Failure::TopLevel("script_in_use", message));
    }
    data.scripts.remove(id);
    // The vendor does not document this payload.
    Ok(Value::Null)
}

/// The script with the validated fields of the body. An optional field that is not sent is reset, as in a group.
fn changed(data: &Data, mut script: Value, fields: &Fields) -> Result<Value, Failure> {
    let own_id = text(&script, "_id").to_owned();
    let name = fields.text("script_name")?;
    let is_taken = |other: &&Value| {
        text(other, "_id") != own_id
            && fold_name(text(other, "script_name"), data.forms) == fold_name(name, data.forms)
    };
    if data.scripts.all().find(is_taken).is_some() {
        return Err(Failure::TopLevel("script_name_exists", format!("Script name {name} already exists")));
    }
    set(
        &mut script,
        [
            ("script_name", json!(name)),
            ("script_name_unsigned", json!(data.forms.unsigned(name))),
            ("greeting_id", json!(fields.text("greeting_id")?)),
            ("max_failure", json!(fields.count("max_failure")?)),
            ("time_out", json!(fields.count("time_out")?)),
            ("scripts", keys(data, fields.list("scripts")?)?),
        ],
    );
    for field in ["greeting_short_id", "invalid_sound_id", "action_type", "action"] {
        let value = fields.optional_text(field)?.unwrap_or_default();
        set(&mut script, [(field, json!(value))]);
    }
    match fields.optional_text("ivr_direct_menu_dial")?.unwrap_or("false") {
        value @ ("true" | "false") => set(&mut script, [("ivr_direct_menu_dial", json!(value))]),
        _ => return Err(Failure::data("ivr_direct_menu_dial must be \"true\" or \"false\"")),
    }
    for field in ["greeting_id", "greeting_short_id", "invalid_sound_id"] {
        let id = text(&script, field);
        if !id.is_empty() && data.greetings.find(checked_id(field, id)?).is_none() {
            return Err(unknown_greeting(id));
        }
    }
    check_destination(data, text(&script, "action_type"), text(&script, "action"))?;
    Ok(script)
}

/// Names are equal if they differ only in case, surrounding spaces or the encoding of accents.
fn fold_name(name: &str, forms: Forms) -> String {
    forms.nfc(name.trim()).chars().flat_map(char::to_lowercase).collect()
}

fn keys(data: &Data, sent: &[Value]) -> Result<Value, Failure> {
    let mut keys: Vec<Value> = Vec::new();
    for sent in sent {
        let fields = Fields::try_from(sent)?;
        let ivr = fields.text("ivr")?;
        if !ivr.bytes().all(|key| key.is_ascii_digit() || b"*#".contains(&key)) {
            return Err(Failure::data(format!("ivr must be of 0-9, * and #, not {ivr}")));
        }
        if keys.iter().any(|other| text(other, "ivr") == ivr) {
            return Err(Failure::data(format!("ivr {ivr} is there twice")));
        }
        let action_type = fields.optional_text("action_type")?.unwrap_or_default();
        let action = fields.optional_text("action")?.unwrap_or_default();
        check_destination(data, action_type, action)?;
        keys.push(key(ivr, action_type, action));
    }
    Ok(keys.into())
}

/// Checks that the destination of a key or of the fallback exists. An existing script may lead to itself.
fn check_destination(data: &Data, action_type: &str, action: &str) -> Result<(), Failure> {
    match action_type {
        "" => return Ok(()),
        _ if action.is_empty() => return Err(Failure::data(format!("action is required for {action_type}"))),
        "Ring_group" | "Ivr_menu" | "Recording" => checked_id("action", action)?,
        // The destinations of undocumented types are unknown.
        _ => return Ok(()),
    };
    check_existence(data, action_type, action)
}

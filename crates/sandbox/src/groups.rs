//! Ring groups: several extensions under one number, rung together or one after the other.

use serde_json::{Value, json};

use crate::{
    call::{Call, Fields, checked_id},
    data::Data,
    destinations::{check_destination, overflowing_to, unknown_group},
    envelope::Failure,
    page::PageQuery,
    records::groups::{ADD, LIST, RING_SECONDS, member},
    records::ivr_scripts::leads_to,
    records::{current_user, payload, set, text},
    route::Route,
    text::Forms,
};

const UPDATE: &str = include_str!("../../../tests/samples/internal_group_update.json");

const DEFAULT_SIZE: usize = 10;
const STRATEGIES: [&str; 3] = ["enterprise", "rollover", "random"];
const OVERFLOW_TYPES: [&str; 3] = ["Recording", "Ivr_menu", "Ring_group"];
/// What an update of a group resets if it does not send it, as recorded. `target_timeout_type` and `target_timeout` are the only
/// ones that it can send.
const RESET: [&str; 5] = ["target_timeout_type", "target_timeout", "ring_back_id", "is_answer", "criterias"];

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "groups.list",
        method: "GET",
        path: "/api/call_center/internal_group/list",
        sample: LIST,
        respond: list,
    },
    Route {
        name: "groups.create",
        method: "POST",
        path: "/api/call_center/internal_group/add",
        sample: ADD,
        respond: add,
    },
    Route {
        name: "groups.update",
        method: "POST",
        path: "/api/call_center/internal_group/update/:id",
        sample: UPDATE,
        respond: update,
    },
    Route {
        name: "groups.addMembers",
        method: "POST",
        path: "/api/call_center/internal_group/add-members",
        sample: ADD,
        respond: add_members,
    },
    Route {
        name: "groups.removeMembers",
        method: "POST",
        path: "/api/call_center/internal_group/remove-members",
        sample: ADD,
        respond: remove_members,
    },
    Route {
        name: "groups.delete",
        method: "DELETE",
        path: "/api/call_center/internal_group/delete/:id",
        sample: ADD,
        respond: delete,
    },
];

fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let page = PageQuery::read(call, DEFAULT_SIZE)?;
    let keyword = call.query("keyword").unwrap_or_default();
    Ok(page.page_with_extension(data.groups.search(keyword, &["group_name", "group_number"], data.forms)))
}

/// A validated request body.
struct GroupRequest {
    name: String,
    strategy: String,
    /// The extensions as they were sent.
    sip_members: Vec<String>,
    members: Value,
    timeout: u64,
}

impl GroupRequest {
    fn read(data: &Data, fields: &Fields) -> Result<Self, Failure> {
        let name = fields.text("group_name")?.to_owned();
        let strategy = fields.one_of("strategy", &STRATEGIES)?.to_owned();
        let sip_members = fields.texts("sip_members")?;
        let timeout = fields.count("timeout")?;
        let mut members = Vec::new();
        for member in members_for(data, &sip_members, timeout)? {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let sip_members = sip_members.into_iter().map(str::to_owned).collect();
        Ok(Self { name, strategy, sip_members, members: members.into(), timeout })
    }

    fn apply_to(&self, group: &mut Value, now_ms: u64, forms: Forms) {
        set(
            group,
            [
                ("group_name", json!(self.name)),
                ("group_name_unsigned", json!(forms.unsigned(&self.name))),
                ("strategy", json!(self.strategy)),
                ("members", self.members.clone()),
                ("last_updated_date", json!(now_ms)),
            ],
        );
    }

    /// The response to a change has two fields more than the record.
    fn into_response(self, mut group: Value) -> Value {
        if let Some(fields) = group.as_object_mut() {
            fields.insert("sip_members".to_owned(), json!(self.sip_members));
            fields.insert("timeout".to_owned(), json!(self.timeout));
        }
        group
    }
}

fn add(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let wanted = GroupRequest::read(data, &call.json()?)?;
    let new = data.serial.next();
    let mut group = payload(ADD);
    if let Some(fields) = group.as_object_mut() {
        fields.shift_remove("sip_members");
        fields.shift_remove("timeout");
    }
    set(
        &mut group,
        [
            ("_id", json!(new.id())),
            ("tenant_id", data.tenant_id.clone()),
            ("group_number", json!(new.number())),
            ("created_date", json!(call.now_ms)),
            ("create_by", current_user()),
        ],
    );
    wanted.apply_to(&mut group, call.now_ms, data.forms);
    data.groups.add(group.clone());
    Ok(wanted.into_response(group))
}

fn update(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let id = call.id()?;
    let fields = call.json()?;
    let wanted = GroupRequest::read(data, &fields)?;
    let overflow = overflow(data, &fields)?;
    let group = data.groups.find_mut(id).ok_or_else(|| unknown_group(id))?;
    // As recorded: the first change also replaces the other nulls of a new group with 0, false or the user.
    for (field, value) in payload(UPDATE).as_object().into_iter().flatten() {
        let is_reset = RESET.contains(&field.as_str());
        if let Some(place) = group.get_mut(field).filter(|place| is_reset || place.is_null()) {
            *place = value.clone();
        }
    }
    if let Some((kind, id)) = overflow {
        set(group, [("target_timeout_type", json!(kind)), ("target_timeout", json!(id))]);
    }
    wanted.apply_to(group, call.now_ms, data.forms);
    set(group, [("last_update_by", current_user())]);
    Ok(wanted.into_response(group.clone()))
}

/// Where a phone call goes that nobody answers: the kind and the id. `None` if the update does not send it, or sends `""`.
fn overflow<'f>(data: &Data, fields: &'f Fields) -> Result<Option<(&'f str, &'f str)>, Failure> {
    let kind = fields.optional_text("target_timeout_type")?.unwrap_or_default();
    let id = fields.optional_text("target_timeout")?.unwrap_or_default();
    if kind.is_empty() && id.is_empty() {
        return Ok(None);
    }
    let kind = fields.one_of("target_timeout_type", &OVERFLOW_TYPES)?;
    let id = checked_id("target_timeout", fields.text("target_timeout")?)?;
    check_destination(data, kind, id)?;
    Ok(Some((kind, id)))
}

fn add_members(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    change_members(data, call, |members, change| {
        for new in change {
            if members.iter().all(|member| member.get("agent_id") != new.get("agent_id")) {
                members.push(new);
            }
        }
    })
}

fn remove_members(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    change_members(data, call, |members, change| {
        members.retain(|member| change.iter().all(|gone| gone.get("agent_id") != member.get("agent_id")));
    })
}

fn change_members(
    data: &mut Data,
    call: &Call,
    change: impl FnOnce(&mut Vec<Value>, Vec<Value>),
) -> Result<Value, Failure> {
    let fields = call.json()?;
    let id = checked_id("group_id", fields.text("group_id")?)?;
    let sip_users = fields.texts("sip_users")?;
    if sip_users.is_empty() {
        return Err(Failure::data("sip_users is required"));
    }
    let group = data.groups.find(id).ok_or_else(|| unknown_group(id))?;
    let timeout = group.pointer("/members/0/timeout").and_then(Value::as_u64).unwrap_or(RING_SECONDS);
    let changed = members_for(data, &sip_users, timeout)?;
    let group = data.groups.find_mut(id).ok_or_else(|| unknown_group(id))?;
    if let Some(members) = group.get_mut("members").and_then(Value::as_array_mut) {
        change(members, changed);
    }
    set(group, [("last_updated_date", json!(call.now_ms)), ("last_update_by", current_user())]);
    // The vendor does not document this payload.
    Ok(Value::Null)
}

fn delete(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let id = call.id()?;
    data.groups.find(id).ok_or_else(|| unknown_group(id))?;
    if let Some(script) = data.scripts.all().find(|script| leads_to(script, id)) {
        let message = format!("Group is used by script {}", text(script, "script_name"));
        return Err(Failure::TopLevel("group_in_use", message));
    }
    if let Some(group) = overflowing_to(data, id) {
        let message = format!("Group is used by group {}", text(group, "group_name"));
        return Err(Failure::TopLevel("group_in_use", message));
    }
    data.groups.remove(id);
    Ok(Value::Null)
}

/// The members for these extensions.
fn members_for(data: &Data, extensions: &[&str], timeout: u64) -> Result<Vec<Value>, Failure> {
    let member_for = |extension: &&str| {
        let phone = data.phones.by_sip_user(extension).ok_or_else(|| {
            Failure::Payload("extension_invalid", format!("Extension {extension} does not exist"))
        })?;
        let (agent_id, contact_id) = phone.agent();
        Ok(member(&agent_id, &contact_id, timeout))
    };
    extensions.iter().map(member_for).collect()
}

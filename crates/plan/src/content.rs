//! What can be sent of a record: the request that would make it, with the ids of its own tenant. Two records are alike if their
//! contents are.

use omicall_schema::{compact::concat, secrets::is_secret};

use crate::{
    json::{Names, Object, Value, is_blank, items, member_text, object, text, write},
    kind::Kind,
    matching::{composed, fold},
    snapshot::Phones,
};

/// The member of a placeholder: an object in place of the id of a record that does not exist yet.
pub const REF: &str = "$ref";

/// The optional fields of a script that are texts.
const SCRIPT_TEXTS: [&str; 4] = ["action_type", "action", "greeting_short_id", "invalid_sound_id"];

/// The fields of each kind of record that say what is sent.
const GREETING_FIELDS: &[&str] = &["greeting_name", "content", "voice", "speed"];
const GROUP_FIELDS: &[&str] =
    &["group_name", "strategy", "members", "sip_members", "timeout", "target_timeout", "target_timeout_type"];
const SCRIPT_FIELDS: &[&str] =
    &["script_name", "greeting_id", "max_failure", "time_out", "scripts", "ivr_direct_menu_dial"];

/// Fields that the server sets by itself.
const SET_BY_SERVER: &[&str] = &[
    "_id",
    "tenant_id",
    "created_date",
    "last_updated_date",
    "create_by",
    "created_by",
    "last_update_by",
    "last_updated_by",
    "is_deleted",
    "group_number",
    "script_number",
    "formality",
    "recording_file",
    "is_hidden_in_list",
    "agent_id",
    "password",
    "domain",
    "outbound_proxy",
];

/// What can be sent of a record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// All fields of the request, also the optional ones.
    pub request: Object,
    /// The agents of members whose extension is not known.
    pub unresolved: Vec<String>,
    /// Whether it is a recording, whose bytes nobody can read.
    pub is_recording: bool,
    /// Fields that hold something which no request takes.
    pub unsent: Vec<String>,
}

/// Reads what can be sent of a record.
pub fn content(kind: Kind, record: &Value, phones: &Phones<'_>) -> Content {
    let mut content = match kind {
        Kind::Greeting => greeting(record),
        Kind::Group => group(record, phones),
        Kind::Script => script(record),
        Kind::Phone | Kind::Hotline => Content::default(),
    };
    for (name, value) in record.members() {
        if !is_blank(value) && !is_sent(kind, name) && !is_set_by_server(name) {
            content.unsent.push(name.clone());
        }
    }
    content
}

/// Whether a request holds this field of a record, or says the same in other words.
fn is_sent(kind: Kind, field: &str) -> bool {
    match kind {
        Kind::Greeting => is_one_of(GREETING_FIELDS, field),
        Kind::Group => is_one_of(GROUP_FIELDS, field),
        Kind::Script => is_one_of(SCRIPT_FIELDS, field) || is_one_of(&SCRIPT_TEXTS, field),
        Kind::Phone | Kind::Hotline => false,
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.contains(&word)
}

/// Whether the server sets this field by itself: ids, dates, who made a change, numbers, names without accents, the name that belongs to an
/// id in the same record, and the file of a recording.
pub fn is_set_by_server(field: &str) -> bool {
    let is_name_of_reference = field.ends_with("_name") && !is_own_name(field);
    is_one_of(SET_BY_SERVER, field)
        || field.ends_with("_unsigned")
        || is_name_of_reference
        || is_secret(field)
}

/// A value as it may be shown: without the members that nobody should see, however deep they are.
pub fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_secrets).collect(),
        Value::Object(members) => {
            let shown = members.iter().filter(|(name, _)| !is_secret(name));
            Value::Object(shown.map(|(name, value)| (name.clone(), without_secrets(value))).collect())
        }
        other => other.clone(),
    }
}

fn is_own_name(field: &str) -> bool {
    Kind::ALL.into_iter().any(|kind| kind.name_field() == field)
}

fn greeting(record: &Value) -> Content {
    let name = composed(text(record, "greeting_name"));
    let (words, voice) = (composed(text(record, "content")), text(record, "voice"));
    let is_recording = words.is_empty() || voice.is_empty();
    let mut request = object([("greeting_name", name.into())]);
    if !is_recording {
        let speed = match record.get("speed") {
            Some(Value::String(speed)) => speed.clone(),
            Some(Value::Number(speed)) => write(&speed.trunc().into()),
            _ => "0".into(),
        };
        for (field, value) in [("text", words.as_str()), ("speed", &speed), ("voice", voice)] {
            request.set(field, value);
        }
    }
    Content { request, is_recording, ..Content::default() }
}

fn group(record: &Value, phones: &Phones<'_>) -> Content {
    let mut content = Content::default();
    let mut extensions: Vec<String> = Vec::new();
    let mut ring_seconds = None;
    let mut has_several = false;
    for member in items(record, "members") {
        let agent = text(member, "agent_id");
        let seconds = member.get("timeout").and_then(Value::as_f64).filter(|seconds| *seconds > 0.0);
        if let Some(seconds) = seconds {
            has_several |= ring_seconds.is_some_and(|known| known != seconds);
            ring_seconds = Some(seconds.max(ring_seconds.unwrap_or(seconds)));
        }
        match extension_of(member, phones) {
            Some(extension) if !extensions.iter().any(|known| known == extension) => {
                extensions.push(extension.into())
            }
            Some(_) => {}
            None => content.unresolved.push(agent.into()),
        }
        for field in ["hold_music_id", "view"] {
            let name = concat(&["members/", field]);
            if member.get(field).is_some_and(|value| !is_blank(value)) && !content.unsent.contains(&name) {
                content.unsent.push(name);
            }
        }
    }
    if has_several {
        content.unsent.push("members/timeout".into());
    }
    // Responses of `create` and `update` list the extensions too, and what is to be sent has nothing else.
    let listed = items(record, "sip_members").iter().filter_map(Value::as_str);
    if record.get("members").is_none()
        || (!content.unresolved.is_empty() && listed.clone().count() >= items(record, "members").len())
    {
        extensions = listed.map(str::to_owned).collect();
        content.unresolved.clear();
    }
    let timeout = ring_seconds
        .or_else(|| record.get("timeout").and_then(Value::as_f64))
        .map_or(Value::Null, Value::Number);
    let (overflow_type, overflow) = (text(record, "target_timeout_type"), record.get("target_timeout"));
    let is_known = Kind::of_action_type(overflow_type).is_some() && overflow.is_some_and(|id| !is_blank(id));
    if !is_known && (!overflow_type.is_empty() || overflow.is_some_and(|id| !is_blank(id))) {
        content.unsent.push("target_timeout".into());
    }
    content.request = object([
        ("group_name", composed(text(record, "group_name")).into()),
        ("strategy", text(record, "strategy").into()),
        ("sip_members", extensions.into()),
        ("timeout", timeout),
        ("target_timeout_type", if is_known { overflow_type.into() } else { "".into() }),
        ("target_timeout", overflow.filter(|_| is_known).map_or_else(|| "".into(), without_secrets)),
    ]);
    content
}

fn script(record: &Value) -> Content {
    let keys = items(record, "scripts").iter().map(|key| {
        let mut fields =
            object([("ivr", text(key, "ivr").into()), ("action_type", text(key, "action_type").into())]);
        fields.set("action", reference(key, "action"));
        Value::Object(fields)
    });
    let mut request = object([
        ("script_name", composed(text(record, "script_name")).into()),
        ("greeting_id", reference(record, "greeting_id")),
        ("max_failure", record.get("max_failure").map(without_secrets).unwrap_or_default()),
        ("time_out", record.get("time_out").map(without_secrets).unwrap_or_default()),
        ("scripts", keys.collect()),
    ]);
    for field in SCRIPT_TEXTS {
        request.set(field, reference(record, field));
    }
    let direct_dial =
        Some(text(record, "ivr_direct_menu_dial")).filter(|value| !value.is_empty()).unwrap_or("false");
    request.set("ivr_direct_menu_dial", direct_dial);
    Content { request, ..Content::default() }
}

/// The extension of a member; `None` if it is not known.
fn extension_of<'m>(member: &'m Value, phones: &Phones<'m>) -> Option<&'m str> {
    match text(member, "sip_user") {
        "" => phones.of_agent(text(member, "agent_id")),
        known => Some(known),
    }
}

/// The values of two records in a field that no request takes; `None` if they say the same. `extension` gives the extensions of the
/// first tenant for those of the second.
pub fn unsent_change(
    field: &str,
    old: (&Value, &Phones<'_>),
    new: (&Value, &Phones<'_>),
    extension: &dyn Fn(&str) -> String,
) -> Option<(Value, Value)> {
    match field.strip_prefix("members/") {
        Some(field) => {
            let from = of_members(old, field, &str::to_owned);
            let to = of_members(new, field, extension);
            (!has_same_items(&from, &to)).then_some((from, to))
        }
        None => {
            let [from, to] =
                [old.0, new.0].map(|record| record.get(field).map(without_secrets).unwrap_or_default());
            (from != to && !(is_blank(&from) && is_blank(&to))).then_some((from, to))
        }
    }
}

/// What each member of a group holds in a field, after its extension: `["101 20", "102 30"]`.
fn of_members(
    (group, phones): (&Value, &Phones<'_>),
    field: &str,
    extension: &dyn Fn(&str) -> String,
) -> Value {
    let held = items(group, "members").iter().filter_map(|member| {
        let value = member.get(field).filter(|value| !is_blank(value))?;
        let name = extension_of(member, phones).map_or_else(|| text(member, "agent_id").into(), extension);
        Some(concat(&[
            &name,
            " ",
            &value.as_str().map_or_else(|| write(&without_secrets(value)), str::to_owned),
        ]))
    });
    held.collect()
}

/// A field with an id or a placeholder; `""` if there is none.
fn reference(value: &Value, field: &str) -> Value {
    match value.get(field) {
        None | Some(Value::Null) => "".into(),
        Some(other) => without_secrets(other),
    }
}

/// The request of a saved step in the form of [`Content::request`], so that the two can be compared.
pub fn full_request(kind: Kind, request: &Value) -> Object {
    match kind {
        Kind::Greeting => request.as_object().cloned().unwrap_or_default(),
        _ => content(kind, request, &Phones::default()).request,
    }
}

/// Whether two requests make the same record. The order of members matters only where they ring in order, and an empty group has no
/// ringing time.
pub fn is_same(kind: Kind, one: &Object, other: &Object) -> bool {
    one.iter().all(|(field, value)| is_same_field(kind, field, value, one, other))
        && other.keys().all(|field| one.contains_key(field))
}

/// Whether a field of two requests says the same.
pub fn is_same_field(kind: Kind, field: &str, value: &Value, one: &Object, other: &Object) -> bool {
    let in_other = other.get(field).unwrap_or(&Value::Null);
    if value == in_other {
        return true;
    }
    let has_members = |request: &Object| request.get("sip_members").is_some_and(|members| !is_blank(members));
    match (kind, field) {
        (Kind::Group, "sip_members") => {
            member_text(one, "strategy") != "rollover"
                && member_text(other, "strategy") != "rollover"
                && has_same_items(value, in_other)
        }
        // Nobody makes a recording anew for the case of its name.
        (Kind::Greeting, "greeting_name") => {
            fold(value.as_str().unwrap_or_default()) == fold(in_other.as_str().unwrap_or_default())
        }
        (Kind::Group, "timeout") => !has_members(one) && !has_members(other),
        // The order of keys says nothing.
        (Kind::Script, "scripts") => has_same_items(value, in_other),
        _ => false,
    }
}

/// Whether two lists have the same items, in any order.
fn has_same_items(one: &Value, other: &Value) -> bool {
    let texts = |list: &Value| -> Names { list.items().iter().map(|item| (write(item), ())).collect() };
    let (one, other) = (texts(one), texts(other));
    one.names().all(|name| other.has(name)) && other.names().all(|name| one.has(name))
}

/// What is sent of a request: without optional fields that are empty, and for a new group without its overflow, which only an
/// update takes.
pub fn sent_request(kind: Kind, is_update: bool, request: &Object) -> Object {
    let mut sent = request.clone();
    match kind {
        Kind::Group if !is_update => sent.retain(&|field, _| !field.starts_with("target_timeout")),
        Kind::Script => sent.retain(&|field, value| !is_one_of(&SCRIPT_TEXTS, field) || value != ""),
        _ => {}
    }
    sent
}

/// Where a request names another record.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The kind of the other record; `None` if the type is not documented.
    pub kind: Option<Kind>,
    /// Its id.
    pub id: String,
}

/// Visits every place of a request that names another record. Places that name none are left out.
pub fn each_reference(kind: Kind, request: &mut Object, visit: &mut dyn FnMut(Option<Kind>, &mut Value)) {
    let mut at = |members: &mut Object, type_field: Option<&str>, field: &str| {
        let kind =
            type_field.map_or(Some(Kind::Greeting), |name| Kind::of_action_type(member_text(members, name)));
        let is_named = type_field.is_none_or(|name| !member_text(members, name).is_empty());
        if let Some(id) = members.get_mut(field).filter(|id| is_named && !is_blank(id)) {
            visit(kind, id);
        }
    };
    match kind {
        Kind::Group => at(request, Some("target_timeout_type"), "target_timeout"),
        Kind::Script => {
            for field in ["greeting_id", "greeting_short_id", "invalid_sound_id"] {
                at(request, None, field);
            }
            if let Some(Value::Array(keys)) = request.get_mut("scripts") {
                for key in keys.iter_mut().filter_map(Value::as_object_mut) {
                    at(key, Some("action_type"), "action");
                }
            }
            at(request, Some("action_type"), "action");
        }
        Kind::Phone | Kind::Hotline | Kind::Greeting => {}
    }
}

/// The records that a request names. What is not created yet is named by its placeholder.
pub fn references(kind: Kind, request: &Object) -> Vec<Reference> {
    let mut found = Vec::new();
    each_reference(kind, &mut request.clone(), &mut |kind, id| {
        let id = match &*id {
            Value::String(id) => id.clone(),
            other => match text(other, REF) {
                "" => write(other),
                key => key.into(),
            },
        };
        found.push(Reference { kind, id });
    });
    found
}

/// Takes away references that `is_gone` names: a key stays without a destination, a fallback and an overflow become none. The
/// greeting of a script stays, for it cannot be without one.
pub fn without_references(kind: Kind, request: &Object, is_gone: &dyn Fn(Kind, &str) -> bool) -> Object {
    let mut request = request.clone();
    each_reference(kind, &mut request, &mut |kind, id| {
        let name = id.as_str().or_else(|| id.get(REF).and_then(Value::as_str)).unwrap_or_default();
        if kind.is_some_and(|kind| is_gone(kind, name)) {
            *id = "".into();
        }
    });
    clear_types(&mut request, "target_timeout_type", "target_timeout");
    clear_types(&mut request, "action_type", "action");
    if let Some(Value::Array(keys)) = request.get_mut("scripts") {
        for key in keys.iter_mut().filter_map(Value::as_object_mut) {
            clear_types(key, "action_type", "action");
        }
    }
    request
}

fn clear_types(members: &mut Object, type_field: &str, field: &str) {
    if members.get(field).is_some_and(|id| id == "") && members.contains_key(type_field) {
        members.set(type_field, "");
    }
}

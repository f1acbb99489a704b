//! The changes between two snapshots, by record and field.

use omicall_issues::ArgumentError;
use omicall_schema::compact::concat;

use crate::{
    content::{Content, REF, content, each_reference, is_same_field, is_set_by_server, unsent_change},
    json::{Names, Object, Value, items, member_text, object, text},
    kind::Kind,
    matching::Matches,
    snapshot::{Phones, Snapshot, VERSION},
};

/// The `format` of a diff.
pub const FORMAT: &str = "omicall-diff";

/// Compares two snapshots. `options` may have `mapping` and `matchBy`.
pub fn diff(before: &Value, after: &Value, options: &Value) -> Result<Value, ArgumentError> {
    let (before, after) = (Snapshot::read(before, "before")?, Snapshot::read(after, "after")?);
    let matches = Matches::new(&before, &after, options)?;
    let mut changes = Vec::new();
    changes.extend(phones(&before, &after, &matches));
    changes.extend(hotlines(&before, &after));
    for kind in Kind::PLANNED {
        changes.extend(records(kind, &before, &after, &matches));
    }
    let diff = object([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("before", before.origin()),
        ("after", after.origin()),
        ("matchedBy", if matches.is_same_tenant { "id".into() } else { "name".into() }),
        ("changes", changes.into()),
        ("ambiguous", matches.ambiguous.into()),
        ("incomplete", Value::Array(incomplete(&before, &after))),
    ]);
    Ok(diff.into())
}

/// The lists that one of the snapshots does not have whole: what is missing there need not be missing in the tenant.
fn incomplete(before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<Value> {
    let is_partial = |kind: &Kind| !before.is_complete(*kind) || !after.is_complete(*kind);
    Kind::ALL.into_iter().filter(is_partial).map(|kind| kind.list().into()).collect()
}

fn change(
    kind: Kind,
    what: &str,
    name: &str,
    ids: (Option<&str>, Option<&str>),
    fields: Vec<Value>,
) -> Value {
    let mut change = object([("kind", kind.word().into()), ("change", what.into()), ("name", name.into())]);
    for (side, id) in [("before", ids.0), ("after", ids.1)] {
        if let Some(id) = id {
            change.set(side, id);
        }
    }
    change.set("fields", fields);
    change.into()
}

fn records(kind: Kind, before: &Snapshot<'_>, after: &Snapshot<'_>, matches: &Matches) -> Vec<Value> {
    let mut changes = Vec::new();
    let name = |record: &Value| text(record, kind.name_field()).to_owned();
    for (new, record) in after.records(kind).iter().enumerate() {
        let id = text(record, "_id");
        if matches.of(kind).is_ambiguous_after(new) {
            continue;
        }
        match matches.before(kind, new) {
            None => changes.push(change(kind, "added", &name(record), (None, Some(id)), Vec::new())),
            Some(old) => {
                let old = before.record(kind, old);
                let fields = changed_fields(kind, old, record, before, after, matches);
                if !fields.is_empty() {
                    changes.push(change(
                        kind,
                        "changed",
                        &name(old),
                        (Some(text(old, "_id")), Some(id)),
                        fields,
                    ));
                }
            }
        }
    }
    for (old, record) in before.records(kind).iter().enumerate() {
        let is_ambiguous = matches.of(kind).is_ambiguous_before(old);
        if matches.after(kind, old).is_none() && !is_ambiguous {
            changes.push(change(
                kind,
                "removed",
                &name(record),
                (Some(text(record, "_id")), None),
                Vec::new(),
            ));
        }
    }
    changes
}

fn changed_fields(
    kind: Kind,
    old: &Value,
    new: &Value,
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    matches: &Matches,
) -> Vec<Value> {
    let one = content(kind, old, &before.phones);
    let other = translated(kind, content(kind, new, &after.phones), after, before, matches);
    let mut fields = field_changes(
        kind,
        &one.request,
        &other.request,
        &|kind, id| before.name_of(kind, id),
        &|kind, id| if before.position(kind, id).is_some() { before } else { after }.name_of(kind, id),
    );
    // Fields that no request takes, also those that this package does not know.
    let mut names: Vec<&String> = one.unsent.iter().collect();
    names.extend(other.unsent.iter().filter(|name| !one.unsent.contains(name)));
    for name in names {
        let extension = |extension: &str| matches.extension(extension).to_owned();
        let change = unsent_change(name, (old, &before.phones), (new, &after.phones), &extension);
        if let Some((from, to)) = change {
            fields.push(field_change(name, None, from, to, false));
        }
    }
    fields
}

/// A content with the ids of the other tenant where a record has its match there; its other ids become placeholders, so that they
/// are not taken for ids of that tenant. An id that leads nowhere stays: it says the same in both.
fn translated(
    kind: Kind,
    mut content: Content,
    own: &Snapshot<'_>,
    other: &Snapshot<'_>,
    matches: &Matches,
) -> Content {
    each_reference(kind, &mut content.request, &mut |kind, id| {
        let Some(kind) = kind else { return };
        let name = id.as_str().unwrap_or_default();
        let place = own.position(kind, name);
        if place.is_none() && (matches.is_same_tenant || other.position(kind, name).is_none()) {
            return;
        }
        *id = match place.and_then(|place| matches.before(kind, place)) {
            Some(pair) => text(other.record(kind, pair), "_id").into(),
            None => object([(REF, name.into())]).into(),
        };
    });
    map_extensions(&mut content.request, matches);
    content
}

/// Puts the extensions of the first tenant in place of those of the second.
pub fn map_extensions(request: &mut Object, matches: &Matches) {
    for extension in request.get_mut("sip_members").and_then(Value::as_array_mut).into_iter().flatten() {
        *extension = matches.extension(extension.as_str().unwrap_or_default()).into();
    }
}

/// Names a record by kind and id.
pub type NameOf<'n> = &'n dyn Fn(Kind, &str) -> String;

/// The fields in which two requests differ. Places that lead to a record show its kind and name, and each key is a field.
pub fn field_changes(
    kind: Kind,
    before: &Object,
    after: &Object,
    old_name: NameOf<'_>,
    new_name: NameOf<'_>,
) -> Vec<Value> {
    let mut changes = Vec::new();
    let mut names: Vec<&String> = after.keys().collect();
    names.extend(before.keys().filter(|name| !after.contains_key(name)));
    for name in names {
        let from = before.get(name).unwrap_or(&Value::Null);
        let to = after.get(name).unwrap_or(&Value::Null);
        if is_same_field(kind, name, from, before, after) {
            continue;
        }
        match name.as_str() {
            "scripts" => changes.extend(key_changes(from, to, old_name, new_name)),
            // The type of a destination is part of it.
            "action_type" | "target_timeout_type" => {}
            "action" | "target_timeout" => {}
            "greeting_id" | "greeting_short_id" | "invalid_sound_id" => {
                let shown = |id: &Value, name: NameOf<'_>| destination("Recording", id, name);
                changes.push(field_change(name, None, shown(from, old_name), shown(to, new_name), true));
            }
            _ => changes.push(field_change(name, None, from.clone(), to.clone(), true)),
        }
    }
    for (type_field, field) in [("action_type", "action"), ("target_timeout_type", "target_timeout")] {
        let of =
            |request: &Object| [type_field, field].map(|name| request.get(name).cloned().unwrap_or_default());
        if of(before) != of(after) {
            let shown = |request: &Object, name: NameOf<'_>| {
                destination(
                    member_text(request, type_field),
                    request.get(field).unwrap_or(&Value::Null),
                    name,
                )
            };
            changes.push(field_change(field, None, shown(before, old_name), shown(after, new_name), true));
        }
    }
    changes
}

fn key_changes(from: &Value, to: &Value, old_name: NameOf<'_>, new_name: NameOf<'_>) -> Vec<Value> {
    fn keys(list: &Value) -> impl Iterator<Item = &Value> {
        list.items().iter()
    }
    let find = |list: &'_ Value, ivr: &str| keys(list).find(|key| text(key, "ivr") == ivr).cloned();
    let shown = |key: Option<&Value>, name: NameOf<'_>| match key {
        Some(key) => destination(text(key, "action_type"), key.get("action").unwrap_or(&Value::Null), name),
        None => Value::Null,
    };
    let mut changes = Vec::new();
    let mut change = |ivr: &str, old: Option<&Value>, new: Option<&Value>| {
        if old != new {
            changes.push(field_change(
                "scripts",
                Some(ivr),
                shown(old, old_name),
                shown(new, new_name),
                true,
            ));
        }
    };
    for new in keys(to) {
        change(text(new, "ivr"), find(from, text(new, "ivr")).as_ref(), Some(new));
    }
    for old in keys(from).filter(|old| find(to, text(old, "ivr")).is_none()) {
        change(text(old, "ivr"), Some(old), None);
    }
    changes
}

/// Where a place leads, as people know it: the type and the name.
fn destination(action_type: &str, id: &Value, name: NameOf<'_>) -> Value {
    let id = id.as_str().or_else(|| id.get(REF).and_then(Value::as_str)).unwrap_or_default();
    if id.is_empty() && action_type == "Recording" || action_type.is_empty() && id.is_empty() {
        return object([("type", "".into()), ("name", "".into())]).into();
    }
    let label = match Kind::of_action_type(action_type) {
        Some(kind) => name(kind, id),
        None => String::new(),
    };
    object([("type", action_type.into()), ("name", label.into())]).into()
}

fn field_change(field: &str, key: Option<&str>, before: Value, after: Value, plannable: bool) -> Value {
    let mut change = object([("field", field.into())]);
    if let Some(key) = key {
        change.set("key", key);
    }
    change.set("before", before);
    change.set("after", after);
    change.set("plannable", plannable);
    change.into()
}

fn phones(before: &Snapshot<'_>, after: &Snapshot<'_>, matches: &Matches) -> Vec<Value> {
    fn list<'s>(snapshot: &Snapshot<'s>) -> &'s [Value] {
        items(snapshot.document, Kind::Phone.list())
    }
    let mut changes = Vec::new();
    let name =
        |phone: &Value| concat(&[text(phone, "sip_user"), " ", text(phone, "full_name")]).trim().to_owned();
    let mut found = Names::default();
    for new in list(after) {
        let extension = text(new, "sip_user");
        let mapped = matches.extension(extension);
        found.insert(mapped, ());
        let Some(old) = before.phone(mapped) else {
            changes.push(change(Kind::Phone, "added", &name(new), (None, Some(extension)), Vec::new()));
            continue;
        };
        let mut fields = Vec::new();
        let empty = Phones::default();
        for (field, _) in new.members() {
            let is_shown = field != "sip_user" && !is_set_by_server(field);
            let change = unsent_change(field, (old, &empty), (new, &empty), &str::to_owned);
            if let Some((from, to)) = change.filter(|_| is_shown) {
                fields.push(field_change(field, None, from, to, false));
            }
        }
        if !fields.is_empty() {
            changes.push(change(Kind::Phone, "changed", &name(old), (Some(mapped), Some(extension)), fields));
        }
    }
    for old in list(before) {
        let extension = text(old, "sip_user");
        if !found.has(extension) {
            changes.push(change(Kind::Phone, "removed", &name(old), (Some(extension), None), Vec::new()));
        }
    }
    changes
}

fn hotlines(before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<Value> {
    let mut changes = Vec::new();
    let [olds, news] = [before, after].map(|snapshot| items(snapshot.document, Kind::Hotline.list()));
    for (what, list, others) in [("added", news, olds), ("removed", olds, news)] {
        for number in list.iter().filter(|number| !others.contains(number)).filter_map(Value::as_str) {
            let ids = if what == "added" { (None, Some(number)) } else { (Some(number), None) };
            changes.push(change(Kind::Hotline, what, number, ids, Vec::new()));
        }
    }
    changes
}

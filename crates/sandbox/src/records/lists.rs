//! A tenant of one's own: records as the lists of the API return them, or only what matters of each.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Serial, greetings, groups, is_id, ivr_scripts, phones, set, text};

/// The records of a tenant, one list for each kind.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    pub(crate) phones: Vec<Value>,
    pub(crate) hotlines: Vec<Value>,
    pub(crate) groups: Vec<Value>,
    pub(crate) scripts: Vec<Value>,
    pub(crate) greetings: Vec<Value>,
}

/// Makes what completes a record.
type Template = fn() -> Value;

/// One kind of records.
struct Kind {
    /// Its list.
    name: &'static str,
    /// The field without which a record is not one.
    required: &'static str,
    /// What completes a record.
    template: Template,
    /// The list inside a record, and what completes what is in it.
    parts: Option<(&'static str, Template)>,
}

const PHONES: Kind = Kind { name: "phones", required: "sip_user", template: phones::template, parts: None };
const GROUPS: Kind = Kind {
    name: "groups",
    required: "group_name",
    template: groups::template,
    parts: Some(("members", || groups::member("", "", groups::RING_SECONDS))),
};
const SCRIPTS: Kind = Kind {
    name: "scripts",
    required: "script_name",
    template: ivr_scripts::template,
    parts: Some(("scripts", || ivr_scripts::key("", "", ""))),
};
const GREETINGS: Kind =
    Kind { name: "greetings", required: "greeting_name", template: greetings::template, parts: None };
/// All lists.
const NAMES: [&str; 5] = ["phones", "hotlines", "groups", "scripts", "greetings"];

impl Lists {
    /// Reads an object with the lists `phones`, `hotlines`, `groups`, `scripts` and `greetings`, of which at least one must be there;
    /// each is an array, or a list page with `items`.
    /// Fields that a record lacks are added, fields that nobody lists stay. The error says which record is wrong, and why.
    pub fn read(lists: &Value) -> Result<Self, String> {
        let Value::Object(lists) = lists else {
            return Err("must be an object with lists of records".to_owned());
        };
        if !NAMES.iter().any(|name| lists.get(*name).is_some_and(|list| !list.is_null())) {
            return Err(format!("it has none of the lists {}", NAMES.join(", ")));
        }
        let mut serial = Serial::default();
        for record in lists.values().filter_map(items).flatten() {
            serial.skip(text(record, "_id"));
        }
        let mut records = lists.values().filter_map(items).flatten();
        let tenant_id = records.find_map(|record| record.get("tenant_id").filter(|id| id.is_string()));
        let tenant_id = tenant_id.cloned().unwrap_or_else(groups::tenant_id);
        let hotlines = list(lists, "hotlines")?;
        if !hotlines.iter().all(Value::is_string) {
            return Err("hotlines must be numbers as strings".to_owned());
        }
        Ok(Self {
            phones: read(lists, PHONES, &tenant_id, None)?,
            hotlines: hotlines.to_vec(),
            groups: read(lists, GROUPS, &tenant_id, Some(&mut serial))?,
            scripts: read(lists, SCRIPTS, &tenant_id, Some(&mut serial))?,
            greetings: read(lists, GREETINGS, &tenant_id, Some(&mut serial))?,
        })
    }

    /// The `tenant_id` of the records.
    pub(crate) fn tenant_id(&self) -> Value {
        let mut records = [&self.groups, &self.scripts, &self.greetings].into_iter().flatten();
        records.find_map(|record| record.get("tenant_id").cloned()).unwrap_or_else(groups::tenant_id)
    }
}

fn list<'l>(lists: &'l Map<String, Value>, name: &str) -> Result<&'l [Value], String> {
    match lists.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(list) => items(list)
            .ok_or_else(|| format!("{name} must be an array of records, or a page with such items")),
    }
}

/// The records of a list or of a list page.
fn items(list: &Value) -> Option<&[Value]> {
    list.get("items").unwrap_or(list).as_array().map(Vec::as_slice)
}

/// Adds the fields of the template that a record lacks.
fn complete(record: &mut Value, template: &Value) {
    let Value::Object(record) = record else { return };
    for (field, value) in template.as_object().into_iter().flatten() {
        record.entry(field.as_str()).or_insert_with(|| value.clone());
    }
}

/// The completed records of one kind. Those with an id get one from `ids` if they have none.
fn read(
    lists: &Map<String, Value>,
    Kind { name, required, template, parts }: Kind,
    tenant_id: &Value,
    mut ids: Option<&mut Serial>,
) -> Result<Vec<Value>, String> {
    let mut taken = HashSet::new();
    let mut records = Vec::new();
    for (index, record) in list(lists, name)?.iter().enumerate() {
        let place = format!("{name}[{index}]");
        let Value::Object(given) = record else { return Err(format!("{place} must be a record, an object")) };
        if text(record, required).trim().is_empty() {
            return Err(format!("{place}.{required} is required, a string"));
        }
        let mut record = record.clone();
        complete(&mut record, &template());
        if let Some((list, template)) = parts
            && let Some(parts) = record.get_mut(list).and_then(Value::as_array_mut)
        {
            parts.iter_mut().for_each(|part| complete(part, &template()));
        }
        if !given.contains_key("tenant_id") {
            set(&mut record, [("tenant_id", tenant_id.clone())]);
        }
        let key = if let Some(ids) = &mut ids {
            if !given.contains_key("_id") {
                let new = ids.next();
                for (field, value) in
                    [("_id", new.id()), ("group_number", new.number()), ("script_number", new.number())]
                {
                    if !given.contains_key(field)
                        && let Some(place) = record.get_mut(field)
                    {
                        *place = json!(value);
                    }
                }
            }
            "_id"
        } else {
            "sip_user"
        };
        let id = text(&record, key);
        if key == "_id" && !is_id(id) {
            return Err(format!(
                "{place}._id must have 24 hexadecimal digits, as the vendor's have; leave it out for a made-up one"
            ));
        }
        if !taken.insert(id.to_owned()) {
            return Err(format!("{place}.{key} is {id}, which another record has already"));
        }
        records.push(record);
    }
    Ok(records)
}

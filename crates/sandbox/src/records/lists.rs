//! A tenant of one's own: records as the lists of the API return them, or only what matters of each.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Serial, greetings, groups, is_id, ivr_scripts, phones, text};

/// The records of a tenant, one list for each kind.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    pub(crate) phones: Vec<Value>,
    pub(crate) hotlines: Vec<Value>,
    pub(crate) groups: Vec<Value>,
    pub(crate) scripts: Vec<Value>,
    pub(crate) greetings: Vec<Value>,
}

/// One kind of records: its list, the field without which a record is not one, and what completes it.
type Kind = (&'static str, &'static str, fn() -> Value);

const PHONES: Kind = ("phones", "sip_user", phones::template);
const GROUPS: Kind = ("groups", "group_name", groups::template);
const SCRIPTS: Kind = ("scripts", "script_name", ivr_scripts::template);
/// All lists.
const NAMES: [&str; 5] = ["phones", "hotlines", "groups", "scripts", "greetings"];
const GREETINGS: Kind = ("greetings", "greeting_name", greetings::template);

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
        let hotlines = list(lists, "hotlines")?;
        if !hotlines.iter().all(Value::is_string) {
            return Err("hotlines must be numbers as strings".to_owned());
        }
        Ok(Self {
            phones: read(lists, PHONES, None)?,
            hotlines: hotlines.to_vec(),
            groups: read(lists, GROUPS, Some(&mut serial))?,
            scripts: read(lists, SCRIPTS, Some(&mut serial))?,
            greetings: read(lists, GREETINGS, Some(&mut serial))?,
        })
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

/// The completed records of one kind. Those with an id get one from `ids` if they have none.
fn read(
    lists: &Map<String, Value>,
    (name, required, template): Kind,
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
        let mut record = given.clone();
        for (field, value) in template().as_object().into_iter().flatten() {
            record.entry(field.as_str()).or_insert_with(|| value.clone());
        }
        let mut record = Value::Object(record);
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

//! Records with an id, as the vendor stores them: kept, found, searched and removed; and the ids of new records.

pub(crate) mod greetings;
pub(crate) mod groups;
pub(crate) mod hotlines;
pub(crate) mod ivr_scripts;
pub(crate) mod lists;
pub(crate) mod phones;

use serde_json::{Value, json};

use crate::{envelope, text::Forms};

/// The records of one kind, in the order of the list: the newest first.
#[derive(Clone, Debug)]
pub(crate) struct Records(Vec<Value>);

impl Records {
    /// These records.
    pub(crate) fn new(records: Vec<Value>) -> Self {
        Self(records)
    }

    /// The records of a recorded list page.
    pub(crate) fn recorded(list: &str) -> Self {
        let mut payload = payload(list);
        let items = payload.get_mut("items").map(Value::take);
        Self(items.and_then(|items| items.as_array().cloned()).unwrap_or_default())
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Value> {
        self.0.iter().find(|record| text(record, "_id") == id)
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|record| text(record, "_id") == id)
    }

    /// The records with the keyword in one of the fields, ignoring accents and case.
    pub(crate) fn search(
        &self,
        keyword: &str,
        fields: &[&str],
        forms: Forms,
    ) -> impl Iterator<Item = &Value> {
        let keyword = forms.unaccent(keyword.trim());
        self.0.iter().filter(move |record| {
            fields.iter().any(|field| forms.unaccent(text(record, field)).contains(&keyword))
        })
    }

    pub(crate) fn add(&mut self, record: Value) {
        self.0.insert(0, record);
    }

    /// Appends a record as the oldest.
    pub(crate) fn add_older(&mut self, record: Value) {
        self.0.push(record);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.0.retain(|record| text(record, "_id") != id);
    }
}

/// The payload of a recorded response.
pub(crate) fn payload(sample: &str) -> Value {
    envelope::parse(sample).get_mut("payload").map(Value::take).unwrap_or_default()
}

/// A string field of a record; `""` if it is missing.
pub(crate) fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Sets existing fields of a record; their order stays as recorded.
pub(crate) fn set<const COUNT: usize>(record: &mut Value, values: [(&str, Value); COUNT]) {
    for (field, value) in values {
        if let Some(place) = record.get_mut(field) {
            *place = value;
        }
    }
}

/// The user who makes all changes: the account of the API key.
pub(crate) fn current_user() -> Value {
    json!({ "id": "6209c98561c1cb163ded25fa", "name": "OMI Hotline" })
}

/// Whether a text is an id: 24 hexadecimal digits.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Generates the ids of new records. They are counted, so that a test gets the same ids each time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Serial {
    seed: u32,
    last: u32,
}

/// All new ids begin like this.
const ID_START: &str = "65a0c0de";

impl Serial {
    /// Another seed has other ids.
    pub(crate) fn new(seed: u32) -> Self {
        Self { seed, last: 0 }
    }

    pub(crate) fn next(&mut self) -> New {
        self.last = self.last.saturating_add(1);
        New { seed: self.seed, number: self.last }
    }

    /// Goes on after an id that is taken, whatever its seed.
    pub(crate) fn skip(&mut self, id: &str) {
        let number = id.strip_prefix(ID_START).and_then(|rest| u32::from_str_radix(rest.get(8..)?, 16).ok());
        self.last = self.last.max(number.unwrap_or(0));
    }
}

/// One number of the series, in the formats of the vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New {
    seed: u32,
    number: u32,
}

impl New {
    pub(crate) fn id(self) -> String {
        format!("{ID_START}{:08x}{:08x}", self.seed, self.number)
    }

    /// The number to dial; recorded ones are lower.
    pub(crate) fn number(self) -> String {
        (800_000 + u64::from(self.number)).to_string()
    }

    pub(crate) fn recording_file(self) -> String {
        format!("{ID_START}-{:04x}-4000-8000-{:012x}.mp3", self.seed & 0xffff, self.number)
    }
}

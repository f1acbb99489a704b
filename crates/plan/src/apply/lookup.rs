//! What a step finds when it looks at the tenant: whether it is still to be done, has been done, or must not be done.

use crate::{
    apply::{
        course::{Course, kind_of, record_key},
        errors::changed_meanwhile,
    },
    content::{REF, content, full_request, is_same, is_same_field},
    json::{Object, Value, items, replaced, text},
    kind::Kind,
    matching::fold,
    plan::whole_request,
    snapshot::Phones,
};

/// What a step finds.
#[derive(Debug)]
pub enum Verdict {
    /// The record is as the plan expects it.
    Todo,
    /// The record is as the step, or a later one, makes it; the id of a record that it created.
    Done(Option<String>),
    /// Somebody else has changed it.
    Conflict(Object),
}

/// A step with the ids of what it names.
#[derive(Debug)]
pub struct Target {
    /// The id of the record; empty if the step creates it.
    pub id: String,
    /// What is sent.
    pub sent: Option<Value>,
    /// Whether it names a record that was not created; a dry run creates none.
    pub lacks_records: bool,
}

impl Course {
    /// A step with ids in place of placeholders; `None` if its own record was not created.
    pub fn resolve_step(&self, step: &Value) -> Option<Target> {
        let id = match (text(step, "action"), step.get("record")?) {
            ("create", _) => String::new(),
            (_, record) => self.resolve(record)?.as_str()?.to_owned(),
        };
        let request = step.get("request");
        let sent = request.and_then(|request| self.resolve(request));
        let lacks_records = request.is_some() && sent.is_none();
        Some(Target { id, sent: sent.or_else(|| request.cloned()), lacks_records })
    }

    /// A value with ids in place of placeholders.
    pub fn resolve(&self, value: &Value) -> Option<Value> {
        replaced(value, &|part| {
            let key = part.get(REF)?.as_str()?;
            Some(self.ids.get(key).map(|id| id.clone().into()))
        })
    }

    fn content_of(&self, kind: Kind, record: &Value) -> Object {
        let phones = self.lists.get(Kind::Phone.list()).map(Vec::as_slice).unwrap_or_default();
        content(kind, record, &Phones::new(phones)).request
    }

    /// Whether a record is as this step, or a later one for the same record, makes it.
    fn is_made(&self, step: &Value, kind: Kind, found: &Object) -> bool {
        let chain = self.chains.get(&record_key(step)).map(Vec::as_slice).unwrap_or_default();
        let later = chain.iter().filter_map(|place| self.steps.get(*place)).filter(|later| {
            let number = |step: &Value| step.get("step").and_then(Value::as_f64);
            number(later) >= number(step) && later.get("request").is_some()
        });
        let found_value = Value::Object(found.clone());
        let mut made = later.map(|later| self.resolve_like(&whole_request(later).into(), &found_value));
        made.any(|made| made.as_object().is_some_and(|made| is_same(kind, made, found)))
    }

    /// A request with ids in place of placeholders. Where one is not known yet, because a later step finds its record, the id that was
    /// found at that place is taken for it.
    fn resolve_like(&self, value: &Value, found: &Value) -> Value {
        match value {
            Value::Object(members) if members.contains_key(REF) => match self.resolve(value) {
                Some(id) => id,
                None if found == "" => Value::Null,
                None => found.clone(),
            },
            Value::Object(members) => {
                let like = |name: &String| found.get(name).unwrap_or(&Value::Null);
                let resolved =
                    members.iter().map(|(name, value)| (name.clone(), self.resolve_like(value, like(name))));
                Value::Object(resolved.collect())
            }
            Value::Array(items) => {
                let like = |place: usize| found.item(place).unwrap_or(&Value::Null);
                items.iter().enumerate().map(|(place, item)| self.resolve_like(item, like(place))).collect()
            }
            other => other.clone(),
        }
    }

    /// What the list says about a record that is to be created: it may be there already.
    pub fn judge_create(&self, step: &Value, target: &Target, list: &[Value]) -> Verdict {
        let kind = kind_of(step);
        let request = target.sent.as_ref().unwrap_or(&Value::Null);
        let name = fold(text(request, kind.name_field()));
        let existing = items(step, "existing");
        let mut conflict = None;
        for record in list {
            let id = text(record, "_id");
            let is_other = existing.iter().any(|known| known == id)
                || self.touched.has(id)
                || crate::json::is_true(record, "is_deleted")
                || fold(text(record, kind.name_field())) != name;
            if is_other {
                continue;
            }
            // In a dry run, what leads to a record that is not there yet cannot be there either.
            if target.lacks_records || !self.is_made(step, kind, &self.content_of(kind, record)) {
                conflict = Some(record);
            } else {
                return Verdict::Done(Some(id.into()));
            }
        }
        match conflict {
            Some(record) => Verdict::Conflict(changed_meanwhile(
                "Somebody else has created a record with this name.",
                record,
                Vec::new(),
            )),
            None => Verdict::Todo,
        }
    }

    /// What the record that is to be changed or deleted says.
    pub fn judge_change(&self, step: &Value, target: &Target, record: Option<&Value>) -> Verdict {
        let kind = kind_of(step);
        let is_delete = text(step, "action") == "delete";
        let Some(record) = record else {
            // A later step may have deleted it already.
            let chain = self.chains.get(&record_key(step)).map(Vec::as_slice).unwrap_or_default();
            let is_deleted_later = chain
                .iter()
                .filter_map(|place| self.steps.get(*place))
                .any(|later| text(later, "action") == "delete");
            if is_deleted_later {
                return Verdict::Done(None);
            }
            return Verdict::Conflict(changed_meanwhile(
                "Somebody else has deleted the record.",
                &Value::Null,
                Vec::new(),
            ));
        };
        let found = self.content_of(kind, record);
        if !is_delete && !target.lacks_records && self.is_made(step, kind, &found) {
            return Verdict::Done(None);
        }
        let before = step.get("before").unwrap_or(&Value::Null);
        let Some(before) = self.resolve(before) else {
            let words = "The plan does not say how the record was.";
            return Verdict::Conflict(changed_meanwhile(words, record, Vec::new()));
        };
        let before = full_request(kind, &before);
        let differs = |field: &&String| {
            !is_same_field(kind, field, found.get(field.as_str()).unwrap_or(&Value::Null), &found, &before)
        };
        let fields: Vec<String> = found.keys().filter(differs).cloned().collect();
        // Its own steps change the date of a record too.
        let date = step.get("since").filter(|_| !self.touched.has(&target.id));
        let is_dated =
            date.is_none_or(|date| record.get("last_updated_date").and_then(Value::as_f64) == date.as_f64());
        if fields.is_empty() && is_dated {
            return Verdict::Todo;
        }
        // A step of this record may have been made before, by an application whose result was lost.
        Verdict::Conflict(changed_meanwhile(
            "Somebody else has changed the record since the plan was made.",
            record,
            fields,
        ))
    }
}

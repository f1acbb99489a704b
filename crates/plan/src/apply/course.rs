//! What is known while a plan is applied: the status of its steps, and what was read.

use crate::{
    apply::{
        digest::digest,
        outcome::{Outcome, Status},
    },
    content::REF,
    json::{Names, Object, Table, Value, text},
    kind::Kind,
};

/// What is known about a plan that is being applied.
#[derive(Debug)]
pub struct Course {
    /// The plan.
    pub plan: Value,
    /// The id of the tenant: that of the plan, or of what was read if the plan was made for an empty one. `""` if nobody has told it.
    pub tenant_id: String,
    /// Its steps.
    pub steps: Vec<Value>,
    /// How each of them stands.
    pub outcomes: Vec<Outcome>,
    /// The ids of the records that the plan has created, by placeholder.
    pub ids: Table<String>,
    /// The records that steps of this plan have changed: their dates are not those of the plan any more.
    pub touched: Names,
    /// For each record, its steps.
    pub chains: Table<Vec<usize>>,
    /// The lists that were read whole.
    pub lists: Table<Vec<Value>>,
}

impl Course {
    /// What tells the step at this place from steps of other plans, also of one that was made again from a later snapshot.
    pub fn digest(&self, place: usize) -> u32 {
        let of = |value: Option<&Value>| digest(value.unwrap_or(&Value::Null));
        of(self.plan.get("current")) ^ of(self.steps.get(place))
    }

    /// The entry in the result of the step at this place.
    pub fn entry(&self, place: usize) -> Option<Object> {
        Some(self.outcomes.get(place)?.entry(place, self.digest(place)))
    }

    /// How the step at this place stands.
    pub fn status(&self, place: usize) -> Status {
        self.outcomes.get(place).map(|outcome| outcome.status).unwrap_or_default()
    }

    /// How many greetings, groups and scripts the tenant has after what was done, as far as the plan knows. What was sent, and may have
    /// been deleted, counts as deleted.
    pub fn records_left(&self) -> Option<usize> {
        let count = |action: &str, may_be_made: &dyn Fn(Status) -> bool| {
            let steps = self.steps.iter().zip(&self.outcomes);
            steps
                .filter(|(step, outcome)| text(step, "action") == action && may_be_made(outcome.status))
                .count()
        };
        let before = self.plan.get("current")?.get("records")?.as_f64()? as usize;
        let created = count("create", &|status| status == Status::Done);
        let deleted = count("delete", &|status| [Status::Done, Status::Unknown].contains(&status));
        Some(before.saturating_add(created).saturating_sub(deleted))
    }

    /// Whether all earlier steps for the same record are done, so that it is as the step at this place expects it.
    pub fn is_in_turn(&self, place: usize) -> bool {
        let chain = self.steps.get(place).and_then(|step| self.chains.get(&record_key(step)));
        let mut earlier = chain.into_iter().flatten().filter(|other| **other < place);
        earlier.all(|other| self.status(*other) == Status::Done)
    }

    /// Notes that a step is done, and the id of the record that it created.
    pub fn note_done(&mut self, place: usize, id: Option<String>, already: bool) {
        let Some(step) = self.steps.get(place) else { return };
        if let Some(id) = &id {
            if let Some(key) = step.get("record").and_then(|record| record.get(REF)).and_then(Value::as_str) {
                self.ids.insert(key, id.clone());
            }
            self.touched.insert(id, ());
        }
        if let Some(id) = step.get("record").and_then(Value::as_str) {
            self.touched.insert(id, ());
        }
        if let Some(outcome) = self.outcomes.get_mut(place) {
            *outcome = Outcome { status: Status::Done, id, already, error: None };
        }
    }
}

/// The kind of the record of a step.
pub fn kind_of(step: &Value) -> Kind {
    Kind::of_word(text(step, "kind")).unwrap_or(Kind::Greeting)
}

/// What tells the record of a step from others: its id, or its placeholder.
pub fn record_key(step: &Value) -> String {
    let record = step.get("record").unwrap_or(&Value::Null);
    record.as_str().unwrap_or_else(|| text(record, REF)).to_owned()
}

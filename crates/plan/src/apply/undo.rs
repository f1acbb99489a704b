//! The plan that takes back what was done: the steps in the opposite order, each turned round. What somebody else had made before
//! is not taken back.

use omicall_schema::compact::concat;

use crate::{
    apply::{
        course::{Course, kind_of, record_key},
        outcome::Status,
    },
    content::{REF, is_same, references, without_references},
    diff::field_changes,
    json::{Object, Table, Value, is_true, items, object, replaced, text},
    kind::Kind,
    matching::fold,
    plan::{self, Targets, whole_request},
    snapshot::VERSION,
};

/// Returns the plan that takes back the steps that this plan has done.
pub fn undo(apply: &Course) -> Value {
    let mut undo = Undo {
        apply,
        steps: Vec::new(),
        limits: Vec::new(),
        keys: Table::default(),
        lost: Table::default(),
        kept: Vec::new(),
        namesakes: namesakes(apply),
    };
    for (step, outcome) in apply.steps.iter().zip(&apply.outcomes).rev() {
        match outcome.status {
            Status::Done if !outcome.already => undo.turn_round(step),
            // Somebody else has deleted it.
            Status::Done if text(step, "action") == "delete" => {
                undo.lost.insert(text(step, "record"), text(step, "name").into());
            }
            _ => {}
        }
    }
    let current = apply.plan.get("current").and_then(Value::as_object);
    let mut current = current.cloned().unwrap_or_default();
    if !apply.tenant_id.is_empty() {
        current.set("tenantId", apply.tenant_id.clone());
    }
    if let Some(records) = apply.records_left() {
        current.set("records", records);
    }
    let plan = object([
        ("format", plan::FORMAT.into()),
        ("version", VERSION.into()),
        ("current", current.into()),
        ("desired", apply.plan.get("current").cloned().unwrap_or_default()),
        ("steps", undo.steps.into()),
        ("cannot", undo.limits.into()),
        ("ambiguous", Vec::<Value>::new().into()),
        ("issues", Vec::<Value>::new().into()),
    ]);
    plan.into()
}

/// The ids of the records that have got a name by the steps that are done.
fn namesakes(apply: &Course) -> Table<Vec<Value>> {
    let mut namesakes: Table<Vec<Value>> = Table::default();
    let done = apply.steps.iter().zip(&apply.outcomes).filter(|(_, outcome)| outcome.status == Status::Done);
    for (step, _) in done {
        let kind = kind_of(step);
        let name = step.get("request").map(|request| name_key(kind, text(request, kind.name_field())));
        let id = step.get("record").and_then(|record| apply.resolve(record));
        if let (Some(name), Some(id)) = (name, id)
            && let Some(ids) = namesakes.entry(&name)
        {
            ids.push(id);
        }
    }
    namesakes
}

/// The changes of fields in the other direction.
fn turned_round(fields: &[Value]) -> Vec<Value> {
    let turned = fields.iter().map(|field| {
        let side = |name: &str| field.get(name).cloned().unwrap_or_default();
        let mut turned = field.as_object().cloned().unwrap_or_default();
        turned.set("before", side("after"));
        turned.set("after", side("before"));
        turned.into()
    });
    turned.collect()
}

/// Tells names of different kinds apart.
fn name_key(kind: Kind, name: &str) -> String {
    concat(&[kind.word(), " ", &fold(name)])
}

struct Undo<'a> {
    apply: &'a Course,
    steps: Vec<Value>,
    limits: Vec<Value>,
    /// The placeholders of records that are created again, by their old ids.
    keys: Table<String>,
    /// The names of records that nobody creates again, by id.
    lost: Table<String>,
    /// What records that are not taken back lead to.
    kept: Vec<Kept>,
    namesakes: Table<Vec<Value>>,
}

/// A record that has to stay, because another one, which stays as it is, leads to it.
struct Kept {
    id: String,
    user_id: String,
    user_name: String,
}

impl Undo<'_> {
    fn turn_round(&mut self, step: &Value) {
        let kind = kind_of(step);
        let name = text(step, "name");
        let record = step.get("record").and_then(|record| self.apply.resolve(record));
        let id = record.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let before = step.get("before").and_then(|before| self.with_keys(before));
        let after = step.get("request").and_then(|_| self.with_keys(&whole_request(step).into()));
        if let Some(fields) = step.get("loses") {
            let mut limit = plan::limit("not-sent", kind, name);
            limit.set("fields", fields.clone());
            let limit = limit.into();
            // A group may have been changed before it was deleted.
            if !self.limits.contains(&limit) {
                self.limits.push(limit);
            }
        }
        match text(step, "action") {
            "create" => {
                let Some(after) = after else { return self.needs(step, &id) };
                if let Some(user) = self.kept.iter().find(|kept| kept.id == id) {
                    let names = vec![user.user_name.clone()];
                    self.limits.push(plan::limit_with("in-use", kind, name, "names", names));
                    return self.keep(step, &id);
                }
                self.kept.retain(|kept| kept.user_id != id);
                self.push("delete", step, id.into(), Some(&after), None, Vec::new());
            }
            "update" => {
                let (Some(before), Some(after), false) = (before, after, self.lost.has(&id)) else {
                    return self.needs(step, &id);
                };
                let record = match self.keys.get(&id) {
                    Some(key) => object([(REF, key.clone().into())]).into(),
                    None => id.into(),
                };
                let fields = match step.get("fields").and_then(Value::as_array) {
                    Some(fields) => turned_round(fields),
                    None => self.changes(kind, &after, &before),
                };
                self.push("update", step, record, Some(&after), Some(&before), fields);
            }
            _ => self.create_again(step, kind, &id, before),
        }
    }

    fn create_again(&mut self, step: &Value, kind: Kind, id: &str, before: Option<Object>) {
        let name = text(step, "name");
        let Some(before) = before.filter(|_| !is_true(step, "isFinal")) else {
            if is_true(step, "isFinal") {
                self.limits.push(plan::limit("recording", kind, name).into());
            } else {
                self.needs(step, id);
            }
            self.lost.insert(id, name.into());
            return;
        };
        let key = Targets::key(kind, self.keys.values().count());
        let record: Value = object([(REF, key.clone().into())]).into();
        self.keys.insert(id, key);
        // It may lead to itself.
        let replaced = self.replaced(&Value::Object(before.clone()));
        let whole = replaced.and_then(|whole| whole.as_object().cloned()).unwrap_or(before);
        let first = match kind {
            Kind::Group => without_references(kind, &whole, &|_, _| true),
            _ => without_references(kind, &whole, &|of, name| {
                of == kind && self.keys.get(id).is_some_and(|key| key == name)
            }),
        };
        self.push("create", step, record.clone(), None, Some(&first), Vec::new());
        let mut existing = items(step, "existing").to_vec();
        existing.extend(self.namesakes.get(&name_key(kind, name)).into_iter().flatten().cloned());
        if let (false, Some(Value::Object(step))) = (existing.is_empty(), self.steps.last_mut()) {
            step.set("existing", existing);
        }
        if !is_same(kind, &first, &whole) {
            let fields = self.changes(kind, &first, &whole);
            self.push("update", step, record, Some(&first), Some(&whole), fields);
        }
    }

    /// Adds a step for the record of the step that is turned round.
    fn push(
        &mut self,
        action: &str,
        turned: &Value,
        record: Value,
        before: Option<&Object>,
        after: Option<&Object>,
        fields: Vec<Value>,
    ) {
        let number = self.steps.len().saturating_add(1);
        let (kind, name) = (kind_of(turned), text(turned, "name"));
        let step =
            plan::step(number, action, kind, record, name, "undo", before, after, None, fields, Vec::new());
        self.steps.push(step);
    }

    fn changes(&self, kind: Kind, before: &Object, after: &Object) -> Vec<Value> {
        let name_of = |_: Kind, id: &str| self.name_of(id);
        field_changes(kind, before, after, &name_of, &name_of)
    }

    /// The name of a record of these steps; the id of another one.
    fn name_of(&self, id: &str) -> String {
        let mut steps = self.steps.iter().chain(&self.apply.steps);
        steps.find(|step| record_key(step) == id).map_or(id, |step| text(step, "name")).into()
    }

    /// Notes that a step is not taken back, for it needs records that nobody creates again; perhaps its own.
    fn needs(&mut self, step: &Value, id: &str) {
        let (kind, before) = (kind_of(step), step.get("before").and_then(Value::as_object));
        let mut names = Vec::new();
        let named = before.map(|before| references(kind, before)).unwrap_or_default();
        for id in named.iter().map(|reference| reference.id.as_str()).chain([id]) {
            if let Some(name) = self.lost.get(id).filter(|name| !names.contains(*name)) {
                names.push(name.clone());
            }
        }
        self.limits.push(plan::limit_with("needs", kind, text(step, "name"), "names", names));
        self.keep(step, id);
    }

    /// Notes that the record of a step stays as the step made it.
    fn keep(&mut self, step: &Value, id: &str) {
        let request = step.get("request").and_then(|_| self.apply.resolve(&whole_request(step).into()));
        let Some(request) = request.as_ref().and_then(Value::as_object) else { return };
        for reference in references(kind_of(step), request) {
            let (user_id, user_name) = (id.to_owned(), text(step, "name").to_owned());
            self.kept.push(Kept { id: reference.id, user_id, user_name });
        }
    }

    /// A request with the ids of the tenant, and with placeholders for those of records that are created again. `None` if it names a
    /// record that nobody can create again.
    fn with_keys(&self, request: &Value) -> Option<Object> {
        let resolved = self.apply.resolve(request)?;
        self.replaced(&resolved)?.as_object().cloned()
    }

    fn replaced(&self, value: &Value) -> Option<Value> {
        replaced(value, &|part| match part.as_str()? {
            id if self.lost.has(id) => Some(None),
            id => Some(Some(object([(REF, self.keys.get(id)?.clone().into())]).into())),
        })
    }
}

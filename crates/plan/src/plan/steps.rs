//! The steps of a plan, in an order in which each finds what it names.

use omicall_schema::compact::{concat, usize_to_string};

use crate::{
    content::{REF, full_request, is_same, references, sent_request, without_references},
    diff::field_changes,
    json::{Names, Object, Table, Value, member_text, object, text},
    kind::Kind,
    matching::fold,
    plan::{
        deletes::{self, Doomed},
        order::after_needs,
        targets::{Decision, Targets},
    },
};

/// The steps, as they are made.
#[allow(missing_debug_implementations, reason = "the rules have none")]
pub struct Steps<'s> {
    targets: &'s Targets<'s>,
    /// The steps so far.
    pub list: Vec<Value>,
    /// The placeholders of the records that exist after these steps.
    created: Names,
    /// The requests that made records which a later step has to complete.
    partial: Table<Object>,
    /// The requests of scripts that were renamed for now.
    renamed: Table<Object>,
    /// The ids of the current records with each name, for records that are created.
    ids_by_name: Table<Vec<String>>,
}

/// What a step is about.
struct Change<'c> {
    action: &'c str,
    kind: Kind,
    record: Value,
    name: &'c str,
    reason: &'c str,
}

impl<'s> Steps<'s> {
    /// No steps yet.
    pub fn new(targets: &'s Targets<'s>) -> Self {
        let mut ids_by_name: Table<Vec<String>> = Table::default();
        for kind in Kind::PLANNED {
            for record in targets.current.records(kind) {
                if let Some(ids) = ids_by_name.entry(&name_key(kind, text(record, kind.name_field()))) {
                    ids.push(text(record, "_id").into());
                }
            }
        }
        Steps {
            targets,
            list: Vec::new(),
            created: Names::default(),
            partial: Table::default(),
            renamed: Table::default(),
            ids_by_name,
        }
    }

    /// Makes the steps that create and change records.
    pub fn make(&mut self) {
        let targets = self.targets;
        self.free_names();
        for kind in [Kind::Greeting, Kind::Group] {
            for (place, target) in targets.of(kind).filter(|(_, target)| target.decision == Decision::Create)
            {
                self.create(kind, place, &target.request);
            }
        }
        let count = targets.of(Kind::Script).count();
        let needs = |one: usize| self.new_scripts_named_by(one);
        let (order, _) = after_needs(count, &needs);
        for place in order {
            if let Some(target) =
                targets.target(Kind::Script, place).filter(|target| target.decision == Decision::Create)
            {
                self.create(Kind::Script, place, &target.request);
            }
        }
        for kind in [Kind::Group, Kind::Script] {
            for (place, target) in targets.of(kind) {
                match target.decision {
                    Decision::Create => self.complete(kind, place, &target.request),
                    Decision::Update(old) => self.update(kind, old, &target.request),
                    Decision::Absent | Decision::Keep(_) => {}
                }
            }
        }
    }

    /// The scripts to be created that a desired script leads to.
    fn new_scripts_named_by(&self, place: usize) -> Vec<usize> {
        let Some(target) = self.targets.target(Kind::Script, place) else { return Vec::new() };
        if target.decision != Decision::Create {
            return Vec::new();
        }
        let references = references(Kind::Script, &target.request).into_iter();
        let named = references.filter(|reference| reference.kind == Some(Kind::Script));
        named.filter_map(|reference| Targets::place_of(Kind::Script, &reference.id)).collect()
    }

    /// Gives another name for now to scripts whose name another one takes before they give it up.
    fn free_names(&mut self) {
        let (targets, kind) = (self.targets, Kind::Script);
        let holders = targets.name_holders();
        let scripts = targets.current.records(kind).iter();
        let mut names: Names = scripts.map(|script| (fold(text(script, "script_name")), ())).collect();
        let new_names = targets.of(kind).filter_map(|(_, target)| match target.decision {
            Decision::Create => Some((None, fold(member_text(&target.request, "script_name")))),
            Decision::Update(own) => Some((Some(own), fold(member_text(&target.request, "script_name")))),
            Decision::Absent | Decision::Keep(_) => None,
        });
        let new_names: Vec<_> = new_names.collect();
        for (_, name) in &new_names {
            names.insert(name, ());
        }
        for (own, name) in &new_names {
            let Some(holder) = holders.get(name).copied().filter(|holder| Some(*holder) != *own) else {
                continue;
            };
            let record = targets.current.record(kind, holder);
            let old = text(record, "script_name");
            let free = (1_usize..)
                .map(|number| concat(&[old, " (", &usize_to_string(number), ")"]))
                .find(|name| !names.has(&fold(name)))
                .unwrap_or_default();
            names.insert(&fold(&free), ());
            let before = targets.current_content(kind, holder).request;
            let mut after = before.clone();
            after.set("script_name", free);
            let id = text(record, "_id").into();
            let change = Change { action: "update", kind, record: id, name: old, reason: "frees-name" };
            self.push(&change, Some(&before), Some(&after), record.get("last_updated_date"));
            self.renamed.insert(&Targets::key(kind, holder), after);
        }
    }

    fn create(&mut self, kind: Kind, place: usize, request: &Object) {
        let key = Targets::key(kind, place);
        let is_missing = |kind: Kind, name: &str| {
            kind == Kind::Script && name.starts_with("script-") && !self.created.has(name)
        };
        // A group is created without its overflow, a script without the menus that do not exist yet.
        let first = match kind {
            Kind::Group => without_references(kind, request, &|_, _| true),
            _ => without_references(kind, request, &is_missing),
        };
        let record = object([(REF, key.clone().into())]).into();
        let name = member_text(request, kind.name_field());
        self.push(
            &Change { action: "create", kind, record, name, reason: "added" },
            None,
            Some(&first),
            None,
        );
        if !is_same(kind, &first, request) {
            self.partial.insert(&key, first);
        }
        self.created.insert(&key, ());
    }

    fn complete(&mut self, kind: Kind, place: usize, request: &Object) {
        let key = Targets::key(kind, place);
        let Some(first) = self.partial.remove(&key) else { return };
        let record = object([(REF, key.into())]).into();
        let name = member_text(request, kind.name_field());
        self.push(
            &Change { action: "update", kind, record, name, reason: "completes" },
            Some(&first),
            Some(request),
            None,
        );
    }

    fn update(&mut self, kind: Kind, old: usize, request: &Object) {
        let record = self.targets.current.record(kind, old);
        let renamed = self.renamed.remove(&Targets::key(kind, old));
        let since = record.get("last_updated_date").filter(|_| renamed.is_none());
        let before = renamed.unwrap_or_else(|| self.targets.current_content(kind, old).request);
        let name = text(record, kind.name_field());
        let id = text(record, "_id").into();
        self.push(
            &Change { action: "update", kind, record: id, name, reason: "changed" },
            Some(&before),
            Some(request),
            since,
        );
    }

    /// Makes the steps that delete records.
    pub fn delete(&mut self, doomed: &Doomed) {
        let targets = self.targets;
        let (order, circular) = deletes::order(targets, doomed);
        let mut let_go: Table<Names> = Table::default();
        for (who, (kind, what)) in circular {
            let id = text(targets.current.record(kind, what), "_id");
            if let Some(gone) = let_go.entry(&Targets::key(who.0, who.1)) {
                gone.insert(&id_key(kind, id), ());
            }
        }
        let mut detached: Table<Object> = Table::default();
        for who in order.iter() {
            let (kind, place) = *who;
            let key = Targets::key(kind, place);
            let Some(gone) = let_go.get(&key) else { continue };
            let record = targets.current.record(kind, place);
            let renamed = self.renamed.get(&key).cloned();
            let since = record.get("last_updated_date").filter(|_| renamed.is_none());
            let before = renamed.unwrap_or_else(|| targets.current_content(kind, place).request);
            let is_gone = |kind: Kind, id: &str| gone.has(&id_key(kind, id));
            let after = without_references(kind, &before, &is_gone);
            let name = text(record, kind.name_field());
            let id = text(record, "_id").into();
            self.push(
                &Change { action: "update", kind, record: id, name, reason: "detaches" },
                Some(&before),
                Some(&after),
                since,
            );
            detached.insert(&key, after);
        }
        for (kind, place) in order {
            let record = targets.current.record(kind, place);
            let key = Targets::key(kind, place);
            let changed = detached.remove(&key).or_else(|| self.renamed.remove(&key));
            let since = record.get("last_updated_date").filter(|_| changed.is_none());
            let content = targets.current_content(kind, place);
            let before = changed.unwrap_or(content.request);
            let name = text(record, kind.name_field());
            let id = text(record, "_id").into();
            self.push(
                &Change { action: "delete", kind, record: id, name, reason: "removed" },
                Some(&before),
                None,
                since,
            );
            if let (true, Some(Value::Object(step))) = (content.is_recording, self.list.last_mut()) {
                step.set("isFinal", true);
            }
        }
    }

    fn push(
        &mut self,
        change: &Change<'_>,
        before: Option<&Object>,
        after: Option<&Object>,
        since: Option<&Value>,
    ) {
        let number = self.list.len().saturating_add(1);
        let kind = change.kind;
        let targets = self.targets;
        let name_of = |kind: Kind, id: &str| -> String {
            match Targets::place_of(kind, id) {
                Some(place) => text(targets.desired.record(kind, place), kind.name_field()).into(),
                None => targets.current.name_of(kind, id),
            }
        };
        let empty = Object::new();
        let fields = match after {
            Some(after) if change.action == "update" => {
                field_changes(kind, before.unwrap_or(&empty), after, &name_of, &name_of)
            }
            _ => Vec::new(),
        };
        // Others of the same name, which are not to be taken for the record that this step, or its undoing, creates.
        let existing = match change.action {
            "update" => Vec::new(),
            _ => {
                let named =
                    self.ids_by_name.get(&name_key(kind, change.name)).map(Vec::as_slice).unwrap_or_default();
                named.iter().filter(|id| change.record != *id.as_str()).cloned().collect()
            }
        };
        let mut step = step(
            number,
            change.action,
            kind,
            change.record.clone(),
            change.name,
            change.reason,
            before,
            after,
            since,
            fields,
            existing,
        );
        // An update of a group resets what it does not send.
        let place = targets.current.position(kind, change.record.as_str().unwrap_or_default());
        if (kind == Kind::Group || change.action == "delete")
            && let (Some(place), Value::Object(step)) = (place, &mut step)
        {
            let lost = targets.lost(kind, place);
            if !lost.is_empty() {
                step.set("loses", lost);
            }
        }
        self.list.push(step);
    }
}

/// Tells names of different kinds apart.
fn name_key(kind: Kind, name: &str) -> String {
    id_key(kind, &fold(name))
}

fn id_key(kind: Kind, id: &str) -> String {
    concat(&[kind.word(), " ", id])
}

/// A step as it is saved.
#[allow(clippy::too_many_arguments, reason = "each of them is a member of the step")]
pub fn step(
    number: usize,
    action: &str,
    kind: Kind,
    record: Value,
    name: &str,
    reason: &str,
    before: Option<&Object>,
    after: Option<&Object>,
    since: Option<&Value>,
    fields: Vec<Value>,
    existing: Vec<String>,
) -> Value {
    let mut step = object([
        ("step", number.into()),
        ("action", action.into()),
        ("kind", kind.word().into()),
        ("name", name.into()),
        ("reason", reason.into()),
        ("record", record),
        ("call", call_of(action, kind).into()),
    ]);
    if let Some(after) = after {
        let mut sent = sent_request(kind, action == "update", after);
        let is_blank = |request: Option<&Object>| {
            request.is_none_or(|request| member_text(request, "target_timeout_type").is_empty())
        };
        // Only who takes an overflow away says so.
        if kind == Kind::Group && is_blank(before) && is_blank(Some(after)) {
            sent.retain(&|field, _| !field.starts_with("target_timeout"));
        }
        step.set("request", sent);
    }
    if let Some(before) = before {
        step.set("before", before.clone());
    }
    if let Some(since) = since {
        step.set("since", since.clone());
    }
    if !fields.is_empty() {
        step.set("fields", fields);
    }
    if !existing.is_empty() {
        step.set("existing", existing);
    }
    step.into()
}

/// The whole request of a saved step, also the fields that it does not send.
pub fn whole_request(step: &Value) -> Object {
    let kind = Kind::of_word(text(step, "kind")).unwrap_or(Kind::Greeting);
    full_request(kind, step.get("request").unwrap_or(&Value::Null))
}

/// The method that makes a step.
pub fn call_of(action: &str, kind: Kind) -> String {
    match (action, kind) {
        ("create", Kind::Greeting) => "greetings.textToSpeech".to_owned(),
        (_, Kind::Script) => concat(&["ivrScripts.", action]),
        _ => concat(&[kind.list(), ".", action]),
    }
}

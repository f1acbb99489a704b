//! What becomes of each desired record.

use std::cell::Cell;

use crate::{
    content::{Content, content, is_same, unsent_change},
    diff::map_extensions,
    json::{Names, Value, text},
    kind::Kind,
    matching::Matches,
    plan::{
        limits::{limit, limit_with},
        options::Options,
        targets::{Decision, Target, Targets},
    },
    rules::Rules,
    snapshot::Snapshot,
};

impl<'t> Targets<'t> {
    /// Decides about all desired records, each by itself; what cannot be done is added to `limits`.
    pub fn decide(
        current: &'t Snapshot<'t>,
        desired: &'t Snapshot<'t>,
        matches: &'t Matches,
        options: &'t Options,
        rules: &'t dyn Rules,
        limits: &mut Vec<Value>,
    ) -> Self {
        let mut targets = Targets {
            current,
            desired,
            matches,
            options,
            rules,
            lists: Default::default(),
            replaced: Names::default(),
            staying: Names::default(),
            refused: vec![Cell::new(None); current.records(Kind::Script).len()],
        };
        for kind in Kind::PLANNED {
            let list = (0..desired.records(kind).len())
                .map(|place| targets.first_decision(kind, place, limits))
                .collect();
            if let Some(target_list) = targets.lists.get_mut(kind.place()) {
                *target_list = list;
            }
        }
        targets
    }

    /// The first decision, from the record alone.
    fn first_decision(&mut self, kind: Kind, place: usize, limits: &mut Vec<Value>) -> Target {
        let record = self.desired.record(kind, place);
        let name = text(record, kind.name_field());
        let mut content = content(kind, record, &self.desired.phones);
        map_extensions(&mut content.request, self.matches);
        let pair = self.matches.before(kind, place);
        let old = pair.map(|pair| self.current.record(kind, pair));
        let mut decision = pair.map_or(Decision::Absent, Decision::Keep);
        if !self.options.includes(kind, [Some(record), old]) {
            return Target::new(decision, content);
        }
        if self.matches.of(kind).is_ambiguous_after(place) {
            limits.push(limit("ambiguous", kind, name).into());
        } else if !self.current.is_complete(kind) {
            limits.push(limit("list-incomplete", kind, name).into());
        } else if kind == Kind::Greeting {
            decision = self.greeting_decision(&content, record, pair, limits);
        } else if !content.unresolved.is_empty() {
            // Of one tenant, the agents themselves may tell that nothing has changed.
            let is_same = pair.is_some_and(|pair| {
                let old = self.current_content(kind, pair);
                old.unresolved == content.unresolved && is_same(kind, &old.request, &content.request)
            });
            if is_same && self.matches.is_same_tenant {
                return Target::new(decision, content);
            }
            limits.push(limit("members-unresolved", kind, name).into());
        } else {
            decision = pair.map_or(Decision::Create, Decision::Update);
        }
        Target::new(decision, content)
    }

    /// Greetings cannot be changed: they can only be replaced, and a recording's bytes cannot be read.
    fn greeting_decision(
        &mut self,
        content: &Content,
        record: &Value,
        pair: Option<usize>,
        limits: &mut Vec<Value>,
    ) -> Decision {
        let kind = Kind::Greeting;
        let name = text(record, kind.name_field());
        let keep = pair.map_or(Decision::Absent, Decision::Keep);
        let is_same = pair.is_some_and(|pair| {
            let old = self.current_content(kind, pair);
            old.is_recording == content.is_recording && is_same(kind, &old.request, &content.request)
        });
        if is_same {
            return keep;
        }
        if content.is_recording {
            let mut limit = limit("recording", kind, name);
            limit.set("file", text(record, "recording_file"));
            limits.push(limit.into());
            return keep;
        }
        match pair {
            None => Decision::Create,
            Some(old) if self.options.allow_delete => {
                self.replaced.insert(&Self::key(kind, old), ());
                Decision::Create
            }
            Some(_) => {
                limits.push(limit("greeting-update", kind, name).into());
                keep
            }
        }
    }

    /// Names what no request takes of the records that the plan may change.
    pub(super) fn note_unsent(&self, limits: &mut Vec<Value>) {
        for (kind, place) in self.places() {
            let Some(target) = self.target(kind, place) else { continue };
            let record = self.desired.record(kind, place);
            let old = self.matches.before(kind, place).map(|old| self.current.record(kind, old));
            let is_there =
                target.decision != Decision::Absent && self.options.includes(kind, [Some(record), old]);
            if !is_there {
                continue;
            }
            let extension = |extension: &str| self.matches.extension(extension).to_owned();
            let (old_phones, phones) = (&self.current.phones, &self.desired.phones);
            let mut fields = target.content.unsent.clone();
            fields.retain(|field| {
                old.is_none_or(|old| {
                    unsent_change(field, (old, old_phones), (record, phones), &extension).is_some()
                })
            });
            if !fields.is_empty() {
                limits.push(limit_with("not-sent", kind, text(record, kind.name_field()), "fields", fields));
            }
        }
    }
}

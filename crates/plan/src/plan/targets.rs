//! What becomes of each desired record.

use omicall_schema::compact::{concat, parse_decimal, usize_to_string};

use crate::{
    content::{Content, REF, content, each_reference, is_same, references},
    diff::map_extensions,
    json::{Names, Object, Table, Value, is_blank, items, member_text, object, text},
    kind::Kind,
    matching::{Matches, fold},
    plan::{
        limits::{limit, limit_with, unsent},
        options::Options,
    },
    rules::Rules,
    snapshot::Snapshot,
};

/// What is done about a desired record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing: it is not in the current tenant, and cannot or may not be created.
    Absent,
    /// Nothing: the current record at this place stays as it is.
    Keep(usize),
    /// It is created.
    Create,
    /// The current record at this place is changed.
    Update(usize),
}

/// A desired record.
#[derive(Debug)]
pub struct Target {
    /// What is done about it.
    pub decision: Decision,
    /// What can be sent of it; its references are those of the current tenant once everything is decided.
    pub content: Content,
}

/// A record: its kind and its place in the list of its snapshot.
pub type Place = (Kind, usize);

/// All desired records.
#[allow(missing_debug_implementations, reason = "the rules have none")]
pub struct Targets<'t> {
    /// The tenant as it is.
    pub current: &'t Snapshot<'t>,
    /// The tenant as it should be.
    pub desired: &'t Snapshot<'t>,
    /// Which records are the same.
    pub matches: &'t Matches,
    /// What may be done.
    pub options: &'t Options,
    /// The rules about what is sent.
    pub rules: &'t dyn Rules,
    lists: [Vec<Target>; 3],
    /// Current greetings that are replaced by a new one.
    replaced: Names,
}

impl<'t> Targets<'t> {
    /// Decides about all desired records; what cannot be done is added to `limits`.
    pub fn decide(
        current: &'t Snapshot<'t>,
        desired: &'t Snapshot<'t>,
        matches: &'t Matches,
        options: &'t Options,
        rules: &'t dyn Rules,
        limits: &mut Vec<Value>,
    ) -> Self {
        let lists = Default::default();
        let mut targets =
            Targets { current, desired, matches, options, rules, lists, replaced: Names::default() };
        for kind in Kind::PLANNED {
            let list = (0..desired.records(kind).len())
                .map(|place| targets.first_decision(kind, place, limits))
                .collect();
            if let Some(target_list) = targets.lists.get_mut(kind.place()) {
                *target_list = list;
            }
        }
        targets.settle(limits);
        targets.note_unsent(limits);
        for kind in Kind::PLANNED {
            for place in 0..desired.records(kind).len() {
                let request = targets.resolved(kind, place).unwrap_or_default();
                if let Some(target) = targets.target_mut(kind, place) {
                    target.content.request = request;
                }
            }
        }
        targets
    }

    /// The target of a desired record.
    pub fn target(&self, kind: Kind, place: usize) -> Option<&Target> {
        self.lists.get(kind.place())?.get(place)
    }

    fn target_mut(&mut self, kind: Kind, place: usize) -> Option<&mut Target> {
        self.lists.get_mut(kind.place())?.get_mut(place)
    }

    /// All targets of a kind, with their places.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &Target)> {
        self.lists.get(kind.place()).into_iter().flatten().enumerate()
    }

    fn places(&self) -> Vec<Place> {
        let all = Kind::PLANNED.into_iter();
        all.flat_map(|kind| (0..self.desired.records(kind).len()).map(move |place| (kind, place))).collect()
    }

    fn decision(&self, (kind, place): Place) -> Decision {
        self.target(kind, place).map_or(Decision::Absent, |target| target.decision)
    }

    fn set(&mut self, (kind, place): Place, decision: Decision) {
        if let Some(target) = self.target_mut(kind, place) {
            target.decision = decision;
        }
    }

    /// Whether a current record has no desired one, and no question about it is open.
    pub fn is_only_current(&self, kind: Kind, place: usize) -> bool {
        let is_replaced = kind == Kind::Greeting && self.replaced.has(&Self::key(kind, place));
        let is_ambiguous = self.matches.of(kind).is_ambiguous_before(place);
        is_replaced || (self.matches.after(kind, place).is_none() && !is_ambiguous)
    }

    /// The placeholder of a desired record that is created.
    pub fn key(kind: Kind, place: usize) -> String {
        concat(&[kind.word(), "-", &usize_to_string(place.saturating_add(1))])
    }

    /// The place of a desired record that is created, from its placeholder.
    pub fn place_of(kind: Kind, key: &str) -> Option<usize> {
        let number = key.strip_prefix(kind.word())?.strip_prefix("-")?;
        (parse_decimal(number)? as usize).checked_sub(1)
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
            return Target { decision, content };
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
                return Target { decision, content };
            }
            limits.push(limit("members-unresolved", kind, name).into());
        } else {
            let members = content.request.get("sip_members").and_then(Value::as_array).into_iter().flatten();
            let unknown = members.filter_map(Value::as_str).filter(|member| !self.current.phones.has(member));
            let unknown: Vec<String> = unknown.map(str::to_owned).collect();
            if unknown.is_empty() {
                decision = pair.map_or(Decision::Create, Decision::Update);
            } else {
                limits.push(limit_with("members-unknown", kind, name, "names", unknown));
            }
        }
        if matches!(decision, Decision::Create | Decision::Update(_))
            && !self.is_unchanged_alone(kind, pair, &content)
        {
            let mut issues = self.rules.of_request(kind, &content.request, self.options.language);
            issues.retain(|issue| text(issue, "severity") == "error");
            if !issues.is_empty() {
                let mut limit = limit("refused", kind, name);
                limit.set("issues", issues);
                limits.push(limit.into());
                decision = pair.map_or(Decision::Absent, Decision::Keep);
            }
        }
        Target { decision, content }
    }

    /// Whether a record is the same in both tenants as far as its own words go: then nothing is sent, and nothing to be checked.
    fn is_unchanged_alone(&self, kind: Kind, pair: Option<usize>, content: &Content) -> bool {
        let blank = |request: &Object| {
            let mut request = request.clone();
            each_reference(kind, &mut request, &mut |_, id| *id = "x".into());
            request
        };
        pair.is_some_and(|pair| {
            let old = self.current_content(kind, pair).request;
            is_same(kind, &blank(&old), &blank(&content.request))
        })
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

    /// What can be sent of a current record.
    pub fn current_content(&self, kind: Kind, place: usize) -> Content {
        content(kind, self.current.record(kind, place), &self.current.phones)
    }

    /// What stands in the current tenant for an id of the desired one: an id, a placeholder, or nothing.
    fn resolve(&self, kind: Option<Kind>, id: &str) -> Option<Value> {
        let Some(kind) = kind else {
            // An undocumented destination: nobody knows which record has its id in another tenant.
            return (self.matches.is_same_tenant || !is_id(id)).then(|| id.into());
        };
        let Some(place) = self.desired.position(kind, id) else {
            let is_known = self.matches.is_same_tenant && self.current.position(kind, id).is_some();
            return is_known.then(|| id.into());
        };
        match self.decision((kind, place)) {
            Decision::Create => Some(object([(REF, Self::key(kind, place).into())]).into()),
            Decision::Keep(old) | Decision::Update(old) => {
                Some(text(self.current.record(kind, old), "_id").into())
            }
            Decision::Absent => None,
        }
    }

    /// The request of a desired record with the ids of the current tenant; `None` if one of its references leads nowhere.
    fn resolved(&self, kind: Kind, place: usize) -> Option<Object> {
        let mut request = self.target(kind, place)?.content.request.clone();
        let mut is_complete = true;
        each_reference(kind, &mut request, &mut |kind, id| match self
            .resolve(kind, id.as_str().unwrap_or_default())
        {
            Some(found) => *id = found,
            None => is_complete = false,
        });
        is_complete.then_some(request)
    }

    /// Takes back decisions until every reference leads somewhere and every name is free.
    fn settle(&mut self, limits: &mut Vec<Value>) {
        let mut users: Table<Vec<Place>> = Table::default();
        for (kind, place) in self.places() {
            let Some(target) = self.target(kind, place) else { continue };
            for reference in references(kind, &target.content.request) {
                let named =
                    reference.kind.and_then(|kind| Some((kind, self.desired.position(kind, &reference.id)?)));
                if let Some((named, at)) = named
                    && let Some(users) = users.entry(&Self::key(named, at))
                {
                    users.push((kind, place));
                }
            }
        }
        let mut waiting = self.places();
        loop {
            while let Some((kind, place)) = waiting.pop() {
                let decision = self.decision((kind, place));
                let is_sent = matches!(decision, Decision::Create | Decision::Update(_));
                if !is_sent || self.resolved(kind, place).is_some() {
                    continue;
                }
                let name = text(self.desired.record(kind, place), kind.name_field());
                limits.push(limit_with("needs", kind, name, "names", self.missing(kind, place)));
                self.take_back((kind, place));
                if decision == Decision::Create {
                    waiting.extend(users.get(&Self::key(kind, place)).into_iter().flatten());
                }
            }
            self.drop_unchanged();
            let taken = self.taken_names();
            if taken.is_empty() {
                return;
            }
            for place in taken {
                let name = text(self.desired.record(Kind::Script, place), Kind::Script.name_field());
                limits.push(limit("name-taken", Kind::Script, name).into());
                self.take_back((Kind::Script, place));
                waiting.extend(users.get(&Self::key(Kind::Script, place)).into_iter().flatten());
            }
        }
    }

    fn take_back(&mut self, place: Place) {
        match self.decision(place) {
            Decision::Create => self.set(place, Decision::Absent),
            Decision::Update(old) => self.set(place, Decision::Keep(old)),
            Decision::Absent | Decision::Keep(_) => {}
        }
    }

    /// Changes that change nothing are none.
    fn drop_unchanged(&mut self) {
        for (kind, place) in self.places() {
            if let Decision::Update(old) = self.decision((kind, place))
                && let Some(request) = self.resolved(kind, place)
                && is_same(kind, &self.current_content(kind, old).request, &request)
            {
                self.set((kind, place), Decision::Keep(old));
            }
        }
    }

    /// The names of the records that a desired one leads to and that are missing.
    fn missing(&self, kind: Kind, place: usize) -> Vec<String> {
        let Some(target) = self.target(kind, place) else { return Vec::new() };
        let missing = references(kind, &target.content.request)
            .into_iter()
            .filter(|reference| self.resolve(reference.kind, &reference.id).is_none());
        let names = missing.map(|reference| {
            let known =
                reference.kind.and_then(|kind| Some((kind, self.desired.position(kind, &reference.id)?)));
            known.map_or_else(String::new, |(kind, place)| {
                text(self.desired.record(kind, place), kind.name_field()).into()
            })
        });
        let names: Names = names.filter(|name| !name.is_empty()).map(|name| (name, ())).collect();
        names.names().cloned().collect()
    }

    /// Desired scripts whose name another script keeps: the server allows each name once.
    fn taken_names(&self) -> Vec<usize> {
        let kind = Kind::Script;
        let holders = self.name_holders();
        let mut taken = Vec::new();
        for (place, target) in self.of(kind) {
            let own = match target.decision {
                Decision::Create => None,
                Decision::Update(own) => Some(own),
                Decision::Absent | Decision::Keep(_) => continue,
            };
            let holder = holders.get(&fold(member_text(&target.content.request, "script_name")));
            if holder.is_some_and(|holder| Some(*holder) != own && !self.gives_up_name(*holder)) {
                taken.push(place);
            }
        }
        taken
    }

    /// The current script with each name.
    pub fn name_holders(&self) -> Table<usize> {
        let scripts = self.current.records(Kind::Script).iter().enumerate();
        scripts.map(|(place, script)| (fold(text(script, "script_name")), place)).collect()
    }

    /// Whether a current script is renamed or deleted.
    fn gives_up_name(&self, place: usize) -> bool {
        let kind = Kind::Script;
        let name = fold(text(self.current.record(kind, place), "script_name"));
        match self.matches.after(kind, place) {
            Some(new) => self.target(kind, new).is_some_and(|target| {
                matches!(target.decision, Decision::Update(_))
                    && fold(member_text(&target.content.request, "script_name")) != name
            }),
            None => self.may_delete(kind, place),
        }
    }

    /// Whether a current record is to be deleted, as far as the options go.
    pub fn may_delete(&self, kind: Kind, place: usize) -> bool {
        self.options.allow_delete
            && self.is_only_current(kind, place)
            && self.current.is_complete(kind)
            && self.desired.is_complete(kind)
            && self.options.includes(kind, [Some(self.current.record(kind, place)), None])
    }

    /// Names what no request takes of the records that the plan may change.
    fn note_unsent(&self, limits: &mut Vec<Value>) {
        for (kind, place) in self.places() {
            let Some(target) = self.target(kind, place) else { continue };
            let record = self.desired.record(kind, place);
            let old = self.matches.before(kind, place).map(|old| self.current.record(kind, old));
            let is_there =
                target.decision != Decision::Absent && self.options.includes(kind, [Some(record), old]);
            if is_there {
                limits.extend(unsent(kind, &target.content.unsent, record, old));
            }
        }
    }

    /// Fields of a current group that hold something which an update resets.
    pub fn reset_by_update(&self, kind: Kind, place: usize) -> Vec<String> {
        let record = self.current.record(kind, place);
        let is_there = |field: &String| {
            let member = field.strip_prefix("members/");
            member.is_some_and(|member| {
                items(record, "members").iter().any(|of| of.get(member).is_some_and(|value| !is_blank(value)))
            }) || record.get(field.as_str()).is_some_and(|value| !is_blank(value))
        };
        let unsent = self.current_content(kind, place).unsent;
        unsent.into_iter().filter(|field| kind == Kind::Group && is_there(field)).collect()
    }
}

/// Whether a text looks like the id of a record.
fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

//! Decisions are taken back until all that is sent leads somewhere, is allowed, and has a name that is free.

use crate::{
    content::{REF, each_reference, is_same, references},
    json::{Names, Object, Table, Value, member_text, object, text},
    kind::Kind,
    matching::fold,
    plan::{
        deletes::Doomed,
        limits::{limit, limit_with},
        targets::{Decision, Place, Targets},
    },
};

impl Targets<'_> {
    /// Takes back decisions until every reference leads somewhere, no rule is broken and every name is free.
    pub(super) fn settle(&mut self, limits: &mut Vec<Value>) {
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
                if let Decision::Update(old) = decision
                    && self.is_unchanged(kind, place, old)
                {
                    self.take_back((kind, place));
                    continue;
                }
                let name = text(self.desired.record(kind, place), kind.name_field());
                limits.push(limit_with("needs", kind, name, "names", self.missing(kind, place)));
                self.take_back((kind, place));
                if decision == Decision::Create {
                    waiting.extend_from_slice(
                        users.get(&Self::key(kind, place)).map(Vec::as_slice).unwrap_or_default(),
                    );
                }
            }
            self.drop_unchanged();
            let mut stopped = self.stopped(limits);
            if stopped.is_empty() {
                stopped = self.taken_names(limits);
            }
            for (kind, place) in &stopped {
                self.take_back((*kind, *place));
                waiting.extend_from_slice(
                    users.get(&Self::key(*kind, *place)).map(Vec::as_slice).unwrap_or_default(),
                );
            }
            if stopped.is_empty() {
                break;
            }
        }
        for (kind, place) in self.places() {
            let request = self.resolved(kind, place).unwrap_or_default();
            if let Some(target) = self.target_mut(kind, place) {
                target.request = request;
            }
        }
    }

    fn take_back(&mut self, (kind, place): Place) {
        let decision = match (self.decision((kind, place)), self.matches.before(kind, place)) {
            // A greeting that was to be replaced stays.
            (Decision::Create, Some(old)) => {
                self.replaced.remove(&Self::key(kind, old));
                Decision::Keep(old)
            }
            (Decision::Create, None) => Decision::Absent,
            (Decision::Update(old), _) => Decision::Keep(old),
            (decision, _) => decision,
        };
        self.set((kind, place), decision);
    }

    /// What must not be sent: groups with extensions that do not exist, and requests that break a rule.
    fn stopped(&mut self, limits: &mut Vec<Value>) -> Vec<Place> {
        let mut stopped = Vec::new();
        for (kind, place) in self.places() {
            let Some(target) = self.target(kind, place).filter(|target| !target.is_checked) else { continue };
            if !matches!(target.decision, Decision::Create | Decision::Update(_)) {
                continue;
            }
            let request = self.resolved(kind, place).unwrap_or_default();
            let mut unknown = Vec::new();
            for member in request.get("sip_members").map(Value::items).unwrap_or_default() {
                if let Some(member) = member.as_str().filter(|member| !self.current.phones.has(member)) {
                    unknown.push(member.to_owned());
                }
            }
            let name = text(self.desired.record(kind, place), kind.name_field());
            if !unknown.is_empty() {
                limits.push(limit_with("members-unknown", kind, name, "names", unknown));
            } else if let Some(limit) = self.refusal(kind, name, &request) {
                limits.push(limit);
            } else if let Some(target) = self.target_mut(kind, place) {
                target.is_checked = true;
                continue;
            }
            stopped.push((kind, place));
        }
        stopped
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

    /// Translates an id of the desired tenant: an id of the current one, or a placeholder; `None` if the record is in neither.
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
    pub(super) fn resolved(&self, kind: Kind, place: usize) -> Option<Object> {
        let (request, is_complete) = self.partly_resolved(kind, place)?;
        is_complete.then_some(request)
    }

    /// The same with the references that lead nowhere as they are, and whether there is none.
    fn partly_resolved(&self, kind: Kind, place: usize) -> Option<(Object, bool)> {
        let mut request = self.target(kind, place)?.content.request.clone();
        let mut is_complete = true;
        each_reference(kind, &mut request, &mut |kind, id| match self
            .resolve(kind, id.as_str().unwrap_or_default())
        {
            Some(found) => *id = found,
            None => is_complete = false,
        });
        Some((request, is_complete))
    }

    /// Whether a desired record says the same as the current one, although it leads to what is not there.
    fn is_unchanged(&self, kind: Kind, place: usize, old: usize) -> bool {
        self.partly_resolved(kind, place)
            .is_some_and(|(request, _)| is_same(kind, &self.current_content(kind, old).request, &request))
    }

    /// The names of the records that a desired one leads to and that are missing; of what has no name, the id.
    fn missing(&self, kind: Kind, place: usize) -> Vec<String> {
        let Some(target) = self.target(kind, place) else { return Vec::new() };
        let missing = references(kind, &target.content.request)
            .into_iter()
            .filter(|reference| self.resolve(reference.kind, &reference.id).is_none());
        let names = missing.map(|reference| {
            let known =
                reference.kind.and_then(|kind| Some((kind, self.desired.position(kind, &reference.id)?)));
            let name =
                known.map_or("", |(kind, place)| text(self.desired.record(kind, place), kind.name_field()));
            if name.is_empty() { reference.id } else { name.into() }
        });
        let names: Names = names.map(|name| (name, ())).collect();
        names.names().cloned().collect()
    }

    /// Desired scripts whose name another script keeps or gets: the server allows each name once.
    fn taken_names(&self, limits: &mut Vec<Value>) -> Vec<Place> {
        let kind = Kind::Script;
        let holders = self.name_holders();
        // The desired scripts that get each name.
        let mut getting: Table<Vec<Place>> = Table::default();
        for (place, target) in self.of(kind) {
            if matches!(target.decision, Decision::Create | Decision::Update(_))
                && let Some(scripts) =
                    getting.entry(&fold(member_text(&target.content.request, kind.name_field())))
            {
                scripts.push((kind, place));
            }
        }
        let mut without: Vec<Place> = Vec::new();
        let mut kept = Vec::new();
        for (name, scripts) in getting.names().zip(getting.values()) {
            match holders.get(name).copied().filter(|holder| !self.gives_up_name(*holder)) {
                Some(holder) => kept.push(holder),
                None => without.extend_from_slice(scripts.get(1..).unwrap_or_default()),
            }
        }
        let mut is_taken = vec![false; self.of(kind).count()];
        loop {
            // Nobody else can get the name of a script that keeps it.
            while let Some(holder) = kept.pop() {
                let name = fold(text(self.current.record(kind, holder), kind.name_field()));
                for script in getting.get(&name).map(Vec::as_slice).unwrap_or_default() {
                    if self.decision(*script) != Decision::Update(holder) {
                        without.push(*script);
                    }
                }
            }
            let Some(script) = without.pop() else { break };
            if let Some(is_taken) = is_taken.get_mut(script.1).filter(|is_taken| !**is_taken) {
                *is_taken = true;
                if let Decision::Update(own) = self.decision(script) {
                    kept.push(own);
                }
            }
        }
        let mut taken = Vec::new();
        for (place, target) in self.of(kind) {
            if is_taken.get(place) == Some(&true) {
                let name = member_text(&target.content.request, kind.name_field());
                limits.push(limit("name-taken", kind, name).into());
                taken.push((kind, place));
            }
        }
        taken
    }

    /// Whether a current script is renamed or deleted. It gets another name for now, so that the rules must allow it as it is.
    fn gives_up_name(&self, place: usize) -> bool {
        let kind = Kind::Script;
        let name = fold(text(self.current.record(kind, place), "script_name"));
        let is_given_up = match self.matches.after(kind, place) {
            Some(new) => self.target(kind, new).is_some_and(|target| {
                matches!(target.decision, Decision::Update(_))
                    && fold(member_text(&target.content.request, "script_name")) != name
            }),
            None => self.may_delete(kind, place) && !self.staying.has(&Self::key(kind, place)),
        };
        is_given_up && !self.is_refused_as_it_is(place)
    }

    /// Notes which scripts stay because they are still used. Returns whether another script needs the name of one of them.
    pub(super) fn note_staying(&mut self, doomed: &Doomed) -> bool {
        let kind = Kind::Script;
        for place in 0..self.current.records(kind).len() {
            if !doomed.has(kind, place) {
                self.staying.insert(&Self::key(kind, place), ());
            }
        }
        !self.taken_names(&mut Vec::new()).is_empty()
    }
}

/// Whether a text looks like the id of a record.
fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

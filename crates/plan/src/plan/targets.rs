//! The desired records, each with what becomes of it.

use std::cell::Cell;

use omicall_schema::compact::{concat, parse_decimal, usize_to_string};

use crate::{
    content::{Content, content},
    json::{Names, Object, Table, is_blank, items, text},
    kind::Kind,
    matching::{Matches, fold},
    plan::options::Options,
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
    /// What can be sent of it, with the ids of the desired tenant.
    pub content: Content,
    /// The same with the ids and placeholders of the current tenant; empty if it leads to what is not there.
    pub request: Object,
    /// Whether the rules allow it to be sent.
    pub(super) is_checked: bool,
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
    pub(super) lists: [Vec<Target>; 3],
    /// Current greetings that are replaced by a new one.
    pub(super) replaced: Names,
    /// Current scripts that were to be deleted, but are still used: their names are not free.
    pub(super) staying: Names,
    /// Whether the rules refuse each current script as it is, as far as somebody has asked.
    pub(super) refused: Vec<Cell<Option<bool>>>,
}

impl Target {
    /// A record with its first decision.
    pub(super) fn new(decision: Decision, content: Content) -> Self {
        Target { decision, content, request: Object::new(), is_checked: false }
    }
}

impl<'t> Targets<'t> {
    /// The target of a desired record.
    pub fn target(&self, kind: Kind, place: usize) -> Option<&Target> {
        self.lists.get(kind.place())?.get(place)
    }

    pub(super) fn target_mut(&mut self, kind: Kind, place: usize) -> Option<&mut Target> {
        self.lists.get_mut(kind.place())?.get_mut(place)
    }

    /// All targets of a kind, with their places.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &Target)> {
        self.lists.get(kind.place()).map(Vec::as_slice).unwrap_or_default().iter().enumerate()
    }

    pub(super) fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for kind in Kind::PLANNED {
            for place in 0..self.desired.records(kind).len() {
                places.push((kind, place));
            }
        }
        places
    }

    pub(super) fn decision(&self, (kind, place): Place) -> Decision {
        self.target(kind, place).map_or(Decision::Absent, |target| target.decision)
    }

    pub(super) fn set(&mut self, (kind, place): Place, decision: Decision) {
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

    /// What can be sent of a current record.
    pub fn current_content(&self, kind: Kind, place: usize) -> Content {
        content(kind, self.current.record(kind, place), &self.current.phones)
    }

    /// The current script with each name.
    pub fn name_holders(&self) -> Table<usize> {
        let scripts = self.current.records(Kind::Script).iter().enumerate();
        scripts.map(|(place, script)| (fold(text(script, "script_name")), place)).collect()
    }

    /// Whether a current record is to be deleted, as far as the options go.
    pub fn may_delete(&self, kind: Kind, place: usize) -> bool {
        self.options.allow_delete
            && self.is_only_current(kind, place)
            && self.current.is_complete(kind)
            && self.desired.is_complete(kind)
            && self.options.includes(kind, [Some(self.current.record(kind, place)), None])
    }

    /// Fields of a current record that hold something which no request takes, and `members` if the phones of some are not known.
    pub fn lost(&self, kind: Kind, place: usize) -> Vec<String> {
        let record = self.current.record(kind, place);
        let is_there = |field: &String| {
            let member = field.strip_prefix("members/");
            member.is_some_and(|member| {
                items(record, "members").iter().any(|of| of.get(member).is_some_and(|value| !is_blank(value)))
            }) || record.get(field.as_str()).is_some_and(|value| !is_blank(value))
        };
        let content = self.current_content(kind, place);
        let mut lost: Vec<String> = content.unsent.into_iter().filter(is_there).collect();
        if !content.unresolved.is_empty() {
            lost.push("members".into());
        }
        lost
    }
}

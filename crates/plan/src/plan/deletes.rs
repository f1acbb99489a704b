//! Which records a plan deletes, and in which order.

use crate::{
    content::references,
    json::{Names, Object, Table, Value, text},
    kind::Kind,
    plan::{
        limits::limit_with,
        order::after_needs,
        targets::{Decision, Place, Targets},
    },
};

/// The records that are deleted.
#[derive(Debug, Default)]
pub struct Doomed {
    places: Names,
}

impl Doomed {
    /// Whether a current record is deleted.
    pub fn has(&self, kind: Kind, place: usize) -> bool {
        self.places.has(&Targets::key(kind, place))
    }
}

/// The request of a current record when all changes are made.
fn final_request(targets: &Targets<'_>, kind: Kind, place: usize) -> Object {
    let new = targets.matches.after(kind, place).and_then(|new| targets.target(kind, new));
    match new.filter(|target| target.decision == Decision::Update(place)) {
        Some(target) => target.request.clone(),
        None => targets.current_content(kind, place).request,
    }
}

/// The current records that a request names.
fn named(targets: &Targets<'_>, kind: Kind, request: &Object) -> Vec<Place> {
    let find = |kind: Kind, id: &str| Some((kind, targets.current.position(kind, id)?));
    references(kind, request).iter().filter_map(|reference| find(reference.kind?, &reference.id)).collect()
}

/// Decides which records are deleted: what one that stays still names has to stay.
pub fn doomed(targets: &Targets<'_>, limits: &mut Vec<Value>) -> Doomed {
    let mut doomed = Doomed::default();
    let mut staying: Vec<Place> = Vec::new();
    for kind in Kind::PLANNED {
        for place in 0..targets.current.records(kind).len() {
            if targets.may_delete(kind, place) {
                doomed.places.insert(&Targets::key(kind, place), ());
            } else {
                staying.push((kind, place));
            }
        }
    }
    let name = |(kind, place): Place| text(targets.current.record(kind, place), kind.name_field());
    loop {
        while let Some((kind, place)) = staying.pop() {
            for other in named(targets, kind, &final_request(targets, kind, place)) {
                if doomed.places.remove(&Targets::key(other.0, other.1)).is_some() {
                    let names = vec![name((kind, place)).to_owned()];
                    limits.push(limit_with("in-use", other.0, name(other), "names", names));
                    staying.push(other);
                }
            }
        }
        // What has to let go of another record before is sent once more.
        for ((kind, place), _) in order(targets, &doomed).1 {
            let request = targets.current_content(kind, place).request;
            if let Some(limit) = targets.refusal(kind, name((kind, place)), &request)
                && doomed.places.remove(&Targets::key(kind, place)).is_some()
            {
                limits.push(limit);
                staying.push((kind, place));
            }
        }
        if staying.is_empty() {
            return doomed;
        }
    }
}

/// The order of deletions: who names another goes first. Where they go in a circle, the second list says which record has to let go
/// of which before anything is deleted.
pub fn order(targets: &Targets<'_>, doomed: &Doomed) -> (Vec<Place>, Vec<(Place, Place)>) {
    let (mut places, mut numbers): (Vec<Place>, Table<usize>) = Default::default();
    for kind in Kind::PLANNED {
        for place in 0..targets.current.records(kind).len() {
            if doomed.has(kind, place) {
                numbers.insert(&Targets::key(kind, place), places.len());
                places.push((kind, place));
            }
        }
    }
    let needs = |one: usize| -> Vec<usize> {
        let Some((kind, place)) = places.get(one).copied() else { return Vec::new() };
        let mut needs = Vec::new();
        for (kind, place) in named(targets, kind, &targets.current_content(kind, place).request) {
            // A record may name itself: nothing has to be done first.
            let number = numbers.get(&Targets::key(kind, place)).copied().filter(|number| *number != one);
            needs.extend(number);
        }
        needs
    };
    let (mut order, circular) = after_needs(places.len(), &needs);
    order.reverse();
    let at = |number: usize| places.get(number).copied();
    let order = order.into_iter().filter_map(at).collect();
    let circular = circular.into_iter().filter_map(|(who, what)| Some((at(who)?, at(what)?))).collect();
    (order, circular)
}

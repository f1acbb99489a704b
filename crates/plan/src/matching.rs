//! Which record of one snapshot is which of the other: by id within a tenant, by name between tenants.

use omicall_issues::ArgumentError;
use omicall_schema::compact::concat;

use crate::{
    json::{Table, Value, members, object, text, texts},
    kind::Kind,
    snapshot::Snapshot,
};

/// A text for people as it is sent and compared: composed (NFC).
pub fn composed(text: &str) -> String {
    #[cfg(feature = "compose")]
    return unicode_normalization::UnicodeNormalization::nfc(text).collect();
    #[cfg(not(feature = "compose"))]
    return text.into();
}

/// How letters become lower-case: set by the package, where JavaScript has the tables for it. Without the
/// feature `compose`, [`fold`] uses it.
pub static FOLD: Fold = Fold(std::sync::OnceLock::new());

/// See [`FOLD`].
#[derive(Debug)]
pub struct Fold(std::sync::OnceLock<fn(&str) -> String>);

impl Fold {
    /// Sets the function, once.
    pub fn set(&self, fold: fn(&str) -> String) {
        let _ = self.0.set(fold);
    }

    /// The function; until one is set, that of ASCII.
    pub fn get(&self) -> fn(&str) -> String {
        self.0.get().copied().unwrap_or(str::to_ascii_lowercase)
    }
}

/// A name as it is compared: without surrounding spaces, composed (NFC), without case.
pub fn fold(name: &str) -> String {
    #[cfg(feature = "compose")]
    return composed(name).trim().to_lowercase();
    #[cfg(not(feature = "compose"))]
    return (FOLD.get())(name.trim());
}

/// The pairs of one kind, as places in the lists of the snapshots.
#[derive(Debug, Default)]
pub struct Pairs {
    /// For each record of the second snapshot, the one of the first.
    pub of_after: Vec<Option<usize>>,
    /// For each record of the first snapshot, the one of the second.
    pub of_before: Vec<Option<usize>>,
    /// Records of the second snapshot whose name does not tell which one they are.
    ambiguous_after: Vec<bool>,
    /// Records of the first snapshot that they may be.
    ambiguous_before: Vec<bool>,
}

/// All pairs.
#[derive(Debug)]
pub struct Matches {
    pairs: [Pairs; 3],
    /// Extensions of the second snapshot that are mapped to others in the first.
    extensions: Table<String>,
    /// Whether both snapshots are of one tenant, so that ids mean the same.
    pub is_same_tenant: bool,
    /// What to ask for: names that do not tell.
    pub ambiguous: Vec<Value>,
}

impl Matches {
    /// Matches the records of two snapshots. `options` may have `mapping` and `matchBy`.
    pub fn new(before: &Snapshot<'_>, after: &Snapshot<'_>, options: &Value) -> Result<Self, ArgumentError> {
        let is_same_tenant = match options.get("matchBy") {
            None | Some(Value::Null) => {
                let (one, other) = (before.tenant_id(), after.tenant_id());
                one == other || one.is_empty() || other.is_empty()
            }
            Some(by) if by == "id" => true,
            Some(by) if by == "name" => false,
            Some(_) => {
                let words = "must be \"id\" or \"name\".";
                return Err(ArgumentError::new("options", "/matchBy".into(), &[words]));
            }
        };
        let mapping = match options.get("mapping") {
            None | Some(Value::Null) => &Value::Null,
            Some(mapping) if mapping.is_object() => mapping,
            Some(_) => return Err(ArgumentError::new("options", "/mapping".into(), &["must be an object."])),
        };
        let mut ambiguous = Vec::new();
        let mut pairs = <[Pairs; 3]>::default();
        for (kind, pairs) in Kind::PLANNED.into_iter().zip(&mut pairs) {
            *pairs = match_kind(kind, before, after, is_same_tenant, mapping)?;
            ambiguous.extend(questions(kind, pairs, before, after));
        }
        let mut extensions = Table::default();
        for (from, to) in members(mapping, Kind::Phone.list()) {
            let error = |words: &[&str]| Err(ArgumentError::new("options", "/mapping/phones".into(), words));
            let Some(to) = to.as_str() else {
                return error(&[
                    "must have an extension of the first snapshot for \"",
                    from,
                    "\", as a string.",
                ]);
            };
            mapped_once(mapping, Kind::Phone, from, to)?;
            // Two extensions would become one here too.
            let is_mapped = || members(mapping, Kind::Phone.list()).any(|(other, _)| other == to);
            if after.phones.has(to) && !is_mapped() {
                let own = "\", but the second snapshot has its own \"";
                return error(&["names \"", to, "\" for \"", from, own, to, "\"; map that one too."]);
            }
            extensions.insert(from, to.to_owned());
        }
        Ok(Matches { pairs, extensions, is_same_tenant, ambiguous })
    }

    /// The pairs of a kind.
    pub fn of(&self, kind: Kind) -> &Pairs {
        let [greetings, groups, scripts] = &self.pairs;
        match kind {
            Kind::Group => groups,
            Kind::Script => scripts,
            _ => greetings,
        }
    }

    /// The place in the first snapshot of a record of the second.
    pub fn before(&self, kind: Kind, after: usize) -> Option<usize> {
        self.of(kind).of_after.get(after).copied().flatten()
    }

    /// The place in the second snapshot of a record of the first.
    pub fn after(&self, kind: Kind, before: usize) -> Option<usize> {
        self.of(kind).of_before.get(before).copied().flatten()
    }

    /// The extension in the first tenant.
    pub fn extension<'e>(&'e self, extension: &'e str) -> &'e str {
        self.extensions.get(extension).map_or(extension, String::as_str)
    }
}

/// An error if a mapping gives what it has for `from` to another one too: two records would become one.
fn mapped_once(mapping: &Value, kind: Kind, from: &str, to: &str) -> Result<(), ArgumentError> {
    for (other, other_to) in members(mapping, kind.list()) {
        if other != from && other_to == to {
            let words =
                ["names \"", to, "\" for both \"", from, "\" and \"", other, "\"; each may be named once."];
            return Err(ArgumentError::new("options", concat(&["/mapping/", kind.list()]), &words));
        }
    }
    Ok(())
}

fn match_kind(
    kind: Kind,
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    by_id: bool,
    mapping: &Value,
) -> Result<Pairs, ArgumentError> {
    let (olds, news) = (before.records(kind), after.records(kind));
    let mut pairs = Pairs {
        of_after: vec![None; news.len()],
        of_before: vec![None; olds.len()],
        ambiguous_after: vec![false; news.len()],
        ambiguous_before: vec![false; olds.len()],
    };
    let mut is_new = vec![false; news.len()];
    for (from, to) in members(mapping, kind.list()) {
        let path = || concat(&["/mapping/", kind.list()]);
        let Some(new) = after.position(kind, from) else {
            let words = "names a record that the second snapshot does not have.";
            return Err(ArgumentError::new("options", path(), &[words]));
        };
        let old = match to {
            Value::Null => None,
            to => match before.position(kind, to.as_str().unwrap_or_default()) {
                Some(old) => Some(old),
                None => {
                    let words =
                        "leads to a record that the first snapshot does not have; `null` is for none.";
                    return Err(ArgumentError::new("options", path(), &[words]));
                }
            },
        };
        mapped_once(mapping, kind, from, to.as_str().unwrap_or_default())?;
        match old {
            Some(old) => pairs.pair(old, new),
            None => set(&mut is_new, new, true),
        }
    }
    if by_id {
        for (new, record) in news.iter().enumerate() {
            let old = before.position(kind, text(record, "_id"));
            if let Some(old) = old.filter(|old| pairs.is_free(*old, new) && is_new.get(new) == Some(&false)) {
                pairs.pair(old, new);
            }
        }
    }
    // What is left is matched by name, where the name tells.
    let mut names: Table<(Vec<usize>, Vec<usize>)> = Table::default();
    let name = |record: &Value| fold(text(record, kind.name_field()));
    for (old, record) in olds.iter().enumerate().filter(|(old, _)| pairs.of_before.get(*old) == Some(&None)) {
        if let Some((same, _)) = names.entry(&name(record)) {
            same.push(old);
        }
    }
    for (new, record) in news.iter().enumerate() {
        if pairs.of_after.get(new) == Some(&None)
            && is_new.get(new) == Some(&false)
            && names.has(&name(record))
            && let Some((_, same)) = names.entry(&name(record))
        {
            same.push(new);
        }
    }
    for (olds, news) in names.values() {
        match (olds.as_slice(), news.as_slice()) {
            ([old], [new]) => pairs.pair(*old, *new),
            (_, []) => {}
            _ => {
                for old in olds {
                    set(&mut pairs.ambiguous_before, *old, true);
                }
                for new in news {
                    set(&mut pairs.ambiguous_after, *new, true);
                }
            }
        }
    }
    Ok(pairs)
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(place) = list.get_mut(place) {
        *place = value;
    }
}

impl Pairs {
    fn pair(&mut self, before: usize, after: usize) {
        set(&mut self.of_before, before, Some(after));
        set(&mut self.of_after, after, Some(before));
    }

    /// Whether it is not known which record of the first snapshot this one of the second is.
    pub fn is_ambiguous_after(&self, after: usize) -> bool {
        self.ambiguous_after.get(after) == Some(&true)
    }

    /// Whether this record of the first snapshot may be one of several of the second.
    pub fn is_ambiguous_before(&self, before: usize) -> bool {
        self.ambiguous_before.get(before) == Some(&true)
    }

    fn is_free(&self, before: usize, after: usize) -> bool {
        self.of_before.get(before) == Some(&None) && self.of_after.get(after) == Some(&None)
    }
}

/// What to ask about names that do not tell, each with the ids among which to choose.
fn questions(kind: Kind, pairs: &Pairs, before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<Value> {
    let name_of = |record: &Value| text(record, kind.name_field()).to_owned();
    let mut candidates: Table<Vec<&str>> = Table::default();
    for (old, record) in before.records(kind).iter().enumerate() {
        if !pairs.is_ambiguous_before(old) {
            continue;
        }
        if let Some(ids) = candidates.entry(&fold(&name_of(record))) {
            ids.push(text(record, "_id"));
        }
    }
    let mut questions = Vec::new();
    for (new, record) in after.records(kind).iter().enumerate() {
        if !pairs.is_ambiguous_after(new) {
            continue;
        }
        let name = name_of(record);
        let ids = candidates.get(&fold(&name)).map(Vec::as_slice).unwrap_or_default();
        let question = object([
            ("kind", kind.word().into()),
            ("name", name.into()),
            ("id", text(record, "_id").into()),
            ("candidates", texts(ids.iter().copied())),
        ]);
        questions.push(question.into());
    }
    questions
}

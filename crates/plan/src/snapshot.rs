//! The snapshot of a tenant: one JSON document with all records as they came.

use omicall_issues::ArgumentError;
use omicall_schema::compact::concat;

use crate::{
    json::{Object, Table, Value, is_true, items, text},
    kind::Kind,
};

/// The `format` of a snapshot.
pub const FORMAT: &str = "omicall-tenant";
/// The newest version of all documents that this code reads, and the one that it writes.
pub const VERSION: u32 = 1;

/// Checks the format and the version of a saved document. What has no format was not saved by this package, and is read as it is.
pub fn check_format(document: &Value, argument: &str, format: &str) -> Result<(), ArgumentError> {
    if !document.is_object() {
        let words = "must be an object, as this package made it.";
        return Err(ArgumentError::new(argument, String::new(), &[words]));
    }
    let found = document.get("format");
    if found.is_some_and(|found| found != format) {
        let words = ["is another document: its `format` must be \"", format, "\"."];
        return Err(ArgumentError::new(argument, "/format".into(), &words));
    }
    let version = document.get("version").and_then(Value::as_f64).unwrap_or(1.0);
    if version > f64::from(VERSION) {
        let words = "is newer than this package reads: update omicall-call-center.";
        return Err(ArgumentError::new(argument, "/version".into(), &[words]));
    }
    Ok(())
}

/// A snapshot, read: the records that are not deleted, by kind and id.
#[derive(Debug)]
pub struct Snapshot<'s> {
    /// The document.
    pub document: &'s Value,
    lists: [Vec<&'s Value>; 3],
    by_id: [Table<usize>; 3],
    /// The extensions of agents.
    pub phones: Phones<'s>,
}

impl<'s> Snapshot<'s> {
    /// Reads a snapshot; `argument` is its name in an error.
    pub fn read(document: &'s Value, argument: &str) -> Result<Self, ArgumentError> {
        check_format(document, argument, FORMAT)?;
        for kind in Kind::ALL {
            let list = document.get(kind.list());
            let is_list = match list {
                None | Some(Value::Null) => true,
                Some(Value::Array(records)) => kind == Kind::Hotline || records.iter().all(Value::is_object),
                Some(_) => false,
            };
            if !is_list {
                let words = "must be an array of records.";
                return Err(ArgumentError::new(argument, concat(&["/", kind.list()]), &[words]));
            }
        }
        let lists = Kind::PLANNED.map(|kind| {
            items(document, kind.list()).iter().filter(|record| !is_true(record, "is_deleted")).collect()
        });
        let by_id = lists.each_ref().map(|records: &Vec<&'s Value>| {
            let mut by_id = Table::default();
            for (record, position) in records.iter().zip(0..) {
                let id = text(record, "_id");
                if !id.is_empty() && !by_id.has(id) {
                    by_id.insert(id, position);
                }
            }
            by_id
        });
        let phones = Phones::new(items(document, Kind::Phone.list()));
        Ok(Snapshot { document, lists, by_id, phones })
    }

    /// The records of a planned kind.
    pub fn records(&self, kind: Kind) -> &[&'s Value] {
        self.lists.get(kind.place()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The record of a kind at this place of [`records`](Self::records).
    pub fn record(&self, kind: Kind, position: usize) -> &'s Value {
        self.records(kind).get(position).copied().unwrap_or(&Value::Null)
    }

    /// The place of the record with this id.
    pub fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        self.by_id.get(kind.place())?.get(id).copied()
    }

    /// The name of the record with this id; the id if there is none.
    pub fn name_of(&self, kind: Kind, id: &str) -> String {
        let record = self.position(kind, id).map(|position| self.record(kind, position));
        record.map_or(id, |record| text(record, kind.name_field())).into()
    }

    /// The phone with this extension.
    pub fn phone(&self, extension: &str) -> Option<&'s Value> {
        items(self.document, Kind::Phone.list()).get(self.phones.position(extension)?)
    }

    /// Whether the snapshot has all records of a kind.
    pub fn is_complete(&self, kind: Kind) -> bool {
        let is_listed = self.document.get(kind.list()).is_some_and(Value::is_array);
        let gaps = items(self.document, "incomplete");
        // Lists written by hand say no more than that something is missing.
        let is_partial = self.document.get("complete") == Some(&Value::Bool(false)) && gaps.is_empty();
        is_listed && !is_partial && gaps.iter().all(|gap| text(gap, "list") != kind.list())
    }

    /// The ids of the tenants that the records name: one, unless the lists are empty.
    pub fn tenant_id(&self) -> &'s str {
        let records = self.lists.iter().flatten();
        records.map(|record| text(record, "tenant_id")).find(|id| !id.is_empty()).unwrap_or_default()
    }

    /// What a diff or a plan says about the snapshots it was made from.
    pub fn origin(&self) -> Value {
        let mut origin = Object::new();
        if let Some(taken_at) = self.document.get("takenAt") {
            origin.set("takenAt", taken_at.clone());
        }
        if let Some(base_url) = self.document.get("baseUrl").and_then(Value::as_str) {
            origin.set("baseUrl", without_user(base_url));
        }
        if !self.tenant_id().is_empty() {
            origin.set("tenantId", self.tenant_id());
        }
        if Kind::PLANNED.into_iter().all(|kind| self.is_complete(kind)) {
            origin.set("records", self.lists.iter().map(Vec::len).sum::<usize>());
        }
        origin.into()
    }
}

/// A URL without user, password, query and fragment: somebody may have written them into the document.
fn without_user(url: &str) -> String {
    let end = url.bytes().position(|byte| byte == b'?' || byte == b'#').unwrap_or(url.len());
    let url = url.get(..end).unwrap_or_default();
    let slashes = url.as_bytes().windows(2).position(|pair| pair == b"//");
    let (scheme, rest) =
        url.split_at_checked(slashes.map_or(0, |at| at.saturating_add(2))).unwrap_or_default();
    let path = rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(path).unwrap_or_default();
    let user = authority.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at.saturating_add(1));
    concat(&[scheme, authority.get(user..).unwrap_or_default(), path])
}

/// Extensions by agent, and which extensions exist.
#[derive(Debug, Default)]
pub struct Phones<'s> {
    /// `None` if two phones have the same agent: it is not known which one is meant.
    by_agent: Table<Option<&'s str>>,
    extensions: Table<usize>,
}

impl<'s> Phones<'s> {
    /// Indexes the records of `phones.list`.
    pub fn new(records: &'s [Value]) -> Self {
        let mut phones = Phones::default();
        for (position, phone) in records.iter().enumerate() {
            let (agent, extension) = (text(phone, "agent_id"), text(phone, "sip_user"));
            if !phones.extensions.has(extension) {
                phones.extensions.insert(extension, position);
            }
            if !agent.is_empty() {
                let is_other = phones.by_agent.get(agent).is_some_and(|known| *known != Some(extension));
                phones.by_agent.insert(agent, Some(extension).filter(|_| !is_other));
            }
        }
        phones
    }

    /// The extension of an agent.
    pub fn of_agent(&self, agent: &str) -> Option<&'s str> {
        self.by_agent.get(agent).copied().flatten().filter(|extension| !extension.is_empty())
    }

    /// Whether there is a phone with this extension.
    pub fn has(&self, extension: &str) -> bool {
        self.extensions.has(extension)
    }

    fn position(&self, extension: &str) -> Option<usize> {
        self.extensions.get(extension).copied()
    }
}

//! What keys, fallbacks and the overflow of groups lead to.

use omicall_issues::Language;
use omicall_schema::draft::{ListSource, Value};

use crate::tenant::{Tenant, index::TenantIndex};

/// The kind of record that a destination is. Each has its own action type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DestinationKind {
    /// A ring group: `Ring_group`.
    Group,
    /// An IVR script: `Ivr_menu`.
    Script,
    /// A greeting, after which the call ends: `Recording`. Keys do not lead to one.
    Greeting,
}

impl DestinationKind {
    /// All kinds.
    pub const ALL: [DestinationKind; 3] =
        [DestinationKind::Group, DestinationKind::Script, DestinationKind::Greeting];

    /// Returns the kind that an action type stands for; `None` if the type is not documented.
    pub fn of_type(action_type: Value<'_>) -> Option<Self> {
        match action_type {
            Value::Text("Ring_group") => Some(DestinationKind::Group),
            Value::Text("Ivr_menu") => Some(DestinationKind::Script),
            Value::Text("Recording") => Some(DestinationKind::Greeting),
            _ => None,
        }
    }

    /// Returns the word for it in a message.
    pub fn word(self, language: Language) -> &'static str {
        let [english, vietnamese] = match self {
            DestinationKind::Group => ["group", "nhóm"],
            DestinationKind::Script => ["script", "kịch bản"],
            DestinationKind::Greeting => ["greeting", "lời chào"],
        };
        match language {
            Language::English => english,
            Language::Vietnamese => vietnamese,
        }
    }

    /// Returns whether the tenant lists the records of this kind.
    pub fn is_listed(self, tenant: &Tenant<'_>) -> bool {
        !matches!(self.source(tenant), ListSource::Absent | ListSource::Other)
    }

    /// Returns whether the tenant lists all records of this kind.
    pub fn is_complete(self, tenant: &Tenant<'_>) -> bool {
        tenant.has_all_of(self.source(tenant))
    }

    fn source(self, tenant: &Tenant<'_>) -> ListSource {
        match self {
            DestinationKind::Group => tenant.groups.source,
            DestinationKind::Script => tenant.scripts.source,
            DestinationKind::Greeting => tenant.greetings.source,
        }
    }

    /// Returns the name of the record with this id; `None` if the tenant does not list it.
    pub fn name_of<'t>(self, id: &str, index: &TenantIndex<'t>) -> Option<Value<'t>> {
        match self {
            DestinationKind::Group => index.group(id).map(|group| group.group_name),
            DestinationKind::Script => index.script(id).map(|script| script.script_name),
            DestinationKind::Greeting => index.greeting(id).map(|greeting| greeting.greeting_name),
        }
    }
}

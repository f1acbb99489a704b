//! The kinds of records, and what they are called.

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An internal phone, identified by its extension.
    Phone,
    /// A hotline: only its number is known.
    Hotline,
    /// A greeting.
    Greeting,
    /// A ring group.
    Group,
    /// An IVR script.
    Script,
}

impl Kind {
    /// All kinds, in the order of documents.
    pub const ALL: [Kind; 5] = [Kind::Phone, Kind::Hotline, Kind::Greeting, Kind::Group, Kind::Script];
    /// The kinds that a plan creates, changes and deletes, in the order in which they are created.
    pub const PLANNED: [Kind; 3] = [Kind::Greeting, Kind::Group, Kind::Script];

    /// The word for one record: `"group"`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Phone => "phone",
            Kind::Hotline => "hotline",
            Kind::Greeting => "greeting",
            Kind::Group => "group",
            Kind::Script => "script",
        }
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The name of the list in a snapshot: `"groups"`.
    pub fn list(self) -> &'static str {
        match self {
            Kind::Phone => "phones",
            Kind::Hotline => "hotlines",
            Kind::Greeting => "greetings",
            Kind::Group => "groups",
            Kind::Script => "scripts",
        }
    }

    /// The field with the name that people know a record by.
    pub fn name_field(self) -> &'static str {
        match self {
            Kind::Phone => "full_name",
            Kind::Hotline => "",
            Kind::Greeting => "greeting_name",
            Kind::Group => "group_name",
            Kind::Script => "script_name",
        }
    }

    /// The field with the identity of a record in its tenant.
    pub fn id_field(self) -> &'static str {
        match self {
            Kind::Phone => "sip_user",
            Kind::Hotline => "",
            Kind::Greeting | Kind::Group | Kind::Script => "_id",
        }
    }

    /// The position among the planned kinds.
    pub(crate) fn place(self) -> usize {
        match self {
            Kind::Group => 1,
            Kind::Script => 2,
            _ => 0,
        }
    }

    /// The kind of destination that an action type means; `None` if it is not documented.
    pub fn of_action_type(action_type: &str) -> Option<Kind> {
        match action_type {
            "Recording" => Some(Kind::Greeting),
            "Ring_group" => Some(Kind::Group),
            "Ivr_menu" => Some(Kind::Script),
            _ => None,
        }
    }
}

//! Looks up records of a tenant by id, in upper or lower case, name and extension. It is built once for all payloads: 100 000 scripts of ten keys
//! make a million look-ups.

use omicall_schema::draft::{CaseFolded, List, Value};

use crate::tenant::{
    Tenant,
    drafts::{GreetingDraft, GroupDraft, PhoneDraft, ScriptDraft},
    str_map::StrMap,
};

/// The maximum number of digits of an extension, which is also that of a telephone number (E.164).
pub const MAX_EXTENSION_LENGTH: usize = 15;

/// Returns whether the text can be an extension: 1 to 15 digits.
pub fn is_extension(text: &str) -> bool {
    (1..=MAX_EXTENSION_LENGTH).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Returns whether the text can be the id of a record: 24 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The records of a tenant by id, name and extension. Deleted records are left out.
#[derive(Debug)]
pub struct TenantIndex<'c> {
    tenant: &'c Tenant<'c>,
    scripts: StrMap<'c>,
    /// The first script of each case-folded name.
    scripts_by_name: StrMap<'c>,
    /// For each name in `scripts_by_name`, the first script of that name with another id.
    second_scripts_by_name: StrMap<'c>,
    groups: StrMap<'c>,
    groups_by_number: StrMap<'c>,
    greetings: StrMap<'c>,
    phones: StrMap<'c>,
    /// For each proper prefix of an extension, the first phone whose extension starts with it.
    phones_by_prefix: StrMap<'c>,
    /// The number of different extensions.
    extension_count: usize,
}

impl<'c> TenantIndex<'c> {
    /// Indexes a tenant, in one pass over its lists.
    pub fn new(tenant: &'c Tenant<'c>) -> Self {
        let mut index = TenantIndex {
            tenant,
            scripts: index_by_id(&tenant.scripts, |script| (script._id, script.is_deleted)),
            scripts_by_name: StrMap::default(),
            second_scripts_by_name: StrMap::default(),
            groups: index_by_id(&tenant.groups, |group| (group._id, group.is_deleted)),
            groups_by_number: index_by_id(&tenant.groups, |group| (group.group_number, group.is_deleted)),
            greetings: index_by_id(&tenant.greetings, |greeting| (greeting._id, greeting.is_deleted)),
            phones: index_by_id(&tenant.phones, |phone| (phone.sip_user, Value::Absent)),
            phones_by_prefix: StrMap::default(),
            extension_count: 0,
        };
        for (position, script) in (0_u32..).zip(&tenant.scripts.items) {
            index.insert_name(position, script);
        }
        for (position, phone) in (0_u32..).zip(&tenant.phones.items) {
            let extension = phone.sip_user.text_or_empty();
            if is_extension(extension) {
                let is_first = index.phones.get(extension) == Some(position);
                index.extension_count = index.extension_count.saturating_add(usize::from(is_first));
                for end in 1..extension.len() {
                    index.phones_by_prefix.insert(extension.get(..end).unwrap_or_default(), position);
                }
            }
        }
        index
    }

    fn insert_name(&mut self, position: u32, script: &'c ScriptDraft<'c>) {
        let CaseFolded(name) = script.folded_name;
        if name.is_empty() || script.is_deleted.is_true() {
            return;
        }
        let existing = self.scripts_by_name.insert(name, position);
        let first = existing.and_then(|first| self.tenant.scripts.items.get(first as usize));
        if first.is_some_and(|first| !is_same_script(first, script)) {
            self.second_scripts_by_name.insert(name, position);
        }
    }

    /// Returns the tenant that was indexed.
    pub fn tenant(&self) -> &'c Tenant<'c> {
        self.tenant
    }

    /// Returns the id of the payload: its own, else `id` of the tenant; `""` if neither is set.
    pub fn payload_id<'s>(&self, own_id: Value<'s>) -> &'s str
    where
        'c: 's,
    {
        match own_id.text_or_empty() {
            "" => self.tenant.id.text_or_empty(),
            id => id,
        }
    }

    /// Returns the position of a script in `tenant.scripts`; `None` if no script has the id.
    pub fn script_position(&self, id: &str) -> Option<usize> {
        self.scripts.get(id).map(|position| position as usize)
    }

    /// Returns the position of a group in `tenant.groups`; `None` if no group has the id.
    pub fn group_position(&self, id: &str) -> Option<usize> {
        self.groups.get(id).map(|position| position as usize)
    }

    /// Returns the script with this id; `None` if there is none.
    pub fn script(&self, id: &str) -> Option<&'c ScriptDraft<'c>> {
        self.tenant.scripts.items.get(self.script_position(id)?)
    }

    /// Returns another script with the same case-folded name; `None` if the name is not used by another script.
    pub fn script_with_same_name(&self, script: &ScriptDraft<'_>) -> Option<&'c ScriptDraft<'c>> {
        let CaseFolded(name) = script.folded_name;
        let id = self.payload_id(script._id);
        let first = self.scripts_by_name.get(name)?;
        let positions = [Some(first), self.second_scripts_by_name.get(name)].into_iter().flatten();
        let mut candidates =
            positions.filter_map(|position| self.tenant.scripts.items.get(position as usize));
        candidates.find(|other| {
            let is_itself = std::ptr::eq(*other as *const _ as *const u8, script as *const _ as *const u8);
            !is_itself && (id.is_empty() || !other._id.text_or_empty().eq_ignore_ascii_case(id))
        })
    }

    /// Returns the group with this id; `None` if there is none.
    pub fn group(&self, id: &str) -> Option<&'c GroupDraft<'c>> {
        self.tenant.groups.items.get(self.group_position(id)?)
    }

    /// Returns the group with this number; `None` if there is none.
    pub fn group_with_number(&self, number: &str) -> Option<&'c GroupDraft<'c>> {
        self.tenant.groups.items.get(self.groups_by_number.get(number)? as usize)
    }

    /// Returns the greeting with this id; `None` if there is none.
    pub fn greeting(&self, id: &str) -> Option<&'c GreetingDraft<'c>> {
        self.tenant.greetings.items.get(self.greetings.get(id)? as usize)
    }

    /// Returns the phone with this extension; `None` if there is none.
    pub fn phone(&self, extension: &str) -> Option<&'c PhoneDraft<'c>> {
        self.tenant.phones.items.get(self.phones.get(extension)? as usize)
    }

    /// Returns the number of different extensions.
    pub fn extension_count(&self) -> usize {
        self.extension_count
    }

    /// Returns an extension that starts with `prefix` and is longer; `None` if there is none.
    pub fn longer_extension(&self, prefix: &str) -> Option<&'c str> {
        let phone = self.tenant.phones.items.get(self.phones_by_prefix.get(prefix)? as usize)?;
        Some(phone.sip_user.text_or_empty())
    }
}

fn is_same_script(one: &ScriptDraft<'_>, other: &ScriptDraft<'_>) -> bool {
    let id = one._id.text_or_empty();
    std::ptr::eq(one, other) || (!id.is_empty() && id.eq_ignore_ascii_case(other._id.text_or_empty()))
}

/// Maps each id to the position of its first record. `fields` returns a record's id and its `is_deleted`.
fn index_by_id<'c, T>(list: &'c List<T>, fields: fn(&'c T) -> (Value<'c>, Value<'c>)) -> StrMap<'c> {
    let mut positions = StrMap::default();
    for (position, record) in (0_u32..).zip(&list.items) {
        let (id, is_deleted) = fields(record);
        let id = id.text_or_empty();
        if !id.is_empty() && !is_deleted.is_true() {
            positions.insert(id, position);
        }
    }
    positions
}

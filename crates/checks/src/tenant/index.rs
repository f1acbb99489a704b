//! What the rules look up of a tenant, made once for however many payloads are checked: 100 000 scripts of ten keys ask a
//! million times.

use crate::tenant::drafts::{GreetingDraft, GroupDraft, PhoneDraft, ScriptDraft};
use crate::tenant::{Tenant, str_map::StrMap};
use omicall_schema::draft::{CaseFolded, List, Value};

/// How long an extension may be: no telephone number is longer.
pub const LONGEST_EXTENSION: usize = 15;

/// Whether it can be an extension: digits.
pub fn is_extension(text: &str) -> bool {
    (1..=LONGEST_EXTENSION).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether it can be the id of a record: 24 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// A tenant with its records by id and by name. What is deleted is not in it.
#[derive(Debug)]
pub struct TenantIndex<'c> {
    context: &'c Tenant<'c>,
    scripts: StrMap<'c>,
    /// The first script of each name.
    names: StrMap<'c>,
    /// The first one after it that is another record.
    namesakes: StrMap<'c>,
    groups: StrMap<'c>,
    greetings: StrMap<'c>,
    phones: StrMap<'c>,
    /// Each beginning of an extension, with the first phone whose extension begins so.
    beginnings: StrMap<'c>,
}

impl<'c> TenantIndex<'c> {
    /// Looks through the lists once.
    pub fn new(context: &'c Tenant<'c>) -> Self {
        let mut index = TenantIndex {
            context,
            scripts: by_id(&context.scripts, |script| (script._id, script.is_deleted)),
            names: StrMap::default(),
            namesakes: StrMap::default(),
            groups: by_id(&context.groups, |group| (group._id, group.is_deleted)),
            greetings: by_id(&context.greetings, |greeting| (greeting._id, greeting.is_deleted)),
            phones: by_id(&context.phones, |phone| (phone.sip_user, Value::Absent)),
            beginnings: StrMap::default(),
        };
        for (at, script) in (0_u32..).zip(&context.scripts.items) {
            index.note_name(at, script);
        }
        for (at, phone) in (0_u32..).zip(&context.phones.items) {
            let extension = phone.sip_user.text_or_empty();
            if is_extension(extension) {
                for end in 1..extension.len() {
                    index.beginnings.note(extension.get(..end).unwrap_or_default(), at);
                }
            }
        }
        index
    }

    fn note_name(&mut self, at: u32, script: &'c ScriptDraft<'c>) {
        let CaseFolded(name) = script.folded_name;
        if name.is_empty() || script.is_deleted.is_true() {
            return;
        }
        let first =
            self.names.note(name, at).and_then(|first| self.context.scripts.items.get(first as usize));
        if first.is_some_and(|first| !is_same(first, script)) {
            self.namesakes.note(name, at);
        }
    }

    /// The context that this is made of.
    pub fn context(&self) -> &'c Tenant<'c> {
        self.context
    }

    /// The id of the payload: its own, or the one that the context gives it.
    pub fn own_id<'s>(&self, id: Value<'s>) -> &'s str
    where
        'c: 's,
    {
        match id.text_or_empty() {
            "" => self.context.id.text_or_empty(),
            id => id,
        }
    }

    /// Where the script of that id stands in the list.
    pub fn script_at(&self, id: &str) -> Option<usize> {
        self.scripts.get(id).map(|at| at as usize)
    }

    /// Where the group of that id stands in the list.
    pub fn group_at(&self, id: &str) -> Option<usize> {
        self.groups.get(id).map(|at| at as usize)
    }

    /// The script of that id.
    pub fn script(&self, id: &str) -> Option<&'c ScriptDraft<'c>> {
        self.context.scripts.items.get(self.script_at(id)?)
    }

    /// Another script than this that has its name.
    pub fn namesake(&self, script: &ScriptDraft<'_>) -> Option<&'c ScriptDraft<'c>> {
        let CaseFolded(name) = script.folded_name;
        let own_id = self.own_id(script._id);
        let same_name = [Some(self.names.get(name)?), self.namesakes.get(name)].into_iter().flatten();
        let mut others = same_name.filter_map(|at| self.context.scripts.items.get(at as usize));
        others.find(|other| {
            let is_itself = std::ptr::eq(*other as *const _ as *const u8, script as *const _ as *const u8);
            !is_itself && (own_id.is_empty() || other._id.text_or_empty() != own_id)
        })
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<&'c GroupDraft<'c>> {
        self.context.groups.items.get(self.group_at(id)?)
    }

    /// The greeting of that id.
    pub fn greeting(&self, id: &str) -> Option<&'c GreetingDraft<'c>> {
        self.context.greetings.items.get(self.greetings.get(id)? as usize)
    }

    /// The phone of that extension.
    pub fn phone(&self, extension: &str) -> Option<&'c PhoneDraft<'c>> {
        self.context.phones.items.get(self.phones.get(extension)? as usize)
    }

    /// An extension that begins so and goes on.
    pub fn extension_after(&self, beginning: &str) -> Option<&'c str> {
        let phone = self.context.phones.items.get(self.beginnings.get(beginning)? as usize)?;
        Some(phone.sip_user.text_or_empty())
    }
}

fn is_same(one: &ScriptDraft<'_>, other: &ScriptDraft<'_>) -> bool {
    let id = one._id.text_or_empty();
    std::ptr::eq(one, other) || (!id.is_empty() && id == other._id.text_or_empty())
}

/// Where the record of each id stands; the first of several.
fn by_id<'c, T>(list: &'c List<T>, fields: fn(&'c T) -> (Value<'c>, Value<'c>)) -> StrMap<'c> {
    let mut noted = StrMap::default();
    for (at, record) in (0_u32..).zip(&list.items) {
        let (id, is_deleted) = fields(record);
        let id = id.text_or_empty();
        if !id.is_empty() && !is_deleted.is_true() {
            noted.note(id, at);
        }
    }
    noted
}

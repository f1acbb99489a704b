//! Which scripts and groups name a greeting, a group, a script or an extension, so that nothing that is in use is deleted.

use omicall_issues::{ArgumentError, IssueCode, Language, Report};
use omicall_schema::{
    compact::usize_to_string,
    draft::{ListSource, Value},
};

use crate::{
    rules::destination::DestinationKind,
    tenant::{
        Tenant,
        drafts::{GroupDraft, MemberDraft, ScriptDraft},
        index::{TenantIndex, is_id},
        str_map::StrMap,
    },
};

omicall_schema::output! {
    /// A place in a script or a group that names a greeting, a group, a script or an extension.
    pub struct Reference<'t> {
        /// The kind of the record that has the place.
        kind: &'static str = "\"group\" | \"script\"",
        /// The `_id` of that record; `""` if it is not saved yet.
        id: &'t str,
        /// The name of that record.
        name: &'t str,
        /// The place, as a JSON pointer into that record: `"/scripts/2/action"` is the destination of its third key, `"/action"` the
        /// fallback, `"/greeting_id"`, `"/greeting_short_id"` and `"/invalid_sound_id"` are sounds, `"/target_timeout"` is the overflow of
        /// a group, and `"/members/3"` or `"/sip_members/3"` its fourth member.
        path: String,
        /// The kind of what is named; `null` if the place does not say it, and the tenant does not list the id.
        target_kind as "targetKind": Option<&'static str> = "\"greeting\" | \"group\" | \"script\" | \"extension\" | null",
        /// The `_id` of what is named; of an extension its number, such as `"147"`.
        target_id as "targetId": &'t str,
        /// Whether what is named does not exist: the tenant lists all records of this kind, but not this one.
        missing: bool,
    }
}

omicall_schema::output! {
    /// A greeting, a group or a script that nothing in the tenant names.
    pub struct Orphan<'t> {
        /// The kind of the record.
        kind: &'static str = "\"greeting\" | \"group\" | \"script\"",
        /// The `_id` of the record.
        id: &'t str,
        /// The name of the record.
        name: &'t str,
    }
}

/// The kind of an extension in [`Reference::target_kind`].
const EXTENSION: &str = "extension";

/// Returns all places in the scripts, then in the groups of a tenant, in their order. Deleted records are left out, and of several
/// records with one id all but the first.
pub fn references<'t>(index: &TenantIndex<'t>) -> Vec<Reference<'t>> {
    Finder::find(index, None, true)
}

/// Returns the places that name the record with this id, or the extension with this number, except those in the record itself:
/// a menu that begins again keeps nobody from deleting it.
pub fn who_uses<'t>(index: &TenantIndex<'t>, id: &str) -> Vec<Reference<'t>> {
    Finder::find(index, Some(id), false)
}

/// Returns the greetings, groups and scripts that no other record names, in this order. If the scripts or groups may have others
/// that are not listed, nothing is returned. Returns an error if the tenant lacks either list.
pub fn orphans<'t>(index: &TenantIndex<'t>) -> Result<Vec<Orphan<'t>>, ArgumentError> {
    let tenant = index.tenant();
    let lists = [("/scripts", tenant.scripts.source), ("/groups", tenant.groups.source)];
    for (path, source) in lists {
        if source == ListSource::Absent {
            let words = "is missing: it may name any of the other records.";
            return Err(ArgumentError::new("tenant", path.into(), &[words]));
        }
    }
    let mut rest = Orphans { named: StrMap::default(), found: Vec::new() };
    if !lists.iter().all(|(_, source)| tenant.has_all_of(*source)) {
        return Ok(rest.found);
    }
    for reference in &Finder::find(index, None, false) {
        rest.named.insert(reference.target_id, 0);
    }
    for start in &tenant.startScripts.items {
        rest.named.insert(start.text_or_empty(), 0);
    }
    for greeting in &tenant.greetings.items {
        rest.add("greeting", &greeting._id, &greeting.greeting_name, &greeting.is_deleted);
    }
    for group in &tenant.groups.items {
        rest.add("group", &group._id, &group.group_name, &group.is_deleted);
    }
    for script in &tenant.scripts.items {
        rest.add("script", &script._id, &script.script_name, &script.is_deleted);
    }
    Ok(rest.found)
}

/// The records that are not named.
struct Orphans<'t> {
    named: StrMap<'t>,
    found: Vec<Orphan<'t>>,
}

impl<'t> Orphans<'t> {
    /// Adds a record unless it is named. It is not inlined, because three lists do this.
    #[inline(never)]
    fn add(&mut self, kind: &'static str, id: &Value<'t>, name: &Value<'t>, is_deleted: &Value<'t>) {
        let id = id.text_or_empty();
        // A record that is listed twice is returned once.
        if !id.is_empty() && !is_deleted.is_true() && self.named.insert(id, 0).is_none() {
            self.found.push(Orphan { kind, id, name: name.text_or_empty() });
        }
    }
}

/// Reports each place that names the record which is to be deleted.
pub fn check_unused(id: &str, index: &TenantIndex<'_>, report: &mut Report) {
    for Reference { kind, id, name, path, .. } in &who_uses(index, id) {
        let shown = match (name.is_empty(), id.is_empty()) {
            (false, _) => name,
            (true, false) => id,
            (true, true) => "?",
        };
        // The name comes last, because it may have braces in it.
        let values = [
            ("path", Value::Text(path)),
            ("kind", Value::Text(kind)),
            ("id", Value::Text(id)),
            ("name", Value::Text(shown)),
        ];
        report.add_quoting(IssueCode::StillUsed, &[], &values);
    }
}

/// A place in the record that is being read: the list that it is in, such as `"/scripts/"`, or `""`; the position there; and the
/// field, such as `"/action"`. The JSON pointer is built only if the place is returned.
type Place = (&'static str, usize, &'static str);

/// Collects the places that name something, in one pass over the tenant.
struct Finder<'i, 't> {
    index: &'i TenantIndex<'t>,
    /// For each agent, the position of the first phone.
    phones_by_agent: StrMap<'t>,
    /// The agents of several extensions: which one a member rings is not known.
    shared_agents: StrMap<'t>,
    /// The only id that is looked for; `None` for all.
    wanted: Option<&'i str>,
    /// Whether a place in which a record names itself is returned.
    keeps_own: bool,
    /// The kind, the id and the name of the record that is being read.
    kind: &'static str,
    id: &'t str,
    name: &'t str,
    found: Vec<Reference<'t>>,
}

impl<'i, 't> Finder<'i, 't> {
    fn find(index: &'i TenantIndex<'t>, wanted: Option<&'i str>, keeps_own: bool) -> Vec<Reference<'t>> {
        let tenant = index.tenant();
        let mut finder = Finder {
            index,
            phones_by_agent: StrMap::default(),
            shared_agents: StrMap::default(),
            wanted,
            keeps_own,
            kind: "script",
            id: "",
            name: "",
            found: Vec::new(),
        };
        finder.read_agents(tenant);
        for (position, script) in tenant.scripts.items.iter().enumerate() {
            finder.id = script._id.text_or_empty();
            finder.name = script.script_name.text_or_empty();
            if !script.is_deleted.is_true() && finder.is_first(position, index.script_position(finder.id)) {
                finder.add_script(script);
            }
        }
        finder.kind = "group";
        for (position, group) in tenant.groups.items.iter().enumerate() {
            finder.id = group._id.text_or_empty();
            finder.name = group.group_name.text_or_empty();
            if !group.is_deleted.is_true() && finder.is_first(position, index.group_position(finder.id)) {
                finder.add_group(group);
            }
        }
        finder.found
    }

    /// Returns whether no record before this one has the same id; `first` is the position of the first that has it.
    fn is_first(&self, position: usize, first: Option<usize>) -> bool {
        self.id.is_empty() || first == Some(position)
    }

    fn read_agents(&mut self, tenant: &'t Tenant<'t>) {
        for (position, phone) in (0_u32..).zip(&tenant.phones.items) {
            let agent = phone.agent_id.text_or_empty();
            if let Some(first) = self.phones_by_agent.insert(agent, position) {
                let first = tenant.phones.items.get(first as usize);
                if first.is_some_and(|first| first.sip_user != phone.sip_user) {
                    self.shared_agents.insert(agent, 0);
                }
            }
        }
    }

    fn add_script(&mut self, script: &ScriptDraft<'t>) {
        let greeting = Some(DestinationKind::Greeting);
        self.add_record(("", 0, "/greeting_id"), greeting, &script.greeting_id);
        self.add_record(("", 0, "/greeting_short_id"), greeting, &script.greeting_short_id);
        self.add_record(("", 0, "/invalid_sound_id"), greeting, &script.invalid_sound_id);
        for (position, key) in script.scripts.items.iter().enumerate() {
            let kind = DestinationKind::of_type(key.action_type);
            self.add_record(("/scripts/", position, "/action"), kind, &key.action);
        }
        self.add_record(("", 0, "/action"), DestinationKind::of_type(script.action_type), &script.action);
    }

    fn add_group(&mut self, group: &GroupDraft<'t>) {
        let kind = DestinationKind::of_type(group.target_timeout_type);
        self.add_record(("", 0, "/target_timeout"), kind, &group.target_timeout);
        // What these name is not documented: the tenant tells whether it is a greeting or a group.
        self.add_record(("", 0, "/ring_back_id"), None, &group.ring_back_id);
        self.add_record(("", 0, "/outer_group_id"), None, &group.outer_group_id);
        for (position, extension) in group.sip_members.items.iter().enumerate() {
            self.add_extension(("/sip_members/", position, ""), extension);
        }
        for (position, member) in group.members.items.iter().enumerate() {
            if !group.sip_members.is_list()
                && let Some(extension) = self.extension_of(member)
            {
                self.add_extension(("/members/", position, ""), extension);
            }
            self.add_record(("/members/", position, "/hold_music_id"), None, &member.hold_music_id);
        }
    }

    /// Returns the extension of a member; `None` if it is not known.
    fn extension_of<'m>(&self, member: &'m MemberDraft<'t>) -> Option<&'m Value<'t>>
    where
        't: 'm,
    {
        if member.sip_user.is_non_blank() {
            return Some(&member.sip_user);
        }
        let agent = member.agent_id.text_or_empty();
        if agent.is_empty() || self.shared_agents.contains_key(agent) {
            return None;
        }
        let position = self.phones_by_agent.get(agent)?;
        Some(&self.index.tenant().phones.items.get(position as usize)?.sip_user)
    }

    /// Adds a place that names a record. `kind` is what the place says that it is; a record that the tenant lists says it better.
    #[inline(never)]
    fn add_record(&mut self, place: Place, kind: Option<DestinationKind>, id: &Value<'t>) {
        let id = if id.is_non_blank() { id.text_or_empty() } else { return };
        if !self.is_wanted(id) {
            return;
        }
        let is_listed = |kind: &DestinationKind| kind.name_of(id, self.index).is_some();
        let listed = kind.into_iter().chain(DestinationKind::ALL).find(is_listed);
        let missing = listed.is_none() && kind.is_some_and(|kind| kind.is_complete(self.index.tenant()));
        let target_kind = listed.or(kind).map(|kind| kind.word(Language::English));
        // An undocumented type may come with anything, such as a telephone number.
        if target_kind.is_some() || is_id(id) {
            self.push(place, target_kind, id, missing);
        }
    }

    fn add_extension(&mut self, place: Place, extension: &Value<'t>) {
        let text = extension.text_or_empty();
        if extension.is_non_blank() && self.is_wanted(text) {
            let tenant = self.index.tenant();
            let missing = tenant.has_all_of(tenant.phones.source) && self.index.phone(text).is_none();
            self.push(place, Some(EXTENSION), text, missing);
        }
    }

    fn is_wanted(&self, id: &str) -> bool {
        self.wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(id))
    }

    #[inline(never)]
    fn push(
        &mut self,
        (list, position, field): Place,
        target_kind: Option<&'static str>,
        target_id: &'t str,
        missing: bool,
    ) {
        let Finder { kind, id, name, .. } = *self;
        if !self.keeps_own && target_kind == Some(kind) && target_id.eq_ignore_ascii_case(id) {
            return;
        }
        let index = usize_to_string(position);
        let path = [list, if list.is_empty() { "" } else { &index }, field].concat();
        self.found.push(Reference { kind, id, name, path, target_kind, target_id, missing });
    }
}

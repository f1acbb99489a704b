//! The records of a tenant, with the fields that the checks, the simulator and the diagram read.

use omicall_schema::draft::{List, Value};

omicall_schema::draft! {
    /// An IVR script that may be incomplete: the request of `ivrScripts.create`, or a record of `ivrScripts.list`.
    pub struct ScriptDraft<'t> as IvrScriptDraft {
        /// The id of the script; absent if it is not saved yet.
        _id: Value<'t> = "string | null | undefined",
        /// The name.
        script_name: Value<'t> = "string | null | undefined",
        /// The number of the script, which messages show.
        script_number: Value<'t> = "string | null | undefined",
        /// The `_id` of the greeting that callers hear.
        greeting_id: Value<'t> = "string | null | undefined",
        /// The `_id` of a shorter greeting, played when a caller comes back to the menu.
        greeting_short_id: Value<'t> = "string | null | undefined",
        /// Whether it has been deleted.
        is_deleted: Value<'t> = "boolean | null | undefined",
        /// The keys.
        scripts: List<KeyDraft<'t>> = "readonly IvrKeyDraft[] | null | undefined",
        /// How many seconds the script waits for a key.
        time_out: Value<'t> = "number | null | undefined",
        /// The type of the fallback, which is where callers go who press nothing, or wrong keys too often.
        action_type: Value<'t> = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of the fallback's group, script or greeting.
        action: Value<'t> = "string | null | undefined",
        /// The `_id` of the greeting that is played after a wrong key.
        invalid_sound_id: Value<'t> = "string | null | undefined",
        /// How many wrong keys a caller may press before the fallback.
        max_failure: Value<'t> = "number | null | undefined",
        /// Whether a caller may dial an extension.
        ivr_direct_menu_dial: Value<'t> = "\"true\" | \"false\" | (string & {}) | null | undefined",
    }
    folded {
        /// The name, case-folded for comparison.
        folded_name = "script_name",
    }
}

omicall_schema::draft! {
    /// A key of an IVR script that may be incomplete.
    pub struct KeyDraft<'t> as IvrKeyDraft {
        /// The key that a caller presses.
        ivr: Value<'t> = "string | null | undefined",
        /// The type of the key's destination.
        action_type: Value<'t> = "IvrKeyActionType | (string & {}) | null | undefined",
        /// The `_id` of the key's destination, a group or a script.
        action: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a ring group that the checks, the simulator and the diagram read; a record of `groups.list` has them.
    pub struct GroupDraft<'t> as InternalGroupDraft {
        /// The id of the group.
        _id: Value<'t> = "string | null | undefined",
        /// The name.
        group_name: Value<'t> = "string | null | undefined",
        /// The number of the group, which can be dialled like an extension.
        group_number: Value<'t> = "string | null | undefined",
        /// Whether it has been deleted.
        is_deleted: Value<'t> = "boolean | null | undefined",
        /// In which order members ring.
        strategy: Value<'t> = "RingStrategy | (string & {}) | null | undefined",
        /// The members, as `groups.list` returns them.
        members: List<MemberDraft<'t>> = "readonly GroupMemberDraft[] | null | undefined",
        /// The extensions of the members, as `groups.create` and `groups.update` take them.
        sip_members: List<Value<'t>> = "readonly string[] | null | undefined",
        /// How many seconds each member rings, as `groups.create` and `groups.update` take it.
        timeout: Value<'t> = "number | null | undefined",
        /// The type of the overflow, which is where a call goes that no member took.
        target_timeout_type: Value<'t> = "string | null | undefined",
        /// The `_id` of the overflow's greeting, script or group.
        target_timeout: Value<'t> = "string | null | undefined",
        /// What callers hear while it rings.
        ring_back_id: Value<'t> = "string | null | undefined",
        /// The group that it forwards calls to.
        outer_group_id: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a ring group's member that the checks and the simulator read.
    pub struct MemberDraft<'t> as GroupMemberDraft {
        /// The id of the agent, which their phone has too.
        agent_id: Value<'t> = "string | null | undefined",
        /// The extension. The server has only ever sent `null`.
        sip_user: Value<'t> = "string | null | undefined",
        /// How many seconds this member rings.
        timeout: Value<'t> = "number | null | undefined",
        /// What callers hear whom this member puts on hold.
        hold_music_id: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a greeting that the checks and the simulator read.
    pub struct GreetingDraft<'t> as GreetingDraft {
        /// The id of the greeting.
        _id: Value<'t> = "string | null | undefined",
        /// The name.
        greeting_name: Value<'t> = "string | null | undefined",
        /// Whether it has been deleted.
        is_deleted: Value<'t> = "boolean | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of an internal phone that the checks and the simulator read.
    pub struct PhoneDraft<'t> as InternalPhoneDraft {
        /// The extension.
        sip_user: Value<'t> = "string | null | undefined",
        /// The id of the agent.
        agent_id: Value<'t> = "string | null | undefined",
        /// The agent's full name.
        full_name: Value<'t> = "string | null | undefined",
    }
}

impl ScriptDraft<'_> {
    /// Whether a caller may dial an extension.
    pub fn has_direct_dial(&self) -> bool {
        self.ivr_direct_menu_dial == Value::Text("true")
    }
}

impl GroupDraft<'_> {
    /// Whether it is a record of `groups.list`, which has `members`; requests have `sip_members`, and responses to them both.
    pub fn is_list_record(&self) -> bool {
        self.members.is_list() && !self.sip_members.is_list()
    }

    /// Whether it comes from the server: requests have neither `members` nor, if those are added, an id.
    pub fn is_record(&self) -> bool {
        self.is_list_record() || (self.members.is_list() && !self._id.is_empty())
    }

    /// Whether it lists its members and has none. A group without a list may have members.
    pub fn is_known_empty(&self) -> bool {
        let lists_members = self.members.is_list() || self.sip_members.is_list();
        lists_members && self.members.items.is_empty() && self.sip_members.items.is_empty()
    }
}

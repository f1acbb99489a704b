//! IVR scripts and what they lead to, as the checks, the simulator and the diagram read them.

use omicall_schema::draft::{List, Value};

omicall_schema::draft! {
    /// An IVR script as far as it is filled in: what `ivrScripts.create` takes, or a record of `ivrScripts.list`.
    pub struct ScriptDraft<'t> as IvrScriptDraft {
        /// The id of the script; missing for one that is not saved yet.
        _id: Value<'t> = "string | null | undefined",
        /// The name.
        script_name: Value<'t> = "string | null | undefined",
        /// The number of the script, by which messages name it.
        script_number: Value<'t> = "string | null | undefined",
        /// The `_id` of the greeting that a caller hears.
        greeting_id: Value<'t> = "string | null | undefined",
        /// The `_id` of a shorter greeting for the second time.
        greeting_short_id: Value<'t> = "string | null | undefined",
        /// Whether it has been deleted.
        is_deleted: Value<'t> = "boolean | null | undefined",
        /// The keys.
        scripts: List<KeyDraft<'t>> = "IvrKeyDraft[] | null | undefined",
        /// For how many seconds the script waits for a key.
        time_out: Value<'t> = "number | null | undefined",
        /// What kind of thing a caller goes to who presses nothing.
        action_type: Value<'t> = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of what a caller goes to who presses nothing.
        action: Value<'t> = "string | null | undefined",
        /// The `_id` of the greeting that answers a wrong key.
        invalid_sound_id: Value<'t> = "string | null | undefined",
        /// How many wrong keys a caller may press.
        max_failure: Value<'t> = "number | null | undefined",
        /// Whether a caller may dial an extension.
        ivr_direct_menu_dial: Value<'t> = "\"true\" | \"false\" | (string & {}) | null | undefined",
    }
    folded {
        /// The name, to be compared.
        folded_name = "script_name",
    }
}

omicall_schema::draft! {
    /// A key of an IVR script as far as it is filled in.
    pub struct KeyDraft<'t> as IvrKeyDraft {
        /// The key that a caller presses.
        ivr: Value<'t> = "string | null | undefined",
        /// What kind of thing the key leads to.
        action_type: Value<'t> = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of what the key leads to.
        action: Value<'t> = "string | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a ring group that checks, simulator and diagram look at: a record of `groups.list` has them.
    pub struct GroupDraft<'t> as InternalGroupDraft {
        /// The id of the group.
        _id: Value<'t> = "string | null | undefined",
        /// The name.
        group_name: Value<'t> = "string | null | undefined",
        /// Whether it has been deleted.
        is_deleted: Value<'t> = "boolean | null | undefined",
        /// Whom a call rings.
        strategy: Value<'t> = "RingStrategy | (string & {}) | null | undefined",
        /// Who belongs to the group, as `groups.list` sends it.
        members: List<MemberDraft<'t>> = "GroupMemberDraft[] | null | undefined",
        /// The extensions of the members, as `groups.create` and `groups.update` send them.
        sip_members: List<Value<'t>> = "string[] | null | undefined",
        /// For how many seconds each member rings, as `groups.create` and `groups.update` send it.
        timeout: Value<'t> = "number | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a member of a ring group that checks and simulator look at.
    pub struct MemberDraft<'t> as GroupMemberDraft {
        /// The id of the agent; a phone has it too.
        agent_id: Value<'t> = "string | null | undefined",
        /// The extension; only ever seen as `null`.
        sip_user: Value<'t> = "unknown",
        /// For how many seconds this member rings.
        timeout: Value<'t> = "number | null | undefined",
    }
}

omicall_schema::draft! {
    /// The fields of a greeting that checks, simulator and diagram look at.
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
    /// The fields of an internal phone that checks and simulator look at.
    pub struct PhoneDraft<'t> as InternalPhoneDraft {
        /// The extension.
        sip_user: Value<'t> = "string | null | undefined",
        /// The id of the agent.
        agent_id: Value<'t> = "string | null | undefined",
        /// The agent's full name.
        full_name: Value<'t> = "string | null | undefined",
    }
}

//! The result of a simulated call.

use omicall_schema::output::{OutputWriter, ToOutput};

omicall_schema::output! {
    /// What a caller hears and does in one menu.
    pub struct IvrStep<'t> {
        /// The `_id` of the script.
        script_id as "scriptId": &'t str,
        /// The name of the script.
        script_name as "scriptName": &'t str,
        /// The `_id` of the greeting that is played; `""` if the script has none.
        greeting_id as "greetingId": &'t str,
        /// Whether it is the short greeting, which is played if the script has one and the caller has been in it before.
        is_short_greeting as "isShortGreeting": bool,
        /// How many wrong keys the caller has pressed in this script, including this one. It restarts at 0 in each script.
        failures: u32,
        /// How many timeouts there have been in the whole call so far.
        timeouts: u32,
        /// How deep the menu is nested: 1 for the first menu of the call, 2 for a menu that it leads to.
        depth: u32,
        /// How many seconds the call has waited for keys so far. Recordings do not count, as their length is not known, and
        /// keys count as pressed at once.
        seconds: u32,
    }
    optional {
        /// The name of the greeting, if `tenant.greetings` lists it.
        greeting_name as "greetingName": &'t str = "string",
        /// What the caller does; absent after the last event.
        event: &'t str = "IvrEvent",
        /// After a wrong key, the `_id` of the greeting that is played; `""` if the script has none.
        invalid_sound_id as "invalidSoundId": &'t str = "string",
        /// The destination that the caller leaves the script for, as a JSON pointer into the script: `"/scripts/0/action"`
        /// for a key, `"/action"` for the fallback. Absent if the caller stays.
        path: String = "string",
    }
}

omicall_schema::output! {
    /// A phone that a group rings.
    pub struct IvrRing<'t> {
        /// How many seconds the phone rings at most.
        seconds: u32,
    }
    optional {
        /// The extension, if the group has it or `tenant.phones` lists the agent.
        extension: &'t str = "string",
        /// The id of the agent; absent if the group lists only extensions and no phone has it.
        agent_id as "agentId": &'t str = "string",
        /// The agent's full name, if `tenant.phones` lists it.
        full_name as "fullName": &'t str = "string",
    }
}

/// How a call ends; `kind` says which ending it is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), serde(untagged))]
pub enum IvrEnding<'t> {
    /// A ring group gets the call.
    Group(IvrGroupEnding<'t>),
    /// The system hangs up.
    Hangup(IvrHangupEnding),
    /// Too many menus are nested.
    TooDeep(IvrTooDeepEnding<'t>),
    /// The menu waits for the caller.
    Waiting(IvrWaitingEnding),
    /// The destination is not in the tenant.
    Unknown(IvrUnknownEnding<'t>),
}

impl ToOutput for IvrEnding<'_> {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        match self {
            IvrEnding::Group(ending) => ending.write(name, out),
            IvrEnding::Hangup(ending) => ending.write(name, out),
            IvrEnding::TooDeep(ending) => ending.write(name, out),
            IvrEnding::Waiting(ending) => ending.write(name, out),
            IvrEnding::Unknown(ending) => ending.write(name, out),
        }
    }
}

omicall_schema::output! {
    /// A ring group gets the call.
    pub struct IvrGroupEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"group\"",
        /// The `_id` of the group.
        group_id as "groupId": &'t str,
        /// The name of the group.
        group_name as "groupName": &'t str,
        /// How `rings` are rung: all at once (`enterprise`), in order (`rollover`), or one by one in any order (`random`).
        strategy: &'t str = "RingStrategy | (string & {})",
        /// The phones that it rings.
        rings: Vec<IvrRing<'t>>,
        /// How many seconds the caller hears ringing at most.
        ring_seconds as "ringSeconds": u32,
    }
}

omicall_schema::output! {
    /// The system hangs up: the caller pressed nothing, or too many wrong keys, and the script has no fallback.
    pub struct IvrHangupEnding {
        /// The kind of the ending.
        kind: &'static str = "\"hangup\"",
    }
}

omicall_schema::output! {
    /// The caller would enter more than 12 nested menus.
    pub struct IvrTooDeepEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"too-deep\"",
        /// The `_id` of the script that is not entered.
        script_id as "scriptId": &'t str,
    }
}

omicall_schema::output! {
    /// The menu waits for the caller: there are no more events.
    pub struct IvrWaitingEnding {
        /// The kind of the ending.
        kind: &'static str = "\"waiting\"",
    }
}

omicall_schema::output! {
    /// The destination is not in the tenant.
    pub struct IvrUnknownEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"unknown\"",
        /// The id of the destination.
        destination_id as "destinationId": &'t str,
    }
}

omicall_schema::output! {
    /// What a caller hears, and how the call ends.
    pub struct IvrSimulation<'t> {
        /// What happens in each menu, in order. A menu that plays again is another step.
        steps: Vec<IvrStep<'t>>,
        /// How the call ends. Events after that are ignored.
        ending: IvrEnding<'t>,
    }
}

//! The result of a simulated call.

use omicall_schema::output::{OutputWriter, ToOutput};

omicall_schema::output! {
    /// What a caller hears and does in one menu; or, with `groupId`, a group in which nobody answers.
    pub struct IvrStep<'t> {
        /// The `_id` of the script; `""` for a group.
        script_id as "scriptId": &'t str,
        /// The name of the script; `""` for a group.
        script_name as "scriptName": &'t str,
        /// The `_id` of the greeting that is played; `""` if the script has none, or goes on waiting for digits.
        greeting_id as "greetingId": &'t str,
        /// Whether it is the short greeting, which is played if the script has one and the caller has been in it before.
        is_short_greeting as "isShortGreeting": bool,
        /// How many wrong keys the caller has pressed in this script, including this one. It restarts at 0 in each script.
        failures: u32,
        /// How many timeouts there have been in the whole call so far.
        timeouts: u32,
        /// How deep the menu is nested: 1 for the first menu of the call, 2 for a menu that it leads to. It restarts at 1
        /// after a group.
        depth: u32,
        /// How many seconds the call has waited for keys and rung in groups so far. Recordings do not count, as their length
        /// is not known, and keys count as pressed at once.
        seconds: u32,
    }
    optional {
        /// The name of the greeting, if `tenant.greetings` lists it.
        greeting_name as "greetingName": &'t str = "string",
        /// The `_id` of the group in which nobody answers.
        group_id as "groupId": &'t str = "string",
        /// The name of that group.
        group_name as "groupName": &'t str = "string",
        /// What happens; absent after the last event.
        event: &'t str = "IvrEvent",
        /// The digits so far, if the menu waits for more of them: they begin an extension or a longer key.
        entered: String = "string",
        /// After a wrong key, the `_id` of the greeting that is played; `""` if the script has none.
        invalid_sound_id as "invalidSoundId": &'t str = "string",
        /// The destination that the caller leaves for, as a JSON pointer into the script or group: `"/scripts/0/action"`
        /// for a key, `"/action"` for the fallback, `"/target_timeout"` for the overflow. Absent if the caller stays, or
        /// dials an extension.
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
    /// Nobody in a group answers, and it has no overflow.
    NoAnswer(IvrNoAnswerEnding<'t>),
    /// The caller has dialled an extension.
    Extension(IvrExtensionEnding<'t>),
    /// A recording is played.
    Recording(IvrRecordingEnding<'t>),
    /// The system hangs up.
    Hangup(IvrHangupEnding),
    /// Too many menus are nested.
    TooDeep(IvrTooDeepEnding<'t>),
    /// The menu waits for the caller.
    Waiting(IvrWaitingEnding),
    /// It is not known what happens at the destination.
    Unknown(IvrUnknownEnding<'t>),
}

impl ToOutput for IvrEnding<'_> {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        match self {
            IvrEnding::Group(ending) => ending.write(name, out),
            IvrEnding::NoAnswer(ending) => ending.write(name, out),
            IvrEnding::Extension(ending) => ending.write(name, out),
            IvrEnding::Recording(ending) => ending.write(name, out),
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
    /// Nobody in a group answers, and the group has no overflow.
    pub struct IvrNoAnswerEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"no-answer\"",
        /// The `_id` of the group.
        group_id as "groupId": &'t str,
        /// The name of the group.
        group_name as "groupName": &'t str,
    }
}

omicall_schema::output! {
    /// The caller has dialled an extension. If `tenant.phones` does not list all phones, any digits that are not a key count as one.
    pub struct IvrExtensionEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"extension\"",
        /// The extension.
        extension: String,
    }
    optional {
        /// The id of the agent, if `tenant.phones` lists it.
        agent_id as "agentId": &'t str = "string",
        /// The agent's full name, if `tenant.phones` lists it.
        full_name as "fullName": &'t str = "string",
    }
}

omicall_schema::output! {
    /// A recording is played, and then the call ends.
    pub struct IvrRecordingEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"recording\"",
        /// The `_id` of the greeting that is played.
        greeting_id as "greetingId": &'t str,
    }
    optional {
        /// The name of the greeting, if `tenant.greetings` lists it.
        greeting_name as "greetingName": &'t str = "string",
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
    /// It is not known what happens at the destination: the tenant does not list it, or its type is not documented.
    pub struct IvrUnknownEnding<'t> {
        /// The kind of the ending.
        kind: &'static str = "\"unknown\"",
        /// The id of the destination.
        destination_id as "destinationId": &'t str,
    }
    optional {
        /// The type of the destination if it is not documented, such as `"Voice_mail"`.
        destination_type as "destinationType": &'t str = "string",
    }
}

omicall_schema::output! {
    /// What a caller hears, and how the call ends.
    pub struct IvrSimulation<'t> {
        /// What happens in each menu, and in each group where nobody answers, in order. A menu that plays again is another
        /// step, and so is each digit of an extension or of a longer key.
        steps: Vec<IvrStep<'t>>,
        /// How the call ends. Events after that are ignored.
        ending: IvrEnding<'t>,
    }
}

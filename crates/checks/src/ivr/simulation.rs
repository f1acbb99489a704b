//! What becomes of a simulated call, as a page gets it.

use omicall_schema::output::{OutputWriter, ToOutput};

omicall_schema::output! {
    /// What a caller hears and does in one menu.
    pub struct IvrStep<'t> {
        /// The `_id` of the script.
        script: &'t str,
        /// Its name.
        script_name: &'t str,
        /// The `_id` of the greeting that is heard; `""` if the script has none.
        heard: &'t str,
        /// Whether it is the short greeting: there is one, and the caller has heard the script before.
        short: bool,
        /// How many wrong keys the caller has pressed in this script, this one included; 0 again once the caller leaves it.
        failures: u32,
        /// How often the caller has pressed nothing so far, in the whole call.
        timeouts: u32,
        /// Which menu of the call it is: 1 for the first one, 2 for one inside it.
        depth: u32,
        /// For how many seconds the call has waited for keys so far. How long recordings take is not known, and a key is
        /// taken to be pressed at once.
        seconds: u32,
    }
    optional {
        /// The name of the greeting that is heard, where `tenant.greetings` lists it.
        heard_name: &'t str = "string",
        /// What the caller does; nothing where `events` have come to their end.
        event: &'t str = "IvrEvent",
        /// The `_id` of the greeting that answers a wrong key; `""` if the script has none.
        wrong_key: &'t str = "string",
        /// The way that the caller takes out of the script, as a JSON pointer into it: `"/scripts/0/action"` for a key,
        /// `"/action"` for the fallback.
        path: String = "string",
    }
}

omicall_schema::output! {
    /// Somebody whom a group rings.
    pub struct IvrRing<'t> {
        /// For how many seconds the phone rings at most.
        seconds: u32,
    }
    optional {
        /// The extension, where the group tells it or `tenant.phones` lists the agent.
        extension: &'t str = "string",
        /// The id of the agent; nothing where the group lists only extensions and no phone has it.
        agent_id: &'t str = "string",
        /// The agent's full name, where `tenant.phones` lists it.
        full_name: &'t str = "string",
    }
}

/// Where a call ends; `kind` tells which of them it is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), serde(untagged))]
pub enum IvrEnding<'t> {
    /// A ring group gets the call.
    Group(IvrGroupEnding<'t>),
    /// The system hangs up.
    Hangup(IvrHangupEnding),
    /// Too many menus, one inside the other.
    TooDeep(IvrTooDeepEnding<'t>),
    /// The menu waits for the caller.
    Waiting(IvrWaitingEnding),
    /// The way leads to something that the tenant does not list.
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
        /// Which ending it is.
        kind: &'static str = "\"group\"",
        /// The `_id` of the group.
        group: &'t str,
        /// Its name.
        group_name: &'t str,
        /// Whom it rings: all `rings` at once (`enterprise`), or one after the other (`rollover` in their order, `random`
        /// in any).
        strategy: &'t str = "RingStrategy | (string & {})",
        /// Whom it rings.
        rings: Vec<IvrRing<'t>>,
        /// For how many seconds the caller hears ringing at most.
        ring_seconds: u32,
    }
}

omicall_schema::output! {
    /// The system hangs up: the caller pressed nothing, or too many wrong keys, and the script has no fallback.
    pub struct IvrHangupEnding {
        /// Which ending it is.
        kind: &'static str = "\"hangup\"",
    }
}

omicall_schema::output! {
    /// A caller who goes on would be in more than 12 menus, one inside the other.
    pub struct IvrTooDeepEnding<'t> {
        /// Which ending it is.
        kind: &'static str = "\"too-deep\"",
        /// The `_id` of the script that is not entered any more.
        script: &'t str,
    }
}

omicall_schema::output! {
    /// The menu waits for the caller: `events` have come to their end.
    pub struct IvrWaitingEnding {
        /// Which ending it is.
        kind: &'static str = "\"waiting\"",
    }
}

omicall_schema::output! {
    /// The way leads to something that the tenant does not list.
    pub struct IvrUnknownEnding<'t> {
        /// Which ending it is.
        kind: &'static str = "\"unknown\"",
        /// Its id.
        destination: &'t str,
    }
}

omicall_schema::output! {
    /// What a caller hears, and where the call ends.
    pub struct IvrSimulation<'t> {
        /// What happens in each menu, in order; a menu that plays again is a step of its own.
        steps: Vec<IvrStep<'t>>,
        /// Where the call ends. Events after that are not looked at.
        ending: IvrEnding<'t>,
    }
}

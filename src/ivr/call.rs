//! What becomes of a simulated call, as a page gets it.

use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::client::made::Made;

made! {
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

made! {
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
#[derive(Debug, Clone, PartialEq, Tsify)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(untagged)]
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

impl Made for IvrEnding<'_> {
    fn make(&self) -> JsValue {
        match self {
            IvrEnding::Group(ending) => ending.make(),
            IvrEnding::Hangup(ending) => ending.make(),
            IvrEnding::TooDeep(ending) => ending.make(),
            IvrEnding::Waiting(ending) => ending.make(),
            IvrEnding::Unknown(ending) => ending.make(),
        }
    }
}

made! {
    /// A ring group gets the call.
    pub struct IvrGroupEnding<'t> {
        /// Which ending it is.
        #[tsify(type = "\"group\"")]
        kind: &'static str,
        /// The `_id` of the group.
        group: &'t str,
        /// Its name.
        group_name: &'t str,
        /// Whom it rings: all `rings` at once (`enterprise`), or one after the other (`rollover` in their order, `random`
        /// in any).
        #[tsify(type = "RingStrategy | (string & {})")]
        strategy: &'t str,
        /// Whom it rings.
        rings: Vec<IvrRing<'t>>,
        /// For how many seconds the caller hears ringing at most.
        ring_seconds: u32,
    }
}

made! {
    /// The system hangs up: the caller pressed nothing, or too many wrong keys, and the script has no fallback.
    pub struct IvrHangupEnding {
        /// Which ending it is.
        #[tsify(type = "\"hangup\"")]
        kind: &'static str,
    }
}

made! {
    /// A caller who goes on would be in more than 12 menus, one inside the other.
    pub struct IvrTooDeepEnding<'t> {
        /// Which ending it is.
        #[tsify(type = "\"too-deep\"")]
        kind: &'static str,
        /// The `_id` of the script that is not entered any more.
        script: &'t str,
    }
}

made! {
    /// The menu waits for the caller: `events` have come to their end.
    pub struct IvrWaitingEnding {
        /// Which ending it is.
        #[tsify(type = "\"waiting\"")]
        kind: &'static str,
    }
}

made! {
    /// The way leads to something that the tenant does not list.
    pub struct IvrUnknownEnding<'t> {
        /// Which ending it is.
        #[tsify(type = "\"unknown\"")]
        kind: &'static str,
        /// Its id.
        destination: &'t str,
    }
}

made! {
    /// What a caller hears, and where the call ends.
    pub struct IvrSimulation<'t> {
        /// What happens in each menu, in order; a menu that plays again is a step of its own.
        steps: Vec<IvrStep<'t>>,
        /// Where the call ends. Events after that are not looked at.
        ending: IvrEnding<'t>,
    }
}

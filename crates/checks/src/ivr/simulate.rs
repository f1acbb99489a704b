//! `simulateIvr`: one caller, step by step, from the first menu to the end of the call.

use crate::ivr::{
    graph::{Edge, Event, Graph, Target},
    simulation::{
        IvrEnding, IvrGroupEnding, IvrHangupEnding, IvrRing, IvrSimulation, IvrStep, IvrTooDeepEnding,
        IvrUnknownEnding, IvrWaitingEnding,
    },
    step::{MOST_LEVELS, Move, step},
};
use crate::tenant::Tenant;
use omicall_issues::ArgumentError;
use omicall_schema::compact::usize_to_string;
use omicall_schema::draft::{List, ListSource, Value};

/// A caller does not do more.
const MOST_EVENTS: usize = 10_000;

omicall_schema::untyped_draft! {
    /// `IvrSimulationOptions` as they were read.
    pub struct PhoneCall<'t> {
        /// The script that the call begins in.
        start: Value<'t>,
        /// What the caller does.
        events: List<Value<'t>>,
    }
}

const HANGUP: IvrEnding<'_> = IvrEnding::Hangup(IvrHangupEnding { kind: "hangup" });

/// Something that the caller does, and the word for it.
pub type Done<'t> = (Event, &'t str);

impl<'t> PhoneCall<'t> {
    /// The number of the script that the call begins in, and the events.
    pub fn check(&self, graph: &Graph<'_, 't>) -> Result<(usize, Vec<Done<'t>>), ArgumentError> {
        let wrong =
            |path: String, words: &[&str]| ArgumentError::new("options", path, &[&words.concat(), "."]);
        let Value::Text(id) = self.start else {
            return Err(wrong("/start".into(), &["must be the `_id` of a script"]));
        };
        let start = graph.number_of(id).ok_or_else(|| {
            let shown: String = id.chars().take(40).collect();
            wrong("/start".into(), &["is \"", &shown, "\", which `tenant.scripts` does not list"])
        })?;
        if self.events.source == ListSource::Other {
            return Err(wrong("/events".into(), &["must be an array"]));
        }
        if self.events.items.len() > MOST_EVENTS {
            return Err(wrong(
                "/events".into(),
                &["has more than ", &usize_to_string(MOST_EVENTS), " events"],
            ));
        }
        let read = |(at, event): (usize, &Value<'t>)| {
            let Value::Text(word) = *event else { return Err(at) };
            Event::new(word).map(|event| (event, word)).ok_or(at)
        };
        let events: Result<Vec<_>, usize> = self.events.items.iter().enumerate().map(read).collect();
        let events = events.map_err(|at| {
            let path = ["/events/", &usize_to_string(at)].concat();
            wrong(path, &["must be \"0\" to \"9\", \"*\", \"#\" or \"timeout\""])
        })?;
        Ok((start, events))
    }
}

/// Plays a call that begins in the script `start`.
pub fn simulate<'t>(graph: &Graph<'_, 't>, start: usize, events: &[(Event, &'t str)]) -> IvrSimulation<'t> {
    let mut caller = Caller {
        graph,
        context: graph.context(),
        node: start,
        failures: 0,
        timeouts: 0,
        depth: 1,
        seconds: 0,
        heard: Vec::new(),
    };
    let mut steps = Vec::new();
    for (event, word) in events {
        let (step, ending) = caller.act(*event, word);
        steps.push(step);
        if let Some(ending) = ending {
            return IvrSimulation { steps, ending };
        }
    }
    steps.push(caller.listen());
    IvrSimulation { steps, ending: IvrEnding::Waiting(IvrWaitingEnding { kind: "waiting" }) }
}

struct Caller<'c, 'a, 't> {
    graph: &'c Graph<'a, 't>,
    context: &'t Tenant<'t>,
    node: usize,
    failures: u32,
    timeouts: u32,
    depth: u32,
    seconds: u32,
    /// The scripts whose greeting has been played.
    heard: Vec<usize>,
}

impl<'t> Caller<'_, '_, 't> {
    /// Hears the greeting.
    fn listen(&mut self) -> IvrStep<'t> {
        let script = self.graph.script(self.node);
        let text = |read: fn(&crate::tenant::drafts::ScriptDraft<'t>) -> Value<'t>| {
            script.map_or("", |script| read(script).text_or_empty())
        };
        let short = text(|script| script.greeting_short_id);
        let again = self.heard.contains(&self.node);
        if !again {
            self.heard.push(self.node);
        }
        let is_short = again && !short.is_empty();
        let heard = if is_short { short } else { text(|script| script.greeting_id) };
        IvrStep {
            script: text(|script| script._id),
            script_name: text(|script| script.script_name),
            heard,
            heard_name: self.greeting_name(heard),
            short: is_short,
            event: None,
            wrong_key: None,
            path: None,
            failures: self.failures,
            timeouts: self.timeouts,
            depth: self.depth,
            seconds: self.seconds,
        }
    }

    fn greeting_name(&self, id: &str) -> Option<&'t str> {
        let mut greetings = self.context.greetings.items.iter();
        let greeting =
            greetings.find(|greeting| greeting._id == Value::Text(id) && !greeting.is_deleted.is_true())?;
        filled(greeting.greeting_name)
    }

    /// Hears the greeting and does something; with the ending where that ends the call.
    fn act(&mut self, event: Event, word: &'t str) -> (IvrStep<'t>, Option<IvrEnding<'t>>) {
        let mut heard = self.listen();
        let script = self.graph.script(self.node);
        let to = step(self.graph, self.node, self.failures as usize, event);
        let leaves_by_key = matches!(to, Move::Leave(at, _) if self.graph.way(self.node, at).is_some_and(|way| way.key.is_some()));
        match event {
            Event::Timeout => {
                self.timeouts = self.timeouts.saturating_add(1);
                let waited = script.map_or(0, |script| seconds(script.time_out));
                self.seconds = self.seconds.saturating_add(waited);
            }
            Event::Key(_) if !leaves_by_key => {
                self.failures = self.failures.saturating_add(1);
                heard.wrong_key = script.map(|script| script.invalid_sound_id.text_or_empty());
            }
            Event::Key(_) => {}
        }
        heard.event = Some(word);
        heard.failures = self.failures;
        heard.timeouts = self.timeouts;
        heard.seconds = self.seconds;
        let ending = match to {
            Move::Again => None,
            Move::HangUp => Some(HANGUP),
            Move::Leave(at, target) => {
                heard.path = self.graph.way(self.node, at).map(Edge::path);
                self.failures = 0;
                self.enter(target)
            }
        };
        (heard, ending)
    }

    fn enter(&mut self, target: Target<'t>) -> Option<IvrEnding<'t>> {
        match target {
            Target::Unknown { id, .. } => {
                Some(IvrEnding::Unknown(IvrUnknownEnding { kind: "unknown", destination: id }))
            }
            Target::Group(group) => Some(self.ring(group)),
            Target::Script(script) if self.depth as usize >= MOST_LEVELS => {
                let script = self.graph.script(script).map_or("", |script| script._id.text_or_empty());
                Some(IvrEnding::TooDeep(IvrTooDeepEnding { kind: "too-deep", script }))
            }
            Target::Script(script) => {
                self.node = script;
                self.depth = self.depth.saturating_add(1);
                None
            }
        }
    }

    /// Whom a group rings, and for how long.
    fn ring(&self, group: usize) -> IvrEnding<'t> {
        let Some(group) = self.context.groups.items.get(group) else { return HANGUP };
        let phones = &self.context.phones.items;
        let usual = seconds(group.timeout);
        let mut rings: Vec<IvrRing<'t>> = Vec::new();
        for member in &group.members.items {
            let agent_id = filled(member.agent_id);
            let phone = phones.iter().find(|phone| agent_id.is_some() && phone.agent_id.text() == agent_id);
            let own = filled(member.sip_user);
            rings.push(IvrRing {
                extension: own.or_else(|| filled(phone?.sip_user)),
                agent_id,
                full_name: phone.and_then(|phone| filled(phone.full_name)),
                seconds: if member.timeout == Value::Absent { usual } else { seconds(member.timeout) },
            });
        }
        // What create and update take lists extensions alone.
        if rings.is_empty() {
            for extension in group.sip_members.items.iter().filter_map(|extension| filled(*extension)) {
                let phone = phones.iter().find(|phone| phone.sip_user == Value::Text(extension));
                rings.push(IvrRing {
                    extension: Some(extension),
                    agent_id: phone.and_then(|phone| filled(phone.agent_id)),
                    full_name: phone.and_then(|phone| filled(phone.full_name)),
                    seconds: usual,
                });
            }
        }
        let strategy = group.strategy.text_or_empty();
        let both = if strategy == "enterprise" { u32::max } else { u32::saturating_add };
        let ring_seconds = rings.iter().map(|ring| ring.seconds).fold(0, both);
        IvrEnding::Group(IvrGroupEnding {
            kind: "group",
            group: group._id.text_or_empty(),
            group_name: group.group_name.text_or_empty(),
            strategy,
            rings,
            ring_seconds,
        })
    }
}

/// A text, unless it is empty.
fn filled(value: Value<'_>) -> Option<&str> {
    value.text().filter(|text| !text.is_empty())
}

/// A number of seconds, if that is what it is.
fn seconds(value: Value<'_>) -> u32 {
    match value {
        Value::Int(seconds) => u32::try_from(seconds).unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(feature = "typescript")]
mod typescript {
    use tsify::Tsify;

    /// Where a call begins and what the caller does.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `PhoneCall` is what is read")]
    pub struct IvrSimulationOptions {
        /// The `_id` of the script that the call begins in.
        pub start: String,
        /// What the caller does, one thing after the other; at most 10 000. Default: nothing yet.
        #[tsify(optional, type = "IvrEvent[] | undefined")]
        pub events: (),
    }

    /// Something that a caller does in a menu: presses a key, or nothing for as long as the menu waits.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `Event` is what is read")]
    #[tsify(
        type = "\"0\" | \"1\" | \"2\" | \"3\" | \"4\" | \"5\" | \"6\" | \"7\" | \"8\" | \"9\" | \"*\" | \"#\" | \"timeout\""
    )]
    pub struct IvrEvent;
}

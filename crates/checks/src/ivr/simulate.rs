//! `simulateIvr`: follows one caller through the menus to the end of the call.

use omicall_issues::ArgumentError;
use omicall_schema::{
    compact::usize_to_string,
    draft::{List, ListSource, Value},
};

use crate::{
    ivr::{
        graph::{Edge, Event, Graph, Target},
        simulation::{
            IvrEnding, IvrGroupEnding, IvrHangupEnding, IvrRing, IvrSimulation, IvrStep, IvrTooDeepEnding,
            IvrUnknownEnding, IvrWaitingEnding,
        },
        step::{MAX_DEPTH, StepResult, step},
    },
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
    },
};

/// The maximum number of events of a simulation.
const MAX_EVENTS: usize = 10_000;

omicall_schema::untyped_draft! {
    /// The fields of `IvrSimulationOptions`.
    pub struct SimulationOptions<'t> {
        /// The id of the script in which the call starts.
        start: Value<'t>,
        /// What the caller does.
        events: List<Value<'t>>,
    }
}

const HANGUP: IvrEnding<'_> = IvrEnding::Hangup(IvrHangupEnding { kind: "hangup" });

/// What the caller does, parsed and as it was passed.
pub type CallerEvent<'t> = (Event, &'t str);

impl<'t> SimulationOptions<'t> {
    /// Returns the node of the script in which the call starts, and the events; an error if an option is invalid.
    pub fn resolve(&self, graph: &Graph<'_, 't>) -> Result<(usize, Vec<CallerEvent<'t>>), ArgumentError> {
        let error =
            |path: String, words: &[&str]| ArgumentError::new("options", path, &[&words.concat(), "."]);
        let Value::Text(id) = self.start else {
            return Err(error("/start".into(), &["must be the `_id` of a script"]));
        };
        let start = graph.node_by_id(id).ok_or_else(|| {
            let shown: String = id.chars().take(40).collect();
            error("/start".into(), &["is \"", &shown, "\", which `tenant.scripts` does not list"])
        })?;
        if self.events.source == ListSource::Other {
            return Err(error("/events".into(), &["must be an array"]));
        }
        if self.events.items.len() > MAX_EVENTS {
            return Err(error(
                "/events".into(),
                &["has more than ", &usize_to_string(MAX_EVENTS), " events"],
            ));
        }
        let parse = |(position, event): (usize, &Value<'t>)| {
            let Value::Text(text) = *event else { return Err(position) };
            Event::parse(text).map(|event| (event, text)).ok_or(position)
        };
        let events: Result<Vec<_>, usize> = self.events.items.iter().enumerate().map(parse).collect();
        let events = events.map_err(|position| {
            let path = ["/events/", &usize_to_string(position)].concat();
            error(path, &["must be \"0\" to \"9\", \"*\", \"#\" or \"timeout\""])
        })?;
        Ok((start, events))
    }
}

/// Simulates a call that starts in the script `start`.
pub fn simulate<'t>(graph: &Graph<'_, 't>, start: usize, events: &[CallerEvent<'t>]) -> IvrSimulation<'t> {
    let mut call = Call {
        graph,
        tenant: graph.tenant(),
        node: start,
        failures: 0,
        timeouts: 0,
        depth: 1,
        seconds: 0,
        visited: Vec::new(),
    };
    let mut steps = Vec::new();
    for (event, text) in events {
        let (step, ending) = call.handle_event(*event, text);
        steps.push(step);
        if let Some(ending) = ending {
            return IvrSimulation { steps, ending };
        }
    }
    steps.push(call.play_greeting());
    IvrSimulation { steps, ending: IvrEnding::Waiting(IvrWaitingEnding { kind: "waiting" }) }
}

/// The state of a call.
struct Call<'c, 'a, 't> {
    graph: &'c Graph<'a, 't>,
    tenant: &'t Tenant<'t>,
    /// The menu in which the caller is.
    node: usize,
    failures: u32,
    timeouts: u32,
    depth: u32,
    seconds: u32,
    /// The menus whose greeting has been played.
    visited: Vec<usize>,
}

impl<'t> Call<'_, '_, 't> {
    /// Plays the greeting of the menu, or its short greeting if the caller has been here before.
    fn play_greeting(&mut self) -> IvrStep<'t> {
        let script = self.graph.script(self.node);
        let text = |field: fn(&ScriptDraft<'t>) -> Value<'t>| {
            script.map_or("", |script| field(script).text_or_empty())
        };
        let short_greeting = text(|script| script.greeting_short_id);
        let is_replay = self.visited.contains(&self.node);
        if !is_replay {
            self.visited.push(self.node);
        }
        let is_short = is_replay && !short_greeting.is_empty();
        let greeting = if is_short { short_greeting } else { text(|script| script.greeting_id) };
        IvrStep {
            script_id: text(|script| script._id),
            script_name: text(|script| script.script_name),
            greeting_id: greeting,
            greeting_name: self.greeting_name(greeting),
            is_short_greeting: is_short,
            event: None,
            invalid_sound_id: None,
            path: None,
            failures: self.failures,
            timeouts: self.timeouts,
            depth: self.depth,
            seconds: self.seconds,
        }
    }

    fn greeting_name(&self, id: &str) -> Option<&'t str> {
        let mut greetings = self.tenant.greetings.items.iter();
        let greeting =
            greetings.find(|greeting| greeting._id == Value::Text(id) && !greeting.is_deleted.is_true())?;
        non_empty(greeting.greeting_name)
    }

    /// Plays the greeting and handles one event. Returns the step, and the ending if the event ends the call.
    fn handle_event(&mut self, event: Event, text: &'t str) -> (IvrStep<'t>, Option<IvrEnding<'t>>) {
        let mut played = self.play_greeting();
        let script = self.graph.script(self.node);
        let result = step(self.graph, self.node, self.failures as usize, event);
        let leaves_by_key = matches!(result, StepResult::Leave { edge, .. }
            if self.graph.edge(self.node, edge).is_some_and(|edge| edge.key.is_some()));
        match event {
            Event::Timeout => {
                self.timeouts = self.timeouts.saturating_add(1);
                let waited = script.map_or(0, |script| seconds(script.time_out));
                self.seconds = self.seconds.saturating_add(waited);
            }
            Event::Key(_) if !leaves_by_key => {
                self.failures = self.failures.saturating_add(1);
                played.invalid_sound_id = script.map(|script| script.invalid_sound_id.text_or_empty());
            }
            Event::Key(_) => {}
        }
        played.event = Some(text);
        played.failures = self.failures;
        played.timeouts = self.timeouts;
        played.seconds = self.seconds;
        let ending = match result {
            StepResult::Replay => None,
            StepResult::HangUp => Some(HANGUP),
            StepResult::Leave { edge, target } => {
                played.path = self.graph.edge(self.node, edge).map(Edge::path);
                self.failures = 0;
                self.enter(target)
            }
        };
        (played, ending)
    }

    /// Moves the caller on. Returns the ending, or `None` if the caller is in another menu.
    fn enter(&mut self, target: Target<'t>) -> Option<IvrEnding<'t>> {
        match target {
            Target::Unknown { id, .. } => {
                Some(IvrEnding::Unknown(IvrUnknownEnding { kind: "unknown", destination_id: id }))
            }
            Target::Group(position) => Some(self.ring_group(position)),
            Target::Script(node) if self.depth as usize >= MAX_DEPTH => {
                let script_id = self.graph.script(node).map_or("", |script| script._id.text_or_empty());
                Some(IvrEnding::TooDeep(IvrTooDeepEnding { kind: "too-deep", script_id }))
            }
            Target::Script(node) => {
                self.node = node;
                self.depth = self.depth.saturating_add(1);
                None
            }
        }
    }

    /// Returns the ending in the group at this position: which phones ring, and for how long.
    fn ring_group(&self, position: usize) -> IvrEnding<'t> {
        let Some(group) = self.tenant.groups.items.get(position) else { return HANGUP };
        let rings = self.rings(group);
        let strategy = group.strategy.text_or_empty();
        let combine = if strategy == "enterprise" { u32::max } else { u32::saturating_add };
        let ring_seconds = rings.iter().map(|ring| ring.seconds).fold(0, combine);
        IvrEnding::Group(IvrGroupEnding {
            kind: "group",
            group_id: group._id.text_or_empty(),
            group_name: group.group_name.text_or_empty(),
            strategy,
            rings,
            ring_seconds,
        })
    }

    /// Returns the phones that a group rings: those of `members`, else those of `sip_members`, which requests list.
    fn rings(&self, group: &GroupDraft<'t>) -> Vec<IvrRing<'t>> {
        let phones = &self.tenant.phones.items;
        let default_seconds = seconds(group.timeout);
        if group.members.items.is_empty() {
            let extensions = group.sip_members.items.iter().filter_map(|extension| non_empty(*extension));
            let rings = extensions.map(|extension| {
                let phone = phones.iter().find(|phone| phone.sip_user == Value::Text(extension));
                IvrRing {
                    extension: Some(extension),
                    agent_id: phone.and_then(|phone| non_empty(phone.agent_id)),
                    full_name: phone.and_then(|phone| non_empty(phone.full_name)),
                    seconds: default_seconds,
                }
            });
            return rings.collect();
        }
        let members = group.members.items.iter();
        let rings = members.map(|member| {
            let agent_id = non_empty(member.agent_id);
            let phone = phones.iter().find(|phone| agent_id.is_some() && phone.agent_id.text() == agent_id);
            let phone_extension = || non_empty(phone?.sip_user);
            IvrRing {
                extension: non_empty(member.sip_user).or_else(phone_extension),
                agent_id,
                full_name: phone.and_then(|phone| non_empty(phone.full_name)),
                seconds: match member.timeout {
                    Value::Absent => default_seconds,
                    timeout => seconds(timeout),
                },
            }
        });
        rings.collect()
    }
}

/// Returns the string; `None` if it is empty or not a string.
fn non_empty(value: Value<'_>) -> Option<&str> {
    value.text().filter(|text| !text.is_empty())
}

/// Returns a number of seconds; 0 if it is not a non-negative whole number.
fn seconds(value: Value<'_>) -> u32 {
    match value {
        Value::Int(seconds) => u32::try_from(seconds).unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(feature = "typescript")]
mod typescript {
    use tsify::Tsify;

    /// Where a call starts and what the caller does.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `SimulationOptions` is read")]
    pub struct IvrSimulationOptions {
        /// The `_id` of the script in which the call starts.
        pub start: String,
        /// What the caller does, in order; at most 10 000 events. Default: none.
        #[tsify(optional, type = "IvrEvent[] | undefined")]
        pub events: (),
    }

    /// What a caller does in a menu: presses a key, or nothing until the menu's timeout.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `Event` is read")]
    #[tsify(
        type = "\"0\" | \"1\" | \"2\" | \"3\" | \"4\" | \"5\" | \"6\" | \"7\" | \"8\" | \"9\" | \"*\" | \"#\" | \"timeout\""
    )]
    pub struct IvrEvent;
}

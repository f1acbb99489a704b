//! `simulateIvr`: follows one caller through the menus to the end of the call.
//!
//! What is called in several places is not inlined, which saves 0.9 KB (gzip).

use std::mem::{replace, take};

use omicall_issues::ArgumentError;
use omicall_schema::{
    compact::{concat, usize_to_string},
    draft::{List, ListSource, Value},
};

use crate::{
    ivr::{
        graph::{Edge, Event, Graph, Target},
        simulation::{
            IvrEnding, IvrExtensionEnding, IvrGroupEnding, IvrHangupEnding, IvrNoAnswerEnding,
            IvrRecordingEnding, IvrRing, IvrSimulation, IvrStep, IvrTooDeepEnding, IvrUnknownEnding,
            IvrWaitingEnding,
        },
        step::{AfterWrongKey, MAX_DEPTH, StepResult, no_answer, press_key, time_out},
    },
    tenant::{
        Tenant,
        drafts::{GroupDraft, MemberDraft, ScriptDraft},
        str_map::StrMap,
    },
};

/// The maximum number of events of a simulation.
const MAX_EVENTS: usize = 10_000;

omicall_schema::untyped_draft! {
    /// The fields of `IvrSimulationOptions`.
    pub struct SimulationOptions<'t> {
        /// The id of the script in which the call starts.
        start: Value<'t>,
        /// What happens, in order.
        events: List<Value<'t>>,
    }
}

const HANGUP: IvrEnding<'_> = IvrEnding::Hangup(IvrHangupEnding { kind: "hangup" });

/// What happens in the call, parsed and as it was passed.
pub type CallerEvent<'t> = (Event, &'t str);

impl<'t> SimulationOptions<'t> {
    /// Returns the node of the script in which the call starts, and the events; an error if an option is invalid.
    pub fn resolve(&self, graph: &Graph<'_, 't>) -> Result<(usize, Vec<CallerEvent<'t>>), ArgumentError> {
        let Value::Text(id) = self.start else {
            return Err(invalid(&["/start"], &["must be the `_id` of a script."]));
        };
        let Some(start) = graph.node_by_id(id) else {
            let shown: String = id.chars().take(40).collect();
            return Err(invalid(
                &["/start"],
                &["is \"", &shown, "\", which `tenant.scripts` does not list."],
            ));
        };
        if self.events.source == ListSource::Other {
            return Err(invalid(&["/events"], &["must be an array."]));
        }
        if self.events.items.len() > MAX_EVENTS {
            let most = usize_to_string(MAX_EVENTS);
            return Err(invalid(&["/events"], &["has more than ", &most, " events."]));
        }
        let mut events = Vec::new();
        for (position, event) in self.events.items.iter().enumerate() {
            let text = event.text_or_empty();
            let Some(event) = Event::parse(text) else {
                let words = "must be \"0\" to \"9\", \"*\", \"#\", \"timeout\" or \"no-answer\".";
                return Err(invalid(&["/events/", &usize_to_string(position)], &[words]));
            };
            events.push((event, text));
        }
        Ok((start, events))
    }
}

/// The error for an option.
#[inline(never)]
fn invalid(path: &[&str], problem: &[&str]) -> ArgumentError {
    ArgumentError::new("options", concat(path), problem)
}

/// Simulates a call that starts in the script `start`.
pub fn simulate<'t>(graph: &Graph<'_, 't>, start: usize, events: &[CallerEvent<'t>]) -> IvrSimulation<'t> {
    let mut call = Call {
        graph,
        tenant: graph.tenant(),
        node: start,
        entered: String::new(),
        failures: 0,
        timeouts: 0,
        depth: 1,
        seconds: 0,
        is_visited: vec![false; graph.node_count()],
    };
    let mut steps = Vec::new();
    for (event, text) in events {
        let (step, ending) = match (graph.group(call.node), event) {
            (Some(group), Event::NoAnswer) => call.ring_in_vain(group, text),
            // Whatever else callers do while a group rings changes nothing.
            (Some(_), _) => break,
            (None, Event::NoAnswer) => continue,
            (None, _) => call.handle_event(*event, text),
        };
        steps.push(step);
        if let Some(ending) = ending {
            return IvrSimulation { steps, ending };
        }
    }
    if let Some(group) = graph.group(call.node) {
        return IvrSimulation { steps, ending: IvrEnding::Group(call.ring_group(group)) };
    }
    steps.push(call.play_greeting());
    IvrSimulation { steps, ending: IvrEnding::Waiting(IvrWaitingEnding { kind: "waiting" }) }
}

/// The state of a call.
struct Call<'c, 'a, 't> {
    graph: &'c Graph<'a, 't>,
    tenant: &'t Tenant<'t>,
    /// The menu in which the caller is, or the group that rings.
    node: usize,
    /// The digits that the caller has entered since the menu began to wait.
    entered: String,
    failures: u32,
    timeouts: u32,
    depth: u32,
    seconds: u32,
    /// For each node, whether its greeting has been played.
    is_visited: Vec<bool>,
}

impl<'t> Call<'_, '_, 't> {
    /// Plays the greeting of the menu, or its short greeting if the caller has been here before. A caller who is entering
    /// digits hears nothing.
    fn play_greeting(&mut self) -> IvrStep<'t> {
        let script = self.graph.script(self.node);
        let text = |field: fn(&ScriptDraft<'t>) -> Value<'t>| {
            script.map_or("", |script| field(script).text_or_empty())
        };
        let short_greeting = text(|script| script.greeting_short_id);
        let is_playing = self.entered.is_empty();
        let is_replay = self.is_visited.get_mut(self.node).is_some_and(|visited| replace(visited, true));
        let is_short = is_playing && is_replay && !short_greeting.is_empty();
        let greeting = match is_playing {
            false => "",
            true if is_short => short_greeting,
            true => text(|script| script.greeting_id),
        };
        let mut step = self.empty_step();
        step.script_id = text(|script| script._id);
        step.script_name = text(|script| script.script_name);
        step.greeting_id = greeting;
        step.greeting_name = self.greeting_name(greeting);
        step.is_short_greeting = is_short;
        if !is_playing {
            step.entered = Some(self.entered.clone());
        }
        step
    }

    /// Returns a step with the counters of the call.
    #[inline(never)]
    fn empty_step(&self) -> IvrStep<'t> {
        IvrStep {
            script_id: "",
            script_name: "",
            greeting_id: "",
            greeting_name: None,
            is_short_greeting: false,
            group_id: None,
            group_name: None,
            event: None,
            entered: None,
            invalid_sound_id: None,
            path: None,
            failures: self.failures,
            timeouts: self.timeouts,
            depth: self.depth,
            seconds: self.seconds,
        }
    }

    fn greeting_name(&self, id: &str) -> Option<&'t str> {
        non_empty(self.graph.index().greeting(id)?.greeting_name)
    }

    /// Plays the greeting and handles one event. Returns the step, and the ending if the event ends the call.
    fn handle_event(&mut self, event: Event, text: &'t str) -> (IvrStep<'t>, Option<IvrEnding<'t>>) {
        let mut step = self.play_greeting();
        let script = self.graph.script(self.node);
        let failures = self.failures as usize;
        let result = if let Event::Key(key) = event {
            self.entered.push(key.into());
            press_key(self.graph, self.node, failures, &self.entered)
        } else {
            self.timeouts = self.timeouts.saturating_add(1);
            let waited = script.map_or(0, |script| seconds(script.time_out));
            self.seconds = self.seconds.saturating_add(waited);
            time_out(self.graph, self.node, failures, &self.entered)
        };
        if matches!(result, StepResult::WrongKey(_)) {
            self.failures = self.failures.saturating_add(1);
            step.invalid_sound_id = script.map(|script| script.invalid_sound_id.text_or_empty());
        }
        step.event = Some(text);
        step.entered = (result == StepResult::Wait).then(|| self.entered.clone());
        step.failures = self.failures;
        step.timeouts = self.timeouts;
        step.seconds = self.seconds;
        let ending = self.follow(&mut step, result);
        (step, ending)
    }

    /// Rings a group in which nobody answers. Returns the step, and the ending if there is no overflow.
    fn ring_in_vain(
        &mut self,
        group: &GroupDraft<'t>,
        text: &'t str,
    ) -> (IvrStep<'t>, Option<IvrEnding<'t>>) {
        self.seconds = self.seconds.saturating_add(ring_seconds(group));
        let (group_id, group_name) = (group._id.text_or_empty(), group.group_name.text_or_empty());
        let mut step = self.empty_step();
        step.group_id = Some(group_id);
        step.group_name = Some(group_name);
        step.event = Some(text);
        let ending = match no_answer(self.graph, self.node) {
            StepResult::End => {
                let ending = IvrNoAnswerEnding { kind: "no-answer", group_id, group_name };
                Some(IvrEnding::NoAnswer(ending))
            }
            result => {
                self.depth = 0;
                self.follow(&mut step, result)
            }
        };
        (step, ending)
    }

    /// Does what an event leads to, and notes the path in the step. Returns the ending if the call ends.
    fn follow(&mut self, step: &mut IvrStep<'t>, result: StepResult<'t>) -> Option<IvrEnding<'t>> {
        if result == StepResult::Wait {
            return None;
        }
        let entered = take(&mut self.entered);
        match result {
            StepResult::Wait | StepResult::WrongKey(AfterWrongKey::Replay) => None,
            StepResult::End | StepResult::WrongKey(AfterWrongKey::HangUp) => Some(HANGUP),
            StepResult::Extension => Some(self.ring_extension(entered)),
            StepResult::Leave { edge, target } | StepResult::WrongKey(AfterWrongKey::Leave(edge, target)) => {
                step.path = self.graph.edge(self.node, edge).map(Edge::path);
                self.failures = 0;
                self.enter(target)
            }
        }
    }

    /// Moves the caller on. Returns the ending, or `None` if the caller is in another menu or group.
    #[inline(never)]
    fn enter(&mut self, target: Target<'t>) -> Option<IvrEnding<'t>> {
        let unknown = |id, destination_type| {
            Some(IvrEnding::Unknown(IvrUnknownEnding {
                kind: "unknown",
                destination_id: id,
                destination_type,
            }))
        };
        match target {
            Target::Unknown { id, other_type } => unknown(id, other_type),
            Target::Recording { id, exists: false } => unknown(id, None),
            Target::Recording { id, exists: true } => {
                let greeting_name = self.greeting_name(id);
                let ending = IvrRecordingEnding { kind: "recording", greeting_id: id, greeting_name };
                Some(IvrEnding::Recording(ending))
            }
            Target::Node(node) => {
                if let Some(script) = self.graph.script(node) {
                    if self.depth as usize >= MAX_DEPTH {
                        let script_id = script._id.text_or_empty();
                        return Some(IvrEnding::TooDeep(IvrTooDeepEnding { kind: "too-deep", script_id }));
                    }
                    self.depth = self.depth.saturating_add(1);
                }
                self.node = node;
                None
            }
        }
    }

    /// Returns the ending at an extension that the caller has dialled.
    fn ring_extension(&self, extension: String) -> IvrEnding<'t> {
        let phone = self.graph.index().phone(&extension);
        IvrEnding::Extension(IvrExtensionEnding {
            kind: "extension",
            extension,
            agent_id: phone.and_then(|phone| non_empty(phone.agent_id)),
            full_name: phone.and_then(|phone| non_empty(phone.full_name)),
        })
    }

    /// Returns the ending in a group: which phones ring, and for how long.
    fn ring_group(&self, group: &GroupDraft<'t>) -> IvrGroupEnding<'t> {
        IvrGroupEnding {
            kind: "group",
            group_id: group._id.text_or_empty(),
            group_name: group.group_name.text_or_empty(),
            strategy: group.strategy.text_or_empty(),
            rings: self.rings(group),
            ring_seconds: ring_seconds(group),
        }
    }

    /// Returns the phones that a group rings: those of `members`, else those of `sip_members`, which requests list.
    #[inline(never)]
    fn rings(&self, group: &GroupDraft<'t>) -> Vec<IvrRing<'t>> {
        let index = self.graph.index();
        let default_seconds = seconds(group.timeout);
        if group.members.items.is_empty() {
            let extensions = group.sip_members.items.iter().filter_map(|extension| non_empty(*extension));
            let rings = extensions.map(|extension| {
                let phone = index.phone(extension);
                IvrRing {
                    extension: Some(extension),
                    agent_id: phone.and_then(|phone| non_empty(phone.agent_id)),
                    full_name: phone.and_then(|phone| non_empty(phone.full_name)),
                    seconds: default_seconds,
                }
            });
            return rings.collect();
        }
        let phones = &self.tenant.phones.items;
        let mut phones_by_agent = StrMap::default();
        for (position, phone) in (0_u32..).zip(phones) {
            phones_by_agent.insert(phone.agent_id.text_or_empty(), position);
        }
        let members = group.members.items.iter();
        let rings = members.map(|member| {
            let agent_id = non_empty(member.agent_id);
            let position = agent_id.and_then(|agent_id| phones_by_agent.get(agent_id));
            let phone = position.and_then(|position| phones.get(position as usize));
            let phone_extension = || non_empty(phone?.sip_user);
            IvrRing {
                extension: non_empty(member.sip_user).or_else(phone_extension),
                agent_id,
                full_name: phone.and_then(|phone| non_empty(phone.full_name)),
                seconds: member_seconds(member, default_seconds),
            }
        });
        rings.collect()
    }
}

/// Returns how many seconds a group rings at most: all phones at once, or one after the other.
fn ring_seconds(group: &GroupDraft<'_>) -> u32 {
    let default_seconds = seconds(group.timeout);
    let combine = if group.strategy.text() == Some("enterprise") { u32::max } else { u32::saturating_add };
    if group.members.items.is_empty() {
        let extensions = group.sip_members.items.iter().filter_map(|extension| non_empty(*extension));
        return extensions.map(|_| default_seconds).fold(0, combine);
    }
    let members = group.members.items.iter();
    members.map(|member| member_seconds(member, default_seconds)).fold(0, combine)
}

fn member_seconds(member: &MemberDraft<'_>, default_seconds: u32) -> u32 {
    match member.timeout {
        Value::Absent => default_seconds,
        timeout => seconds(timeout),
    }
}

/// Returns the string; `None` if it is empty or not a string.
#[inline(never)]
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

    /// Where a call starts and what happens in it.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `SimulationOptions` is read")]
    pub struct IvrSimulationOptions {
        /// The `_id` of the script in which the call starts.
        pub start: String,
        /// What happens, in order; at most 10 000 events. A key of several digits, or an extension, is one event for each
        /// digit. Another text is an error of kind `usage`. Default: none.
        #[tsify(optional, type = "readonly (IvrEvent | (string & {}))[] | undefined")]
        pub events: (),
    }

    /// What happens in a call. In a menu, the caller presses a key, or nothing until the timeout (`"timeout"`): no more
    /// digits either, if the menu waits for them. In a group, nobody answers (`"no-answer"`); in a menu this has no effect.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `Event` is read")]
    #[tsify(
        type = "\"0\" | \"1\" | \"2\" | \"3\" | \"4\" | \"5\" | \"6\" | \"7\" | \"8\" | \"9\" | \"*\" | \"#\" | \"timeout\" | \"no-answer\""
    )]
    pub struct IvrEvent;
}

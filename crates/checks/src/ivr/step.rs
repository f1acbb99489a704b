//! What happens to a caller in a menu or a group. The simulator and the rule `ivr-trap` share it, so they cannot disagree.

use omicall_schema::draft::Value;

use crate::ivr::{
    direct_dial::DirectDial,
    graph::{Graph, Target, Trigger},
};

/// The maximum number of nested menus in a call: a limit of FreeSWITCH, which the vendor seems to run.
pub const MAX_DEPTH: usize = 12;

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepResult<'t> {
    /// The caller leaves the menu or group.
    Leave {
        /// The position of the edge in [`Graph::edges`].
        edge: usize,
        /// Where the edge leads.
        target: Target<'t>,
    },
    /// The menu waits for more digits.
    Wait,
    /// The caller has dialled an extension.
    Extension,
    /// The caller has entered a wrong key.
    WrongKey(AfterWrongKey<'t>),
    /// The caller has pressed nothing, and there is no fallback; or nobody has answered, and there is no overflow.
    End,
}

/// What happens after a wrong key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterWrongKey<'t> {
    /// The menu plays again.
    Replay,
    /// There were too many: the caller goes to the fallback, which is the edge at this position.
    Leave(usize, Target<'t>),
    /// There were too many, and there is no fallback.
    HangUp,
}

/// Returns what happens in a script when `entered` has been entered since the menu began to wait, after `failures` wrong
/// keys.
pub fn press_key<'t>(graph: &Graph<'_, 't>, node: usize, failures: usize, entered: &str) -> StepResult<'t> {
    let Some(script) = graph.script(node) else { return StepResult::End };
    let direct_dial = DirectDial::new(script, graph.index());
    if direct_dial.begins_extension(entered) {
        return StepResult::Wait;
    }
    if let Some(result) = follow(graph, node, Trigger::Keys(entered)) {
        return result;
    }
    if direct_dial.is_listed_extension(entered) {
        return StepResult::Extension;
    }
    let begins_key = |trigger| matches!(trigger, Trigger::Keys(keys) if keys.starts_with(entered));
    if direct_dial.may_be_extension(entered) || graph.edges(node).iter().any(|edge| begins_key(edge.trigger))
    {
        return StepResult::Wait;
    }
    wrong_key(graph, node, failures)
}

/// Returns what happens in a script when the caller presses nothing until the timeout. If digits have been entered, no more
/// of them follow.
pub fn time_out<'t>(graph: &Graph<'_, 't>, node: usize, failures: usize, entered: &str) -> StepResult<'t> {
    let Some(script) = graph.script(node) else { return StepResult::End };
    if entered.is_empty() {
        return follow(graph, node, Trigger::Timeout).unwrap_or(StepResult::End);
    }
    let direct_dial = DirectDial::new(script, graph.index());
    match follow(graph, node, Trigger::Keys(entered)) {
        Some(result) => result,
        None if direct_dial.is_listed_extension(entered) || direct_dial.may_be_extension(entered) => {
            StepResult::Extension
        }
        None => wrong_key(graph, node, failures),
    }
}

/// Returns what happens when nobody in a group answers.
pub fn no_answer<'t>(graph: &Graph<'_, 't>, node: usize) -> StepResult<'t> {
    follow(graph, node, Trigger::NoAnswer).unwrap_or(StepResult::End)
}

fn wrong_key<'t>(graph: &Graph<'_, 't>, node: usize, failures: usize) -> StepResult<'t> {
    StepResult::WrongKey(if failures.saturating_add(1) < max_failures(graph, node) {
        AfterWrongKey::Replay
    } else if let Some(StepResult::Leave { edge, target }) = follow(graph, node, Trigger::Timeout) {
        AfterWrongKey::Leave(edge, target)
    } else {
        AfterWrongKey::HangUp
    })
}

/// Follows the first edge with this trigger; `None` if there is none.
fn follow<'t>(graph: &Graph<'_, 't>, node: usize, trigger: Trigger<'_>) -> Option<StepResult<'t>> {
    let edges = graph.edges(node);
    let edge = edges.iter().position(|edge| edge.trigger == trigger)?;
    edges.get(edge).map(|found| StepResult::Leave { edge, target: found.target })
}

/// Returns how many wrong keys end the menu: at least 1, also if `max_failure` is lower or not a number.
fn max_failures(graph: &Graph<'_, '_>, node: usize) -> usize {
    match graph.script(node).map(|script| script.max_failure) {
        Some(Value::Int(max)) => usize::try_from(max).unwrap_or(1),
        _ => 1,
    }
}

/// Returns for each node whether it is a script from which some keys lead callers to somebody, through at most
/// [`MAX_DEPTH`] menus: to a group, to an extension that they dial, or in a way that is not documented. With `or_unknown`,
/// an id that is not listed counts as a group. A recording is played to the end, and then the call ends.
///
/// All that callers can do in a menu is to enter an extension or to follow one of its edges: wrong keys only lead to the
/// fallback, as waiting does. So this follows the edges that [`press_key`] and [`time_out`] follow.
pub fn reaches_somebody(graph: &Graph<'_, '_>, or_unknown: bool) -> Vec<bool> {
    let mut reaches = vec![false; graph.node_count()];
    let mut open: Vec<usize> = (0..graph.node_count()).filter(|node| graph.script(*node).is_some()).collect();
    let dials = |node| {
        let direct_dial = graph.script(node).map(|script| DirectDial::new(script, graph.index()));
        let mut keys = graph.edges(node).iter().filter_map(|edge| match edge.trigger {
            Trigger::Keys(keys) => Some(keys),
            _ => None,
        });
        direct_dial.is_some_and(|direct_dial| direct_dial.reaches_extension(&mut keys))
    };
    // Each round finds the scripts that are one menu further from somebody.
    for round in 0..MAX_DEPTH {
        let leads_on = |node: &usize| {
            let mut edges = graph.edges(*node).iter().filter(|edge| edge.trigger != Trigger::Never);
            let leads_to_somebody = edges.any(|edge| match edge.target {
                Target::Node(next) => graph.group(next).is_some() || reaches.get(next) == Some(&true),
                Target::Unknown { other_type, .. } => or_unknown || other_type.is_some(),
                Target::Recording { .. } => false,
            });
            leads_to_somebody || (round == 0 && dials(*node))
        };
        let (found, rest): (Vec<usize>, Vec<usize>) = open.into_iter().partition(leads_on);
        for node in &found {
            if let Some(reaches) = reaches.get_mut(*node) {
                *reaches = true;
            }
        }
        open = rest;
        if found.is_empty() {
            break;
        }
    }
    reaches
}

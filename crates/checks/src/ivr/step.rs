//! What happens to a caller in a menu. The simulator and the rule `ivr-trap` share it, so they cannot disagree.

use omicall_schema::draft::Value;

use crate::ivr::graph::{Event, Graph, Target, Trigger};

/// The maximum number of nested menus in a call: a limit of FreeSWITCH, which the vendor seems to run.
pub const MAX_DEPTH: usize = 12;

/// What an event leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepResult<'t> {
    /// The caller leaves the menu.
    Leave {
        /// The position of the edge in [`Graph::edges`].
        edge: usize,
        /// Where the edge leads.
        target: Target<'t>,
    },
    /// The menu plays again after a wrong key.
    Replay,
    /// The call ends.
    HangUp,
}

/// Returns what `event` leads to in a script, after `failures` wrong keys in it.
pub fn step<'t>(graph: &Graph<'_, 't>, node: usize, failures: usize, event: Event) -> StepResult<'t> {
    if let Some(leave) = follow_edge(graph, node, event) {
        return leave;
    }
    match event {
        Event::Timeout => StepResult::HangUp,
        Event::Key(_) if failures.saturating_add(1) < max_failures(graph, node) => StepResult::Replay,
        Event::Key(_) => follow_edge(graph, node, Event::Timeout).unwrap_or(StepResult::HangUp),
    }
}

fn follow_edge<'t>(graph: &Graph<'_, 't>, node: usize, event: Event) -> Option<StepResult<'t>> {
    let edges = graph.edges(node);
    let edge = edges.iter().position(|edge| edge.trigger == Trigger::On(event))?;
    edges.get(edge).map(|found| StepResult::Leave { edge, target: found.target })
}

/// Returns how many wrong keys end the menu: at least 1, also if `max_failure` is lower or not a number.
fn max_failures(graph: &Graph<'_, '_>, node: usize) -> usize {
    match graph.script(node).map(|script| script.max_failure) {
        Some(Value::Int(max)) => usize::try_from(max).unwrap_or(1),
        _ => 1,
    }
}

/// Returns for each script whether some keys lead callers from there to a group, through at most [`MAX_DEPTH`] menus.
/// With `or_unknown`, an id that is not listed counts as a group. An undocumented action type always does.
///
/// All that callers can do in a menu is to follow one of its edges: wrong keys only lead to the fallback, as waiting does.
/// So this follows the edges that [`step`] follows, and keys of several digits too: whether those work is not documented,
/// so a group behind one counts as reachable.
pub fn reaches_group(graph: &Graph<'_, '_>, or_unknown: bool) -> Vec<bool> {
    let mut reaches = vec![false; graph.node_count()];
    let mut open: Vec<usize> = (0..graph.node_count()).collect();
    // Each round finds the scripts that are one menu further from a group.
    for _ in 0..MAX_DEPTH {
        let leads_on = |node: &usize| {
            graph.edges(*node).iter().any(|edge| {
                edge.trigger != Trigger::Never
                    && match edge.target {
                        Target::Group(_) => true,
                        Target::Unknown { is_documented, .. } => or_unknown || !is_documented,
                        Target::Script(script) => reaches.get(script) == Some(&true),
                    }
            })
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

//! What happens to a caller in a menu: the one place that says so, for the simulator and for `ivr-trap` alike.

use crate::ivr::graph::{Event, Graph, Target, Trigger};
use omicall_schema::draft::Value;

/// How many menus a caller may be in, one inside the other: a limit of FreeSWITCH, which the vendor seems to run.
pub const MOST_LEVELS: usize = 12;

/// What an event leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move<'t> {
    /// The caller leaves the menu, by the way with this index in [`Graph::ways`].
    Leave(usize, Target<'t>),
    /// A wrong key: the menu plays again.
    Again,
    /// The call ends.
    HangUp,
}

/// What `event` leads to in the script `node`, after `failures` wrong keys in it.
pub fn step<'t>(graph: &Graph<'_, 't>, node: usize, failures: usize, event: Event) -> Move<'t> {
    if let Some(leave) = way(graph, node, event) {
        return leave;
    }
    match event {
        Event::Timeout => Move::HangUp,
        Event::Key(_) if failures.saturating_add(1) < most_failures(graph, node) => Move::Again,
        Event::Key(_) => way(graph, node, Event::Timeout).unwrap_or(Move::HangUp),
    }
}

fn way<'t>(graph: &Graph<'_, 't>, node: usize, event: Event) -> Option<Move<'t>> {
    let ways = graph.ways(node);
    let at = ways.iter().position(|way| way.taken == Trigger::By(event))?;
    ways.get(at).map(|way| Move::Leave(at, way.target))
}

/// How many wrong keys end the patience of a script: at least one, whatever stands there.
fn most_failures(graph: &Graph<'_, '_>, node: usize) -> usize {
    match graph.script(node).map(|script| script.max_failure) {
        Some(Value::Int(most)) => usize::try_from(most).unwrap_or(1),
        _ => 1,
    }
}

/// For each script, whether some keys lead a caller who begins there to a group, through [`MOST_LEVELS`] menus at most.
/// `or_unknown`: an id that is not listed may be that of a group. An action of a type that nobody documents may lead to one
/// in any case.
///
/// What a caller can do in a menu is to take one of its ways (wrong keys only lead to the fallback, which waiting takes
/// as well), so this follows the ways that [`step`] takes, and several digits too, which nobody documents: where they lead
/// to a group, nobody can say that it is never reached.
pub fn reach_group(graph: &Graph<'_, '_>, or_unknown: bool) -> Vec<bool> {
    let mut reaches = vec![false; graph.count()];
    let mut open: Vec<usize> = (0..graph.count()).collect();
    // Each round finds the scripts that are one menu further from a group.
    for _ in 0..MOST_LEVELS {
        let leads = |node: &usize| {
            graph.ways(*node).iter().any(|way| {
                way.taken != Trigger::Never
                    && match way.target {
                        Target::Group(_) => true,
                        Target::Unknown { is_documented, .. } => or_unknown || !is_documented,
                        Target::Script(script) => reaches.get(script) == Some(&true),
                    }
            })
        };
        let (found, rest): (Vec<usize>, Vec<usize>) = open.into_iter().partition(leads);
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

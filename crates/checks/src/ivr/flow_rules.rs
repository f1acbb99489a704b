//! The rules that look at where scripts lead: loops, traps, depth, and scripts that nothing leads to.

use crate::tenant::{index::TenantIndex, script_path::ScriptPath};
use crate::{
    ivr::{
        components::Loops,
        graph::Graph,
        step::{MOST_LEVELS, reach_group},
    },
    tenant::drafts::ScriptDraft,
};
use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::draft::Value;

/// More levels than this are worth a look.
const MANY_LEVELS: usize = 3;

/// Checks one script as it would be among those of the context, where it takes the place of the one with its `_id` (or
/// the context's `id`). Paths begin at the script.
pub fn check_one<'t>(script: &ScriptDraft<'t>, index: &TenantIndex<'t>, report: &mut Report) {
    let own = own_id(script).or_else(|| index.context().id.text().filter(|id| !id.is_empty()));
    check_self_loops(script, own, "", report);
    if index.context().scripts.is_list() {
        let (graph, node) = Graph::with(script, own, index);
        Facts::of(&graph).check(node, own, "", report);
    }
}

/// The id of a script that has one.
pub fn own_id<'t>(script: &ScriptDraft<'t>) -> Option<&'t str> {
    script._id.text().filter(|id| !id.is_empty())
}

/// What all scripts together are like; found out once.
#[derive(Debug)]
pub struct Facts<'g, 'a, 't> {
    graph: &'g Graph<'a, 't>,
    loops: Loops,
    /// For each script, whether callers get from it to a group; nothing where nobody can say.
    reach_group: Option<Vec<bool>>,
    /// For each script, whether callers get to it; nothing where nobody can say.
    reached: Option<Vec<bool>>,
}

impl<'g, 'a, 't> Facts<'g, 'a, 't> {
    /// What the rules need to know.
    pub fn of(graph: &'g Graph<'a, 't>) -> Self {
        let context = graph.context();
        let complete = context.is_complete();
        // A script that is not listed may lead anywhere.
        let starts = (complete && context.startScripts.is_list()).then_some(&context.startScripts.items);
        Facts {
            graph,
            loops: Loops::of(graph),
            reach_group: context.groups.is_list().then(|| reach_group(graph, !complete)),
            reached: starts.map(|starts| reached_from(graph, starts)),
        }
    }

    /// Checks one script; `own` is its id. `prefix` is in front of every path.
    pub fn check(&self, node: usize, own: Option<&str>, prefix: &str, report: &mut Report) {
        let Facts { graph, loops, .. } = self;
        if let Some((way, names)) = loops.loop_through(graph, node) {
            let names = names.into_iter().map(|script| script.map_or("…", |script| graph.name(script)));
            let names = names.collect::<Vec<_>>().join(" → ");
            let issue = report.issue(IssueCode::IvrCycle, &[prefix, &way.path()]);
            report.push(issue.with_param("names", names));
        }
        if self.reach_group.as_ref().is_some_and(|reach| reach.get(node) == Some(&false)) {
            report.add(IssueCode::IvrTrap, &[prefix, "/scripts"]);
        }
        let levels = loops.levels_from(node);
        if levels > MANY_LEVELS
            && let Some(way) = loops.deepest_way(graph, node)
        {
            let issue =
                report.issue(IssueCode::IvrTooDeep, &[prefix, &way.path()]).with_param("levels", levels);
            let severity = if levels < MOST_LEVELS { Severity::Hint } else { Severity::Warning };
            report.push(issue.with_severity(severity));
        }
        // Nothing can lead to a script that has no id yet.
        if own.is_some() && self.reached.as_ref().is_some_and(|reached| reached.get(node) == Some(&false)) {
            report.add(IssueCode::IvrUnreachable, &[prefix]);
        }
    }
}

/// Finds keys and a fallback that lead to the script itself; only its own id is needed for that.
pub fn check_self_loops(script: &ScriptDraft<'_>, own: Option<&str>, prefix: &str, report: &mut Report) {
    let Some(own) = own else { return };
    let returns = |action_type: Value<'_>, action: Value<'_>| {
        action == Value::Text(own) && action_type != Value::Text("Ring_group")
    };
    for (at, key) in script.scripts.items.iter().enumerate() {
        if returns(key.action_type, key.action) {
            report.add(IssueCode::IvrSelfLoop, &[&ScriptPath { prefix, key: Some(at) }.path("/action")]);
        }
    }
    if returns(script.action_type, script.action) {
        let issue = report.issue(IssueCode::IvrSelfLoop, &[prefix, "/action"]);
        report.push(issue.with_severity(Severity::Warning));
    }
}

/// The scripts that callers get to from these; ids that are not listed lead nowhere.
fn reached_from(graph: &Graph<'_, '_>, starts: &[Value<'_>]) -> Vec<bool> {
    let mut reached = vec![false; graph.count()];
    let mut open: Vec<usize> = starts.iter().filter_map(|id| graph.number_of(id.text()?)).collect();
    while let Some(node) = open.pop() {
        if let Some(reached) = reached.get_mut(node).filter(|reached| !**reached) {
            *reached = true;
            open.extend(graph.ways(node).iter().filter_map(|way| way.script()));
        }
    }
    reached
}

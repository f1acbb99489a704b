//! Rules that follow callers through several scripts: loops, traps, depth, and unreachable scripts.

use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::{compact::join, draft::Value};

use crate::{
    ivr::{
        components::Components,
        graph::{Edge, Graph},
        step::{MAX_DEPTH, reaches_somebody},
    },
    tenant::{drafts::ScriptDraft, index::TenantIndex, script_path::ScriptPath},
};

/// The maximum depth without a hint.
const USUAL_DEPTH: usize = 3;

/// Checks one script among those of the tenant, where it replaces the script with its `_id`, else with the tenant's `id`.
/// Paths are relative to the script.
pub fn check_flow<'t>(script: &ScriptDraft<'t>, index: &TenantIndex<'t>, report: &mut Report) {
    let id = own_id(script).or_else(|| index.tenant().id.text().filter(|id| !id.is_empty()));
    check_self_loops(script, id, "", report);
    if index.tenant().scripts.is_list() {
        let (graph, node) = Graph::with_script(script, id, index);
        FlowAnalysis::new(&graph).check_node(node, id, "", report);
    }
}

/// Returns the id of a script; `None` if it has none.
pub fn own_id<'t>(script: &ScriptDraft<'t>) -> Option<&'t str> {
    script._id.text().filter(|id| !id.is_empty())
}

/// What the rules need to know about all scripts together, computed once.
#[derive(Debug)]
pub struct FlowAnalysis<'g, 'a, 't> {
    graph: &'g Graph<'a, 't>,
    components: Components,
    /// For each node, whether callers can get from it to somebody; `None` if the groups are not known.
    reaches_somebody: Option<Vec<bool>>,
    /// For each node, whether callers can get to it; `None` if the start scripts are not known.
    is_reachable: Option<Vec<bool>>,
}

impl<'g, 'a, 't> FlowAnalysis<'g, 'a, 't> {
    /// Analyses a graph.
    pub fn new(graph: &'g Graph<'a, 't>) -> Self {
        let tenant = graph.tenant();
        let is_complete = tenant.is_complete();
        // A script or group that is not listed may lead anywhere.
        let starts = (is_complete && tenant.startScripts.is_list()).then_some(&tenant.startScripts.items);
        FlowAnalysis {
            graph,
            components: Components::new(graph),
            reaches_somebody: tenant.groups.is_list().then(|| reaches_somebody(graph, !is_complete)),
            is_reachable: starts.map(|starts| reachable_from(graph, starts)),
        }
    }

    /// Checks one script. `id` is its id; `prefix` is prepended to every path.
    pub fn check_node(&self, node: usize, id: Option<&str>, prefix: &str, report: &mut Report) {
        let FlowAnalysis { graph, components, .. } = self;
        if let Some((edge, cycle)) = components.cycle_through(graph, node) {
            self.report_cycle(edge, &cycle, prefix, report);
        }
        if self.reaches_somebody.as_ref().is_some_and(|reaches| reaches.get(node) == Some(&false)) {
            report.add(IssueCode::IvrTrap, &[prefix, "/scripts"]);
        }
        let depth = components.depth_from(node);
        if depth > USUAL_DEPTH
            && let Some(edge) = components.deepest_edge(graph, node)
        {
            let severity = if depth < MAX_DEPTH { Severity::Hint } else { Severity::Warning };
            let path = [prefix, &edge.path()];
            report.add_with(IssueCode::IvrTooDeep, &path, Some(severity), "levels", depth.into());
        }
        // Nothing can lead to a script that has no id yet.
        if id.is_some() && self.is_reachable.as_ref().is_some_and(|is| is.get(node) == Some(&false)) {
            report.add(IssueCode::IvrUnreachable, &[prefix]);
        }
    }

    /// Checks the group at this position in the tenant: whether calls that nobody answers go round and round in groups. A
    /// loop with a script in it is reported at the script.
    pub fn check_group(&self, position: usize, prefix: &str, report: &mut Report) {
        let node = self.graph.group_node(position);
        let Some((edge, cycle)) = node.and_then(|node| self.components.cycle_through(self.graph, node))
        else {
            return;
        };
        if cycle.iter().flatten().all(|node| self.graph.script(*node).is_none()) {
            self.report_cycle(edge, &cycle, prefix, report);
        }
    }

    fn report_cycle(&self, edge: &Edge<'_>, cycle: &[Option<usize>], prefix: &str, report: &mut Report) {
        let mut names = cycle.iter().map(|node| node.map_or("…", |node| self.graph.display_name(node)));
        let names = join(&mut names, " → ");
        report.add_with(IssueCode::IvrCycle, &[prefix, &edge.path()], None, "names", names.into());
    }
}

/// Reports keys and a fallback that lead to the script itself. Only the script's own id is needed.
pub fn check_self_loops(script: &ScriptDraft<'_>, id: Option<&str>, prefix: &str, report: &mut Report) {
    let Some(id) = id else { return };
    let leads_here = |action_type: Value<'_>, action: Value<'_>| {
        action == Value::Text(id) && !matches!(action_type, Value::Text("Ring_group" | "Recording"))
    };
    for (position, key) in script.scripts.items.iter().enumerate() {
        if leads_here(key.action_type, key.action) {
            let path = ScriptPath { prefix, key: Some(position) }.pointer("/action");
            report.add(IssueCode::IvrSelfLoop, &[&path]);
        }
    }
    if leads_here(script.action_type, script.action) {
        report.add_as(Severity::Warning, IssueCode::IvrSelfLoop, &[prefix, "/action"]);
    }
}

/// Returns for each node whether callers can reach it from the scripts with these ids, or from any group: groups have
/// numbers of their own, so a call may begin in one. Ids that are not listed are ignored.
fn reachable_from(graph: &Graph<'_, '_>, starts: &[Value<'_>]) -> Vec<bool> {
    let mut is_reachable = vec![false; graph.node_count()];
    let scripts = starts.iter().filter_map(|id| graph.node_by_id(id.text()?));
    let mut open: Vec<usize> = scripts.chain(graph.group_nodes()).collect();
    while let Some(node) = open.pop() {
        if let Some(is_reachable) = is_reachable.get_mut(node).filter(|is_reachable| !**is_reachable) {
            *is_reachable = true;
            open.extend(graph.edges(node).iter().filter_map(Edge::reachable_node));
        }
    }
    is_reachable
}

//! The strongly connected components of the graph, which are the loops of menus and groups, and how deep menus are nested.
#![allow(
    clippy::indexing_slicing,
    reason = "every index is a node of the graph or the number of its component"
)]

use crate::ivr::graph::{Edge, Graph};

/// The maximum number of scripts and groups that are searched for a loop's names. Loops in real tenants are short; of a
/// longer loop, each script has an issue of its own anyway.
const MAX_NAMED: usize = 32;

/// The components of a graph.
#[derive(Debug)]
pub struct Components {
    /// For each node, the number of its component: all nodes of a component can be reached from one another. An edge to
    /// another component always leads to a lower number.
    component_of: Vec<usize>,
    /// For each component, how many nodes it has.
    sizes: Vec<usize>,
    /// For each component, how many menus are nested from there on. A loop counts as one menu: callers can go round in it
    /// without getting deeper. A group counts as none.
    depths: Vec<usize>,
}

const NONE: usize = usize::MAX;

impl Components {
    /// Finds the components with Tarjan's algorithm. It keeps its own stack instead of recursing, so a chain of 100 000
    /// menus does not overflow the call stack.
    pub fn new(graph: &Graph<'_, '_>) -> Self {
        let count = graph.node_count();
        let mut components =
            Components { component_of: vec![NONE; count], sizes: Vec::new(), depths: Vec::new() };
        // In Tarjan's terms `index` and `lowlink`: when each node was visited, and the earliest node that it leads back to.
        let mut visited_at = vec![NONE; count];
        let mut low_link = vec![NONE; count];
        let mut open = Vec::new();
        let mut call_stack = Vec::new();
        let mut clock = 0_usize;
        for root in 0..count {
            if visited_at[root] == NONE {
                call_stack.push((root, 0_usize));
            }
            while let Some((node, next_edge)) = call_stack.last_mut() {
                let node = *node;
                if visited_at[node] == NONE {
                    visited_at[node] = clock;
                    low_link[node] = clock;
                    clock = clock.saturating_add(1);
                    open.push(node);
                }
                if let Some(edge) = graph.edge(node, *next_edge) {
                    *next_edge = next_edge.saturating_add(1);
                    match edge.reachable_node() {
                        Some(target) if visited_at[target] == NONE => call_stack.push((target, 0)),
                        Some(target) if components.component_of[target] == NONE => {
                            low_link[node] = low_link[node].min(visited_at[target]);
                        }
                        _ => {}
                    }
                    continue;
                }
                call_stack.pop();
                if let Some((parent, _)) = call_stack.last() {
                    low_link[*parent] = low_link[*parent].min(low_link[node]);
                }
                if low_link[node] == visited_at[node] {
                    let first = open.iter().rposition(|member| *member == node).unwrap_or_default();
                    let members = open.split_off(first);
                    components.add(graph, &members);
                }
            }
        }
        components
    }

    /// Adds a component. All components that it leads to have been added before.
    fn add(&mut self, graph: &Graph<'_, '_>, members: &[usize]) {
        let number = self.sizes.len();
        for member in members {
            self.component_of[*member] = number;
        }
        let targets = members.iter().flat_map(|member| graph.edges(*member)).filter_map(Edge::nested_node);
        let outer_targets = targets.filter(|target| self.component_of[*target] != number);
        let deepest = outer_targets.map(|target| self.depth_from(target)).max().unwrap_or_default();
        let has_menu = members.iter().any(|member| graph.script(*member).is_some());
        self.sizes.push(members.len());
        self.depths.push(deepest.saturating_add(usize::from(has_menu)));
    }

    /// Returns how many menus are nested from this node on: 1 for a script that leads to no other one, 0 for a group.
    pub fn depth_from(&self, node: usize) -> usize {
        self.depths[self.component_of[node]]
    }

    /// Returns the edge of this script on which the deepest menus start; `None` if it leads nowhere.
    pub fn deepest_edge<'g, 't>(&self, graph: &'g Graph<'_, 't>, node: usize) -> Option<&'g Edge<'t>> {
        let own = self.component_of[node];
        let edges = || graph.edges(node).iter().filter_map(|edge| Some((edge, edge.nested_node()?)));
        let mut outgoing = edges().filter(|(_, target)| self.component_of[*target] != own);
        let deepest =
            outgoing.find(|(_, target)| self.depth_from(*target).saturating_add(1) == self.depths[own]);
        // Otherwise another node of the same loop leads to them.
        deepest
            .or_else(|| edges().find(|(_, target)| self.component_of[*target] == own))
            .map(|(edge, _)| edge)
    }

    /// Returns the shortest loop of several nodes through this one: its first edge and its nodes, this one first and
    /// last, with one `None` for the nodes that are left out of a long loop. Returns `None` if there is no loop.
    pub fn cycle_through<'g, 't>(
        &self,
        graph: &'g Graph<'_, 't>,
        node: usize,
    ) -> Option<(&'g Edge<'t>, Vec<Option<usize>>)> {
        let own = self.component_of[node];
        if self.sizes[own] < 2 {
            return None;
        }
        let inner_target = |edge: &Edge<'t>| {
            edge.reachable_node().filter(|target| *target != node && self.component_of[*target] == own)
        };
        let mut edges = graph.edges(node).iter();
        let (first_edge, first) = edges.find_map(|edge| Some((edge, inner_target(edge)?)))?;
        // Breadth-first search for the way back. Each visited node has the position in `visited` of its predecessor. Those that are not yet
        // searched are the last ones there.
        let mut visited = vec![(first, NONE)];
        let mut position = 0_usize;
        while let Some((current, _)) = visited.get(position).copied() {
            for edge in graph.edges(current) {
                if edge.reachable_node() == Some(node) {
                    let mut cycle = vec![Some(node)];
                    let mut step = position;
                    while step != NONE {
                        let (reached, predecessor) = visited[step];
                        cycle.push(Some(reached));
                        step = predecessor;
                    }
                    cycle.push(Some(node));
                    cycle.reverse();
                    return Some((first_edge, cycle));
                }
                let is_new = |target: &usize| visited.iter().all(|(other, _)| other != target);
                if let Some(target) = inner_target(edge).filter(is_new) {
                    if visited.len() == MAX_NAMED {
                        return Some((first_edge, vec![Some(node), Some(first), None, Some(node)]));
                    }
                    visited.push((target, position));
                }
            }
            position = position.saturating_add(1);
        }
        None
    }
}

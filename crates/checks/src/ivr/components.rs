//! Loops of menus, and how deep menus lie inside one another: one walk over the graph, without recursion.
#![allow(
    clippy::indexing_slicing,
    reason = "every index is that of a script in the graph, or of its component"
)]

use std::collections::VecDeque;

use crate::ivr::graph::{Edge, Graph};

/// How many scripts are looked at to name a loop: those of people are short, and every script of a long one is named
/// for itself.
const MOST_NAMED: usize = 32;

/// What the walk finds out.
#[derive(Debug)]
pub struct Loops {
    /// For each script, the number of its component: the scripts that can be reached from one another. A way to another
    /// component always leads to a lower number.
    component: Vec<usize>,
    /// For each component, how many scripts are in it.
    sizes: Vec<usize>,
    /// For each component, how many menus lie inside one another from there on. A loop counts as one menu: a caller can
    /// go round in it, but gets no deeper.
    levels: Vec<usize>,
}

const NONE: usize = usize::MAX;

impl Loops {
    /// Tarjan's algorithm with a stack of its own: 100 000 menus in a row are only a long list.
    pub fn of(graph: &Graph<'_, '_>) -> Self {
        let count = graph.count();
        let mut loops = Loops { component: vec![NONE; count], sizes: Vec::new(), levels: Vec::new() };
        // When each script was found, and when the earliest one that it leads back to.
        let mut found = vec![NONE; count];
        let mut back = vec![NONE; count];
        let mut open = Vec::new();
        let mut trail = Vec::new();
        let mut clock = 0_usize;
        for root in 0..count {
            if found[root] == NONE {
                trail.push((root, 0_usize));
            }
            while let Some((node, next)) = trail.last_mut() {
                let node = *node;
                if found[node] == NONE {
                    found[node] = clock;
                    back[node] = clock;
                    clock = clock.saturating_add(1);
                    open.push(node);
                }
                if let Some(way) = graph.way(node, *next) {
                    *next = next.saturating_add(1);
                    match way.script() {
                        Some(script) if found[script] == NONE => trail.push((script, 0)),
                        Some(script) if loops.component[script] == NONE => {
                            back[node] = back[node].min(found[script]);
                        }
                        _ => {}
                    }
                    continue;
                }
                trail.pop();
                if let Some((parent, _)) = trail.last() {
                    back[*parent] = back[*parent].min(back[node]);
                }
                if back[node] == found[node] {
                    let first = open.iter().rposition(|member| *member == node).unwrap_or_default();
                    let members = open.split_off(first);
                    loops.close(graph, &members);
                }
            }
        }
        loops
    }

    /// Numbers a component that is complete; all that it leads to has been numbered before.
    fn close(&mut self, graph: &Graph<'_, '_>, members: &[usize]) {
        let number = self.sizes.len();
        for member in members {
            self.component[*member] = number;
        }
        let inner = members.iter().flat_map(|member| graph.ways(*member)).filter_map(Edge::script);
        let inner = inner.filter(|script| self.component[*script] != number);
        let deepest = inner.map(|script| self.levels_from(script)).max().unwrap_or_default();
        self.sizes.push(members.len());
        self.levels.push(deepest.saturating_add(1));
    }

    /// How many menus a caller may be in, one inside the other, who begins in this script: 1 if it leads to no other.
    pub fn levels_from(&self, node: usize) -> usize {
        self.levels[self.component[node]]
    }

    /// The way on which the deepest menus begin.
    pub fn deepest_way<'g, 't>(&self, graph: &'g Graph<'_, 't>, node: usize) -> Option<&'g Edge<'t>> {
        let own = self.component[node];
        let ways = || graph.ways(node).iter().filter_map(|way| Some((way, way.script()?)));
        let mut outwards = ways().filter(|(_, script)| self.component[*script] != own);
        let deepest =
            outwards.find(|(_, script)| self.levels_from(*script).saturating_add(1) == self.levels[own]);
        // Otherwise another script of the loop leads there.
        deepest.or_else(|| ways().find(|(_, script)| self.component[*script] == own)).map(|(way, _)| way)
    }

    /// The first way on which a loop of several menus begins, and the scripts of the loop: this one first and last, `None`
    /// for those left out of a long one.
    pub fn loop_through<'g, 't>(
        &self,
        graph: &'g Graph<'_, 't>,
        node: usize,
    ) -> Option<(&'g Edge<'t>, Vec<Option<usize>>)> {
        let own = self.component[node];
        if self.sizes[own] < 2 {
            return None;
        }
        let inside = |way: &Edge<'t>| way.script().filter(|to| *to != node && self.component[*to] == own);
        let (way, first) = graph.ways(node).iter().find_map(|way| Some((way, inside(way)?)))?;
        // The shortest way back: breadth first, each script with the one that it was found from.
        let mut from = vec![(first, NONE)];
        let mut queue = VecDeque::from([0]);
        while let Some(at) = queue.pop_front() {
            let (here, _) = from[at];
            for onward in graph.ways(here) {
                if onward.script() == Some(node) {
                    let mut names = vec![Some(node)];
                    let mut step = at;
                    while step != NONE {
                        let (script, before) = from[step];
                        names.push(Some(script));
                        step = before;
                    }
                    names.push(Some(node));
                    names.reverse();
                    return Some((way, names));
                }
                if let Some(to) = inside(onward).filter(|to| from.iter().all(|(known, _)| known != to)) {
                    if from.len() == MOST_NAMED {
                        return Some((way, vec![Some(node), Some(first), None, Some(node)]));
                    }
                    queue.push_back(from.len());
                    from.push((to, at));
                }
            }
        }
        None
    }
}

//! The scripts and groups of a tenant as a graph. It is built in time linear in the size of the tenant.

use omicall_schema::draft::Value;

use crate::{
    ivr::{
        direct_dial::DirectDial,
        key_set::{KeySet, has_destination, is_key},
    },
    tenant::{
        Tenant,
        drafts::{GroupDraft, ScriptDraft},
        index::TenantIndex,
        script_path::ScriptPath,
    },
};

/// What happens to a caller in a menu or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The caller presses this key, an ASCII character.
    Key(u8),
    /// The caller presses nothing until the menu's timeout.
    Timeout,
    /// Nobody in the group answers.
    NoAnswer,
}

impl Event {
    /// Parses `"0"` to `"9"`, `"*"`, `"#"`, `"timeout"` or `"no-answer"`. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Event> {
        match text.as_bytes() {
            b"timeout" => Some(Event::Timeout),
            b"no-answer" => Some(Event::NoAnswer),
            [key] if is_key(*key) => Some(Event::Key(*key)),
            _ => None,
        }
    }
}

/// Where an edge leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'t> {
    /// To the script or group with this node.
    Node(usize),
    /// To a greeting that is played before the call ends.
    Recording {
        /// The id.
        id: &'t str,
        /// Whether the tenant lists the greeting, or does not list its greetings.
        exists: bool,
    },
    /// To an id that the tenant does not list, or in a way that is not documented.
    Unknown {
        /// The id.
        id: &'t str,
        /// The action type if it is not documented; `""` if it is not a string. Such a type may lead anywhere.
        other_type: Option<&'t str>,
    },
}

/// What makes a caller follow an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger<'t> {
    /// The caller enters this key, of one or more characters.
    Keys(&'t str),
    /// The caller presses nothing, or too many wrong keys.
    Timeout,
    /// Nobody in the group answers.
    NoAnswer,
    /// Never: the key is invalid, or the menu takes another key or an extension before it is entered.
    Never,
}

/// The field of a script or group that an edge stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The key of a script with this index.
    Key(usize),
    /// The fallback of a script.
    Fallback,
    /// The overflow of a group.
    Overflow,
}

/// A key, a fallback or an overflow with a destination.
#[derive(Debug)]
pub struct Edge<'t> {
    /// The field that it stands for.
    pub source: Source,
    /// Where it leads.
    pub target: Target<'t>,
    /// What makes a caller follow it.
    pub trigger: Trigger<'t>,
}

impl Edge<'_> {
    /// Returns the JSON pointer of the destination in its script or group: `"/scripts/0/action"`, `"/action"` for the
    /// fallback, or `"/target_timeout"` for the overflow.
    pub fn path(&self) -> String {
        match self.source {
            Source::Key(key) => ScriptPath { prefix: "", key: Some(key) }.pointer("/action"),
            Source::Fallback => "/action".into(),
            Source::Overflow => "/target_timeout".into(),
        }
    }

    /// Returns the script or group that callers can reach through this edge; `None` if there is none.
    pub fn reachable_node(&self) -> Option<usize> {
        self.target.node().filter(|_| self.trigger != Trigger::Never)
    }

    /// Like [`reachable_node`](Edge::reachable_node), but only if what it leads to is nested in the menu. A group takes the
    /// call out of its menus, so an overflow starts again with one menu.
    pub fn nested_node(&self) -> Option<usize> {
        self.reachable_node().filter(|_| self.source != Source::Overflow)
    }
}

impl Target<'_> {
    /// Returns the script or group; `None` if it is neither.
    pub fn node(self) -> Option<usize> {
        match self {
            Target::Node(node) => Some(node),
            _ => None,
        }
    }
}

/// A script or a group in the graph.
#[derive(Debug)]
struct Node<'a, 't> {
    /// The script; `None` if it is deleted or replaced, or the node is a group.
    script: Option<&'a ScriptDraft<'t>>,
    /// The range of its edges in `Graph::edges`.
    edges: (usize, usize),
}

/// Scripts and groups, and the edges between them. The node of a script is its position in `tenant.scripts`; the groups
/// follow, in the order of `tenant.groups`.
#[derive(Debug)]
pub struct Graph<'a, 't> {
    index: &'a TenantIndex<'t>,
    /// The id of the script that was added or replaced, which is the last script; `None` if there is none.
    added_id: Option<&'t str>,
    nodes: Vec<Node<'a, 't>>,
    /// The number of nodes before the first group.
    script_count: usize,
    edges: Vec<Edge<'t>>,
}

impl<'a, 't> Graph<'a, 't> {
    /// Builds the graph of all scripts and groups of a tenant.
    pub fn new(index: &'a TenantIndex<'t>) -> Self {
        let listed = index.tenant().scripts.items.iter();
        let scripts = listed.map(|script| Some(script).filter(|script| !script.is_deleted.is_true()));
        Self::from_scripts(index, None, scripts.collect())
    }

    /// Builds the graph in which `script` replaces the listed script with the id `id`, or is added if `id` is `None` or
    /// not listed. Returns it with the node of `script`, which is the last script.
    pub fn with_script(
        script: &'a ScriptDraft<'t>,
        id: Option<&'t str>,
        index: &'a TenantIndex<'t>,
    ) -> (Self, usize) {
        let listed = index.tenant().scripts.items.iter();
        let scripts = listed.map(|script| {
            let is_kept = !script.is_deleted.is_true() && (id.is_none() || script._id.text() != id);
            is_kept.then_some(script)
        });
        let scripts: Vec<_> = scripts.chain([Some(script)]).collect();
        let last = scripts.len().saturating_sub(1);
        (Self::from_scripts(index, id, scripts), last)
    }

    fn from_scripts(
        index: &'a TenantIndex<'t>,
        added_id: Option<&'t str>,
        scripts: Vec<Option<&'a ScriptDraft<'t>>>,
    ) -> Self {
        let groups = &index.tenant().groups.items;
        let script_count = scripts.len();
        let nodes = Vec::with_capacity(script_count.saturating_add(groups.len()));
        let mut graph = Graph { index, added_id, nodes, script_count, edges: Vec::new() };
        for script in scripts {
            let first_edge = graph.edges.len();
            if let Some(script) = script {
                graph.add_script_edges(script);
            }
            graph.nodes.push(Node { script, edges: (first_edge, graph.edges.len()) });
        }
        for group in groups {
            let first_edge = graph.edges.len();
            if !group.is_deleted.is_true()
                && let Some(target) = graph.target(group.target_timeout_type, group.target_timeout)
            {
                graph.edges.push(Edge { source: Source::Overflow, target, trigger: Trigger::NoAnswer });
            }
            graph.nodes.push(Node { script: None, edges: (first_edge, graph.edges.len()) });
        }
        graph
    }

    fn add_script_edges(&mut self, script: &ScriptDraft<'t>) {
        let first_edge = self.edges.len();
        let mut keys = KeySet::default();
        for (position, key) in script.scripts.items.iter().enumerate() {
            if let Some(target) = self.target(key.action_type, key.action) {
                let text = key.ivr.text_or_empty();
                // Of duplicate keys, callers get the first one that has a destination.
                let trigger = if keys.insert(text) { Trigger::Keys(text) } else { Trigger::Never };
                self.edges.push(Edge { source: Source::Key(position), target, trigger });
            }
        }
        let direct_dial = DirectDial::new(script, self.index);
        for edge in self.edges.get_mut(first_edge..).unwrap_or_default() {
            if let Trigger::Keys(text) = edge.trigger
                && direct_dial.taken_before(text, &keys).is_some()
            {
                edge.trigger = Trigger::Never;
            }
        }
        if let Some(target) = self.target(script.action_type, script.action) {
            self.edges.push(Edge { source: Source::Fallback, target, trigger: Trigger::Timeout });
        }
    }

    /// Returns where an action leads; `None` if nowhere. Its type says what the id is; without a type, a group and a script
    /// are tried, and an id that is not listed leads to an unknown target.
    fn target(&self, action_type: Value<'t>, action: Value<'t>) -> Option<Target<'t>> {
        if !has_destination(action_type, action) {
            return None;
        }
        let id = action.text_or_empty();
        let script = || self.node_by_id(id);
        let group = || self.group_by_id(id);
        let (node, other_type) = match action_type {
            Value::Text("Recording") => {
                let greetings = &self.index.tenant().greetings;
                let exists = !greetings.is_list() || self.index.greeting(id).is_some();
                return Some(Target::Recording { id, exists });
            }
            Value::Text("Ring_group") => (group(), None),
            Value::Text("Ivr_menu") => (script(), None),
            other if other.is_empty() => (group().or_else(script), None),
            other => (group().or_else(script), Some(other.text_or_empty())),
        };
        Some(node.map_or(Target::Unknown { id, other_type }, Target::Node))
    }

    /// Returns the number of nodes, including those of deleted scripts and groups.
    pub fn node_count(&self) -> usize {
        self.script_count.saturating_add(self.index.tenant().groups.items.len())
    }

    /// Returns the tenant whose scripts and groups are in the graph.
    pub fn tenant(&self) -> &'t Tenant<'t> {
        self.index.tenant()
    }

    /// Returns the index of the tenant.
    pub fn index(&self) -> &'a TenantIndex<'t> {
        self.index
    }

    /// Returns the script of a node; `None` if it is deleted or replaced, or the node is a group.
    pub fn script(&self, node: usize) -> Option<&'a ScriptDraft<'t>> {
        self.nodes.get(node)?.script
    }

    /// Returns the group of a node; `None` if it is deleted, or the node is a script.
    pub fn group(&self, node: usize) -> Option<&'t GroupDraft<'t>> {
        let group = self.index.tenant().groups.items.get(self.group_position(node)?)?;
        Some(group).filter(|group| !group.is_deleted.is_true())
    }

    /// Returns the position of a node in `tenant.groups`; `None` if the node is a script.
    pub fn group_position(&self, node: usize) -> Option<usize> {
        node.checked_sub(self.script_count)
    }

    /// Returns the nodes of the groups that are not deleted.
    pub fn group_nodes(&self) -> impl Iterator<Item = usize> {
        (self.script_count..self.node_count()).filter(|node| self.group(*node).is_some())
    }

    /// Returns the node of the script with this id; `None` if there is none.
    pub fn node_by_id(&self, id: &str) -> Option<usize> {
        if self.added_id.is_some_and(|added| added.eq_ignore_ascii_case(id)) {
            self.script_count.checked_sub(1)
        } else {
            self.index.script_position(id)
        }
    }

    /// Returns the node of the group with this id; `None` if there is none.
    pub fn group_by_id(&self, id: &str) -> Option<usize> {
        self.group_node(self.index.group_position(id)?)
    }

    /// Returns the node of the group at this position in `tenant.groups`.
    pub fn group_node(&self, position: usize) -> Option<usize> {
        self.script_count.checked_add(position)
    }

    /// Returns the edges of a node: for a script its keys that have a destination, in order, then its fallback; for a group
    /// its overflow.
    pub fn edges(&self, node: usize) -> &[Edge<'t>] {
        let (first, end) = self.nodes.get(node).map_or((0, 0), |node| node.edges);
        let edges = self.edges.get(first..end).unwrap_or_default();
        #[cfg(test)]
        edge_visits::add(edges.len());
        edges
    }

    /// Returns the edge at this position in [`edges`](Graph::edges); `None` if there are fewer.
    pub fn edge(&self, node: usize, position: usize) -> Option<&Edge<'t>> {
        let (first, end) = self.nodes.get(node).map_or((0, 0), |node| node.edges);
        #[cfg(test)]
        edge_visits::add(1);
        self.edges.get(first..end)?.get(position)
    }

    /// Returns what messages call a script or group: its name, else its number, else its id, else `"?"`.
    pub fn display_name(&self, node: usize) -> &'t str {
        let names = match (self.script(node), self.group(node)) {
            (Some(script), _) => [script.script_name, script.script_number, script._id],
            (None, Some(group)) => [group.group_name, group.group_number, group._id],
            (None, None) => return "",
        };
        names.into_iter().map(|name| name.text_or_empty().trim()).find(|name| !name.is_empty()).unwrap_or("?")
    }
}

/// Counts visited edges, for the tests that prove linear growth.
#[cfg(test)]
pub mod edge_visits {
    use std::cell::Cell;

    thread_local!(static VISITS: Cell<usize> = const { Cell::new(0) });

    /// Adds a call that visits this many edges.
    pub fn add(edges: usize) {
        VISITS.set(VISITS.get().saturating_add(edges).saturating_add(1));
    }

    /// Returns the number of visits while `work` runs.
    pub fn during(work: impl FnOnce()) -> usize {
        VISITS.set(0);
        work();
        VISITS.get()
    }
}

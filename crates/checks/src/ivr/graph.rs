//! The scripts and groups of a tenant as a graph. It is built in time linear in the size of the tenant.

use omicall_schema::draft::Value;

use crate::tenant::{
    Tenant,
    drafts::{KeyDraft, ScriptDraft},
    index::TenantIndex,
    script_path::ScriptPath,
};

/// What a caller does in a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Presses this key, an ASCII character.
    Key(u8),
    /// Presses nothing until the menu's timeout.
    Timeout,
}

/// The keys of a telephone.
const KEYS: &[u8] = b"0123456789*#";

impl Event {
    /// Parses `"0"` to `"9"`, `"*"`, `"#"` or `"timeout"`. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Event> {
        match text.as_bytes() {
            b"timeout" => Some(Event::Timeout),
            [key] if KEYS.contains(key) => Some(Event::Key(*key)),
            _ => None,
        }
    }
}

/// Where an edge leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'t> {
    /// To the script with this node.
    Script(usize),
    /// To the group at this position in `tenant.groups`.
    Group(usize),
    /// To an id that the tenant does not list.
    Unknown {
        /// The id.
        id: &'t str,
        /// Whether the action type is documented or empty. An undocumented type may lead anywhere.
        is_documented: bool,
    },
}

/// What makes a caller follow an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// This event.
    On(Event),
    /// A key of several digits. Whether the PBX supports those is not documented.
    MultipleDigits,
    /// Never: the key is invalid or shadowed by an earlier duplicate.
    Never,
}

/// A key or a fallback with a destination.
#[derive(Debug)]
pub struct Edge<'t> {
    /// The index of the key in its script; `None` for the fallback.
    pub key: Option<usize>,
    /// Where it leads.
    pub target: Target<'t>,
    /// What makes a caller follow it.
    pub trigger: Trigger,
}

impl Edge<'_> {
    /// Returns the JSON pointer of the destination in its script: `"/scripts/0/action"`, or `"/action"` for the fallback.
    pub fn path(&self) -> String {
        ScriptPath { prefix: "", key: self.key }.pointer("/action")
    }

    /// Returns the node of the script that callers can reach through this edge; `None` if there is none.
    pub fn reachable_script(&self) -> Option<usize> {
        match self.target {
            Target::Script(node) if self.trigger != Trigger::Never => Some(node),
            _ => None,
        }
    }
}

/// A script in the graph.
#[derive(Debug)]
struct Node<'a, 't> {
    /// The script; `None` if it is deleted or replaced.
    script: Option<&'a ScriptDraft<'t>>,
    /// The range of its edges in `Graph::edges`.
    edges: (usize, usize),
}

/// Scripts, and the edges from them to scripts and groups. A node is the position of its script in `tenant.scripts`.
#[derive(Debug)]
pub struct Graph<'a, 't> {
    index: &'a TenantIndex<'t>,
    /// The id of the script that was added or replaced, which is the last node; `None` if there is none.
    added_id: Option<&'t str>,
    nodes: Vec<Node<'a, 't>>,
    edges: Vec<Edge<'t>>,
}

impl<'a, 't> Graph<'a, 't> {
    /// Builds the graph of all scripts of a tenant.
    pub fn new(index: &'a TenantIndex<'t>) -> Self {
        let listed = index.tenant().scripts.items.iter();
        let scripts = listed.map(|script| Some(script).filter(|script| !script.is_deleted.is_true()));
        Self::from_scripts(index, None, scripts.collect())
    }

    /// Builds the graph in which `script` replaces the listed script with the id `id`, or is added if `id` is `None` or
    /// not listed. Returns it with the node of `script`, which is the last one.
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
        let mut graph =
            Graph { index, added_id, nodes: Vec::with_capacity(scripts.len()), edges: Vec::new() };
        let last = scripts.len().saturating_sub(1);
        for script in scripts {
            let first_edge = graph.edges.len();
            if let Some(script) = script {
                graph.add_edges(script, last);
            }
            graph.nodes.push(Node { script, edges: (first_edge, graph.edges.len()) });
        }
        graph
    }

    fn add_edges(&mut self, script: &ScriptDraft<'t>, last: usize) {
        let mut used = Vec::new();
        for (position, key) in script.scripts.items.iter().enumerate() {
            if let Some(target) = self.target(key.action_type, key.action, last) {
                self.edges.push(Edge { key: Some(position), target, trigger: key_trigger(key, &mut used) });
            }
        }
        if let Some(target) = self.target(script.action_type, script.action, last) {
            self.edges.push(Edge { key: None, target, trigger: Trigger::On(Event::Timeout) });
        }
    }

    /// Returns where an action leads; `None` if nowhere. Its type says whether the id is that of a group or of a script;
    /// for other types both are tried, and an id that is not listed leads to an unknown target.
    fn target(&self, action_type: Value<'t>, action: Value<'t>, last: usize) -> Option<Target<'t>> {
        let id = action.text_or_empty();
        let node = || if self.added_id == Some(id) { Some(last) } else { self.index.script_position(id) };
        let script = || node().map(Target::Script);
        let group = || self.index.group_position(id).map(Target::Group);
        let (listed, is_documented) = match action_type {
            Value::Text("Ring_group") => (group(), true),
            Value::Text("Ivr_menu") => (script(), true),
            _ => (group().or_else(script), action_type.is_empty()),
        };
        let unknown = (!id.is_empty() || !is_documented).then_some(Target::Unknown { id, is_documented });
        listed.or(unknown)
    }

    /// Returns the number of nodes, including those of deleted scripts.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the tenant whose scripts are in the graph.
    pub fn tenant(&self) -> &'t Tenant<'t> {
        self.index.tenant()
    }

    /// Returns the script of a node; `None` if it is deleted or replaced.
    pub fn script(&self, node: usize) -> Option<&'a ScriptDraft<'t>> {
        self.nodes.get(node)?.script
    }

    /// Returns the node of the script with this id; `None` if there is none.
    pub fn node_by_id(&self, id: &str) -> Option<usize> {
        if self.added_id == Some(id) {
            self.nodes.len().checked_sub(1)
        } else {
            self.index.script_position(id)
        }
    }

    /// Returns the edges of a script: its keys that have a destination, in order, then its fallback.
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

    /// Returns what messages call a script: its name, else its number, else its id, else `"?"`.
    pub fn display_name(&self, node: usize) -> &'t str {
        let Some(script) = self.script(node) else { return "" };
        let names = [script.script_name, script.script_number, script._id];
        names.into_iter().map(|name| name.text_or_empty().trim()).find(|name| !name.is_empty()).unwrap_or("?")
    }
}

/// Returns what triggers a key. Of duplicate keys, callers get the first one that has a destination; `used` holds the
/// keys before this one.
fn key_trigger(key: &KeyDraft<'_>, used: &mut Vec<Event>) -> Trigger {
    let text = key.ivr.text_or_empty();
    match Event::parse(text) {
        Some(event @ Event::Key(_)) if !used.contains(&event) => {
            used.push(event);
            Trigger::On(event)
        }
        None if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) => {
            Trigger::MultipleDigits
        }
        _ => Trigger::Never,
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

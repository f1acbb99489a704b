//! The scripts and groups of a tenant as a graph by index: built once, in time linear in the size of the tenant.

use crate::tenant::drafts::{KeyDraft, ScriptDraft};
use crate::tenant::{Tenant, index::TenantIndex, script_path::ScriptPath};
use omicall_schema::draft::Value;

/// Something that a caller does in a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Presses this key, an ASCII character.
    Key(u8),
    /// Presses nothing for as long as the menu waits.
    Timeout,
}

/// The keys of a telephone.
const KEYS: &[u8] = b"0123456789*#";

impl Event {
    /// Reads `"0"`…`"9"`, `"*"`, `"#"` or `"timeout"`.
    pub fn new(word: &str) -> Option<Event> {
        match word.as_bytes() {
            b"timeout" => Some(Event::Timeout),
            [key] if KEYS.contains(key) => Some(Event::Key(*key)),
            _ => None,
        }
    }
}

/// Where something leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'t> {
    /// To the script with this number.
    Script(usize),
    /// To the group with this index in the list.
    Group(usize),
    /// To something that the tenant does not list.
    Unknown {
        /// Its id.
        id: &'t str,
        /// Whether the action type is a documented one, or empty. Any other may lead anywhere.
        is_documented: bool,
    },
}

/// How a caller can take a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// By this event.
    By(Event),
    /// Perhaps by several digits, one after the other, which nobody documents.
    BySeveralDigits,
    /// Not at all: the key is none, or an earlier one is the same.
    Never,
}

/// A key or a fallback with a destination.
#[derive(Debug)]
pub struct Edge<'t> {
    /// The index of the key; nothing for the fallback.
    pub key: Option<usize>,
    /// Where it leads.
    pub target: Target<'t>,
    /// How it is taken.
    pub taken: Trigger,
}

impl Edge<'_> {
    /// Where the destination stands in the script, as a JSON pointer.
    pub fn path(&self) -> String {
        ScriptPath { prefix: "", key: self.key }.path("/action")
    }

    /// The script that callers may come to this way.
    pub fn script(&self) -> Option<usize> {
        match self.target {
            Target::Script(script) if self.taken != Trigger::Never => Some(script),
            _ => None,
        }
    }
}

/// A script in the graph.
#[derive(Debug)]
struct Node<'a, 't> {
    /// The script; nothing for one that is deleted, or that another one replaces.
    script: Option<&'a ScriptDraft<'t>>,
    /// Where its ways begin and end.
    ways: (usize, usize),
}

/// Scripts, groups, and the ways between them. The number of a script is its index in the list.
#[derive(Debug)]
pub struct Graph<'a, 't> {
    /// What ids stand for.
    index: &'a TenantIndex<'t>,
    /// The id of a script that is not in the list, or not as it is here; it has the last number.
    own: Option<&'t str>,
    nodes: Vec<Node<'a, 't>>,
    ways: Vec<Edge<'t>>,
}

impl<'a, 't> Graph<'a, 't> {
    /// The graph of all that is listed.
    pub fn of(index: &'a TenantIndex<'t>) -> Self {
        let listed = index.context().scripts.items.iter();
        let nodes = listed.map(|script| Some(script).filter(|script| !script.is_deleted.is_true()));
        Self::new(index, None, nodes.collect())
    }

    /// The graph in which `script` takes the place of the one with the id `own`, or is added; its number is the last one.
    pub fn with(
        script: &'a ScriptDraft<'t>,
        own: Option<&'t str>,
        index: &'a TenantIndex<'t>,
    ) -> (Self, usize) {
        let listed = index.context().scripts.items.iter();
        let nodes = listed.map(|script| {
            let stays = !script.is_deleted.is_true() && (own.is_none() || script._id.text() != own);
            stays.then_some(script)
        });
        let nodes: Vec<_> = nodes.chain([Some(script)]).collect();
        let last = nodes.len().saturating_sub(1);
        (Self::new(index, own, nodes), last)
    }

    fn new(
        index: &'a TenantIndex<'t>,
        own: Option<&'t str>,
        scripts: Vec<Option<&'a ScriptDraft<'t>>>,
    ) -> Self {
        let mut graph = Graph { index, own, nodes: Vec::with_capacity(scripts.len()), ways: Vec::new() };
        let last = scripts.len().saturating_sub(1);
        for script in scripts {
            let begin = graph.ways.len();
            if let Some(script) = script {
                graph.add_ways(script, last);
            }
            graph.nodes.push(Node { script, ways: (begin, graph.ways.len()) });
        }
        graph
    }

    fn add_ways(&mut self, script: &ScriptDraft<'t>, last: usize) {
        let mut used = Vec::new();
        for (at, key) in script.scripts.items.iter().enumerate() {
            if let Some(target) = self.target(key.action_type, key.action, last) {
                self.ways.push(Edge { key: Some(at), target, taken: taken(key, &mut used) });
            }
        }
        if let Some(target) = self.target(script.action_type, script.action, last) {
            self.ways.push(Edge { key: None, target, taken: Trigger::By(Event::Timeout) });
        }
    }

    /// Where an action leads. Its type says among what the id is looked for; without a type, among everything. What other
    /// types do, nobody documents: where the id is not listed, they lead to something unknown.
    fn target(&self, action_type: Value<'t>, action: Value<'t>, last: usize) -> Option<Target<'t>> {
        let id = action.text_or_empty();
        let own = || if self.own == Some(id) { Some(last) } else { self.index.script_at(id) };
        let script = || own().map(Target::Script);
        let group = || self.index.group_at(id).map(Target::Group);
        let (found, is_documented) = match action_type {
            Value::Text("Ring_group") => (group(), true),
            Value::Text("Ivr_menu") => (script(), true),
            _ => (group().or_else(script), action_type.is_empty()),
        };
        let unknown = (!id.is_empty() || !is_documented).then_some(Target::Unknown { id, is_documented });
        found.or(unknown)
    }

    /// How many numbers of scripts there are, those of deleted ones included.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// The context that this is made of.
    pub fn context(&self) -> &'t Tenant<'t> {
        self.index.context()
    }

    /// The script with this number, unless it is deleted.
    pub fn script(&self, node: usize) -> Option<&'a ScriptDraft<'t>> {
        self.nodes.get(node)?.script
    }

    /// The number of the script with this id.
    pub fn number_of(&self, id: &str) -> Option<usize> {
        if self.own == Some(id) { self.nodes.len().checked_sub(1) } else { self.index.script_at(id) }
    }

    /// The keys of a script that have a destination, in their order, and the fallback after them.
    pub fn ways(&self, node: usize) -> &[Edge<'t>] {
        let (begin, end) = self.nodes.get(node).map_or((0, 0), |node| node.ways);
        let ways = self.ways.get(begin..end).unwrap_or_default();
        #[cfg(test)]
        steps::count(ways.len());
        ways
    }

    /// The way with this index in [`ways`](Graph::ways).
    pub fn way(&self, node: usize, at: usize) -> Option<&Edge<'t>> {
        let (begin, end) = self.nodes.get(node).map_or((0, 0), |node| node.ways);
        #[cfg(test)]
        steps::count(1);
        self.ways.get(begin..end)?.get(at)
    }

    /// What a script is called in sentences: its name, else its number, else its id.
    pub fn name(&self, node: usize) -> &'t str {
        let Some(script) = self.script(node) else { return "" };
        let names = [script.script_name, script.script_number, script._id];
        names.into_iter().map(|name| name.text_or_empty().trim()).find(|name| !name.is_empty()).unwrap_or("?")
    }
}

/// How a key is taken. Of keys that are the same, a caller gets the first one with a destination.
fn taken(key: &KeyDraft<'_>, used: &mut Vec<Event>) -> Trigger {
    let pressed = key.ivr.text_or_empty();
    match Event::new(pressed) {
        Some(event @ Event::Key(_)) if !used.contains(&event) => {
            used.push(event);
            Trigger::By(event)
        }
        None if !pressed.is_empty() && pressed.bytes().all(|digit| digit.is_ascii_digit()) => {
            Trigger::BySeveralDigits
        }
        _ => Trigger::Never,
    }
}

/// Counts how many ways were looked at, for the tests that prove linear growth.
#[cfg(test)]
pub mod steps {
    use std::cell::Cell;

    thread_local!(static STEPS: Cell<usize> = const { Cell::new(0) });

    /// Adds to the count.
    pub fn count(more: usize) {
        STEPS.set(STEPS.get().saturating_add(more).saturating_add(1));
    }

    /// The count of what `work` does.
    pub fn of(work: impl FnOnce()) -> usize {
        STEPS.set(0);
        work();
        STEPS.get()
    }
}

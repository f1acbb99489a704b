//! The scripts and groups of a tenant as a graph by index: built once, in time linear in the size of the tenant.

use std::{collections::HashMap, hash::BuildHasherDefault};

use super::model::{Group, Key, Script};
use crate::validate::{context::Context, read::Value};

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
    /// To the script with this index among [`Graph::nodes`].
    Script(usize),
    /// To the group with this index in the list.
    Group(usize),
    /// To an id that the tenant does not list as what the action type says.
    Unknown(&'t str),
}

/// How a caller can take a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// By this event.
    By(Event),
    /// Perhaps by several digits, one after the other, which nobody documents.
    BySeveralDigits,
    /// Not at all: the key is none, or an earlier one is the same.
    Never,
}

/// A key or a fallback with a destination.
#[derive(Debug)]
pub struct Way<'t> {
    /// The index of the key; nothing for the fallback.
    pub key: Option<usize>,
    /// Where it leads.
    pub target: Target<'t>,
    /// How it is taken.
    pub taken: Taken,
}

impl Way<'_> {
    /// Where the destination stands in the script, as a JSON pointer.
    pub fn path(&self) -> String {
        self.key.map_or("/action".into(), |key| ["/scripts/", &key.to_string(), "/action"].concat())
    }

    /// The script that callers may come to this way.
    pub fn script(&self) -> Option<usize> {
        match self.target {
            Target::Script(script) if self.taken != Taken::Never => Some(script),
            _ => None,
        }
    }
}

/// A script in the graph.
#[derive(Debug)]
pub struct Node<'a, 't> {
    /// The script.
    pub script: &'a Script<'t>,
    /// Its index in the list; nothing if it is not in there.
    pub position: Option<usize>,
    /// Where its ways begin and end.
    ways: (usize, usize),
}

/// Scripts, groups, and the ways between them. What is deleted is not in it.
#[derive(Debug)]
pub struct Graph<'a, 't> {
    /// The scripts.
    pub nodes: Vec<Node<'a, 't>>,
    /// The list of groups, deleted ones included.
    pub groups: &'a [Group<'t>],
    ways: Vec<Way<'t>>,
    ids: Ids<'t>,
}

/// FNV-1a: a quarter of the code of the usual hash, and nobody gains from choosing ids that collide.
#[derive(Debug, Clone, Copy)]
struct Fnv(u32);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0x811c_9dc5)
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn finish(&self) -> u64 {
        // The table looks at the highest bits and at the lowest.
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

type Ids<'t> = HashMap<&'t str, usize, BuildHasherDefault<Fnv>>;

/// The id in a field, unless it is empty or no text.
fn id_in(field: Value<'_>) -> Option<&str> {
    field.text().filter(|id| !id.is_empty())
}

impl<'a, 't> Graph<'a, 't> {
    /// The graph of all that the context lists.
    pub fn of(context: &'a Context<'t>) -> Self {
        let mut graph = Self::without_scripts(context);
        for (position, script) in context.scripts.items.iter().enumerate() {
            if !script.is_deleted.is_true() {
                graph.add_node(script, Some(position), id_in(script._id));
            }
        }
        graph.add_ways(context);
        graph
    }

    /// The graph in which `script` takes the place of the one with the id `own`, or is added; and its index.
    pub fn with(script: &'a Script<'t>, own: Option<&'t str>, context: &'a Context<'t>) -> (Self, usize) {
        let mut graph = Self::without_scripts(context);
        let mut place = None;
        for (position, listed) in context.scripts.items.iter().enumerate() {
            let id = id_in(listed._id);
            if id.is_some() && id == own {
                place = place.or_else(|| Some(graph.add_node(script, None, own)));
            } else if !listed.is_deleted.is_true() {
                graph.add_node(listed, Some(position), id);
            }
        }
        let place = place.unwrap_or_else(|| graph.add_node(script, None, own));
        graph.add_ways(context);
        (graph, place)
    }

    fn without_scripts(context: &'a Context<'t>) -> Self {
        let nodes = Vec::with_capacity(context.scripts.items.len());
        Graph { nodes, groups: &context.groups.items, ways: Vec::new(), ids: Ids::default() }
    }

    fn add_node(&mut self, script: &'a Script<'t>, position: Option<usize>, id: Option<&'t str>) -> usize {
        let node = self.nodes.len();
        if let Some(id) = id {
            self.ids.entry(id).or_insert(node);
        }
        self.nodes.push(Node { script, position, ways: (0, 0) });
        node
    }

    fn add_ways(&mut self, context: &Context<'t>) {
        let mut groups = Ids::default();
        for (at, group) in context.groups.items.iter().enumerate() {
            if let Some(id) = id_in(group._id).filter(|_| !group.is_deleted.is_true()) {
                groups.entry(id).or_insert(at);
            }
        }
        let ids = Targets { scripts: &self.ids, groups: &groups };
        for node in &mut self.nodes {
            let begin = self.ways.len();
            let mut used = Vec::new();
            for (at, key) in node.script.scripts.items.iter().enumerate() {
                if let Some(target) = ids.target(key.action_type, key.action) {
                    self.ways.push(Way { key: Some(at), target, taken: taken(key, &mut used) });
                }
            }
            if let Some(target) = ids.target(node.script.action_type, node.script.action) {
                self.ways.push(Way { key: None, target, taken: Taken::By(Event::Timeout) });
            }
            node.ways = (begin, self.ways.len());
        }
    }

    /// The keys of a script that have a destination, in their order, and the fallback after them.
    pub fn ways(&self, node: usize) -> &[Way<'t>] {
        let (begin, end) = self.nodes.get(node).map_or((0, 0), |node| node.ways);
        let ways = self.ways.get(begin..end).unwrap_or_default();
        #[cfg(test)]
        steps::count(ways.len());
        ways
    }

    /// The way with this index in [`ways`](Graph::ways).
    pub fn way(&self, node: usize, at: usize) -> Option<&Way<'t>> {
        let (begin, end) = self.nodes.get(node).map_or((0, 0), |node| node.ways);
        #[cfg(test)]
        steps::count(1);
        self.ways.get(begin..end)?.get(at)
    }

    /// The script with this id.
    pub fn script(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// What a script is called in sentences: its name, else its number, else its id.
    pub fn name(&self, node: usize) -> &'t str {
        let Some(Node { script, .. }) = self.nodes.get(node) else { return "" };
        let names = [script.script_name, script.script_number, script._id];
        names.into_iter().map(|name| name.text_or_empty().trim()).find(|name| !name.is_empty()).unwrap_or("?")
    }
}

/// What ids stand for.
struct Targets<'i, 't> {
    scripts: &'i Ids<'t>,
    groups: &'i Ids<'t>,
}

impl<'t> Targets<'_, 't> {
    /// Where an action leads: its type says among what the id is looked for; without a documented type, among everything.
    fn target(&self, action_type: Value<'t>, action: Value<'t>) -> Option<Target<'t>> {
        let id = id_in(action)?;
        let script = || self.scripts.get(id).copied().map(Target::Script);
        let group = || self.groups.get(id).copied().map(Target::Group);
        let found = match action_type {
            Value::Text("Ring_group") => group(),
            Value::Text("Ivr_menu") => script(),
            _ => group().or_else(script),
        };
        Some(found.unwrap_or(Target::Unknown(id)))
    }
}

/// How a key is taken. Of keys that are the same, a caller gets the first one with a destination.
fn taken(key: &Key<'_>, used: &mut Vec<Event>) -> Taken {
    let pressed = key.ivr.text_or_empty();
    match Event::new(pressed) {
        Some(event @ Event::Key(_)) if !used.contains(&event) => {
            used.push(event);
            Taken::By(event)
        }
        None if pressed.len() > 1 && pressed.bytes().all(|digit| digit.is_ascii_digit()) => {
            Taken::BySeveralDigits
        }
        _ => Taken::Never,
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

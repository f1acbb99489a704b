//! The content of a diagram, whatever its format: menus, their exits, their issues, and the path of a call.

use std::collections::VecDeque;

use omicall_issues::Severity;
use omicall_schema::draft::Value;

use crate::{
    ivr::{
        diagram::{
            i18n::Texts,
            options::{DiagramOptions, IssueDraft},
        },
        graph::{Graph, Source, Target},
    },
    tenant::drafts::GroupDraft,
};

/// A diagram before it is written in a format.
#[derive(Debug)]
pub struct Diagram<'t> {
    /// The texts in the language of the tenant.
    pub texts: &'static Texts,
    /// The scripts that are shown.
    pub menus: Vec<Menu<'t>>,
    /// The groups of the tenant.
    pub groups: &'t [GroupDraft<'t>],
    /// The indices of the menus with which a drawing starts. All menus can be reached from them.
    pub roots: Vec<usize>,
}

/// A script that is shown.
#[derive(Debug)]
pub struct Menu<'t> {
    /// The `_id` of the script.
    pub id: &'t str,
    /// The name of the script, else its number, else its id.
    pub name: &'t str,
    /// The number of the script; `""` if it has none.
    pub number: &'t str,
    /// The errors and warnings of the script itself.
    pub marks: Marks<'t>,
    /// Whether the simulated call was in the script.
    pub is_highlighted: bool,
    /// Whether hotlines lead to the script.
    pub is_start: bool,
    /// Where the script leads.
    pub exits: Vec<Exit<'t>>,
}

/// A destination of a script. Keys with the same destination share an exit.
#[derive(Debug)]
pub struct Exit<'t> {
    /// Where it leads.
    pub destination: Destination<'t>,
    /// The keys; empty for callers who press nothing.
    pub keys: Vec<&'t str>,
    /// The index of each key; `None` for the fallback.
    key_indices: Vec<Option<usize>>,
    /// The errors and warnings of the keys or the fallback.
    pub marks: Marks<'t>,
    /// Whether the simulated call took this exit.
    pub is_highlighted: bool,
}

/// Where an exit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'t> {
    /// The menu with this index in the diagram.
    Menu(usize),
    /// The group with this index.
    Group(usize),
    /// An id that the tenant does not list.
    Unknown(&'t str),
    /// The system hangs up.
    HangUp,
}

/// The errors and warnings of a menu or an exit, errors first.
#[derive(Debug, Default)]
pub struct Marks<'t>(Vec<(Severity, &'t str)>);

impl<'t> Marks<'t> {
    fn add(&mut self, severity: Severity, message: &'t str) {
        match severity {
            Severity::Error => {
                let first = self.0.iter().position(|(other, _)| *other != Severity::Error);
                self.0.insert(first.unwrap_or(self.0.len()), (severity, message));
            }
            Severity::Warning | Severity::Hint => self.0.push((severity, message)),
        }
    }

    /// Returns the severity of the worst mark; `None` if there are no marks.
    pub fn worst_severity(&self) -> Option<Severity> {
        self.0.first().map(|(severity, _)| *severity)
    }

    /// Returns the messages, errors first.
    pub fn messages(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|(_, message)| *message)
    }
}

impl<'t> Menu<'t> {
    fn add_exit(&mut self, destination: Destination<'t>, key: Option<(usize, &'t str)>) {
        let is_shared =
            |exit: &&mut Exit<'t>| exit.destination == destination && key.is_some() && !exit.keys.is_empty();
        let (index, text) = key.unzip();
        if let Some(exit) = self.exits.iter_mut().find(is_shared) {
            exit.key_indices.push(index);
            exit.keys.extend(text);
            return;
        }
        let keys = text.into_iter().collect();
        self.exits.push(Exit {
            destination,
            keys,
            key_indices: vec![index],
            marks: Marks::default(),
            is_highlighted: false,
        });
    }

    /// Returns the exit at a JSON pointer into the script; `None` if it is not that of a key or the fallback.
    fn exit_at(&mut self, path: &str) -> Option<&mut Exit<'t>> {
        let key = match path.strip_prefix("/scripts/") {
            Some(rest) => Some(rest.split('/').next()?.parse().ok()?),
            None if path.starts_with("/action") => None,
            None => return None,
        };
        self.exits.iter_mut().find(|exit| exit.key_indices.contains(&key))
    }
}

impl<'t> Diagram<'t> {
    /// Builds the diagram of a graph. `focus` is the node around which it is drawn; `None` for all scripts.
    pub fn new(graph: &Graph<'_, 't>, options: &DiagramOptions<'t>, focus: Option<usize>) -> Self {
        let tenant = graph.tenant();
        let shown = shown_nodes(graph, focus);
        let mut menu_indices = vec![None; graph.node_count()];
        for (index, (node, _)) in shown.iter().enumerate() {
            if let Some(menu_index) = menu_indices.get_mut(*node) {
                *menu_index = Some(index);
            }
        }
        let menu_index = |node: usize| menu_indices.get(node).copied().flatten();
        let starts = &tenant.startScripts.items;
        let menus = shown
            .iter()
            .filter_map(|(node, only)| build_menu(graph, *node, *only, menu_index, starts))
            .collect();
        let texts = Texts::in_language(tenant.language());
        let mut diagram = Diagram { texts, menus, groups: &tenant.groups.items, roots: Vec::new() };
        diagram.add_marks(&options.report.issues.items, menu_index);
        diagram.highlight_call(graph, options, menu_index);
        diagram.find_roots();
        diagram
    }

    /// Adds errors and warnings to the menus and exits that they are about.
    fn add_marks(&mut self, issues: &[IssueDraft<'t>], menu_index: impl Fn(usize) -> Option<usize>) {
        for issue in issues {
            let severity = match issue.severity {
                Value::Text("error") => Severity::Error,
                Value::Text("warning") => Severity::Warning,
                _ => continue,
            };
            let Some(path) = issue.path.text().and_then(|path| path.strip_prefix("/scripts")) else {
                continue;
            };
            let path = path.strip_prefix("/items").unwrap_or(path).strip_prefix('/').unwrap_or_default();
            let script = path.split('/').next().unwrap_or_default().parse().ok();
            let Some(menu) = script.and_then(&menu_index).and_then(|index| self.menus.get_mut(index)) else {
                continue;
            };
            let inner = path.find('/').and_then(|slash| path.get(slash..)).unwrap_or_default();
            let message = issue.message.text_or_empty();
            match menu.exit_at(inner) {
                Some(exit) => exit.marks.add(severity, message),
                None => menu.marks.add(severity, message),
            }
        }
    }

    /// Highlights the path of the simulated call.
    fn highlight_call(
        &mut self,
        graph: &Graph<'_, 't>,
        options: &DiagramOptions<'t>,
        menu_index: impl Fn(usize) -> Option<usize>,
    ) {
        let call = &options.simulation;
        let mut last = None;
        for step in &call.steps.items {
            let index = step.scriptId.text().and_then(|id| graph.node_by_id(id)).and_then(&menu_index);
            last = index;
            let Some(menu) = index.and_then(|index| self.menus.get_mut(index)) else { continue };
            menu.is_highlighted = true;
            if let Some(exit) = step.path.text().and_then(|path| menu.exit_at(path)) {
                exit.is_highlighted = true;
            }
        }
        if call.ending.kind == Value::Text("hangup") {
            let menu = last.and_then(|last| self.menus.get_mut(last));
            let exit = menu
                .and_then(|menu| menu.exits.iter_mut().find(|exit| exit.destination == Destination::HangUp));
            if let Some(exit) = exit {
                exit.is_highlighted = true;
            }
        }
    }

    /// Finds the roots: the scripts of hotlines, then those that nothing leads to, then one of each remaining loop.
    fn find_roots(&mut self) {
        let menus = &self.menus;
        let targets = |menu: &Menu<'t>| {
            menu.exits.iter().filter_map(|exit| exit.destination.menu_index()).collect::<Vec<_>>()
        };
        let mut has_predecessor = vec![false; menus.len()];
        for (index, menu) in menus.iter().enumerate() {
            for target in targets(menu).into_iter().filter(|target| *target != index) {
                if let Some(has_predecessor) = has_predecessor.get_mut(target) {
                    *has_predecessor = true;
                }
            }
        }
        let starts = (0..menus.len()).filter(|index| menus.get(*index).is_some_and(|menu| menu.is_start));
        let tops = (0..menus.len()).filter(|index| has_predecessor.get(*index) == Some(&false));
        let mut reached = vec![false; menus.len()];
        let mut roots = Vec::new();
        for root in starts.chain(tops).chain(0..menus.len()) {
            if reached.get(root) == Some(&true) {
                continue;
            }
            roots.push(root);
            let mut open = vec![root];
            while let Some(index) = open.pop() {
                if let Some(reached) = reached.get_mut(index).filter(|reached| !**reached) {
                    *reached = true;
                    open.extend(menus.get(index).map(targets).unwrap_or_default());
                }
            }
        }
        self.roots = roots;
    }
}

impl Destination<'_> {
    /// Returns the index of the menu; `None` if it is not a menu.
    pub fn menu_index(self) -> Option<usize> {
        match self {
            Destination::Menu(menu) => Some(menu),
            _ => None,
        }
    }
}

/// Builds the menu of a script, with only the exits to the node `only` if it is set. Returns `None` if the script is deleted.
fn build_menu<'t>(
    graph: &Graph<'_, 't>,
    node: usize,
    only: Option<usize>,
    menu_index: impl Fn(usize) -> Option<usize>,
    starts: &[Value<'t>],
) -> Option<Menu<'t>> {
    let script = graph.script(node)?;
    let mut menu = Menu {
        id: script._id.text_or_empty(),
        name: graph.display_name(node),
        number: script.script_number.text_or_empty(),
        marks: Marks::default(),
        is_highlighted: false,
        is_start: script._id != Value::Absent && starts.contains(&script._id),
        exits: Vec::new(),
    };
    let mut hangs_up = only.is_none();
    for edge in graph.edges(node) {
        let destination = match edge.target {
            Target::Node(node) if only.is_some_and(|only| only != node) => continue,
            Target::Node(node) => match graph.group_position(node) {
                Some(group) => Destination::Group(group),
                None => Destination::Menu(menu_index(node)?),
            },
            _ if only.is_some() => continue,
            Target::Recording { id, .. } | Target::Unknown { id, .. } => Destination::Unknown(id),
        };
        let key_text = |key: usize| script.scripts.items.get(key).map_or("", |key| key.ivr.text_or_empty());
        let key = match edge.source {
            Source::Key(key) => Some(key),
            Source::Fallback | Source::Overflow => None,
        };
        menu.add_exit(destination, key.map(|key| (key, key_text(key))));
        hangs_up &= key.is_some();
    }
    if hangs_up {
        menu.add_exit(Destination::HangUp, None);
    }
    Some(menu)
}

/// Returns the nodes to show: all, or those that can be reached from the focus and those that lead to it. The latter have
/// the focus as the second value: only their edges to it are shown.
fn shown_nodes(graph: &Graph<'_, '_>, focus: Option<usize>) -> Vec<(usize, Option<usize>)> {
    let existing = (0..graph.node_count()).filter(|node| graph.script(*node).is_some());
    let Some(focus) = focus else { return existing.map(|node| (node, None)).collect() };
    let mut is_inside = vec![false; graph.node_count()];
    let mut queue = VecDeque::from([focus]);
    while let Some(node) = queue.pop_front() {
        if let Some(is_inside) = is_inside.get_mut(node).filter(|is_inside| !**is_inside) {
            *is_inside = true;
            queue.extend(graph.edges(node).iter().filter_map(|edge| edge.target.node()));
        }
    }
    let nodes = existing.filter_map(|node| {
        let leads_to_focus = || graph.edges(node).iter().any(|edge| edge.target.node() == Some(focus));
        if is_inside.get(node) == Some(&true) {
            Some((node, None))
        } else {
            leads_to_focus().then_some((node, Some(focus)))
        }
    });
    nodes.collect()
}

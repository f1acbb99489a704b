//! The content of a diagram, whatever its format: menus and groups, their exits, their issues, and the path of a call.

use std::borrow::Cow;

use omicall_issues::Severity;
use omicall_schema::{compact::join, draft::Value};

use crate::{
    ivr::{
        diagram::{
            i18n::Texts,
            options::{DiagramOptions, IssueDraft},
        },
        graph::{Edge, Graph, Source, Target},
    },
    tenant::drafts::GroupDraft,
};

/// A diagram before it is written in a format.
#[derive(Debug)]
pub struct Diagram<'t> {
    /// The texts in the language of the tenant.
    pub texts: &'static Texts,
    /// The scripts that are shown, then the groups that are shown with their overflow.
    pub menus: Vec<Menu<'t>>,
    /// The groups of the tenant.
    pub groups: &'t [GroupDraft<'t>],
    /// The errors and warnings of each group.
    pub group_marks: Vec<Marks<'t>>,
    /// The indices of the menus with which a drawing starts. All menus can be reached from them.
    pub roots: Vec<usize>,
}

/// A script that is shown, or a group with an overflow: what leads on from there.
#[derive(Debug)]
pub struct Menu<'t> {
    /// The index of the group in the tenant; `None` for a script.
    pub group: Option<usize>,
    /// The `_id` of the script or group.
    pub id: &'t str,
    /// The name, else the number, else the id.
    pub name: &'t str,
    /// The number of the script; `""` if it has none.
    pub number: &'t str,
    /// The errors and warnings of the script itself. Those of a group are in `Diagram::group_marks`.
    pub marks: Marks<'t>,
    /// Whether the simulated call was here.
    pub is_highlighted: bool,
    /// Whether hotlines lead to the script.
    pub is_start: bool,
    /// Where it leads.
    pub exits: Vec<Exit<'t>>,
}

/// A destination of a script or group. Keys with the same destination share an exit.
#[derive(Debug)]
pub struct Exit<'t> {
    /// Where it leads.
    pub destination: Destination<'t>,
    /// The keys; empty for a fallback or an overflow.
    pub keys: Vec<&'t str>,
    /// The field of each key, or of the fallback or overflow.
    sources: Vec<Source>,
    /// The errors and warnings of the destination.
    pub marks: Marks<'t>,
    /// Whether the simulated call took this exit.
    pub is_highlighted: bool,
}

/// Where an exit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'t> {
    /// The menu with this index in the diagram.
    Menu(usize),
    /// The group with this index in the tenant, which has no overflow.
    Group(usize),
    /// A recording, after which the call ends.
    Recording {
        /// The `_id` of the greeting.
        id: &'t str,
        /// The name of the greeting, else its id.
        name: &'t str,
    },
    /// A destination of which it is not known what happens there.
    Unknown {
        /// The id.
        id: &'t str,
        /// The action type if it is not documented; otherwise the tenant does not list the id.
        other_type: Option<&'t str>,
    },
    /// The system hangs up.
    HangUp,
}

/// The errors and warnings of a menu, a group or an exit, errors first.
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
    fn add_exit(&mut self, destination: Destination<'t>, source: Source, key: Option<&'t str>) {
        let is_shared =
            |exit: &&mut Exit<'t>| exit.destination == destination && key.is_some() && !exit.keys.is_empty();
        if let Some(exit) = self.exits.iter_mut().find(is_shared) {
            exit.sources.push(source);
            exit.keys.extend(key);
            return;
        }
        self.exits.push(Exit {
            destination,
            keys: key.into_iter().collect(),
            sources: vec![source],
            marks: Marks::default(),
            is_highlighted: false,
        });
    }
}

impl Exit<'_> {
    /// Returns whether a JSON pointer into the script or group is that of the destination. What is said about a key itself
    /// is about the menu that has it.
    fn is_at(&self, path: &str) -> bool {
        let source =
            match path.strip_prefix("/scripts/").map(|rest| rest.split_once('/').unwrap_or((rest, "action")))
            {
                Some((key, field)) if field.starts_with("action") => key.parse().ok().map(Source::Key),
                None if path.starts_with("/action") => Some(Source::Fallback),
                None if path.starts_with("/target_timeout") => Some(Source::Overflow),
                _ => None,
            };
        source.is_some_and(|source| self.sources.contains(&source))
    }

    /// Returns what makes callers leave, as the event of a simulation says it: the keys, `timeout` or `no-answer`.
    pub fn event(&self) -> Cow<'_, str> {
        match self.sources.first() {
            Some(Source::Overflow) => "no-answer".into(),
            Some(Source::Key(_)) => join(&mut self.keys.iter().copied(), " ").into(),
            _ => "timeout".into(),
        }
    }

    /// Returns the same for people.
    pub fn label(&self, texts: &Texts) -> Cow<'static, str> {
        match self.sources.first() {
            Some(Source::Overflow) => texts.no_answer.into(),
            Some(Source::Key(_)) => join(&mut self.keys.iter().copied(), ", ").into(),
            _ => texts.no_key.into(),
        }
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
        let menus =
            shown.iter().map(|(node, only)| build_menu(graph, *node, *only, menu_index, starts)).collect();
        let texts = Texts::in_language(tenant.language());
        let groups = &tenant.groups.items;
        let group_marks = groups.iter().map(|_| Marks::default()).collect();
        let mut diagram = Diagram { texts, menus, groups, group_marks, roots: Vec::new() };
        diagram.add_marks(graph, &options.report.issues.items, menu_index);
        diagram.highlight_call(graph, options, menu_index);
        diagram.find_roots();
        diagram
    }

    /// Adds errors and warnings to the menus, groups and exits that they are about.
    fn add_marks(
        &mut self,
        graph: &Graph<'_, 't>,
        issues: &[IssueDraft<'t>],
        menu_index: impl Fn(usize) -> Option<usize>,
    ) {
        for issue in issues {
            let severity = match issue.severity {
                Value::Text("error") => Severity::Error,
                Value::Text("warning") => Severity::Warning,
                _ => continue,
            };
            let path = issue.path.text_or_empty();
            let (script_path, group_path) = (path.strip_prefix("/scripts"), path.strip_prefix("/groups"));
            let Some(path) = script_path.or(group_path) else { continue };
            let path = path.strip_prefix("/items").unwrap_or(path).strip_prefix('/').unwrap_or_default();
            let Ok(position) = path.split('/').next().unwrap_or_default().parse::<usize>() else { continue };
            let node = if script_path.is_some() { Some(position) } else { graph.group_node(position) };
            let menu = node.and_then(&menu_index).and_then(|index| self.menus.get_mut(index));
            let inner = path.find('/').and_then(|slash| path.get(slash..)).unwrap_or_default();
            let marks = match menu {
                Some(menu) => match menu.exits.iter().position(|exit| exit.is_at(inner)) {
                    Some(exit) => menu.exits.get_mut(exit).map(|exit| &mut exit.marks),
                    None if script_path.is_some() => Some(&mut menu.marks),
                    None => self.group_marks.get_mut(position),
                },
                None if script_path.is_some() => None,
                None => self.group_marks.get_mut(position),
            };
            if let Some(marks) = marks {
                marks.add(severity, issue.message.text_or_empty());
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
            let node = match step.groupId.text_or_empty() {
                "" => graph.node_by_id(step.scriptId.text_or_empty()),
                id => graph.group_by_id(id),
            };
            let index = node.and_then(&menu_index);
            last = index;
            let Some(menu) = index.and_then(|index| self.menus.get_mut(index)) else { continue };
            menu.is_highlighted = true;
            let path = step.path.text_or_empty();
            let mut next = None;
            if let Some(exit) = menu.exits.iter_mut().find(|exit| exit.is_at(path)) {
                exit.is_highlighted = true;
                next = exit.destination.menu_index();
            }
            // A group in which the call ends is in no step.
            if let Some(next) = next.and_then(|next| self.menus.get_mut(next)) {
                next.is_highlighted = true;
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
        let mut has_predecessor = vec![false; self.menus.len()];
        for (index, menu) in self.menus.iter().enumerate() {
            for target in menu.exits.iter().filter_map(|exit| exit.destination.menu_index()) {
                if let Some(has_predecessor) = has_predecessor.get_mut(target).filter(|_| target != index) {
                    *has_predecessor = true;
                }
            }
        }
        let mut is_reached = vec![false; self.menus.len()];
        let mut open = Vec::new();
        for round in 0..3 {
            for (root, menu) in self.menus.iter().enumerate() {
                let is_wanted = match round {
                    0 => menu.is_start,
                    1 => has_predecessor.get(root) == Some(&false),
                    _ => true,
                };
                if !is_wanted || is_reached.get(root) == Some(&true) {
                    continue;
                }
                self.roots.push(root);
                open.push(root);
                while let Some(index) = open.pop() {
                    let reached = is_reached.get_mut(index).filter(|is_reached| !**is_reached);
                    if let (Some(is_reached), Some(menu)) = (reached, self.menus.get(index)) {
                        *is_reached = true;
                        open.extend(menu.exits.iter().filter_map(|exit| exit.destination.menu_index()));
                    }
                }
            }
        }
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

/// Builds the menu of a script or group, with only the exits to the node `only` if it is set.
fn build_menu<'t>(
    graph: &Graph<'_, 't>,
    node: usize,
    only: Option<usize>,
    menu_index: impl Fn(usize) -> Option<usize>,
    starts: &[Value<'t>],
) -> Menu<'t> {
    let script = graph.script(node);
    let id = script.map(|script| script._id).or(graph.group(node).map(|group| group._id)).unwrap_or_default();
    let mut menu = Menu {
        group: graph.group_position(node),
        id: id.text_or_empty(),
        name: graph.display_name(node),
        number: script.map_or("", |script| script.script_number.text_or_empty()),
        marks: Marks::default(),
        is_highlighted: false,
        is_start: script.is_some() && id != Value::Absent && starts.contains(&id),
        exits: Vec::new(),
    };
    let mut hangs_up = only.is_none() && script.is_some();
    for edge in graph.edges(node) {
        hangs_up &= edge.source != Source::Fallback;
        if only.is_some() && edge.target.node() != only {
            continue;
        }
        let Some(destination) = destination(graph, edge, &menu_index) else { continue };
        let key = match edge.source {
            Source::Key(key) => script.and_then(|script| script.scripts.items.get(key)),
            Source::Fallback | Source::Overflow => None,
        };
        menu.add_exit(destination, edge.source, key.map(|key| key.ivr.text_or_empty()));
    }
    if hangs_up {
        menu.add_exit(Destination::HangUp, Source::Fallback, None);
    }
    menu
}

fn destination<'t>(
    graph: &Graph<'_, 't>,
    edge: &Edge<'t>,
    menu_index: impl Fn(usize) -> Option<usize>,
) -> Option<Destination<'t>> {
    Some(match edge.target {
        Target::Node(node) => match menu_index(node) {
            Some(menu) => Destination::Menu(menu),
            None => Destination::Group(graph.group_position(node)?),
        },
        Target::Recording { id, exists: true } => {
            let name = graph.index().greeting(id).map(|greeting| greeting.greeting_name.text_or_empty());
            Destination::Recording { id, name: name.filter(|name| !name.is_empty()).unwrap_or(id) }
        }
        Target::Recording { id, exists: false } => Destination::Unknown { id, other_type: None },
        Target::Unknown { id, other_type } => Destination::Unknown { id, other_type },
    })
}

/// Returns the nodes to show. Without a focus: all scripts, and the groups with an overflow that something leads to, or
/// that lead to a script. With a focus: the scripts, and groups with an overflow, that can be reached from there; and those
/// that lead to it, which have the focus as the second value, because only their edges to it are shown.
fn shown_nodes(graph: &Graph<'_, '_>, focus: Option<usize>) -> Vec<(usize, Option<usize>)> {
    let targets = |node: usize| graph.edges(node).iter().filter_map(|edge| edge.target.node());
    // Without a focus: what something leads to. With one: what can be reached from there.
    let mut is_reached = vec![false; graph.node_count()];
    let mut open = Vec::new();
    match focus {
        Some(focus) => open.push(focus),
        None => (0..graph.node_count()).for_each(|node| open.extend(targets(node))),
    }
    while let Some(node) = open.pop() {
        if let Some(is_reached) = is_reached.get_mut(node).filter(|is_reached| !**is_reached) {
            *is_reached = true;
            open.extend(targets(node));
        }
    }
    let mut shown = Vec::new();
    for node in 0..graph.node_count() {
        let is_script = graph.script(node).is_some();
        let is_inside = is_reached.get(node) == Some(&true);
        let leads_to = |is_wanted: &dyn Fn(usize) -> bool| targets(node).any(is_wanted);
        let only = match focus {
            _ if !is_script && graph.edges(node).is_empty() => continue,
            None if is_script || is_inside || leads_to(&|to| graph.script(to).is_some()) => None,
            Some(_) if is_inside => None,
            Some(focus) if leads_to(&|to| to == focus) => Some(focus),
            _ => continue,
        };
        shown.push((node, only));
    }
    shown
}

//! What a diagram shows: menus, their exits, what is wrong with them, and the way of a call.

use std::collections::VecDeque;

use crate::ivr::diagram::{FoundIssue, Options, template::Words};
use crate::ivr::graph::{Edge, Graph, Target};
use omicall_issues::Severity;
use omicall_schema::draft::Value;

/// A diagram before it is written.
#[derive(Debug)]
pub struct View<'t> {
    /// The words in the language of the tenant.
    pub words: &'static Words,
    /// The scripts in view.
    pub menus: Vec<Menu<'t>>,
    /// Groups, by the index that exits name.
    pub groups: &'t [crate::tenant::drafts::GroupDraft<'t>],
    /// Which menus nothing leads to from before, so that a drawing begins with them; together they lead to all.
    pub roots: Vec<usize>,
}

/// A script in view.
#[derive(Debug)]
pub struct Menu<'t> {
    /// Its `_id`.
    pub id: &'t str,
    /// What it is called.
    pub name: &'t str,
    /// Its number.
    pub number: &'t str,
    /// Errors and warnings.
    pub marks: Marks<'t>,
    /// Whether the call came here.
    pub played: bool,
    /// Whether hotlines lead here.
    pub is_start: bool,
    /// Where callers go from here.
    pub exits: Vec<Exit<'t>>,
}

/// Where callers go from a script; keys with the same destination are one exit.
#[derive(Debug)]
pub struct Exit<'t> {
    /// Where to.
    pub to: To<'t>,
    /// The keys; none for what happens to those who press nothing.
    pub keys: Vec<&'t str>,
    /// The index of each key; nothing for the fallback.
    from: Vec<Option<usize>>,
    /// Errors and warnings.
    pub marks: Marks<'t>,
    /// Whether the call went here.
    pub played: bool,
}

/// Where an exit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<'t> {
    /// To the menu with this index.
    Menu(usize),
    /// To the group with this index.
    Group(usize),
    /// To an id that nobody knows.
    Unknown(&'t str),
    /// Nowhere: the system hangs up.
    HangUp,
}

/// Errors and warnings of one thing, the worst one first.
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

    /// How bad the worst is.
    pub fn worst(&self) -> Option<Severity> {
        self.0.first().map(|(severity, _)| *severity)
    }

    /// What they say.
    pub fn messages(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|(_, message)| *message)
    }
}

impl<'t> Menu<'t> {
    fn add_exit(&mut self, to: To<'t>, key: Option<(usize, &'t str)>) {
        let known = |exit: &&mut Exit<'t>| exit.to == to && key.is_some() && !exit.keys.is_empty();
        let (index, pressed) = key.unzip();
        if let Some(exit) = self.exits.iter_mut().find(known) {
            exit.from.push(index);
            exit.keys.extend(pressed);
            return;
        }
        let keys = pressed.into_iter().collect();
        self.exits.push(Exit { to, keys, from: vec![index], marks: Marks::default(), played: false });
    }

    /// The exit of the thing at `path`, which begins at the script.
    fn exit_at(&mut self, path: &str) -> Option<&mut Exit<'t>> {
        let key = match path.strip_prefix("/scripts/") {
            Some(rest) => Some(rest.split('/').next()?.parse().ok()?),
            None if path.starts_with("/action") => None,
            None => return None,
        };
        self.exits.iter_mut().find(|exit| exit.from.contains(&key))
    }
}

impl<'t> View<'t> {
    /// What there is to show.
    pub fn of(graph: &Graph<'_, 't>, options: &Options<'t>, focus: Option<usize>) -> Self {
        let context = graph.context();
        let shown = shown(graph, focus);
        let mut places = vec![None; graph.count()];
        for (at, (node, _)) in shown.iter().enumerate() {
            if let Some(place) = places.get_mut(*node) {
                *place = Some(at);
            }
        }
        let place = |node: usize| places.get(node).copied().flatten();
        let starts = &context.startScripts.items;
        let menus =
            shown.iter().filter_map(|(node, only)| menu(graph, *node, *only, place, starts)).collect();
        let words = Words::in_language(context.language());
        let mut view = View { words, menus, groups: &context.groups.items, roots: Vec::new() };
        view.mark(&options.report.issues.items, place);
        view.play(graph, options, place);
        view.find_roots();
        view
    }

    /// Puts errors and warnings where they are.
    fn mark(&mut self, issues: &[FoundIssue<'t>], place: impl Fn(usize) -> Option<usize>) {
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
            let Some(menu) = script.and_then(&place).and_then(|node| self.menus.get_mut(node)) else {
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

    /// Highlights the way of a call.
    fn play(&mut self, graph: &Graph<'_, 't>, options: &Options<'t>, place: impl Fn(usize) -> Option<usize>) {
        let call = &options.simulation;
        let mut last = None;
        for step in &call.steps.items {
            let node = step.script.text().and_then(|id| graph.number_of(id)).and_then(&place);
            last = node;
            let Some(menu) = node.and_then(|node| self.menus.get_mut(node)) else { continue };
            menu.played = true;
            if let Some(exit) = step.path.text().and_then(|path| menu.exit_at(path)) {
                exit.played = true;
            }
        }
        if call.ending.kind == Value::Text("hangup") {
            let menu = last.and_then(|last| self.menus.get_mut(last));
            let exit = menu.and_then(|menu| menu.exits.iter_mut().find(|exit| exit.to == To::HangUp));
            if let Some(exit) = exit {
                exit.played = true;
            }
        }
    }

    /// Hotlines' scripts first, then those that nothing leads to, then one of each loop that is left.
    fn find_roots(&mut self) {
        let menus = &self.menus;
        let led_to =
            |menu: &Menu<'t>| menu.exits.iter().filter_map(|exit| exit.to.menu()).collect::<Vec<_>>();
        let mut entered = vec![false; menus.len()];
        for (at, menu) in menus.iter().enumerate() {
            for inner in led_to(menu).into_iter().filter(|inner| *inner != at) {
                if let Some(entered) = entered.get_mut(inner) {
                    *entered = true;
                }
            }
        }
        let first = (0..menus.len()).filter(|at| menus.get(*at).is_some_and(|menu| menu.is_start));
        let second = (0..menus.len()).filter(|at| entered.get(*at) == Some(&false));
        let mut reached = vec![false; menus.len()];
        let mut roots = Vec::new();
        for root in first.chain(second).chain(0..menus.len()) {
            if reached.get(root) == Some(&true) {
                continue;
            }
            roots.push(root);
            let mut open = vec![root];
            while let Some(at) = open.pop() {
                if let Some(reached) = reached.get_mut(at).filter(|reached| !**reached) {
                    *reached = true;
                    open.extend(menus.get(at).map(led_to).unwrap_or_default());
                }
            }
        }
        self.roots = roots;
    }
}

impl To<'_> {
    /// The menu that it leads to.
    pub fn menu(self) -> Option<usize> {
        match self {
            To::Menu(menu) => Some(menu),
            _ => None,
        }
    }
}

fn menu<'t>(
    graph: &Graph<'_, 't>,
    node: usize,
    only: Option<usize>,
    place: impl Fn(usize) -> Option<usize>,
    starts: &[Value<'t>],
) -> Option<Menu<'t>> {
    let script = graph.script(node)?;
    let mut menu = Menu {
        id: script._id.text_or_empty(),
        name: graph.name(node),
        number: script.script_number.text_or_empty(),
        marks: Marks::default(),
        played: false,
        is_start: script._id != Value::Absent && starts.contains(&script._id),
        exits: Vec::new(),
    };
    let mut hangs_up = only.is_none();
    for way in graph.ways(node) {
        let to = match way.target {
            Target::Script(script) if only.is_some_and(|only| only != script) => continue,
            Target::Script(script) => To::Menu(place(script)?),
            _ if only.is_some() => continue,
            Target::Group(group) => To::Group(group),
            Target::Unknown { id, .. } => To::Unknown(id),
        };
        let pressed = |key: usize| script.scripts.items.get(key).map_or("", |key| key.ivr.text_or_empty());
        menu.add_exit(to, way.key.map(|key| (key, pressed(key))));
        hangs_up &= way.key.is_some();
    }
    if hangs_up {
        menu.add_exit(To::HangUp, None);
    }
    Some(menu)
}

/// Which scripts are shown, and of which of them only the ways to one script: those that lead to the focus.
fn shown(graph: &Graph<'_, '_>, focus: Option<usize>) -> Vec<(usize, Option<usize>)> {
    let all = (0..graph.count()).filter(|node| graph.script(*node).is_some());
    let Some(focus) = focus else { return all.map(|node| (node, None)).collect() };
    let mut inside = vec![false; graph.count()];
    let mut queue = VecDeque::from([focus]);
    while let Some(node) = queue.pop_front() {
        if let Some(inside) = inside.get_mut(node).filter(|inside| !**inside) {
            *inside = true;
            queue.extend(graph.ways(node).iter().filter_map(target));
        }
    }
    let is_inside = |node: usize| inside.get(node) == Some(&true);
    all.filter_map(|node| {
        let leads = || graph.ways(node).iter().any(|way| target(way) == Some(focus));
        if is_inside(node) { Some((node, None)) } else { leads().then_some((node, Some(focus))) }
    })
    .collect()
}

/// The script that a way shows: a key that nobody can press is in the picture too.
fn target(way: &Edge<'_>) -> Option<usize> {
    match way.target {
        Target::Script(script) => Some(script),
        _ => None,
    }
}

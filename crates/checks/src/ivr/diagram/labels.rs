//! The content of the boxes of an SVG: what they show, and its text.

use omicall_issues::Severity;
use omicall_schema::compact::{join, usize_to_string};

use crate::ivr::diagram::{
    model::{Destination, Diagram, Exit, Marks, Menu},
    truncate::truncate,
};

/// The maximum width of a line of text, in pixels.
const WIDTH: usize = 204;

/// How much narrower bold text has to be cut, in pixels.
const BOLD_MARGIN: usize = 16;

/// The maximum width of a name or message in a tooltip, in pixels.
const MAX_TOOLTIP_WIDTH: usize = 3_000;

/// What a box shows.
#[derive(Debug, Clone, Copy)]
pub enum BoxContent<'v, 't> {
    /// A script.
    Menu(&'v Menu<'t>),
    /// The name of a script that is drawn elsewhere.
    Reference(&'v Menu<'t>),
    /// A destination that is not a script.
    Other(Destination<'t>),
}

/// A line of text.
#[derive(Debug)]
pub struct Label {
    /// The CSS class.
    pub class: &'static str,
    /// The text, truncated.
    pub text: String,
}

/// Returns the lines of text in a box. `exit` leads to it; `None` for a root.
pub fn box_labels(diagram: &Diagram<'_>, content: BoxContent<'_, '_>, exit: Option<&Exit<'_>>) -> Vec<Label> {
    let texts = diagram.texts;
    let mut labels = Vec::new();
    let mut add = |class, text: &str| {
        let width = if class == "b" { WIDTH - BOLD_MARGIN } else { WIDTH };
        labels.push(Label { class, text: truncate(text, width) });
    };
    match content {
        BoxContent::Menu(menu) => {
            add("b", &if menu.is_start { ["▶ ", menu.name].concat() } else { menu.name.into() });
            let number = [menu.number].into_iter().filter(|number| !number.is_empty());
            let small = join(&mut number.chain(menu.is_start.then_some(texts.start)), " · ");
            if !small.is_empty() {
                add("s", &small);
            }
        }
        BoxContent::Reference(menu) => add("", &["↪ ", texts.go_to, " ", menu.name].concat()),
        BoxContent::Other(Destination::Group(group)) => {
            let Some(group) = diagram.groups.get(group) else { return labels };
            add("b", &["☎ ", group.group_name.text_or_empty()].concat());
            let members = group.members.items.len().max(group.sip_members.items.len());
            add("s", &[texts.members, " ", &usize_to_string(members)].concat());
        }
        BoxContent::Other(Destination::Unknown(id)) => add("", &["? ", texts.unknown, " ", id].concat()),
        BoxContent::Other(Destination::HangUp | Destination::Menu(_)) => {
            add("", &["✕ ", texts.hang_up].concat())
        }
    }
    let own_marks = match content {
        BoxContent::Menu(menu) => Some(&menu.marks),
        _ => None,
    };
    for marks in own_marks.into_iter().chain(exit.map(|exit| &exit.marks)) {
        if let Some((class, sign)) = sign(marks) {
            let message = marks.messages().next().unwrap_or_default();
            add(class, &[sign, " ", message].concat());
        }
    }
    labels
}

/// Returns the CSS class and the sign of the worst mark; `None` if there are no errors and warnings.
pub fn sign(marks: &Marks<'_>) -> Option<(&'static str, &'static str)> {
    match marks.worst_severity()? {
        Severity::Error => Some(("et", "✖")),
        Severity::Warning => Some(("wt", "⚠")),
        Severity::Hint => None,
    }
}

/// Returns the tooltip of a box: its name and all its messages, each of which may be long.
pub fn tooltip(diagram: &Diagram<'_>, content: BoxContent<'_, '_>, exit: Option<&Exit<'_>>) -> String {
    let (name, own_marks) = match content {
        BoxContent::Menu(menu) => (menu.name, Some(&menu.marks)),
        BoxContent::Reference(menu) => (menu.name, None),
        BoxContent::Other(Destination::Group(group)) => {
            (diagram.groups.get(group).map_or("", |group| group.group_name.text_or_empty()), None)
        }
        BoxContent::Other(Destination::Unknown(id)) => (id, None),
        BoxContent::Other(_) => (diagram.texts.hang_up, None),
    };
    let mut text = truncate(name, MAX_TOOLTIP_WIDTH);
    for marks in own_marks.into_iter().chain(exit.map(|exit| &exit.marks)) {
        let word = match marks.worst_severity() {
            Some(Severity::Error) => diagram.texts.error,
            _ => diagram.texts.warning,
        };
        for message in marks.messages() {
            [" · ", word, ": ", &truncate(message, MAX_TOOLTIP_WIDTH)]
                .iter()
                .for_each(|part| text.push_str(part));
        }
    }
    text
}

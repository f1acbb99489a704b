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
    /// A script, or a group with its overflow.
    Menu(&'v Menu<'t>),
    /// The name of a script or group that is drawn elsewhere.
    Reference(&'v Menu<'t>),
    /// A destination that leads nowhere else.
    Other(Destination<'t>),
}

impl BoxContent<'_, '_> {
    /// Returns the index of the group that is drawn here; `None` if it is not a group.
    pub fn group(self) -> Option<usize> {
        match self {
            BoxContent::Menu(menu) => menu.group,
            BoxContent::Other(Destination::Group(group)) => Some(group),
            BoxContent::Reference(_) | BoxContent::Other(_) => None,
        }
    }

    /// Returns the errors and warnings of the script or group itself; `None` if it is neither.
    pub fn own_marks<'s>(&'s self, diagram: &'s Diagram<'_>) -> Option<&'s Marks<'s>> {
        match (self, self.group()) {
            (_, Some(group)) => diagram.group_marks.get(group),
            (BoxContent::Menu(menu), None) => Some(&menu.marks),
            _ => None,
        }
    }
}

/// A line of text.
#[derive(Debug)]
pub struct Label {
    /// How it looks.
    pub style: TextStyle,
    /// The text, truncated.
    pub text: String,
}

/// How a text looks: the attributes of its SVG element, each after a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextStyle(pub &'static str);

impl TextStyle {
    /// Ordinary text.
    pub const PLAIN: TextStyle = TextStyle("");
    /// The name of a script or group.
    pub const BOLD: TextStyle = TextStyle(" font-weight=\"600\"");
    /// What is written below the name.
    pub const SMALL: TextStyle = TextStyle(" font-size=\"11\"");
    /// An error. The colours are mixed with the text colour around the picture, so they can be read on light and on dark
    /// pages; browsers that cannot mix them show the text colour.
    pub const ERROR: TextStyle = TextStyle(" fill=\"color-mix(in srgb,#f22 75%,currentColor)\"");
    /// A warning.
    pub const WARNING: TextStyle = TextStyle(" fill=\"color-mix(in srgb,#d80 70%,currentColor)\"");
    /// The keys of the path of the call.
    pub const PLAYED: TextStyle = TextStyle(" fill=\"color-mix(in srgb,#17f 75%,currentColor)\"");
}

/// Returns the lines of text in a box. `exit` leads to it; `None` for a root.
pub fn box_labels(diagram: &Diagram<'_>, content: BoxContent<'_, '_>, exit: Option<&Exit<'_>>) -> Vec<Label> {
    let texts = diagram.texts;
    let mut labels = Vec::new();
    let mut add = |style, text: &str| {
        let width = if style == TextStyle::BOLD { WIDTH - BOLD_MARGIN } else { WIDTH };
        labels.push(Label { style, text: truncate(text, width) });
    };
    match content {
        _ if let Some(group) = content.group().and_then(|group| diagram.groups.get(group)) => {
            add(TextStyle::BOLD, &["☎ ", group.group_name.text_or_empty()].concat());
            let members = group.members.items.len().max(group.sip_members.items.len());
            add(TextStyle::SMALL, &[texts.members, " ", &usize_to_string(members)].concat());
        }
        BoxContent::Menu(menu) => {
            add(TextStyle::BOLD, &if menu.is_start { ["▶ ", menu.name].concat() } else { menu.name.into() });
            let number = [menu.number].into_iter().filter(|number| !number.is_empty());
            let small = join(&mut number.chain(menu.is_start.then_some(texts.start)), " · ");
            if !small.is_empty() {
                add(TextStyle::SMALL, &small);
            }
        }
        BoxContent::Reference(menu) => {
            let sign = if menu.group.is_some() { " ☎ " } else { " " };
            add(TextStyle::PLAIN, &["↪ ", texts.go_to, sign, menu.name].concat());
        }
        BoxContent::Other(Destination::Recording { name, .. }) => {
            add(TextStyle::PLAIN, &["♪ ", name].concat());
        }
        BoxContent::Other(Destination::Unknown { id, other_type }) => {
            add(TextStyle::PLAIN, &["? ", other_type.unwrap_or(texts.unknown), " ", id].concat());
        }
        BoxContent::Other(_) => add(TextStyle::PLAIN, &["✕ ", texts.hang_up].concat()),
    }
    for marks in content.own_marks(diagram).into_iter().chain(exit.map(|exit| &exit.marks)) {
        if let Some((style, sign)) = sign(marks) {
            let message = marks.messages().next().unwrap_or_default();
            add(style, &[sign, " ", message].concat());
        }
    }
    labels
}

/// Returns the style and the sign of the worst mark; `None` if there are no errors and warnings.
pub fn sign(marks: &Marks<'_>) -> Option<(TextStyle, &'static str)> {
    match marks.worst_severity()? {
        Severity::Error => Some((TextStyle::ERROR, "✖")),
        Severity::Warning => Some((TextStyle::WARNING, "⚠")),
        Severity::Hint => None,
    }
}

/// Returns the tooltip of a box: its name and all its messages, each of which may be long.
pub fn tooltip(diagram: &Diagram<'_>, content: BoxContent<'_, '_>, exit: Option<&Exit<'_>>) -> String {
    let name = match content {
        BoxContent::Menu(menu) | BoxContent::Reference(menu) => menu.name,
        BoxContent::Other(Destination::Group(group)) => {
            diagram.groups.get(group).map_or("", |group| group.group_name.text_or_empty())
        }
        BoxContent::Other(Destination::Recording { name, .. }) => name,
        BoxContent::Other(Destination::Unknown { id, .. }) => id,
        BoxContent::Other(_) => diagram.texts.hang_up,
    };
    let mut text = truncate(name, MAX_TOOLTIP_WIDTH);
    for marks in content.own_marks(diagram).into_iter().chain(exit.map(|exit| &exit.marks)) {
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

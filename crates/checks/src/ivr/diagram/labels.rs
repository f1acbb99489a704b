//! What stands in the boxes of an SVG.

use crate::ivr::diagram::{
    layout::Shows,
    model::{Exit, Marks, To, View},
    template::cut,
};
use omicall_issues::Severity;
use omicall_schema::compact::usize_to_string;

/// How wide text in a box may be, in pixels.
const WIDTH: usize = 204;

/// How much less of it is bold.
const BOLD: usize = 16;

/// One line of text.
#[derive(Debug)]
pub struct Label {
    /// How it looks, a class of the picture's style.
    pub class: &'static str,
    /// The text, cut.
    pub text: String,
}

/// The lines in a box that hangs on `exit`.
pub fn of(view: &View<'_>, shows: Shows<'_, '_>, exit: Option<&Exit<'_>>) -> Vec<Label> {
    let words = view.words;
    let mut labels = Vec::new();
    let mut add = |class, text: &str| {
        let width = if class == "b" { WIDTH - BOLD } else { WIDTH };
        labels.push(Label { class, text: cut(text, width) });
    };
    match shows {
        Shows::Menu(menu) => {
            add("b", &if menu.is_start { ["▶ ", menu.name].concat() } else { menu.name.into() });
            let number = [menu.number].into_iter().filter(|number| !number.is_empty());
            let small = number.chain(menu.is_start.then_some(words.start)).collect::<Vec<_>>().join(" · ");
            if !small.is_empty() {
                add("s", &small);
            }
        }
        Shows::Reference(menu) => add("", &["↪ ", words.go_to, " ", menu.name].concat()),
        Shows::Other(To::Group(group)) => {
            let Some(group) = view.groups.get(group) else { return labels };
            add("b", &["☎ ", group.group_name.text_or_empty()].concat());
            let members = group.members.items.len().max(group.sip_members.items.len());
            add("s", &[words.members, " ", &usize_to_string(members)].concat());
        }
        Shows::Other(To::Unknown(id)) => add("", &["? ", words.unknown, " ", id].concat()),
        Shows::Other(To::HangUp | To::Menu(_)) => add("", &["✕ ", words.hang_up].concat()),
    }
    let own = match shows {
        Shows::Menu(menu) => Some(&menu.marks),
        _ => None,
    };
    for marks in own.into_iter().chain(exit.map(|exit| &exit.marks)) {
        if let Some((class, sign)) = sign(marks) {
            let message = marks.messages().next().unwrap_or_default();
            add(class, &[sign, " ", message].concat());
        }
    }
    labels
}

/// The class and the sign of the worst mark.
pub fn sign(marks: &Marks<'_>) -> Option<(&'static str, &'static str)> {
    match marks.worst()? {
        Severity::Error => Some(("et", "✖")),
        Severity::Warning => Some(("wt", "⚠")),
        Severity::Hint => None,
    }
}

/// All that is to be read about a box where text is cut: in full, but within reason.
pub fn full(view: &View<'_>, shows: Shows<'_, '_>, exit: Option<&Exit<'_>>) -> String {
    let (name, own) = match shows {
        Shows::Menu(menu) => (menu.name, Some(&menu.marks)),
        Shows::Reference(menu) => (menu.name, None),
        Shows::Other(To::Group(group)) => {
            (view.groups.get(group).map_or("", |group| group.group_name.text_or_empty()), None)
        }
        Shows::Other(To::Unknown(id)) => (id, None),
        Shows::Other(_) => (view.words.hang_up, None),
    };
    let mut full = cut(name, 3_000);
    for marks in own.into_iter().chain(exit.map(|exit| &exit.marks)) {
        let word = match marks.worst() {
            Some(Severity::Error) => view.words.error,
            _ => view.words.warning,
        };
        for message in marks.messages() {
            [" · ", word, ": ", &cut(message, 3_000)].iter().for_each(|part| full.push_str(part));
        }
    }
    full
}

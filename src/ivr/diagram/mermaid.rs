//! A diagram in Mermaid's language.

use super::{
    text::cut,
    view::{Marks, To, View},
};
use crate::validate::Severity;

/// How wide a name may be, in pixels.
const WIDTH: usize = 260;

/// Writes the diagram.
pub fn write(view: &View<'_, '_>) -> String {
    let words = view.words;
    let mut out = Mermaid { text: String::new(), lines: 0, styled: [const { Vec::new() }; 3] };
    out.push(&["flowchart LR\naccTitle: ", words.title, "\n"]);
    for (at, menu) in view.menus.iter().enumerate() {
        let start = if menu.is_start { ["▶ ", words.start, ": "].concat() } else { String::new() };
        let number =
            if menu.number.is_empty() { String::new() } else { ["<br/>", &text(menu.number)].concat() };
        out.push(&[
            "s",
            &at.to_string(),
            "[\"",
            &start,
            &text(menu.name),
            &number,
            &marks(view, &menu.marks),
        ]);
        out.push(&["\"]:::", class(&menu.marks, "script", menu.played), "\n"]);
    }
    let mut drawn = vec![false; view.groups.len()];
    for (at, menu) in view.menus.iter().enumerate() {
        for (number, exit) in menu.exits.iter().enumerate() {
            let own = [&at.to_string(), "_", &number.to_string()].concat();
            let to = match exit.to {
                To::Menu(menu) => ["s", &menu.to_string()].concat(),
                To::Group(group) => {
                    if let Some(drawn) = drawn.get_mut(group).filter(|drawn| !**drawn) {
                        *drawn = true;
                        let name =
                            view.groups.get(group).map_or("", |group| group.group_name.text_or_empty());
                        out.push(&["g", &group.to_string(), "([\"☎ ", &text(name), "\"]):::group\n"]);
                    }
                    ["g", &group.to_string()].concat()
                }
                To::Unknown(id) => {
                    out.push(&["u", &own, "{{\"", words.unknown, " ", &text(id), "\"}}:::unknown\n"]);
                    ["u", &own].concat()
                }
                To::HangUp => {
                    out.push(&["h", &own, "((\"", words.hang_up, "\")):::hangup\n"]);
                    ["h", &own].concat()
                }
            };
            let keys = exit.keys.iter().map(|key| text(key)).collect::<Vec<_>>().join(", ");
            let (begin, keys, end) = if exit.keys.is_empty() {
                (" -. \"", words.no_key, "\" .-> ")
            } else {
                (" -- \"", keys.as_str(), "\" --> ")
            };
            out.push(&["s", &at.to_string(), begin, keys, &marks(view, &exit.marks), end, &to, "\n"]);
            out.line(exit.played, exit.marks.worst());
        }
    }
    out.end()
}

struct Mermaid {
    text: String,
    /// How many lines there are; Mermaid styles them by number.
    lines: usize,
    /// The numbers of lines with errors, with warnings, and of the call.
    styled: [Vec<String>; 3],
}

const LINE_STYLES: [&str; 3] =
    ["stroke:#c62828,stroke-width:2px", "stroke:#b26a00,stroke-width:2px", "stroke:#1565c0,stroke-width:4px"];

const CLASSES: &str = "classDef group stroke:#2e7d32
classDef hangup stroke:#757575,stroke-dasharray:3 3
classDef unknown stroke:#c62828,stroke-dasharray:6 3
classDef error stroke:#c62828,stroke-width:3px
classDef warning stroke:#b26a00,stroke-width:3px
classDef played stroke:#1565c0,stroke-width:4px
";

impl Mermaid {
    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    fn line(&mut self, played: bool, worst: Option<Severity>) {
        let style = match worst {
            _ if played => Some(2),
            Some(Severity::Error) => Some(0),
            Some(Severity::Warning) => Some(1),
            _ => None,
        };
        if let Some(style) = style.and_then(|style: usize| self.styled.get_mut(style)) {
            style.push(self.lines.to_string());
        }
        self.lines = self.lines.saturating_add(1);
    }

    fn end(mut self) -> String {
        self.text.push_str(CLASSES);
        for (lines, style) in self.styled.iter().zip(LINE_STYLES) {
            if !lines.is_empty() {
                ["linkStyle ", &lines.join(","), " ", style, "\n"]
                    .iter()
                    .for_each(|part| self.text.push_str(part));
            }
        }
        self.text
    }
}

fn class(marks: &Marks<'_>, usual: &'static str, played: bool) -> &'static str {
    match marks.worst() {
        _ if played => "played",
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ => usual,
    }
}

/// The worst mark in words.
fn marks(view: &View<'_, '_>, marks: &Marks<'_>) -> String {
    let message = marks.messages().next().map(text).unwrap_or_default();
    match marks.worst() {
        Some(Severity::Error) => ["<br/>✖ ", view.words.error, "#58; ", &message].concat(),
        Some(Severity::Warning) => ["<br/>⚠ ", view.words.warning, "#58; ", &message].concat(),
        _ => String::new(),
    }
}

/// A name as text that Mermaid cannot take for anything else: of ASCII, only letters, digits and spaces stay as they are.
fn text(name: &str) -> String {
    let mut out = String::new();
    for c in cut(name, WIDTH).chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
            ["#", &u32::from(c).to_string(), ";"].iter().for_each(|part| out.push_str(part));
        } else {
            out.push(c);
        }
    }
    out
}

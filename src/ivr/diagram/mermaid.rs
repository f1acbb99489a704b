//! A diagram in Mermaid's language.

use std::fmt::{self, Write};

use super::{
    text::cut,
    view::{Marks, To, View},
};
use crate::validate::Severity;

/// How wide a name may be, in pixels.
const WIDTH: usize = 260;

/// Writes the diagram.
pub fn write(view: &View<'_>) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = flowchart(&mut out, view);
    out
}

fn flowchart(out: &mut String, view: &View<'_>) -> fmt::Result {
    let words = view.words;
    writeln!(out, "flowchart LR\naccTitle: {}", words.title)?;
    for (at, menu) in view.menus.iter().enumerate() {
        let (sign, start) = if menu.is_start { ("▶ ", words.start) } else { ("", "") };
        let (name, number, class) = (Text(menu.name), Text(menu.number), class(&menu.marks, menu.played));
        let (end, marks) = (
            if menu.number.is_empty() { "" } else { "<br/>" },
            Said { view, marks: &menu.marks, in_full: true },
        );
        let space = if menu.is_start { " " } else { "" };
        writeln!(out, "s{at}[\"{sign}{start}{space}{name}{end}{number}{marks}\"]:::{class}")?;
    }
    let mut drawn = vec![false; view.groups.len()];
    // Mermaid styles lines by number: those with errors, with warnings, and of the call.
    let mut styled = [const { String::new() }; 3];
    let exits =
        view.menus.iter().enumerate().flat_map(|(at, menu)| menu.exits.iter().map(move |exit| (at, exit)));
    for (line, (at, exit)) in exits.enumerate() {
        let (to, number) = match exit.to {
            To::Menu(menu) => ("s", menu),
            To::Group(group) => {
                if let Some(drawn) = drawn.get_mut(group).filter(|drawn| !**drawn) {
                    *drawn = true;
                    let name = view.groups.get(group).map_or("", |group| group.group_name.text_or_empty());
                    writeln!(out, "g{group}([\"☎ {}\"]):::group", Text(name))?;
                }
                ("g", group)
            }
            To::Unknown(id) => {
                writeln!(out, "u{line}{{{{\"{} {}\"}}}}:::unknown", words.unknown, Text(id))?;
                ("u", line)
            }
            To::HangUp => {
                writeln!(out, "h{line}((\"{}\")):::hangup", words.hang_up)?;
                ("h", line)
            }
        };
        let marks = Said { view, marks: &exit.marks, in_full: false };
        if exit.keys.is_empty() {
            writeln!(out, "s{at} -. \"{}{marks}\" .-> {to}{number}", words.no_key)?;
        } else {
            writeln!(out, "s{at} -- \"{}{marks}\" --> {to}{number}", Text(&exit.keys.join(", ")))?;
        }
        let style = match exit.marks.worst() {
            _ if exit.played => 2,
            Some(Severity::Error) => 0,
            Some(Severity::Warning) => 1,
            _ => continue,
        };
        if let Some(lines) = styled.get_mut(style) {
            write!(lines, "{}{line}", if lines.is_empty() { "" } else { "," })?;
        }
    }
    out.write_str(CLASSES)?;
    for (lines, style) in styled.iter().zip(LINE_STYLES) {
        if !lines.is_empty() {
            writeln!(out, "linkStyle {lines} {style}")?;
        }
    }
    Ok(())
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

fn class(marks: &Marks<'_>, played: bool) -> &'static str {
    match marks.worst() {
        _ if played => "played",
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ => "script",
    }
}

/// The worst mark in words; on a line, which has little room, without what it says.
struct Said<'a, 't> {
    view: &'a View<'t>,
    marks: &'a Marks<'t>,
    in_full: bool,
}

impl fmt::Display for Said<'_, '_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, word) = match self.marks.worst() {
            Some(Severity::Error) => ("✖", self.view.words.error),
            Some(Severity::Warning) => ("⚠", self.view.words.warning),
            _ => return Ok(()),
        };
        write!(out, "<br/>{sign} {word}")?;
        match self.marks.messages().next() {
            Some(message) if self.in_full => write!(out, "#58; {}", Text(message)),
            _ => Ok(()),
        }
    }
}

/// A name as text that Mermaid cannot take for anything else: of ASCII, only letters, digits and spaces stay as they are.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in cut(self.0, WIDTH).chars() {
            if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
                write!(out, "#{};", u32::from(c))?;
            } else {
                out.write_char(c)?;
            }
        }
        Ok(())
    }
}

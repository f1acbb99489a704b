//! A diagram in Mermaid's language.

use crate::ivr::diagram::{
    model::{Marks, To, View},
    template::{
        Part::{Name, Plain},
        Writer, number,
    },
};
use omicall_issues::Severity;
use omicall_schema::compact::usize_to_string;

/// How wide a name may be, in pixels.
const WIDTH: usize = 260;

/// Writes the diagram.
pub fn write(view: &View<'_>) -> String {
    let words = view.words;
    let mut out = Writer::new(escape);
    out.put("flowchart LR\naccTitle: $\n", &[Plain(words.title)]);
    for (at, menu) in view.menus.iter().enumerate() {
        let (sign, start) = if menu.is_start { ("▶ ", words.start) } else { ("", "") };
        let space = if menu.is_start { " " } else { "" };
        let end = if menu.number.is_empty() { "" } else { "<br/>" };
        let (name, number_of) = (Name(menu.name, WIDTH), Name(menu.number, WIDTH));
        let parts = [number(at), Plain(sign), Plain(start), Plain(space), name, Plain(end), number_of];
        out.put("s$[\"$$$$$$", &parts);
        say(&mut out, view, &menu.marks, true);
        out.put("\"]:::$\n", &[Plain(class(&menu.marks, menu.played))]);
    }
    let mut drawn = vec![false; view.groups.len()];
    // Mermaid styles lines by number: those with errors, with warnings, and of the call.
    let mut styled = [const { String::new() }; 3];
    let exits =
        view.menus.iter().enumerate().flat_map(|(at, menu)| menu.exits.iter().map(move |exit| (at, exit)));
    for (line, (at, exit)) in exits.enumerate() {
        let (to, place) = match exit.to {
            To::Menu(menu) => ("s", menu),
            To::Group(group) => {
                if let Some(drawn) = drawn.get_mut(group).filter(|drawn| !**drawn) {
                    *drawn = true;
                    let name = view.groups.get(group).map_or("", |group| group.group_name.text_or_empty());
                    out.put("g$([\"☎ $\"]):::group\n", &[number(group), Name(name, WIDTH)]);
                }
                ("g", group)
            }
            To::Unknown(id) => {
                let parts = [number(line), Plain(words.unknown), Name(id, WIDTH)];
                out.put("u${{\"$ $\"}}:::unknown\n", &parts);
                ("u", line)
            }
            To::HangUp => {
                out.put("h$((\"$\")):::hangup\n", &[number(line), Plain(words.hang_up)]);
                ("h", line)
            }
        };
        let keys = exit.keys.join(", ");
        let (begin, pressed, end) = match exit.keys.is_empty() {
            true => ("-.", Plain(words.no_key), ".->"),
            false => ("--", Name(&keys, WIDTH), "-->"),
        };
        out.put("s$ $ \"$", &[number(at), Plain(begin), pressed]);
        say(&mut out, view, &exit.marks, false);
        out.put("\" $ $$\n", &[Plain(end), Plain(to), number(place)]);
        let style = match exit.marks.worst() {
            _ if exit.played => 2,
            Some(Severity::Error) => 0,
            Some(Severity::Warning) => 1,
            _ => continue,
        };
        if let Some(lines) = styled.get_mut(style) {
            let comma = if lines.is_empty() { "" } else { "," };
            [comma, &usize_to_string(line)].iter().for_each(|part| lines.push_str(part));
        }
    }
    out.put(CLASSES, &[]);
    for (lines, style) in styled.iter().zip(LINE_STYLES) {
        if !lines.is_empty() {
            out.put("linkStyle $ $\n", &[Plain(lines), Plain(style)]);
        }
    }
    out.out
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
fn say(out: &mut Writer, view: &View<'_>, marks: &Marks<'_>, in_full: bool) {
    let (sign, word) = match marks.worst() {
        Some(Severity::Error) => ("✖", view.words.error),
        Some(Severity::Warning) => ("⚠", view.words.warning),
        _ => return,
    };
    out.put("<br/>$ $", &[Plain(sign), Plain(word)]);
    if let Some(message) = marks.messages().next().filter(|_| in_full) {
        out.put("#58; $", &[Name(message, WIDTH)]);
    }
}

/// A name as text that Mermaid cannot take for anything else: of ASCII, only letters, digits and spaces stay as they are.
fn escape(c: char, out: &mut String) {
    if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
        ["#", &usize_to_string(c as usize), ";"].iter().for_each(|part| out.push_str(part));
    } else {
        out.push(c);
    }
}

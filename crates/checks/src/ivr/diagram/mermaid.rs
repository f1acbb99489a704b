//! Writes a diagram in the language of Mermaid.

use omicall_issues::Severity;
use omicall_schema::compact::{join, usize_to_string};

use crate::ivr::diagram::{
    model::{Destination, Diagram, Marks},
    template::{
        Part::{self, Raw, Text},
        TemplateWriter,
    },
};

/// The maximum width of a name, in pixels.
const WIDTH: usize = 260;

/// Returns the diagram in the language of Mermaid.
pub fn write(diagram: &Diagram<'_>) -> String {
    let texts = diagram.texts;
    let mut out = TemplateWriter::new(escape);
    out.push("flowchart LR\naccTitle: $\n", &[Raw(texts.title)]);
    for (index, menu) in diagram.menus.iter().enumerate() {
        let (sign, start) = if menu.is_start { ("▶ ", texts.start) } else { ("", "") };
        let space = if menu.is_start { " " } else { "" };
        let line_break = if menu.number.is_empty() { "" } else { "<br/>" };
        let (name, number) = (Text(menu.name, WIDTH), Text(menu.number, WIDTH));
        let parts = [Part::index(index), Raw(sign), Raw(start), Raw(space), name, Raw(line_break), number];
        out.push("s$[\"$$$$$$", &parts);
        write_marks(&mut out, diagram, &menu.marks, true);
        out.push("\"]:::$\n", &[Raw(class(&menu.marks, menu.is_highlighted))]);
    }
    let mut drawn = vec![false; diagram.groups.len()];
    // Mermaid styles lines by number: lines with errors, lines with warnings, and the path of the call.
    let mut styled = [const { String::new() }; 3];
    let exits = diagram
        .menus
        .iter()
        .enumerate()
        .flat_map(|(index, menu)| menu.exits.iter().map(move |exit| (index, exit)));
    for (line, (menu_index, exit)) in exits.enumerate() {
        let (kind, id) = match exit.destination {
            Destination::Menu(menu) => ("s", menu),
            Destination::Group(group) => {
                if let Some(drawn) = drawn.get_mut(group).filter(|drawn| !**drawn) {
                    *drawn = true;
                    let name = diagram.groups.get(group).map_or("", |group| group.group_name.text_or_empty());
                    out.push("g$([\"☎ $\"]):::group\n", &[Part::index(group), Text(name, WIDTH)]);
                }
                ("g", group)
            }
            Destination::Unknown(id) => {
                let parts = [Part::index(line), Raw(texts.unknown), Text(id, WIDTH)];
                out.push("u${{\"$ $\"}}:::unknown\n", &parts);
                ("u", line)
            }
            Destination::HangUp => {
                out.push("h$((\"$\")):::hangup\n", &[Part::index(line), Raw(texts.hang_up)]);
                ("h", line)
            }
        };
        let keys = join(&mut exit.keys.iter().copied(), ", ");
        let (start, label, end) = match exit.keys.is_empty() {
            true => ("-.", Raw(texts.no_key), ".->"),
            false => ("--", Text(&keys, WIDTH), "-->"),
        };
        out.push("s$ $ \"$", &[Part::index(menu_index), Raw(start), label]);
        write_marks(&mut out, diagram, &exit.marks, false);
        out.push("\" $ $$\n", &[Raw(end), Raw(kind), Part::index(id)]);
        let style = match exit.marks.worst_severity() {
            _ if exit.is_highlighted => 2,
            Some(Severity::Error) => 0,
            Some(Severity::Warning) => 1,
            _ => continue,
        };
        if let Some(lines) = styled.get_mut(style) {
            let comma = if lines.is_empty() { "" } else { "," };
            [comma, &usize_to_string(line)].iter().for_each(|part| lines.push_str(part));
        }
    }
    out.push(CLASSES, &[]);
    for (lines, style) in styled.iter().zip(LINE_STYLES) {
        if !lines.is_empty() {
            out.push("linkStyle $ $\n", &[Raw(lines), Raw(style)]);
        }
    }
    out.text
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

fn class(marks: &Marks<'_>, is_highlighted: bool) -> &'static str {
    match marks.worst_severity() {
        _ if is_highlighted => "played",
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ => "script",
    }
}

/// Writes the worst mark: its sign and severity, and its message if `in_full`. Lines have no room for messages.
fn write_marks(out: &mut TemplateWriter, diagram: &Diagram<'_>, marks: &Marks<'_>, in_full: bool) {
    let (sign, word) = match marks.worst_severity() {
        Some(Severity::Error) => ("✖", diagram.texts.error),
        Some(Severity::Warning) => ("⚠", diagram.texts.warning),
        _ => return,
    };
    out.push("<br/>$ $", &[Raw(sign), Raw(word)]);
    if let Some(message) = marks.messages().next().filter(|_| in_full) {
        out.push("#58; $", &[Text(message, WIDTH)]);
    }
}

/// Writes a character so that Mermaid takes it as text: of ASCII, only letters, digits and spaces are written unescaped.
fn escape(c: char, out: &mut String) {
    if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
        ["#", &usize_to_string(c as usize), ";"].iter().for_each(|part| out.push_str(part));
    } else {
        out.push(c);
    }
}

//! Writes a diagram in the language of Mermaid.

use omicall_issues::Severity;
use omicall_schema::compact::usize_to_string;

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
        if let Some(group) = menu.group {
            write_group(&mut out, diagram, group, menu.is_highlighted);
            continue;
        }
        let (sign, start) = if menu.is_start { ("▶ ", texts.start) } else { ("", "") };
        let space = if menu.is_start { " " } else { "" };
        let line_break = if menu.number.is_empty() { "" } else { "<br/>" };
        let (name, number) = (Text(menu.name, WIDTH), Text(menu.number, WIDTH));
        let parts = [Part::index(index), Raw(sign), Raw(start), Raw(space), name, Raw(line_break), number];
        out.push("s$[\"$$$$$$", &parts);
        write_marks(&mut out, diagram, &menu.marks, true);
        out.push("\"]:::$\n", &[Raw(class(&menu.marks, menu.is_highlighted, "script"))]);
    }
    let node_of_menu = |index: usize| match diagram.menus.get(index).and_then(|menu| menu.group) {
        Some(group) => ("g", group),
        None => ("s", index),
    };
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
            Destination::Menu(menu) => node_of_menu(menu),
            Destination::Group(group) => {
                if let Some(drawn) = drawn.get_mut(group).filter(|drawn| !**drawn) {
                    *drawn = true;
                    write_group(&mut out, diagram, group, false);
                }
                ("g", group)
            }
            Destination::Recording { name, .. } => {
                out.push("r$>\"♪ $\"]:::recording\n", &[Part::index(line), Text(name, WIDTH)]);
                ("r", line)
            }
            Destination::Unknown { id, other_type } => {
                let (class, what) = match other_type {
                    Some(other_type) => ("recording", Text(other_type, WIDTH)),
                    None => ("unknown", Raw(texts.unknown)),
                };
                let parts = [Part::index(line), what, Text(id, WIDTH), Raw(class)];
                out.push("u${{\"$ $\"}}:::$\n", &parts);
                ("u", line)
            }
            Destination::HangUp => {
                out.push("h$((\"$\")):::hangup\n", &[Part::index(line), Raw(texts.hang_up)]);
                ("h", line)
            }
        };
        let (start, end) = if exit.keys.is_empty() { ("-.", ".->") } else { ("--", "-->") };
        let (from_kind, from) = node_of_menu(menu_index);
        let label = exit.label(texts);
        out.push("$$ $ \"$", &[Raw(from_kind), Part::index(from), Raw(start), Text(&label, WIDTH)]);
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

fn write_group(out: &mut TemplateWriter, diagram: &Diagram<'_>, group: usize, is_highlighted: bool) {
    let name = diagram.groups.get(group).map_or("", |group| group.group_name.text_or_empty());
    out.push("g$([\"☎ $", &[Part::index(group), Text(name, WIDTH)]);
    let Some(marks) = diagram.group_marks.get(group) else { return };
    write_marks(out, diagram, marks, true);
    out.push("\"]):::$\n", &[Raw(class(marks, is_highlighted, "group"))]);
}

const LINE_STYLES: [&str; 3] =
    ["stroke:#c62828,stroke-width:2px", "stroke:#b26a00,stroke-width:2px", "stroke:#1565c0,stroke-width:4px"];

const CLASSES: &str = "classDef group stroke:#2e7d32
classDef hangup stroke:#757575,stroke-dasharray:3 3
classDef recording stroke:#757575
classDef unknown stroke:#c62828,stroke-dasharray:6 3
classDef error stroke:#c62828,stroke-width:3px
classDef warning stroke:#b26a00,stroke-width:3px
classDef played stroke:#1565c0,stroke-width:4px
";

fn class(marks: &Marks<'_>, is_highlighted: bool, unmarked: &'static str) -> &'static str {
    match marks.worst_severity() {
        _ if is_highlighted => "played",
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ => unmarked,
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
///
/// Mermaid 11 looks for formulas (`$$x$$`) and icons (`fa:fa-phone`) after it has read the escapes, so an invisible
/// character breaks them up.
fn escape(c: char, out: &mut String) {
    if c == '$' && out.ends_with("#36;") || c == '-' && out.ends_with("#58;fa") {
        out.push('\u{2060}');
    }
    if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
        ["#", &usize_to_string(c as usize), ";"].iter().for_each(|part| out.push_str(part));
    } else {
        out.push(c);
    }
}

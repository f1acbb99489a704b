//! Writes a diagram as an SVG that needs no other file.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]

use omicall_issues::Severity;

use crate::ivr::diagram::{
    labels::{self, BoxContent, TextStyle, sign},
    layout::{BOX_HEIGHT, BOX_WIDTH, DiagramBox, LINE_HEIGHT, Layout, Px, layout},
    model::{Destination, Diagram, Exit, Marks, Menu},
    template::{
        Part::{self, Number, Raw, Text, Truncated},
        TemplateWriter,
    },
    truncate::truncate,
};

/// The distance from a box at which the lines to its exits branch.
const TRUNK: Px = 14;

/// The maximum width of the keys on a line, in pixels.
const MAX_KEYS_WIDTH: usize = 92;

/// The maximum width of an exit that is only a text, in pixels.
const MAX_EXIT_WIDTH: usize = 310;

/// The width of the longest `data-key`, in pixels.
const MAX_DATA_WIDTH: usize = 3_000;

/// The attributes of the outline of a box, or of a line: colours that can be seen on light and on dark pages. There is no
/// `<style>`, which a Content-Security-Policy may block.
const PLAIN: &str = "";
const BOX: &str = " stroke=\"gray\"";
const GROUP: &str = " stroke=\"seagreen\"";
const WARNING: &str = " stroke=\"#b36b00\" stroke-width=\"2\"";
const ERROR: &str = " stroke=\"#d33\" stroke-width=\"2\"";
const PLAYED: &str = " stroke=\"#1976d2\" stroke-width=\"4\"";
const DASHED: &str = " stroke-dasharray=\"5 4\"";

/// Returns the diagram as SVG. What most elements have in common is said once, by the elements around them: a picture of
/// 2 000 scripts has 20 000 boxes.
pub fn write(diagram: &Diagram<'_>) -> String {
    let Layout { boxes, width, height } = layout(diagram);
    let (width, height) = (Number(width), Number(height));
    let scripts = diagram.menus.iter().filter(|menu| menu.group.is_none()).count();
    let mut out = TemplateWriter::new(escape);
    out.push(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"omicall-ivr\" role=\"graphics-document document\" width=\"$\" height=\"$\" \
         viewBox=\"0 0 $ $\" fill=\"currentColor\" font-family=\"system-ui,sans-serif\" font-size=\"13\">\
         <title>$</title><desc>$ $</desc><g fill=\"none\" stroke=\"gray\">",
        &[
            width,
            height,
            width,
            height,
            Raw(diagram.texts.title),
            Part::index(scripts),
            Raw(diagram.texts.scripts),
        ],
    );
    // The path of the call is drawn over the other lines.
    for is_highlighted in [false, true] {
        for shape in &boxes {
            if let Some((from, exit)) = shape.parent.filter(|(_, exit)| exit.is_highlighted == is_highlighted)
                && let Some(from) = boxes.get(from)
            {
                write_line(&mut out, from, shape, exit);
            }
        }
    }
    // The whole box shows the tooltip, not only its text.
    out.push("</g><g pointer-events=\"all\">", &[]);
    for shape in &boxes {
        match shape.parent.and_then(|(from, exit)| Some((boxes.get(from)?, exit))) {
            Some((_, exit)) if shape.is_text => write_exit(&mut out, diagram, shape, exit),
            Some((from, exit)) => {
                write_keys(&mut out, diagram, from, shape, exit);
                write_box(&mut out, diagram, shape);
            }
            None => write_box(&mut out, diagram, shape),
        }
    }
    out.push("</g></svg>", &[]);
    out.text
}

/// Writes a character so that XML takes it as text.
fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

/// Writes the line from a box to one of its exits.
fn write_line(out: &mut TemplateWriter, from: &DiagramBox<'_, '_>, to: &DiagramBox<'_, '_>, exit: &Exit<'_>) {
    let (x, y) = (from.x + BOX_WIDTH, from.y + BOX_HEIGHT / 2);
    let (end, level) = (to.x, to.y + to.line_end());
    let dashed = if exit.keys.is_empty() { DASHED } else { "" };
    out.push(
        "<path data-key=\"$\"$$ d=\"M$ $h$V$H$m-6-4 6 4-6 4\"/>",
        &[
            Text(&exit.event(), MAX_DATA_WIDTH),
            Raw(dashed),
            Raw(stroke(&exit.marks, exit.is_highlighted, PLAIN)),
            Number(x),
            Number(y),
            Number(TRUNK),
            Number(level),
            Number(end),
        ],
    );
}

/// Writes the keys of an exit on its line.
fn write_keys(
    out: &mut TemplateWriter,
    diagram: &Diagram<'_>,
    from: &DiagramBox<'_, '_>,
    to: &DiagramBox<'_, '_>,
    exit: &Exit<'_>,
) {
    let (x, y) = (from.x + BOX_WIDTH + TRUNK + 7, to.y + BOX_HEIGHT / 2 - 5);
    let unmarked = (if exit.is_highlighted { TextStyle::PLAYED } else { TextStyle::PLAIN }, "");
    let (style, sign) = sign(&exit.marks).unwrap_or(unmarked);
    let space = if sign.is_empty() { "" } else { " " };
    let label = exit.label(diagram.texts);
    let text = truncate(&[sign, space, &label].concat(), MAX_KEYS_WIDTH);
    write_text(out, style, x, y, &text);
}

/// Writes a line of text, which is truncated already.
fn write_text(out: &mut TemplateWriter, style: TextStyle, x: Px, y: Px, text: &str) {
    let parts = [Raw(style.0), Number(x), Number(y), Truncated(text)];
    out.push("<text$ x=\"$\" y=\"$\">$</text>", &parts);
}

/// Writes an exit as one line of text: the keys and what would be in the box. It has a tooltip if it is truncated.
fn write_exit(out: &mut TemplateWriter, diagram: &Diagram<'_>, shape: &DiagramBox<'_, '_>, exit: &Exit<'_>) {
    let (kind, id, ..) = appearance(diagram, shape);
    let mut line = exit.label(diagram.texts).into_owned();
    let mut separator = " ";
    for label in &shape.labels {
        line.push_str(separator);
        line.push_str(&label.text);
        separator = " · ";
    }
    let text = truncate(&line, MAX_EXIT_WIDTH);
    let parts =
        [Raw(kind), Text(id, usize::MAX), Number(shape.x + 6), Number(shape.y + 13), Truncated(&text)];
    out.push("<text data-$=\"$\" tabindex=\"0\" x=\"$\" y=\"$\">$", &parts);
    // A name in it may have been truncated before.
    if text.ends_with("…") || shape.labels.iter().any(|label| label.text.ends_with("…")) {
        let tooltip = labels::tooltip(diagram, shape.content, Some(exit));
        out.push("<title>$</title>", &[Text(&tooltip, usize::MAX)]);
    }
    out.push("</text>", &[]);
}

/// Returns the kind, the id, the outline, whether it is dashed, the corner radius, and whether the call led here.
fn appearance<'s>(
    diagram: &'s Diagram<'_>,
    shape: &'s DiagramBox<'_, '_>,
) -> (&'static str, &'s str, &'static str, &'static str, Px, bool) {
    let is_exit_highlighted = shape.parent.is_some_and(|(_, exit)| exit.is_highlighted);
    match shape.content {
        BoxContent::Menu(Menu { group: Some(_), id, is_highlighted, .. }) => {
            ("group", *id, GROUP, "", shape.height / 2, *is_highlighted)
        }
        BoxContent::Menu(menu) => ("script", menu.id, BOX, "", 6, menu.is_highlighted),
        BoxContent::Reference(Menu { group: Some(_), id, .. }) => {
            ("group", *id, GROUP, DASHED, shape.height / 2, is_exit_highlighted)
        }
        BoxContent::Reference(menu) => ("script", menu.id, BOX, DASHED, 6, is_exit_highlighted),
        BoxContent::Other(Destination::Group(group)) => {
            let id = diagram.groups.get(group).map_or("", |group| group._id.text_or_empty());
            ("group", id, GROUP, "", shape.height / 2, is_exit_highlighted)
        }
        BoxContent::Other(Destination::Recording { id, .. }) => {
            ("recording", id, BOX, "", 0, is_exit_highlighted)
        }
        BoxContent::Other(Destination::Unknown { id, other_type }) => {
            let outline = if other_type.is_some() { BOX } else { ERROR };
            ("unknown", id, outline, DASHED, 0, is_exit_highlighted)
        }
        BoxContent::Other(_) => ("hangup", "", BOX, "", 0, is_exit_highlighted),
    }
}

fn write_box(out: &mut TemplateWriter, diagram: &Diagram<'_>, shape: &DiagramBox<'_, '_>) {
    let (kind, id, outline, dashed, radius, is_highlighted) = appearance(diagram, shape);
    let exit = shape.parent.map(|(_, exit)| exit);
    let no_marks = Marks::default();
    let marks = shape.content.own_marks(diagram).unwrap_or(&no_marks);
    out.push(
        "<g data-$=\"$\"$ tabindex=\"0\" role=\"img\"><title>$</title><rect fill=\"none\"$$ x=\"$\" y=\"$\" \
         rx=\"$\" width=\"$\" height=\"$\"/>",
        &[
            Raw(kind),
            Text(id, usize::MAX),
            Raw(if is_highlighted { " data-played=\"\"" } else { "" }),
            Text(&labels::tooltip(diagram, shape.content, exit), usize::MAX),
            Raw(stroke(marks, is_highlighted, outline)),
            Raw(dashed),
            Number(shape.x),
            Number(shape.y),
            Number(radius),
            Number(BOX_WIDTH),
            Number(shape.height),
        ],
    );
    // A group has round ends.
    let inset = if kind == "group" { 19 } else { 12 };
    let mut y = shape.y + 19;
    for label in &shape.labels {
        write_text(out, label.style, shape.x + inset, y, &label.text);
        y += LINE_HEIGHT;
    }
    out.push("</g>", &[]);
}

/// Returns the attributes of an outline or a line: those of the path of the call, else of the worst mark, else `unmarked`.
fn stroke(marks: &Marks<'_>, is_highlighted: bool, unmarked: &'static str) -> &'static str {
    match marks.worst_severity() {
        _ if is_highlighted => PLAYED,
        Some(Severity::Error) => ERROR,
        Some(Severity::Warning) => WARNING,
        _ => unmarked,
    }
}

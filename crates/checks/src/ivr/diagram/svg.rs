//! Writes a diagram as an SVG that needs no other file.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]

use omicall_issues::Severity;
use omicall_schema::compact::join;

use crate::ivr::diagram::{
    labels::{self, BoxContent, sign},
    layout::{BOX_HEIGHT, BOX_WIDTH, DiagramBox, LINE_HEIGHT, Layout, Px, layout},
    model::{Destination, Diagram, Exit, Marks},
    template::{
        Part::{self, Number, Raw, Text},
        TemplateWriter,
    },
};

/// The distance from a box at which the lines to its exits branch.
const TRUNK: Px = 14;

/// The maximum width of the keys on a line, in pixels.
const MAX_KEYS_WIDTH: usize = 92;

/// Colours are mixed with the text colour around the picture, so they suit light and dark pages. An SVG that is a document
/// by itself follows the reader's colour scheme.
const STYLE: &str = "\
.omicall-ivr{--e:#c62828;--w:#9a5b00;--g:#2e7d32;--p:#1565c0;font:13px system-ui,sans-serif}\
@supports(color:color-mix(in srgb,red,blue)){.omicall-ivr{--e:color-mix(in srgb,#f22 75%,currentColor);--w:color-mix(in srgb,#d80 70%,currentColor);--g:color-mix(in srgb,#2a4 75%,currentColor);--p:color-mix(in srgb,#17f 75%,currentColor)}}\
:root.omicall-ivr{color:#1b1b1f;background:#fff}\
@media(prefers-color-scheme:dark){:root.omicall-ivr{color:#e6e6ea;background:#16161a}}\
.omicall-ivr .n{fill:currentColor;fill-opacity:.05;stroke:currentColor;stroke-opacity:.6}\
.omicall-ivr .g{fill:var(--g);fill-opacity:.12;stroke:var(--g)}\
.omicall-ivr .d{stroke-dasharray:5 4}\
.omicall-ivr .b{font-weight:600}\
.omicall-ivr .s{fill-opacity:.75;font-size:12px}\
.omicall-ivr .f{opacity:.7}\
.omicall-ivr .w{stroke:var(--w);stroke-width:2;stroke-opacity:1}.omicall-ivr .e{stroke:var(--e);stroke-width:2;stroke-opacity:1}\
.omicall-ivr .p{stroke:var(--p);stroke-width:4;stroke-opacity:1}\
.omicall-ivr .wt{fill:var(--w)}.omicall-ivr .et{fill:var(--e)}.omicall-ivr .pt{fill:var(--p)}";

/// Returns the diagram as SVG.
pub fn write(diagram: &Diagram<'_>) -> String {
    let Layout { boxes, width, height } = layout(diagram);
    let (width, height) = (Number(width), Number(height));
    let mut out = TemplateWriter::new(escape);
    out.push(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"omicall-ivr\" role=\"img\" width=\"$\" height=\"$\" \
         viewBox=\"0 0 $ $\" fill=\"currentColor\"><title>$</title><desc>$ $</desc><style>$</style><g class=\"f\">",
        &[
            width,
            height,
            width,
            height,
            Raw(diagram.texts.title),
            Part::index(diagram.menus.len()),
            Raw(diagram.texts.scripts),
            Raw(STYLE),
        ],
    );
    let write_lines = |out: &mut TemplateWriter, is_highlighted| {
        for shape in &boxes {
            if let Some((from, exit)) = shape.parent.filter(|(_, exit)| exit.is_highlighted == is_highlighted)
                && let Some(from) = boxes.get(from)
            {
                write_line(out, from, shape, exit);
            }
        }
    };
    // The path of the call is drawn over the other lines. Opacity applies to those as a group, or they would be darker
    // where they overlap.
    write_lines(&mut out, false);
    out.push("</g>", &[]);
    write_lines(&mut out, true);
    for shape in &boxes {
        if let Some((from, exit)) = shape.parent
            && let Some(from) = boxes.get(from)
        {
            write_keys(&mut out, diagram, from, shape, exit);
        }
        write_box(&mut out, diagram, shape);
    }
    out.push("</svg>", &[]);
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
    let (end, level, trunk) = (to.x, to.y + BOX_HEIGHT / 2, x + TRUNK);
    let dashed = if exit.keys.is_empty() { "d" } else { "" };
    out.push(
        "<path class=\"$$$\" fill=\"none\" stroke=\"currentColor\" d=\"M$ $H$V$H$m-6 -4l6 4l-6 4\"/>",
        &[
            Raw(dashed),
            Raw(mark_class(&exit.marks)),
            Raw(highlight_class(exit.is_highlighted)),
            Number(x),
            Number(y),
            Number(trunk),
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
    let (class, sign) = sign(&exit.marks).unwrap_or((if exit.is_highlighted { "pt" } else { "" }, ""));
    let keys = if exit.keys.is_empty() {
        diagram.texts.no_key.into()
    } else {
        join(&mut exit.keys.iter().copied(), ", ")
    };
    let space = if sign.is_empty() { "" } else { " " };
    write_text(out, class, x, y, &[sign, space, &keys].concat(), MAX_KEYS_WIDTH);
}

/// Writes a line of text, truncated to `width`.
fn write_text(out: &mut TemplateWriter, class: &str, x: Px, y: Px, text: &str, width: usize) {
    let parts = [Raw(class), Number(x), Number(y), Text(text, width)];
    out.push("<text class=\"$\" x=\"$\" y=\"$\">$</text>", &parts);
}

fn write_box(out: &mut TemplateWriter, diagram: &Diagram<'_>, shape: &DiagramBox<'_, '_>) {
    let exit = shape.parent.map(|(_, exit)| exit);
    let is_exit_highlighted = exit.is_some_and(|exit| exit.is_highlighted);
    // The kind, the id, the CSS class, the corner radius, and whether the call led here.
    let (kind, id, class, radius, is_highlighted) = match shape.content {
        BoxContent::Menu(menu) => ("script", menu.id, "n", 6, menu.is_highlighted),
        BoxContent::Reference(menu) => ("script", menu.id, "n d", 6, is_exit_highlighted),
        BoxContent::Other(Destination::Group(group)) => {
            let id = diagram.groups.get(group).map_or("", |group| group._id.text_or_empty());
            ("group", id, "g", shape.height / 2, is_exit_highlighted)
        }
        BoxContent::Other(Destination::Unknown(id)) => ("unknown", id, "n d e", 0, is_exit_highlighted),
        BoxContent::Other(_) => ("hangup", "", "n", 0, is_exit_highlighted),
    };
    let mark = match shape.content {
        BoxContent::Menu(menu) => mark_class(&menu.marks),
        _ => "",
    };
    out.push(
        "<g data-$=\"$\"><title>$</title><rect class=\"$$$\" fill=\"none\" stroke=\"currentColor\" x=\"$\" y=\"$\" \
         rx=\"$\" width=\"$\" height=\"$\"/>",
        &[
            Raw(kind),
            Text(id, usize::MAX),
            Text(&labels::tooltip(diagram, shape.content, exit), usize::MAX),
            Raw(class),
            Raw(mark),
            Raw(highlight_class(is_highlighted)),
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
        write_text(out, label.class, shape.x + inset, y, &label.text, usize::MAX);
        y += LINE_HEIGHT;
    }
    out.push("</g>", &[]);
}

fn mark_class(marks: &Marks<'_>) -> &'static str {
    match marks.worst_severity() {
        Some(Severity::Error) => " e",
        Some(Severity::Warning) => " w",
        _ => "",
    }
}

fn highlight_class(is_highlighted: bool) -> &'static str {
    if is_highlighted { " p" } else { "" }
}

//! A diagram as SVG, complete in itself.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]

use crate::ivr::diagram::{
    labels::{self, sign},
    layout::{self, BOX, Item, LINE, Layout, ONE_LINE, Px, Shows},
    model::{Exit, Marks, To, View},
    template::{
        Part::{Name, Number, Plain},
        Writer, number,
    },
};
use omicall_issues::Severity;

/// How far from a box the lines to what hangs on it part.
const TRUNK: Px = 14;

/// How wide the text on a line may be, in pixels.
const KEYS: usize = 92;

/// Colours are mixed with that of the text around the picture, so that they suit a light page and a dark one; where the
/// picture is a document of its own it goes by what the reader prefers.
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

/// Writes the picture.
pub fn write(view: &View<'_>) -> String {
    let Layout { items, width, height } = layout::of(view);
    let (width, height) = (Number(width), Number(height));
    let mut out = Writer::new(escape);
    out.put(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"omicall-ivr\" role=\"img\" width=\"$\" height=\"$\" \
         viewBox=\"0 0 $ $\" fill=\"currentColor\"><title>$</title><desc>$ $</desc><style>$</style><g class=\"f\">",
        &[
            width,
            height,
            width,
            height,
            Plain(view.words.title),
            number(view.menus.len()),
            Plain(view.words.scripts),
            Plain(STYLE),
        ],
    );
    let lines = |out: &mut Writer, played| {
        for item in &items {
            if let Some((from, exit)) = item.from.filter(|(_, exit)| exit.played == played)
                && let Some(from) = items.get(from)
            {
                line(out, from, item, exit);
            }
        }
    };
    // The way of the call lies over the other lines. Those are faint together, not each, or they would be darker where
    // they meet.
    lines(&mut out, false);
    out.put("</g>", &[]);
    lines(&mut out, true);
    for item in &items {
        if let Some((from, exit)) = item.from
            && let Some(from) = items.get(from)
        {
            keys(&mut out, view, from, item, exit);
        }
        self::item(&mut out, view, item);
    }
    out.put("</svg>", &[]);
    out.out
}

/// Text that stays text.
fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

/// The line from a box to one that hangs on it.
fn line(out: &mut Writer, from: &Item<'_, '_>, to: &Item<'_, '_>, exit: &Exit<'_>) {
    let (x, y) = (from.x + BOX, from.y + ONE_LINE / 2);
    let (end, level, trunk) = (to.x, to.y + ONE_LINE / 2, x + TRUNK);
    let dashed = if exit.keys.is_empty() { "d" } else { "" };
    out.put(
        "<path class=\"$$$\" fill=\"none\" stroke=\"currentColor\" d=\"M$ $H$V$H$m-6 -4l6 4l-6 4\"/>",
        &[
            Plain(dashed),
            Plain(mark(&exit.marks)),
            Plain(played(exit.played)),
            Number(x),
            Number(y),
            Number(trunk),
            Number(level),
            Number(end),
        ],
    );
}

/// The keys on a line.
fn keys(out: &mut Writer, view: &View<'_>, from: &Item<'_, '_>, to: &Item<'_, '_>, exit: &Exit<'_>) {
    let (x, y) = (from.x + BOX + TRUNK + 7, to.y + ONE_LINE / 2 - 5);
    let (class, sign) = sign(&exit.marks).unwrap_or((if exit.played { "pt" } else { "" }, ""));
    let keys = if exit.keys.is_empty() { view.words.no_key.into() } else { exit.keys.join(", ") };
    let space = if sign.is_empty() { "" } else { " " };
    text(out, class, x, y, &[sign, space, &keys].concat(), KEYS);
}

/// A line of text.
fn text(out: &mut Writer, class: &str, x: Px, y: Px, words: &str, width: usize) {
    let parts = [Plain(class), Number(x), Number(y), Name(words, width)];
    out.put("<text class=\"$\" x=\"$\" y=\"$\">$</text>", &parts);
}

fn item(out: &mut Writer, view: &View<'_>, item: &Item<'_, '_>) {
    let exit = item.from.map(|(_, exit)| exit);
    let comes_here = exit.is_some_and(|exit| exit.played);
    // What it is, its id, how it looks, how round it is, and whether the call came here.
    let (kind, id, class, radius, is_played) = match item.shows {
        Shows::Menu(menu) => ("script", menu.id, "n", 6, menu.played),
        Shows::Reference(menu) => ("script", menu.id, "n d", 6, comes_here),
        Shows::Other(To::Group(group)) => {
            let id = view.groups.get(group).map_or("", |group| group._id.text_or_empty());
            ("group", id, "g", item.height / 2, comes_here)
        }
        Shows::Other(To::Unknown(id)) => ("unknown", id, "n d e", 0, comes_here),
        Shows::Other(_) => ("hangup", "", "n", 0, comes_here),
    };
    let mark = match item.shows {
        Shows::Menu(menu) => mark(&menu.marks),
        _ => "",
    };
    out.put(
        "<g data-$=\"$\"><title>$</title><rect class=\"$$$\" fill=\"none\" stroke=\"currentColor\" x=\"$\" y=\"$\" \
         rx=\"$\" width=\"$\" height=\"$\"/>",
        &[
            Plain(kind),
            Name(id, usize::MAX),
            Name(&labels::full(view, item.shows, exit), usize::MAX),
            Plain(class),
            Plain(mark),
            Plain(played(is_played)),
            Number(item.x),
            Number(item.y),
            Number(radius),
            Number(BOX),
            Number(item.height),
        ],
    );
    // The ends of a group are round.
    let inset = if kind == "group" { 19 } else { 12 };
    let mut y = item.y + 19;
    for label in &item.labels {
        text(out, label.class, item.x + inset, y, &label.text, usize::MAX);
        y += LINE;
    }
    out.put("</g>", &[]);
}

fn mark(marks: &Marks<'_>) -> &'static str {
    match marks.worst() {
        Some(Severity::Error) => " e",
        Some(Severity::Warning) => " w",
        _ => "",
    }
}

fn played(played: bool) -> &'static str {
    if played { " p" } else { "" }
}

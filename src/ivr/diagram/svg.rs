//! A diagram as SVG, complete in itself.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]

use super::{
    labels::{self, sign},
    layout::{self, BOX, Item, LINE, ONE_LINE, Px, Shows},
    text::cut,
    view::{Exit, Marks, To, View},
};
use crate::validate::Severity;

/// How far from a box the lines to what hangs on it part.
const TRUNK: Px = 14;

/// How wide the text on a line may be, in pixels.
const KEYS: usize = 70;

/// An id that would be wider than this is none, and is cut.
const ID: usize = 1_000;

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
.omicall-ivr .l{stroke:currentColor;stroke-opacity:.6;fill:none}\
.omicall-ivr .w{stroke:var(--w);stroke-width:2;stroke-opacity:1}.omicall-ivr .e{stroke:var(--e);stroke-width:2;stroke-opacity:1}\
.omicall-ivr .p{stroke:var(--p);stroke-width:4;stroke-opacity:1}\
.omicall-ivr .wt{fill:var(--w)}.omicall-ivr .et{fill:var(--e)}.omicall-ivr .pt{fill:var(--p)}";

/// Writes the picture.
pub fn write(view: &View<'_, '_>) -> String {
    let layout = layout::of(view);
    let mut svg = Svg(String::new());
    let (width, height) = (layout.width.to_string(), layout.height.to_string());
    svg.push(&[
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"omicall-ivr\" role=\"img\" width=\"",
        &width,
    ]);
    svg.push(&["\" height=\"", &height, "\" viewBox=\"0 0 ", &width, " ", &height]);
    svg.push(&["\" fill=\"currentColor\"><title>", view.words.title, "</title><desc>"]);
    svg.push(&[&view.menus.len().to_string(), " ", view.words.scripts, "</desc><style>", STYLE, "</style>"]);
    // The way of the call lies over the other lines.
    for played in [false, true] {
        for item in &layout.items {
            if let Some((from, exit)) = item.from.filter(|(_, exit)| exit.played == played) {
                if let Some(from) = layout.items.get(from) {
                    svg.line(view, from, item, exit);
                }
            }
        }
    }
    for item in &layout.items {
        svg.item(view, item);
    }
    svg.push(&["</svg>"]);
    svg.0
}

struct Svg(String);

impl Svg {
    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.0.push_str(part));
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                c => self.0.push(c),
            }
        }
    }

    /// From a box to one that hangs on it, and the keys on the way.
    fn line(&mut self, view: &View<'_, '_>, from: &Item<'_, '_>, to: &Item<'_, '_>, exit: &Exit<'_>) {
        let (x, y) = (from.x + BOX, from.y + ONE_LINE / 2);
        let (end, level) = (to.x, to.y + ONE_LINE / 2);
        let trunk = (x + TRUNK).to_string();
        let (way, at) = (if exit.keys.is_empty() { " d" } else { "" }, end.to_string());
        let level_text = level.to_string();
        self.push(&[
            "<path class=\"l",
            way,
            mark(&exit.marks),
            played(exit.played),
            "\" fill=\"none\" stroke=\"currentColor\" d=\"M",
        ]);
        self.push(&[&x.to_string(), " ", &y.to_string(), "H", &trunk, "V", &level_text, "H", &at]);
        self.push(&["m-6 -4l6 4l-6 4\"/><text class=\""]);
        let (class, sign) = sign(&exit.marks).unwrap_or(if exit.played { ("pt", "") } else { ("", "") });
        self.push(&[
            class,
            "\" x=\"",
            &(x + TRUNK + 7).to_string(),
            "\" y=\"",
            &(level - 5).to_string(),
            "\">",
        ]);
        let keys = if exit.keys.is_empty() { view.words.no_key.into() } else { exit.keys.join(", ") };
        let keys = if sign.is_empty() { keys } else { [sign, " ", &keys].concat() };
        self.text(&cut(&keys, KEYS));
        self.push(&["</text>"]);
    }

    fn item(&mut self, view: &View<'_, '_>, item: &Item<'_, '_>) {
        let exit = item.from.map(|(_, exit)| exit);
        let (shape, marks, is_played) = match item.shows {
            Shows::Menu(menu) => {
                self.push(&["<g data-script=\""]);
                self.text(&cut(menu.id, ID));
                (("n", 6), Some(&menu.marks), menu.played)
            }
            Shows::Reference(menu) => {
                self.push(&["<g data-script=\""]);
                self.text(&cut(menu.id, ID));
                (("n d", 6), None, false)
            }
            Shows::Other(To::Group(group)) => {
                self.push(&["<g data-group=\""]);
                self.text(&cut(view.groups.get(group).map_or("", |group| group._id.text_or_empty()), ID));
                (("g", item.height / 2), None, exit.is_some_and(|exit| exit.played))
            }
            Shows::Other(other) => {
                self.push(&["<g data-", if other == To::HangUp { "hangup" } else { "unknown" }, "=\""]);
                (
                    (if other == To::HangUp { "n" } else { "n d e" }, 0),
                    None,
                    exit.is_some_and(|exit| exit.played),
                )
            }
        };
        self.push(&["\"><title>"]);
        self.text(&labels::full(view, item.shows, exit));
        self.push(&["</title>"]);
        let ((class, radius), mark) = (shape, marks.map_or("", mark));
        self.push(&[
            "<rect class=\"",
            class,
            mark,
            played(is_played),
            "\" fill=\"none\" stroke=\"currentColor\" x=\"",
        ]);
        self.push(&[&item.x.to_string(), "\" y=\"", &item.y.to_string(), "\" rx=\"", &radius.to_string()]);
        self.push(&["\" width=\"", &BOX.to_string(), "\" height=\"", &item.height.to_string(), "\"/>"]);
        let mut y = item.y + 19;
        for label in &item.labels {
            self.push(&[
                "<text class=\"",
                label.class,
                "\" x=\"",
                &(item.x + 11).to_string(),
                "\" y=\"",
                &y.to_string(),
                "\">",
            ]);
            self.text(&label.text);
            self.push(&["</text>"]);
            y += LINE;
        }
        self.push(&["</g>"]);
    }
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

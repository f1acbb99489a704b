//! Reads an SVG of `ivrDiagram` back.

/// The content of an SVG.
#[derive(Debug)]
pub struct Picture {
    pub width: i32,
    pub height: i32,
    pub boxes: Vec<Shape>,
    pub lines: Vec<Line>,
    /// The texts on the lines, in the order of the boxes that the lines lead to.
    pub keys: Vec<Label>,
}

/// A box.
#[derive(Debug)]
pub struct Shape {
    /// `script`, `group`, `recording`, `hangup` or `unknown`.
    pub kind: String,
    pub id: String,
    pub title: String,
    /// How it looks: `n` (plain) or `g` (a group), then `d` (dashed), and `w` (warning), `e` (error) or `p` (played).
    pub look: String,
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub radius: i32,
    pub labels: Vec<Label>,
}

/// A text.
#[derive(Debug, Clone)]
pub struct Label {
    /// `b` (bold), `s` (small), `w` (warning), `e` (error), `p` (played) or nothing.
    pub look: String,
    pub x: i32,
    pub y: i32,
    pub text: String,
}

/// A line: from (`x`, `y`) right to `trunk`, up or down to `level`, right to `end`.
#[derive(Debug)]
pub struct Line {
    /// `d` (dashed), and `w` (warning), `e` (error) or `p` (played).
    pub look: String,
    /// What makes callers follow it.
    pub key: String,
    pub x: i32,
    pub y: i32,
    pub trunk: i32,
    pub level: i32,
    pub end: i32,
}

/// Parses an SVG.
pub fn read(svg: &str) -> Picture {
    let [width, height] = ["width", "height"].map(|name| number(attribute(svg, name)));
    assert_eq!(attribute(svg, "viewBox"), format!("0 0 {width} {height}"));
    assert!(!svg.contains("style") && !svg.contains("<g tabindex"), "{svg}");
    let mut parts = svg.split("<g data-");
    // The text on a line is written before the box that the line leads to.
    let mut keys = labels(parts.next().unwrap_or_default());
    let mut boxes = Vec::new();
    for part in parts {
        let (inside, after) = part.split_once("</g>").unwrap_or((part, ""));
        boxes.push(shape(inside));
        keys.extend(labels(after));
    }
    Picture { width, height, boxes, lines: svg.split("<path ").skip(1).map(line).collect(), keys }
}

fn shape(part: &str) -> Shape {
    let (kind, rest) = part.split_once("=\"").unwrap_or_default();
    let (id, rest) = rest.split_once('"').unwrap_or_default();
    // Every box can be reached by keyboard and has a name.
    let attributes = rest.split('>').next().unwrap_or_default();
    assert!(attributes.ends_with(r#" tabindex="0" role="img""#), "{attributes}");
    let (_, rect) = rest.split_once("<rect").unwrap_or_default();
    let rect = rect.split('>').next().unwrap_or_default();
    assert!(rect.starts_with(r#" fill="none" stroke=""#), "{rect}");
    let is_played = attributes.contains(r#" data-played="""#);
    assert_eq!(is_played, look(rect).ends_with('p'), "{part}");
    let [left, top, width, height, radius] =
        ["x", "y", "width", "height", "rx"].map(|name| number(attribute(rect, name)));
    Shape {
        kind: kind.into(),
        id: id.into(),
        title: element_text(rest, "title").into(),
        look: [if kind == "group" { "g" } else { "n" }.into(), look(rect)].join(" ").trim_end().into(),
        left,
        top,
        right: left + width,
        bottom: top + height,
        radius,
        labels: labels(rest),
    }
}

fn labels(part: &str) -> Vec<Label> {
    let label = |text: &str| Label {
        look: look(text.split('>').next().unwrap_or_default()),
        x: number(attribute(text, "x")),
        y: number(attribute(text, "y")),
        text: text.split_once('>').map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default()).into(),
    };
    part.split("<text").skip(1).map(label).collect()
}

fn line(part: &str) -> Line {
    let part = format!(" {part}");
    let path = attribute(&part, "d").to_owned();
    let (drawn, arrow) = path.split_once('m').unwrap_or_default();
    assert_eq!(arrow, "-6-4 6 4-6 4");
    let numbers: Vec<i32> = drawn.split(['M', ' ', 'h', 'H', 'V']).skip(1).map(number).collect();
    let [x, y, trunk, level, end] = numbers[..] else { unreachable!("{drawn}") };
    let key = attribute(&part, "data-key").to_owned();
    let look = look(part.split('>').next().unwrap_or_default());
    Line { look, key, x, y, trunk: x + trunk, level, end }
}

/// Returns the short form of how an element looks.
fn look(attributes: &str) -> String {
    let looks = [
        ("d", "stroke-dasharray=\"5 4\""),
        ("w", "stroke=\"#b36b00\" stroke-width=\"2\""),
        ("e", "stroke=\"#d33\" stroke-width=\"2\""),
        ("p", "stroke=\"#1976d2\" stroke-width=\"4\""),
        ("b", "font-weight=\"600\""),
        ("s", "font-size=\"11\""),
        ("w", "fill=\"color-mix(in srgb,#d80 70%,currentColor)\""),
        ("e", "fill=\"color-mix(in srgb,#f22 75%,currentColor)\""),
        ("p", "fill=\"color-mix(in srgb,#17f 75%,currentColor)\""),
    ];
    let found = looks.iter().filter(|(_, text)| attributes.contains(text)).map(|(look, _)| *look);
    found.collect::<Vec<_>>().join(" ")
}

/// Returns the value of the first attribute with this name; `""` if there is none.
fn attribute<'s>(text: &'s str, name: &str) -> &'s str {
    let value = text.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or("", |(value, _)| value)
}

/// Returns the text of the first element with this name; `""` if there is none.
fn element_text<'s>(text: &'s str, element: &str) -> &'s str {
    let rest = text.split_once(&format!("<{element}>")).map_or("", |(_, rest)| rest);
    rest.split('<').next().unwrap_or_default()
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or_else(|_| unreachable!("{text} is a number"))
}

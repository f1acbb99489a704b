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
    /// `script`, `group`, `hangup` or `unknown`.
    pub kind: String,
    pub id: String,
    pub title: String,
    pub class: String,
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
    pub class: String,
    pub x: i32,
    pub y: i32,
    pub text: String,
}

/// A line: from (`x`, `y`) right to `trunk`, up or down to `level`, right to `end`.
#[derive(Debug)]
pub struct Line {
    pub class: String,
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
    let (_, rect) = rest.split_once("<rect").unwrap_or_default();
    let [left, top, width, height, radius] =
        ["x", "y", "width", "height", "rx"].map(|name| number(attribute(rect, name)));
    Shape {
        kind: kind.into(),
        id: id.into(),
        title: element_text(rest, "title").into(),
        class: attribute(rect, "class").into(),
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
        class: attribute(text, "class").into(),
        x: number(attribute(text, "x")),
        y: number(attribute(text, "y")),
        text: text.split_once('>').map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default()).into(),
    };
    part.split("<text").skip(1).map(label).collect()
}

fn line(part: &str) -> Line {
    let path = attribute(&format!(" {part}"), "d").to_owned();
    let (drawn, arrow) = path.split_once('m').unwrap_or_default();
    assert_eq!(arrow, "-6 -4l6 4l-6 4");
    let numbers: Vec<i32> = drawn.split(['M', ' ', 'H', 'V']).skip(1).map(number).collect();
    let [x, y, trunk, level, end] = numbers[..] else { unreachable!("{drawn}") };
    Line { class: attribute(&format!(" {part}"), "class").into(), x, y, trunk, level, end }
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

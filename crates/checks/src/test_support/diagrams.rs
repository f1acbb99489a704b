//! Draws diagrams, and makes the options that show a report or a call.

use omicall_schema::{draft::parse, draft_json};
use serde_json::{Value as Json, json};

use crate::{
    ivr::{
        diagram::{draw, options::DiagramOptions},
        graph::{Event, Graph},
        simulate::simulate,
    },
    test_support::{
        picture::{self, Picture},
        tenants::index,
    },
};

/// Returns the diagram, or the path of the invalid option.
pub fn draw_diagram(tenant: &Json, options: &Json) -> Result<String, String> {
    let options = Box::leak(Box::new(draft_json::encode::<DiagramOptions<'_>>(options)));
    draw(index(tenant).tenant(), &parse(options)).map_err(|error| error.path)
}

/// Returns the lines of the Mermaid text, without its header and classes.
pub fn mermaid_lines(tenant: &Json, more: Json) -> Vec<String> {
    let mut options = more;
    options["format"] = json!("mermaid");
    let text = draw_diagram(tenant, &options).unwrap_or_default();
    let title = if tenant["language"] == "vi" { "Sơ đồ cuộc gọi IVR" } else { "IVR call flow" };
    let body = text.strip_prefix(&format!("flowchart LR\naccTitle: {title}\n")).unwrap_or_default();
    let (classes, lines): (Vec<_>, Vec<_>) = body.lines().partition(|line| line.starts_with("classDef "));
    assert_eq!(classes.len(), 7);
    lines.into_iter().map(str::to_owned).collect()
}

/// Draws an SVG and reads it back.
pub fn svg_picture(tenant: &Json, more: Json) -> Picture {
    let mut options = more;
    options["format"] = json!("svg");
    picture::read(&draw_diagram(tenant, &options).unwrap_or_default())
}

/// Simulates a call. Returns it as an option of the diagram.
pub fn call_option(tenant: &Json, start: &str, events: &str) -> Json {
    let graph = Graph::new(index(tenant));
    let events: Vec<_> =
        events.split_whitespace().filter_map(|word| Some((Event::parse(word)?, word))).collect();
    let start = graph.node_by_id(start).unwrap_or(usize::MAX);
    json!({ "simulation": simulate(&graph, start, &events) })
}

/// Returns a report with these issues (severity, path, message) as an option of the diagram.
pub fn report_option(issues: &[(&str, &str, &str)]) -> Json {
    let issue = |(severity, path, message): &(&str, &str, &str)| json!({ "severity": severity, "path": path, "message": message });
    json!({ "report": { "issues": issues.iter().map(issue).collect::<Vec<_>>() } })
}

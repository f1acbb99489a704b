//! `ivrDiagram`: draws the scripts of a tenant, as Mermaid text or SVG.
//!
//! [`model`] says what is in the diagram, [`mermaid`] and [`svg`] write it. In the SVG, [`layout`] says where the boxes are
//! and [`labels`] what is written in them.

pub mod i18n;
pub mod labels;
pub mod layout;
pub mod mermaid;
pub mod model;
pub mod options;
pub mod svg;
pub mod template;
pub mod truncate;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod diagram_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may stop")]
mod layout_tests;

use omicall_issues::ArgumentError;
use omicall_schema::draft::Value;

use crate::{
    ivr::{diagram::options::DiagramOptions, graph::Graph},
    tenant::{Tenant, index::TenantIndex},
};

/// Returns a diagram as text; an error if an option is invalid.
pub fn draw<'t>(tenant: &'t Tenant<'t>, options: &DiagramOptions<'t>) -> Result<String, ArgumentError> {
    let index = TenantIndex::new(tenant);
    let graph = Graph::new(&index);
    let focus = match options.focus {
        Value::Absent => None,
        focus => Some(
            focus
                .text()
                .and_then(|id| graph.node_by_id(id))
                .ok_or_else(|| option_error("focus", "must be the `_id` of one of `tenant.scripts`"))?,
        ),
    };
    let write = match options.format {
        Value::Text("mermaid") => mermaid::write,
        Value::Text("svg") => svg::write,
        _ => return Err(option_error("format", "must be \"mermaid\" or \"svg\"")),
    };
    Ok(write(&model::Diagram::new(&graph, options, focus)))
}

fn option_error(field: &str, words: &str) -> ArgumentError {
    ArgumentError::new("options", ["/", field].concat(), &[words, "."])
}

//! `ivrDiagram`: draws the scripts of a tenant, as Mermaid text or SVG.
//!
//! [`model`] says what is in the diagram, [`mermaid`] and [`svg`] write it. In the SVG, [`layout`] says where the boxes are
//! and [`labels`] what is written in them.

pub mod i18n;
pub mod labels;
pub mod layout;
pub mod mermaid;
pub mod model;
pub mod svg;
pub mod template;
pub mod truncate;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod diagram_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may stop")]
mod layout_tests;

use crate::ivr::graph::Graph;
use crate::tenant::{Tenant, index::TenantIndex};
use omicall_issues::ArgumentError;
use omicall_schema::draft::{List, Value};

omicall_schema::untyped_draft! {
    /// The fields of `IvrDiagramOptions`.
    pub struct DiagramOptions<'t> {
        /// The format of the diagram: `"mermaid"` or `"svg"`.
        format: Value<'t>,
        /// The id of the script around which it is drawn.
        focus: Value<'t>,
        /// The report whose issues are shown.
        report: ReportDraft<'t>,
        /// The simulated call that is highlighted.
        simulation: SimulationDraft<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of a `Report` that the diagram reads.
    pub struct ReportDraft<'t> {
        /// The issues.
        issues: List<IssueDraft<'t>>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `Issue` that the diagram reads.
    pub struct IssueDraft<'t> {
        /// The severity.
        severity: Value<'t>,
        /// The JSON pointer into the tenant.
        path: Value<'t>,
        /// The message.
        message: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrSimulation` that the diagram reads.
    pub struct SimulationDraft<'t> {
        /// The steps.
        steps: List<StepDraft<'t>>,
        /// The ending.
        ending: EndingDraft<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrStep` that the diagram reads.
    pub struct StepDraft<'t> {
        /// The `_id` of the script.
        scriptId: Value<'t>,
        /// The destination that the caller leaves for, as a JSON pointer into the script.
        path: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrEnding` that the diagram reads.
    pub struct EndingDraft<'t> {
        /// The kind of the ending.
        kind: Value<'t>,
    }
}

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

#[cfg(feature = "typescript")]
mod typescript {
    use tsify::Tsify;

    /// What a diagram shows, and in which format.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `DiagramOptions` is read")]
    pub struct IvrDiagramOptions {
        /// Text for Mermaid, or an SVG picture.
        #[tsify(type = "\"mermaid\" | \"svg\"")]
        pub format: (),
        /// The `_id` of a script: only what can be reached from it is shown, and the scripts that lead to it. Default: all
        /// scripts.
        #[tsify(optional, type = "string | null | undefined")]
        pub focus: (),
        /// The report of `lintIvr` for this tenant: its errors and warnings are shown in the diagram.
        #[tsify(optional, type = "Report | null | undefined")]
        pub report: (),
        /// The result of `simulateIvr` for this tenant: the path of the call is highlighted.
        #[tsify(optional, type = "IvrSimulation | null | undefined")]
        pub simulation: (),
    }
}

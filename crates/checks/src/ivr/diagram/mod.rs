//! `ivrDiagram`: the menus of a tenant as a picture, in Mermaid's language or as SVG.
//!
//! [`model`] says what is in the picture, [`mermaid`] and [`svg`] write it; [`layout`] says where things stand in
//! the SVG, [`labels`] what stands in its boxes.

pub mod labels;
pub mod layout;
pub mod mermaid;
pub mod model;
pub mod svg;
pub mod template;

use crate::ivr::graph::Graph;
use crate::tenant::{Tenant, index::TenantIndex};
use omicall_issues::ArgumentError;
use omicall_schema::draft::{List, Value};

omicall_schema::untyped_draft! {
    /// `IvrDiagramOptions` as they were read.
    pub struct Options<'t> {
        /// Which language the diagram is written in.
        format: Value<'t>,
        /// Around which script.
        focus: Value<'t>,
        /// What is wrong.
        report: Found<'t>,
        /// What was played.
        simulation: Played<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// A report as it was passed back.
    pub struct Found<'t> {
        /// Its issues.
        issues: List<FoundIssue<'t>>,
    }
}

omicall_schema::untyped_draft! {
    /// An issue as it was passed back.
    pub struct FoundIssue<'t> {
        /// How bad it is.
        severity: Value<'t>,
        /// Where it is.
        path: Value<'t>,
        /// What it says.
        message: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// A simulation as it was passed back.
    pub struct Played<'t> {
        /// Its steps.
        steps: List<PlayedStep<'t>>,
        /// Its ending.
        ending: PlayedEnding<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// A step as it was passed back.
    pub struct PlayedStep<'t> {
        /// The `_id` of the script.
        script: Value<'t>,
        /// The way out of it.
        path: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// An ending as it was passed back.
    pub struct PlayedEnding<'t> {
        /// Its kind.
        kind: Value<'t>,
    }
}

/// The text of a diagram.
pub fn draw<'t>(context: &'t Tenant<'t>, options: &Options<'t>) -> Result<String, ArgumentError> {
    let index = TenantIndex::new(context);
    let graph = Graph::of(&index);
    let focus = match options.focus {
        Value::Absent => None,
        focus => Some(
            focus
                .text()
                .and_then(|id| graph.number_of(id))
                .ok_or_else(|| wrong("focus", "must be the `_id` of one of `tenant.scripts`"))?,
        ),
    };
    let write = match options.format {
        Value::Text("mermaid") => mermaid::write,
        Value::Text("svg") => svg::write,
        _ => return Err(wrong("format", "must be \"mermaid\" or \"svg\"")),
    };
    Ok(write(&model::View::of(&graph, options, focus)))
}

fn wrong(field: &str, words: &str) -> ArgumentError {
    ArgumentError::new("options", ["/", field].concat(), &[words, "."])
}

#[cfg(feature = "typescript")]
mod typescript {
    use tsify::Tsify;

    /// What a diagram shows, and how.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `Options` is what is read")]
    pub struct IvrDiagramOptions {
        /// Text for Mermaid, or a picture.
        #[tsify(type = "\"mermaid\" | \"svg\"")]
        pub format: (),
        /// The `_id` of a script: only what can be reached from it is shown, and the scripts that lead to it. Default: all.
        #[tsify(optional, type = "string | null | undefined")]
        pub focus: (),
        /// What `lintIvr` found in this very tenant: errors and warnings are shown where they are.
        #[tsify(optional, type = "Report | null | undefined")]
        pub report: (),
        /// A call that `simulateIvr` played in this very tenant: its way is highlighted.
        #[tsify(optional, type = "IvrSimulation | null | undefined")]
        pub simulation: (),
    }
}

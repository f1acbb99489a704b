//! `ivrDiagram`: the menus of a tenant as a picture, in Mermaid's language or as SVG.
//!
//! [`view`] says what is in the picture, [`mermaid`] and [`svg`] write it; [`layout`] says where things stand in
//! the SVG, [`labels`] what stands in its boxes.

pub mod labels;
pub mod layout;
pub mod mermaid;
pub mod svg;
pub mod text;
pub mod view;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{graph::Graph, lint::listed};
use crate::{
    client::error::Failure,
    validate::{
        context::Context,
        lookup::Index,
        read::{List, Value, parse, text_of},
    },
};

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

readable! {
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

readable! {
    /// A report as it was passed back.
    pub struct Found<'t> {
        /// Its issues.
        issues: List<FoundIssue<'t>>,
    }
}

readable! {
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

readable! {
    /// A simulation as it was passed back.
    pub struct Played<'t> {
        /// Its steps.
        steps: List<PlayedStep<'t>>,
        /// Its ending.
        ending: PlayedEnding<'t>,
    }
}

readable! {
    /// A step as it was passed back.
    pub struct PlayedStep<'t> {
        /// The `_id` of the script.
        script: Value<'t>,
        /// The way out of it.
        path: Value<'t>,
    }
}

readable! {
    /// An ending as it was passed back.
    pub struct PlayedEnding<'t> {
        /// Its kind.
        kind: Value<'t>,
    }
}

/// Draws the IVR scripts of a tenant: scripts, groups, what callers get who press nothing (dashed), and where the system
/// hangs up.
///
/// `"mermaid"` is text for [Mermaid](https://mermaid.js.org), `"svg"` a picture that is complete in itself: it follows
/// light and dark, takes the text colour of the page it stands in, and can be scaled. Names are text in both, whatever
/// they hold, and long ones are cut. In the SVG each script has `data-script` and each group `data-group` with its `_id`.
/// Mermaid by itself draws at most 500 lines: for large tenants raise `maxEdges` and `maxTextSize` in `mermaid.initialize`.
///
/// @example
/// ```ts
/// const tenant = { scripts, groups };
/// picture.innerHTML = ivrDiagram(tenant, { format: "svg", report: lintIvr(tenant) });
/// const { svg } = await mermaid.render("flow", ivrDiagram(tenant, { format: "mermaid", focus: scripts[0]._id }));
/// ```
///
/// @param tenant what the lists returned; `scripts` is needed, `language` is that of the few words in the picture
/// @param options format, and what to show
/// @returns the text of the diagram
/// @throws {OmiCallError} `usage` where `format` or `focus` is unknown.
#[wasm_bindgen(js_name = ivrDiagram)]
pub fn ivr_diagram(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "IvrDiagramOptions")] options: &JsValue,
) -> Result<String, JsValue> {
    let tenant = text_of::<Context<'_>>("tenant", tenant)?;
    let options = text_of::<Options<'_>>("options", options)?;
    let (context, options) = (parse(&tenant), parse(&options));
    Ok(draw(listed(&context)?, &options)?)
}

/// The text of a diagram.
pub fn draw<'t>(context: &'t Context<'t>, options: &Options<'t>) -> Result<String, Failure> {
    let index = Index::new(context);
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
    Ok(write(&view::View::of(&graph, options, focus)))
}

fn wrong(field: &str, words: &str) -> Failure {
    Failure::wrong("options", ["/", field].concat(), &[words, "."])
}

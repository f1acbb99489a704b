//! `lintIvr`, `simulateIvr` and `ivrDiagram`, as web pages call them.

use omicall_checks::{
    ivr::{
        diagram,
        graph::Graph,
        lint::{lint, require_scripts},
        simulate::{SimulationOptions, simulate},
    },
    tenant::{Tenant, index::TenantIndex},
};
use omicall_schema::draft::parse;
use wasm_bindgen::prelude::*;

use crate::{
    client::{error::ThrownError, to_js::to_js},
    read_draft::draft_text,
};

/// Checks all IVR scripts of a tenant at once, and how they lead to one another.
///
/// The time that it takes grows with the number of scripts and keys, and no faster. Paths begin at the tenant:
/// `"/scripts/0/action"`, or `"/scripts/items/0/action"` where `scripts` is a page. Issues stand in the order of the
/// scripts.
///
/// @example
/// ```ts
/// const scripts = await callCenter.ivrScripts.iterate().toArray();
/// const groups = await callCenter.groups.iterate().toArray();
/// const report = lintIvr({ scripts, groups, language: "vi" });
/// for (const issue of report.issues) console.log(issue.severity, issue.path, issue.message);
/// ```
///
/// @param tenant what the lists returned; `scripts` is needed, and the more there is beside it, the more can be checked
/// @returns what was found in all scripts
/// @throws {OmiCallError} `usage` where there are no scripts, or a list is none.
#[wasm_bindgen(js_name = lintIvr, unchecked_return_type = "Report")]
pub fn lint_ivr(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
) -> Result<JsValue, ThrownError> {
    let tenant_text = draft_text::<Tenant<'_>>("tenant", tenant)?;
    let tenant = parse(&tenant_text);
    Ok(to_js(&lint(&tenant)?))
}

/// Plays the call of one caller through the menus: what is heard, what each key does, and where the call ends.
///
/// The same tenant and the same events always give the same call. Nothing is sent and nobody is rung.
///
/// @example
/// ```ts
/// const call = simulateIvr({ scripts, groups, greetings, phones }, { start: scripts[0]._id, events: ["9", "1"] });
/// for (const step of call.steps) console.log(step.scriptName, step.greetingName, step.event);
/// if (call.ending.kind === "group") console.log(call.ending.rings.map((ring) => ring.extension));
/// ```
///
/// @param tenant what the lists returned; `scripts` is needed. A group that `groups` does not list ends the call as `"unknown"`
/// @param options where the call begins and what the caller does
/// @returns every step, and the ending
/// @throws {OmiCallError} `usage` where `start` is none of the scripts or an event is unknown.
#[wasm_bindgen(js_name = simulateIvr, unchecked_return_type = "IvrSimulation")]
pub fn simulate_ivr(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "IvrSimulationOptions")] options: &JsValue,
) -> Result<JsValue, ThrownError> {
    let tenant_text = draft_text::<Tenant<'_>>("tenant", tenant)?;
    let options_text = draft_text::<SimulationOptions<'_>>("options", options)?;
    let tenant = parse(&tenant_text);
    let options: SimulationOptions<'_> = parse(&options_text);
    let index = TenantIndex::new(require_scripts(&tenant)?);
    let graph = Graph::new(&index);
    let (start, events) = options.resolve(&graph)?;
    let simulation = simulate(&graph, start, &events);
    Ok(to_js(&simulation))
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
) -> Result<String, ThrownError> {
    let tenant_text = draft_text::<Tenant<'_>>("tenant", tenant)?;
    let options_text = draft_text::<diagram::options::DiagramOptions<'_>>("options", options)?;
    let (tenant, options) = (parse(&tenant_text), parse(&options_text));
    Ok(diagram::draw(require_scripts(&tenant)?, &options)?)
}

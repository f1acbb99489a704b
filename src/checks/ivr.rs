//! `lintIvr`, `simulateIvr` and `ivrDiagram`, as web pages call them.

use omicall_checks::{
    ivr::{
        diagram,
        graph::Graph,
        lint::{lint, require_scripts},
        simulate::{SimulationOptions, simulate},
    },
    tenant::index::TenantIndex,
};
use omicall_schema::draft::parse;
use wasm_bindgen::prelude::*;

use super::report_to_js;
use crate::convert::{
    error::ThrownError,
    read_draft::{encode_draft, encode_tenant},
    to_js::to_js_by_json,
};

/// Checks all IVR scripts of a tenant together, how they lead to one another, and the ring groups.
///
/// The time grows linearly with the number of scripts, keys and groups. Paths begin at the tenant:
/// `"/scripts/0/action"` or `"/groups/0/target_timeout"`, or `"/scripts/items/0/action"` if `scripts` is a page. The
/// issues are in the order of the scripts, then of the groups.
///
/// @example
/// ```ts
/// const scripts = await callCenter.ivrScripts.iterate().toArray();
/// const groups = await callCenter.groups.iterate().toArray();
/// const report = lintIvr({ scripts, groups, language: "vi" });
/// for (const issue of report.issues) console.log(issue.severity, issue.path, issue.message);
/// ```
///
/// @param tenant what the lists returned; `scripts` is required, and each other list makes more checks possible
/// @returns all issues of all scripts and groups
/// @throws {OmiCallError} `usage` if `scripts` is missing, or a list is not a list
#[wasm_bindgen(js_name = lintIvr, unchecked_return_type = "Report")]
pub fn lint_ivr(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
) -> Result<JsValue, ThrownError> {
    let encoded_tenant = encode_tenant("tenant", tenant)?;
    let tenant = parse(&encoded_tenant);
    Ok(report_to_js(&lint(&tenant)?))
}

/// Plays one phone call through the menus and groups: which greetings the caller hears, what each key does, where a call
/// goes that nobody answers (`"no-answer"`), and where it ends.
///
/// A key of several digits, and an extension that direct dialling reaches, is entered digit by digit. The same tenant and
/// events always give the same result. Nothing is sent, and no phone rings.
///
/// @example
/// ```ts
/// const call = simulateIvr({ scripts, groups, greetings, phones }, { start: scripts[0]._id, events: ["9", "1"] });
/// for (const step of call.steps) console.log(step.groupName ?? step.scriptName, step.greetingName, step.event);
/// if (call.ending.kind === "group") console.log(call.ending.rings.map((ring) => ring.extension));
/// ```
///
/// @param tenant what the lists returned; `scripts` is required. A group that `groups` does not contain ends the call as `"unknown"`
/// @param options where the call begins, and what happens
/// @returns every step, and how the call ended
/// @throws {OmiCallError} `usage` if `start` is not a script or an event is unknown
#[wasm_bindgen(js_name = simulateIvr, unchecked_return_type = "IvrSimulation")]
pub fn simulate_ivr(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "IvrSimulationOptions")] options: &JsValue,
) -> Result<JsValue, ThrownError> {
    let encoded_tenant = encode_tenant("tenant", tenant)?;
    let encoded_options = encode_draft::<SimulationOptions<'_>>("options", options)?;
    let tenant = parse(&encoded_tenant);
    let options: SimulationOptions<'_> = parse(&encoded_options);
    let index = TenantIndex::new(require_scripts(&tenant)?);
    let graph = Graph::new(&index);
    let (start, events) = options.resolve(&graph)?;
    let simulation = simulate(&graph, start, &events);
    Ok(to_js_by_json(&simulation))
}

/// Draws the IVR scripts of a tenant: scripts, groups, recordings, fallbacks and overflows (dashed lines), and where the
/// system hangs up.
///
/// `"mermaid"` is text for [Mermaid](https://mermaid.js.org). `"svg"` is a complete picture: it uses the text colour of the
/// page around it, needs no style sheet and no exception in a Content-Security-Policy, and can be scaled. Names are escaped
/// in both, and long ones are truncated. In the SVG each box can be reached by keyboard, has a name, and has `data-script`,
/// `data-group` or `data-recording` with its `_id`; each line has `data-key` with its keys, `timeout` or `no-answer`; and
/// each box that the call of `simulation` reached has `data-played`. With more than 4 000 destinations, an exit where nothing is wrong is
/// one line of text with these attributes instead of a box.
/// By default, Mermaid draws at most 500 lines: for large tenants raise `maxEdges` and `maxTextSize` in `mermaid.initialize`.
///
/// @example
/// ```ts
/// const tenant = { scripts, groups };
/// picture.innerHTML = ivrDiagram(tenant, { format: "svg", report: lintIvr(tenant) });
/// const { svg } = await mermaid.render("flow", ivrDiagram(tenant, { format: "mermaid", focus: scripts[0]._id }));
/// ```
///
/// @param tenant what the lists returned; `scripts` is required, and `language` is the language of the picture's words
/// @param options the format, and what to show
/// @returns the text of the diagram
/// @throws {OmiCallError} `usage` if `format` or `focus` is unknown
#[wasm_bindgen(js_name = ivrDiagram)]
pub fn ivr_diagram(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "IvrDiagramOptions")] options: &JsValue,
) -> Result<String, ThrownError> {
    let encoded_tenant = encode_tenant("tenant", tenant)?;
    let encoded_options = encode_draft::<diagram::options::DiagramOptions<'_>>("options", options)?;
    let (tenant, options) = (parse(&encoded_tenant), parse(&encoded_options));
    Ok(diagram::draw(require_scripts(&tenant)?, &options)?)
}

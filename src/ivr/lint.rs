//! `lintIvr`: every rule over all scripts of a tenant at once.

use crate::client::outward::report_to_js;
use wasm_bindgen::prelude::*;

use super::{
    checks::{Facts, check_self_loops, own_id},
    graph::Graph,
};
use crate::{
    client::error::Failure,
    validate::{
        context::Context,
        ivr_script,
        lookup::Index,
        read::{parse, text_of},
    },
};
use omicall_issues::Report;
use omicall_schema::compact::digits;

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
) -> Result<JsValue, JsValue> {
    let text = text_of::<Context<'_>>("tenant", tenant)?;
    let context = parse(&text);
    Ok(report_to_js(&lint(listed(&context)?)))
}

/// A tenant whose scripts are listed.
pub fn listed<'c, 't>(context: &'c Context<'t>) -> Result<&'c Context<'t>, Failure> {
    context.check("tenant")?;
    if context.scripts.is_given() {
        return Ok(context);
    }
    let message =
        "`tenant.scripts` is missing: pass what `ivrScripts.list` or `ivrScripts.iterate` returned.";
    Err(Failure::usage(message).with(|fields| fields.path = Some("/scripts".into())))
}

/// What is wrong with the scripts of the context.
pub fn lint(context: &Context<'_>) -> Report {
    let index = Index::new(context);
    let graph = Graph::of(&index);
    let facts = Facts::of(&graph);
    let mut report = context.report();
    for node in 0..graph.count() {
        let Some(script) = graph.script(node) else { continue };
        let prefix = ["/scripts", context.scripts.inner_path(), "/", &digits(node)].concat();
        ivr_script::check_fields(script, &index, &prefix, &mut report);
        let own = own_id(script);
        check_self_loops(script, own, &prefix, &mut report);
        facts.check(node, own, &prefix, &mut report);
    }
    report
}

//! `lintIvr`: every rule over all scripts of a tenant at once.

use crate::ivr::{
    flow_rules::{Facts, check_self_loops, own_id},
    graph::Graph,
};
use crate::{
    rules::ivr_script,
    tenant::{Tenant, index::TenantIndex},
};
use omicall_issues::ArgumentError;
use omicall_issues::Report;
use omicall_schema::compact::usize_to_string;

/// Returns the tenant, or an error if its scripts are missing or a list is not one.
pub fn listed<'c, 't>(context: &'c Tenant<'t>) -> Result<&'c Tenant<'t>, ArgumentError> {
    context.check("tenant")?;
    if context.scripts.is_list() {
        return Ok(context);
    }
    let words = "is missing: pass what `ivrScripts.list` or `ivrScripts.iterate` returned.";
    Err(ArgumentError::new("tenant", "/scripts".into(), &[words]))
}

/// What is wrong with the scripts of the context.
pub fn lint(context: &Tenant<'_>) -> Report {
    let index = TenantIndex::new(context);
    let graph = Graph::of(&index);
    let facts = Facts::of(&graph);
    let mut report = context.report();
    for node in 0..graph.count() {
        let Some(script) = graph.script(node) else { continue };
        let prefix = ["/scripts", context.scripts.inner_path(), "/", &usize_to_string(node)].concat();
        ivr_script::check_fields(script, &index, &prefix, &mut report);
        let own = own_id(script);
        check_self_loops(script, own, &prefix, &mut report);
        facts.check(node, own, &prefix, &mut report);
    }
    report
}

//! `lintIvr`: checks all scripts and groups of a tenant at once.

use omicall_issues::{ArgumentError, Report};
use omicall_schema::compact::usize_to_string;

use crate::{
    ivr::{
        flow_rules::{FlowAnalysis, check_self_loops, own_id},
        graph::Graph,
    },
    rules::{group::check_listed_group, ivr_script},
    tenant::{Tenant, index::TenantIndex},
};

/// Returns the tenant, or an error if its scripts are missing or a list is not an array.
pub fn require_scripts<'c, 't>(tenant: &'c Tenant<'t>) -> Result<&'c Tenant<'t>, ArgumentError> {
    tenant.validate("tenant")?;
    if tenant.scripts.is_list() {
        return Ok(tenant);
    }
    let words = "is missing: pass what `ivrScripts.list` or `ivrScripts.iterate` returned.";
    Err(ArgumentError::new("tenant", "/scripts".into(), &[words]))
}

/// Checks all scripts of a tenant, and then its groups. Issues are in their order, with paths into the tenant. Returns an error
/// if the scripts are missing or a list is not an array.
pub fn lint(tenant: &Tenant<'_>) -> Result<Report, ArgumentError> {
    require_scripts(tenant)?;
    let index = TenantIndex::new(tenant);
    let graph = Graph::new(&index);
    let analysis = FlowAnalysis::new(&graph);
    let mut report = tenant.new_report();
    for node in 0..graph.node_count() {
        let Some(script) = graph.script(node) else { continue };
        let prefix = ["/scripts", tenant.scripts.inner_path(), "/", &usize_to_string(node)].concat();
        ivr_script::check_fields(script, &index, &prefix, &mut report);
        let id = own_id(script);
        check_self_loops(script, id, &prefix, &mut report);
        analysis.check_node(node, id, &prefix, &mut report);
    }
    for (position, group) in tenant.groups.items.iter().enumerate() {
        if !group.is_deleted.is_true() {
            let prefix = ["/groups", tenant.groups.inner_path(), "/", &usize_to_string(position)].concat();
            check_listed_group(group, &index, &prefix, &mut report);
            analysis.check_group(position, &prefix, &mut report);
        }
    }
    Ok(report)
}

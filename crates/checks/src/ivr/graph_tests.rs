//! Which scripts are in the graph.

use omicall_schema::{draft::parse, draft_json};
use serde_json::json;

use crate::{
    ivr::graph::Graph,
    test_support::tenants::{index, script, tenant},
};

#[test]
fn deleted_and_replaced_scripts_are_not_in_the_graph() {
    let mut context = tenant(&["A: 1>g", "B: 1>A", "C: 1>A"], json!({}));
    context["scripts"][2]["is_deleted"] = json!(true);
    let index = index(&context);
    let payload = parse(Box::leak(Box::new(draft_json::encode::<crate::tenant::drafts::ScriptDraft<'_>>(
        &script("A: 1>h"),
    ))));
    for (own, replaced) in [(Some("A"), true), (Some("Z"), false), (None, false)] {
        let (graph, last) = Graph::with_script(&payload, own, index);
        let exists: Vec<bool> = (0..=last).map(|node| graph.script(node).is_some()).collect();
        // The groups follow.
        let groups: Vec<_> = graph.group_nodes().map(|node| graph.display_name(node)).collect();
        assert_eq!(
            (groups, graph.group_position(last), graph.node_count()),
            (vec!["Sales", "Help"], None, 6)
        );
        assert_eq!((exists, last), (vec![!replaced, true, false, true], 3), "{own:?}");
    }
    let graph = Graph::new(index);
    assert!(graph.script(1).is_some() && graph.script(2).is_none());
}

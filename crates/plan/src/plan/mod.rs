//! The steps that lead from one tenant to another, and what they cannot do.
//!
//! Every desired record is first given a decision; then the steps are put in an order in which each finds
//! what it names: greetings, groups, scripts, the changes that complete them, and deletions last.

mod checked;
mod decisions;
mod deletes;
mod limits;
mod lists;
pub mod options;
mod order;
mod refusals;
mod settle;
mod steps;
mod targets;

pub use limits::{limit, limit_with};
use omicall_issues::ArgumentError;
pub use steps::{call_of, step, whole_request};
pub use targets::Targets;

use crate::{
    json::{Value, object},
    matching::Matches,
    plan::options::Options,
    rules::Rules,
    snapshot::{Snapshot, VERSION},
};

/// The `format` of a plan.
pub const FORMAT: &str = "omicall-plan";

/// Plans how to get from the current tenant to the desired one. `options` may have `allowDelete`, `only`, `mapping`, `matchBy` and
/// `language`.
pub fn plan(
    current: &Value,
    desired: &Value,
    options: &Value,
    rules: &dyn Rules,
) -> Result<Value, ArgumentError> {
    let (current, desired) = (Snapshot::read(current, "current")?, Snapshot::read(desired, "desired")?);
    let matches = Matches::new(&current, &desired, options)?;
    let options = Options::read(options)?;
    let mut limits = Vec::new();
    let mut targets = Targets::decide(&current, &desired, &matches, &options, rules, &mut limits);
    let doomed = loop {
        targets.settle(&mut limits);
        let mut in_use = Vec::new();
        let doomed = deletes::doomed(&targets, &mut in_use);
        if !targets.note_staying(&doomed) {
            limits.extend(in_use);
            break doomed;
        }
    };
    targets.note_unsent(&mut limits);
    let mut steps = steps::Steps::new(&targets);
    steps.make();
    steps.delete(&doomed);
    let issues = checked::lint_result(&targets, &doomed);
    limits.extend(lists::limits(&targets));
    let ambiguous = matches.ambiguous.clone();
    let plan = object([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("current", current.origin()),
        ("desired", desired.origin()),
        ("steps", steps.list.into()),
        ("cannot", limits.into()),
        ("ambiguous", ambiguous.into()),
        ("issues", issues.into()),
    ]);
    Ok(plan.into())
}

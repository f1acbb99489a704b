//! Everything about IVR scripts that needs more than one of them: lint, simulator and diagram.
//!
//! [`graph`] says which script or group leads where, [`key_set`] and [`direct_dial`] what callers can enter in a menu, and
//! [`step`] what happens then. [`flow_rules`] and [`simulate`] use all of them, so they cannot disagree.

pub mod components;
pub mod diagram;
pub mod direct_dial;
pub mod flow_rules;
pub mod graph;
pub mod key_set;
pub mod lint;
pub mod simulate;
pub mod simulation;
pub mod step;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod flow_rules_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod graph_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod lint_tests;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod simulate_tests;

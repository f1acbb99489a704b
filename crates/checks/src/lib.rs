//! Checks of OMICall payloads before they are sent, and tools for all IVR scripts of a tenant.
//!
//! | module | what it holds |
//! |---|---|
//! | [`payload`] | the checks of single payloads, with all rules for one |
//! | [`tenant`] | the records of a tenant, and their index by id and name |
//! | [`rules`] | the rules about one payload: an IVR script, a ring group, a change of members, a text to read out |
//! | [`greeting_file`] | checks that a recording is a complete MP3 file |
//! | [`references`] | which scripts and groups name a greeting, a group, a script or an extension |
//! | [`ivr`] | all scripts together: graph, rules about the call flow, lint, simulator, diagram |
//!
//! Every check adds issues to a [`Report`](omicall_issues::Report). Their messages are in `omicall-issues`.

pub mod greeting_file;
pub mod ivr;
pub mod payload;
pub mod references;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod references_tests;
pub mod rules;
pub mod tenant;
#[cfg(test)]
mod test_support;

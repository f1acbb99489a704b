//! Checks that run before anything is sent, and tools for IVR menus as a whole.
//!
//! | module | what it holds |
//! |---|---|
//! | [`tenant`] | the tenant as its lists returned it, and its index by id and name |
//! | [`rules`] | the rules about one payload: an IVR script, a ring group, a change of members, a text to read out |
//! | [`greeting_file`] | whether a recording is an MP3 file, and complete |
//! | [`ivr`] | all menus together: graph, rules about the flow, lint, simulator, diagram |
//!
//! Every check writes into a [`Report`](omicall_issues::Report). The sentences are in `omicall-issues`.

pub mod greeting_file;
pub mod ivr;
pub mod rules;
pub mod tenant;
#[cfg(test)]
mod test_support;

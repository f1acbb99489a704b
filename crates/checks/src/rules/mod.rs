//! The rules about one payload. A check never fails on what it is given: a missing field reads as empty, and a field of
//! another kind breaks the rule of that field.

pub mod group;
pub mod ivr_keys;
pub mod ivr_script;
pub mod ivr_targets;
pub mod text_to_speech;

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
mod case_tests;

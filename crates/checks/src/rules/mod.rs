//! The rules about one payload. A check accepts any payload: a missing field counts as empty, and a field of another type
//! breaks the rule of that field.

pub mod destination;
pub mod group;
pub mod group_members;
pub mod group_overflow;
pub mod ivr_keys;
pub mod ivr_script;
pub mod ivr_targets;
pub mod patch;
pub mod text;
pub mod text_to_speech;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod rules_tests;

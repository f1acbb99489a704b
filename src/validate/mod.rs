//! What is wrong with a payload: issues with a stable code, a path and a sentence in the user's language.
//!
//! A check reads what it is given with [`read`], knows of the tenant what [`context`] says, and writes what it finds into
//! a report. What the rules are called and say stands in the crate `omicall-issues`.

#[macro_use]
pub mod read;
pub mod account;
pub mod address;
pub mod checks;
pub mod context;
pub mod exports;
pub mod greeting;
pub mod group;
pub mod ivr_keys;
pub mod ivr_script;
pub mod ivr_targets;
pub mod lookup;
pub mod mp3;
pub mod noted;
pub mod script_path;
pub mod speech;

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod account_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]
pub mod case;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
mod case_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod read_tests;

//! IVR scripts beyond the single call: what is wrong with all of them together, what a caller would hear, and a picture.
//!
//! [`graph`] says what leads where, [`transition`] what happens to a caller in a menu. [`checks`] and [`simulate`] both
//! go by these two, so that they cannot disagree.

pub mod call;
pub mod checks;
pub mod diagram;
pub mod graph;
pub mod lint;
pub mod loops;
pub mod model;
pub mod simulate;
pub mod transition;

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod checks_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may stop")]
mod diagram_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may stop")]
mod layout_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may stop")]
mod picture;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod simulate_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod tenants;

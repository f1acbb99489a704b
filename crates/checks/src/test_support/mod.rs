//! Helpers that several tests share.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

pub mod check;
pub mod diagrams;
pub mod picture;
#[path = "../../../../tests/rules/cases.rs"]
pub mod rule_cases;
pub mod tenants;

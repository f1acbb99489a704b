//! Helpers that several tests share.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

pub mod case;
pub mod picture;
pub mod tenants;

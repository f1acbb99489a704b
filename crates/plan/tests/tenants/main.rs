//! Plans between made-up tenants, applied against the sandbox.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod client;
mod driver;
mod faults;
mod properties;
mod world;

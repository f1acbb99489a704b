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
mod dry_run;
mod faults;
mod hostile;
mod identity;
#[path = "../on_serde/mod.rs"]
mod on_serde;
mod properties;
mod undo;
mod world;

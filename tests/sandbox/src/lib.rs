//! A made-up OMICall tenant that responds like the vendor's API, and an HTTP server for it.
//!
//! The tenant is pure (`request → response`): it has no clock, no socket and no thread, so that it can also be
//! compiled to wasm. `server`, behind the feature of that name, has those.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")
)]

mod agents;
mod call;
mod envelope;
mod extensions;
mod greetings;
mod groups;
mod hotlines;
mod ivr_scripts;
mod message;
mod multipart;
mod page;
mod phones;
mod records;
mod routes;
pub mod server;
mod tenant;
mod text;
mod token;

pub use message::{Request, Response};
pub use tenant::{API_KEY, Options, Tenant};
pub use token::DAY_MS;

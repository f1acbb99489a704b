//! The map of the sandbox: a made-up OMICall tenant that answers as the vendor does, and a server around it.
//!
//! The tenant is pure (`request → response`): it has no clock, no socket and no thread, so that it can also be
//! compiled to wasm. Everything that has one of those is in `server`, behind the feature of that name.

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
#[cfg(feature = "server")]
pub mod server;
mod tenant;
mod text;
mod token;

pub use message::{Request, Response};
pub use tenant::{API_KEY, Options, Tenant};
pub use token::DAY_MS;

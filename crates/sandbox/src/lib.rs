//! A made-up OMICall tenant that responds like the vendor's API: `request → response`, without clock, socket or thread.
//! `tests/sandbox/` is an HTTP server for it.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")
)]

mod agents;
mod call;
mod data;
mod destinations;
mod envelope;
mod extensions;
pub mod faults;
mod greetings;
mod groups;
mod hotlines;
mod ivr_scripts;
pub mod message;
mod multipart;
mod page;
mod phones;
mod records;
mod route;
mod routes;
pub mod secrets;
mod tenant;
mod text;
mod token;

pub use message::{Request, Response};
pub use records::lists::Lists;
pub use routes::call_names;
pub use tenant::{API_KEY, Options, Tenant};
pub use text::Forms;
pub use token::DAY_MS;

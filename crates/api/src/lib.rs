//! The OMICall REST API without I/O.
//!
//! | module | what it holds |
//! |---|---|
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | a family each: its records, requests and endpoints |
//! | [`endpoint`], [`request`], [`record_id`] | what is sent |
//! | [`list_page`] | lists come in pages |

pub mod endpoint;
pub mod extensions;
pub mod greetings;
pub mod groups;
pub mod hotlines;
pub mod ivr_scripts;
pub mod list_page;
pub mod phones;
pub mod record_id;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
mod record_tests;
pub mod request;
pub mod user_reference;

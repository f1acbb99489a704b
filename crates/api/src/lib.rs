//! The OMICall REST API without I/O.
//!
//! | module | what it holds |
//! |---|---|
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | the records, requests and endpoints of a family each |
//! | [`endpoint`], [`request`], [`record_id`] | what is sent |
//! | [`response`], [`fetch_failure`], [`error`], [`error_code`], [`secrets`] | what comes back, what can go wrong, and what is not shown of it |
//! | [`passwords`] | removes passwords from what comes back |
//! | [`call`], [`retry`], [`token`] | one API call as a state machine, and its decisions |
//! | [`list_page`], [`records`] | pages of lists; all records |

pub mod call;
pub mod endpoint;
pub mod error;
pub mod error_code;
pub mod extensions;
pub mod fetch_failure;
pub mod greetings;
pub mod groups;
pub mod hotlines;
pub mod ivr_scripts;
pub mod list_page;
pub mod passwords;
pub mod phones;
pub mod record_id;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]
mod record_tests;
pub mod records;
pub mod request;
pub mod response;
pub mod retry;
pub mod secrets;
pub mod token;
pub mod user_reference;

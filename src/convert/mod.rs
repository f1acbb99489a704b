//! Conversions between JavaScript and Rust, which all other bindings share.
//!
//! | module | what it does |
//! |---|---|
//! | [`argument`] | copies an argument and checks it against its schema |
//! | [`from_js`] | reads a checked argument into its Rust type |
//! | [`read_draft`] | reads drafts and tenants for the rules |
//! | [`to_js`] | makes JavaScript objects of reports, events and settings |
//! | [`error`] | makes an `OmiCallError` of an error, and copies what was thrown |

pub mod argument;
#[cfg(any(feature = "client", feature = "softphone"))]
#[macro_use]
pub mod from_js;
pub mod error;
pub mod read_draft;
pub mod to_js;

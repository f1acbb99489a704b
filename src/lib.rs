//! Typed browser client for the OMICall call-centre API.
//!
//! This crate contains only bindings: everything that can be decided without a browser is in the crates under `crates/`. An
//! API call goes from a method ([`phones`], [`groups`], …) to [`client::call`], which reads the arguments, and
//! [`client::driver`], which performs it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`call_center`] | the `CallCenter` class |
//! | [`client`] | what all methods share: options, calls, tokens, `fetch`, errors, pagination |
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | the methods of a resource |
//! | [`softphone`] | settings for JsSIP, SIP.js and the vendor's SDK from a SIP account |
//! | [`upload`] | checking and uploading a recording |
//! | [`checks`] | the checks, the simulator and the diagram |
//! | [`read_draft`] | reading drafts and tenants from JavaScript |

#[macro_use]
pub mod client;
pub mod call_center;
pub mod checks;
pub mod extensions;
pub mod greetings;
pub mod groups;
pub mod hotlines;
pub mod ivr_scripts;
pub mod phones;
pub mod read_draft;
pub mod softphone;
pub mod upload;

//! Typed browser client for the OMICall call-centre API.
//!
//! The way of a call: JavaScript → a family's method ([`phones`], [`extensions`], …) → a pure
//! [`client::request`] → [`client::transport`] (token, fetch, retry, deadline) → bytes →
//! [`client::decode`] → JavaScript.
//!
//! | module | what it holds |
//! |---|---|
//! | [`client`] | configuration, token, transport, retry, decoding, errors, paging |
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | a family each: its records, requests and JavaScript methods |
//! | [`softphone`] | a SIP account as the settings of JsSIP, SIP.js and the vendor's own SDK |
//! | [`upload`] | a recording on its way, looked into before it is sent |
//! | [`checks`] | the checks, the simulator and the diagram, as pages call them |
//! | [`read_draft`] | drafts and tenants, read from JavaScript |

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

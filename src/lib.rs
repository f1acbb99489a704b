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
//! | [`ivr`] | all IVR scripts together: lint, simulator, diagram |
//! | [`softphone`] | a SIP account as the settings of JsSIP, SIP.js and the vendor's own SDK |
//! | [`upload`] | a recording on its way, looked into before it is sent |
//! | [`validate`] | what is wrong with a payload, in English and Vietnamese |

#[macro_use]
pub mod validate;
#[macro_use]
pub mod client;
pub mod extensions;
pub mod greetings;
pub mod groups;
pub mod hotlines;
pub mod ivr;
pub mod ivr_scripts;
pub mod phones;
pub mod softphone;
pub mod upload;

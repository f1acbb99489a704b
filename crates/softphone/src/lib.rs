//! Turns a SIP account into the settings of a softphone.
//!
//! Every account is checked first ([`sip_account`]), so that the settings never make a library's constructor throw.

pub mod address;
pub mod library_configs;
pub mod settings;
pub mod sip_account;
pub mod sip_proxy;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod sip_account_tests;

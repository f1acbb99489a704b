//! From a SIP account to the settings of a softphone.
//!
//! Every account is checked first ([`sip_account`]): settings that come from here make no constructor throw.

pub mod address;
pub mod libraries;
pub mod settings;
pub mod sip_account;
pub mod sip_proxy;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod sip_account_tests;

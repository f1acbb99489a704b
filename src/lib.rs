//! The bindings: what the npm package exports. Everything that can be decided without a browser is in the crates under
//! `crates/`. An API call goes from a method ([`phones`], [`groups`], …) to [`client::call`], which reads the arguments, and to
//! [`client::driver`], which performs it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`call_center`] | the `CallCenter` class |
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | the methods of a family each |
//! | [`upload`] | checking and uploading a recording |
//! | [`client`] | what all methods share: options, calls, tokens, `fetch`, errors, pagination |
//! | [`checks`] | the checks, the simulator and the diagram |
//! | [`softphone`] | settings for JsSIP, SIP.js and the vendor's SDK from a SIP account |
//! | [`convert`] | conversions between JavaScript and Rust, which all of these share |

#[macro_use]
pub mod convert;
pub mod call_center;
pub mod checks;
pub mod client;
pub mod extensions;
pub mod greetings;
pub mod groups;
pub mod hotlines;
pub mod ivr_scripts;
pub mod phones;
pub mod softphone;
pub mod upload;

/// Smaller than the allocator of std by 2 KB with gzip, and as quick: every operation takes constant time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

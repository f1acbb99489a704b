//! The bindings: what the npm package exports. Everything that can be decided without a browser is in the crates under
//! `crates/`. An API call goes from a method ([`phones`], [`groups`], …) to [`client::call`], which reads the arguments, and to
//! [`client::driver`], which performs it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`call_center`] | the `CallCenter` class |
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | the methods of a family each |
//! | [`upload`] | uploading a recording |
//! | [`unlisted`] | the fields of a record that its type does not list |
//! | [`client`] | what all methods share: options, calls, tokens, `fetch`, pagination |
//! | [`checks`] | the checks, the simulator and the diagram |
//! | [`softphone`] | settings for JsSIP, SIP.js and the vendor's SDK from a SIP account |
//! | [`plan`] | snapshots, differences and plans of tenants |
//! | [`testing`] | the sandbox inside the page |
//! | [`convert`] | conversions between JavaScript and Rust, which all of these share |

#[macro_use]
pub mod convert;

#[cfg(feature = "checks")]
pub mod checks;
#[cfg(feature = "plan-types")]
pub mod plan;
#[cfg(feature = "softphone")]
pub mod softphone;
#[cfg(feature = "testing-types")]
pub mod testing;

#[cfg(feature = "client")]
pub mod call_center;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod extensions;
#[cfg(feature = "client")]
pub mod greetings;
#[cfg(feature = "client")]
pub mod groups;
#[cfg(feature = "client")]
pub mod hotlines;
#[cfg(feature = "client")]
pub mod ivr_scripts;
#[cfg(feature = "client")]
pub mod phones;
#[cfg(feature = "client")]
pub mod unlisted;
#[cfg(feature = "client")]
pub mod upload;

/// Smaller than the allocator of std by 2 KB with gzip, and as quick: every operation takes constant time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

//! The bindings: what the npm package exports, and nothing that could be decided without a browser.
//!
//! | module | what it holds |
//! |---|---|
//! | [`call_center`] | the `CallCenter` class, which knows every family |
//! | [`phones`], [`hotlines`], [`extensions`], [`groups`], [`ivr_scripts`], [`greetings`] | a family each: its JavaScript methods |
//! | [`upload`] | the upload of a recording, which is checked first |
//! | [`client`] | the way of a call to the server and back |
//! | [`checks`] | the checks, the simulator and the diagram |
//! | [`softphone`] | a SIP account as the settings of JsSIP, SIP.js and the vendor's own SDK |
//! | [`read_draft`] | drafts and tenants, read from JavaScript |
//!
//! The pure crates in `crates/` decide everything: `omicall-api`, `omicall-checks` and `omicall-softphone`.

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

/// Smaller than the allocator of std by 2 KB with gzip, and as quick: every operation takes constant time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

//! The sandbox inside the page: the tenant of `crates/sandbox` with its faults. Around it is the JavaScript of
//! `pkg-template/bundled/` (`create-sandbox.js`, `sandbox-*.js`), which is a `fetch` and performs what takes time.

pub mod declarations;
#[cfg(feature = "testing")]
pub mod tenant;

//! The package's own sources, compiled with the fuzzer's instrumentation, and an oracle beside them.
//!
//! By path, since the tables are private to the package; `src` is a link to the package's sources,
//! for wasm-bindgen looks for their JavaScript in `src` beside the manifest.

#![allow(dead_code, missing_docs)]

#[macro_use]
#[path = "src/shape.rs"]
pub mod shape;
#[path = "src/client/mod.rs"]
pub mod client;
#[path = "src/extensions.rs"]
pub mod extensions;
#[path = "src/greetings.rs"]
pub mod greetings;
#[path = "src/groups.rs"]
pub mod groups;
#[path = "src/hotlines.rs"]
pub mod hotlines;
#[path = "src/ivr_scripts.rs"]
pub mod ivr_scripts;
#[path = "src/phones.rs"]
pub mod phones;
#[path = "src/upload.rs"]
pub mod upload;
#[path = "src/validate/mod.rs"]
pub mod validate;

pub mod oracle;

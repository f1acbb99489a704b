//! The package's own sources, compiled with the fuzzer's instrumentation, and an oracle beside them.
//!
//! By path, since the tables are private to the package; `src` is a link to the package's sources,
//! for wasm-bindgen looks for their JavaScript in `src` beside the manifest. The modules are those of `src/lib.rs`.

#![allow(dead_code, missing_docs)]

#[path = "src/text.rs"]
pub mod text;
#[macro_use]
#[path = "src/schema.rs"]
pub mod schema;
#[macro_use]
#[path = "src/validate/mod.rs"]
pub mod validate;
#[macro_use]
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
#[path = "src/ivr/mod.rs"]
pub mod ivr;
#[path = "src/ivr_scripts.rs"]
pub mod ivr_scripts;
#[path = "src/phones.rs"]
pub mod phones;
#[path = "src/softphone/mod.rs"]
pub mod softphone;
#[path = "src/upload.rs"]
pub mod upload;

pub mod oracle;

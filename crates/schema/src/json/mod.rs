//! JSON as bytes: validated against a schema, pointed into, escaped to ASCII, and written.

pub mod escape;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod escape_tests;
pub mod pointer;
mod reader;
pub mod unescape;
pub mod validate;
pub mod write;

//! Schemas: what a value from outside must look like, declared once.
//!
//! [`record!`] declares what the server sends, [`request!`] what a caller passes in, [`string_enum!`] a closed set of
//! strings. Each declares a Rust type, its [`Schema`], and (with the feature `typescript`) its TypeScript type.
//! [`json`] validates bytes against a schema, [`mod@draft`] reads values that may be of any type, and [`output!`] declares
//! the objects that callers receive.

#[macro_use]
mod schema;
pub mod compact;
mod declare;
pub mod draft;
#[cfg(feature = "json")]
pub mod draft_json;
pub mod json;
pub mod output;
pub mod secrets;
pub mod vocabulary;

pub use declare::{Anything, NonEmptyString, NonNegativeInt, PositiveInt, StringEnum, StringOrNumber};
pub use schema::{Field, HasSchema, ObjectSchema, Schema};
#[doc(hidden)]
pub use serde;

//! JSON as bytes: checked against a schema, pointed into, escaped to ASCII.

pub mod escape;
pub mod pointer;
pub mod validate;

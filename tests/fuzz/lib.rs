//! The reference implementation for the fuzz targets.

#![allow(missing_docs)]

pub mod oracle;

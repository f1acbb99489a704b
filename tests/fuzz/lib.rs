//! What the fuzz targets compare with.

#![allow(missing_docs)]

pub mod oracle;

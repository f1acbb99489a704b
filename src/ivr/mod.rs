//! IVR scripts beyond the single call: what is wrong with all of them together, what a caller would hear, and a picture.

pub mod model;

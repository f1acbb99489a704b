//! What a page downloads before it can do anything.

use std::{fmt, fs, io::Write, path::Path};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// In the order in which a page asks for them.
const LOADED: &[&str] = &["index.js", "omicall.js", "omicall.wasm"];

/// Bytes of each file, as it is and after `gzip -9`.
#[derive(Debug)]
pub struct Sizes(Vec<(String, usize, usize)>);

pub fn measure(pkg: &Path) -> Result<Sizes> {
    let mut sizes = Vec::new();
    for name in LOADED {
        let path = pkg.join(name);
        let bytes = fs::read(&path).with_context(|| {
            format!("{} is missing in the package: does pkg-template/ have it?", path.display())
        })?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes).and_then(|()| gzip.try_finish()).context("could not compress")?;
        sizes.push((name.to_string(), bytes.len(), gzip.get_ref().len()));
    }
    Ok(Sizes(sizes))
}

impl Sizes {
    /// All files together: raw, gzip.
    pub fn total(&self) -> (usize, usize) {
        self.0.iter().fold((0, 0), |(raw, gzip), (_, r, g)| (raw + r, gzip + g))
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<14}{:>10}{:>10}", "a page loads", "raw", "gzip")?;
        for (name, raw, gzip) in &self.0 {
            writeln!(f, "{name:<14}{raw:>10}{gzip:>10}")?;
        }
        let (raw, gzip) = self.total();
        write!(f, "{:<14}{raw:>10}{gzip:>10}", "total")
    }
}

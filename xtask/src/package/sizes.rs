//! What is downloaded for each entry before it can do anything, against a budget, and against axios with zod.

use std::{collections::BTreeMap, fmt, fs, io::Write};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};

use crate::{
    command::Logs,
    project::{Project, read, write},
    setup::{Tools, npm_program},
};

/// Each entry with its files, in the order in which they are asked for. The first is what a page loads.
const ENTRIES: &[(&str, &[&str])] = &[
    ("index.js", &["index.js", "omicall.js", "shared.js", "omicall.wasm"]),
    ("checks/index.js", &["checks/index.js", "checks/checks.js", "shared.js", "checks/checks.wasm"]),
    (
        "softphone/index.js",
        &["softphone/index.js", "softphone/softphone.js", "shared.js", "softphone/softphone.wasm"],
    ),
    ("plan/index.js", &["plan/index.js", "plan/plan.js", "shared.js", "plan/plan.wasm"]),
    ("testing/index.js", &["testing/index.js", "testing/sandbox.js", "shared.js", "testing/sandbox.wasm"]),
    (
        "all/index.js",
        &[
            "all/index.js",
            "index.js",
            "checks/index.js",
            "softphone/index.js",
            "omicall.js",
            "checks/checks.js",
            "softphone/softphone.js",
            "shared.js",
            "omicall.wasm",
            "checks/checks.wasm",
            "softphone/softphone.wasm",
        ],
    ),
    ("tanstack/index.js", &["tanstack/index.js", "shared.js"]),
    ("inline.js", &["inline.js", "omicall.js", "shared.js", "inflate.js", "omicall.wasm.js"]),
    (
        "checks/inline.js",
        &["checks/inline.js", "checks/checks.js", "shared.js", "inflate.js", "checks/checks.wasm.js"],
    ),
    (
        "softphone/inline.js",
        &[
            "softphone/inline.js",
            "softphone/softphone.js",
            "shared.js",
            "inflate.js",
            "softphone/softphone.wasm.js",
        ],
    ),
    ("plan/inline.js", &["plan/inline.js", "plan/plan.js", "shared.js", "inflate.js", "plan/plan.wasm.js"]),
    (
        "testing/inline.js",
        &["testing/inline.js", "testing/sandbox.js", "shared.js", "inflate.js", "testing/sandbox.wasm.js"],
    ),
    ("everything.cjs", &["everything.cjs"]),
    ("classic.js", &["classic.js"]),
];

/// The bytes that no entry may exceed: accepted by hand, so that growth is somebody's decision.
const BUDGET: &str = "xtask/size-budget.json";

/// What a page would load instead.
const INSTEAD: &str = "tests/packaging/axios-zod.js";

/// Bytes as they are, after `gzip -9` and after brotli at its best: each file on its own, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Size {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).and_then(|()| gzip.try_finish()).context("could not compress")?;
        let mut brotli = Vec::new();
        let best = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &best).context("could not compress")?;
        Ok(Self { raw: bytes.len(), gzip: gzip.get_ref().len(), brotli: brotli.len() })
    }

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn parts(self) -> [(&'static str, usize); 3] {
        [("raw", self.raw), ("gzip", self.gzip), ("brotli", self.brotli)]
    }
}

/// The sizes of everything.
#[derive(Debug)]
pub struct Sizes {
    files: Vec<(&'static str, Size)>,
    entries: Vec<(&'static str, Size)>,
    instead: Size,
    /// What the package was compiled with: another compiler makes another size.
    compiler: String,
}

/// Measures the package in `pkg/`.
pub fn measure(project: &Project, tools: &Tools, logs: &Logs) -> Result<Sizes> {
    let pkg = super::folder(project);
    let mut sizes = Sizes {
        files: Vec::new(),
        entries: Vec::new(),
        instead: instead(project, logs)?,
        compiler: tools.small_std.compiler()?,
    };
    let mut known = BTreeMap::new();
    for (entry, files) in ENTRIES {
        let mut total = Size::default();
        for name in *files {
            if !known.contains_key(name) {
                let path = pkg.join(name);
                let bytes =
                    fs::read(&path).with_context(|| format!("{} is not in the package", path.display()))?;
                let size = Size::of(&bytes)?;
                known.insert(name, size);
                sizes.files.push((name, size));
            }
            total = total.add(known.get(name).copied().unwrap_or_default());
        }
        sizes.entries.push((entry, total));
    }
    Ok(sizes)
}

/// axios and zod, minified by the same bundler. Of the same packages they are always the same bytes.
fn instead(project: &Project, logs: &Logs) -> Result<Size> {
    let bundle = project.target.join("axios-zod.js");
    let mut esbuild = npm_program(project, "esbuild");
    esbuild
        .current_dir(&project.root)
        .args([INSTEAD, "--bundle", "--minify", "--format=esm", "--log-level=warning"])
        .arg(format!("--outfile={}", bundle.display()));
    logs.must("package-axios-zod", &mut esbuild)?;
    Size::of(&fs::read(&bundle).with_context(|| format!("could not read {}", bundle.display()))?)
}

impl Sizes {
    /// What a page loads.
    pub fn page(&self) -> Size {
        self.entries.first().map(|(_, size)| *size).unwrap_or_default()
    }

    /// What it would load to write the same by hand.
    pub fn instead(&self) -> Size {
        self.instead
    }

    pub fn compiler(&self) -> &str {
        &self.compiler
    }

    /// An error that names every entry which is larger than `xtask/size-budget.json` allows.
    pub fn check(&self, project: &Project) -> Result<()> {
        let budget: BTreeMap<String, Size> = serde_json::from_str(&read(&project.path(BUDGET))?)
            .with_context(|| format!("{BUDGET} is not what it should be"))?;
        let over = over_budget(&self.entries, &budget);
        if !over.is_empty() {
            bail!(
                "the package, compiled with {}, has grown over its budget: {}. Make it smaller, or decide that it is worth it \
                 with `cargo xtask package --accept-sizes`, which writes {BUDGET}",
                self.compiler,
                over.join(", ")
            );
        }
        Ok(())
    }

    /// Today's sizes become the budget, with room for another compiler's 1 %.
    pub fn accept(&self, project: &Project) -> Result<()> {
        let roomy = |size: usize| (size + size / 100).next_multiple_of(100);
        let roomy =
            |size: Size| Size { raw: roomy(size.raw), gzip: roomy(size.gzip), brotli: roomy(size.brotli) };
        let budget: BTreeMap<_, _> = self.entries.iter().map(|(entry, size)| (entry, roomy(*size))).collect();
        write(&project.path(BUDGET), format!("{:#}\n", serde_json::to_value(budget)?))
    }
}

fn over_budget(entries: &[(&str, Size)], budget: &BTreeMap<String, Size>) -> Vec<String> {
    let mut over = Vec::new();
    for (entry, size) in entries {
        let Some(allowed) = budget.get(*entry) else {
            over.push(format!("{entry} has no budget"));
            continue;
        };
        for ((kind, is), (_, may)) in size.parts().into_iter().zip(allowed.parts()) {
            if is > may {
                over.push(format!("{entry} {kind} {is} of {may}"));
            }
        }
    }
    over
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, size: Size| {
            writeln!(f, "{name:<32}{:>10}{:>10}{:>10}", size.raw, size.gzip, size.brotli)
        };
        writeln!(f, "{:<32}{:>10}{:>10}{:>10}", "file", "raw", "gzip", "brotli")?;
        for (name, size) in &self.files {
            row(f, name, *size)?;
        }
        writeln!(f, "\nentry, with all it loads")?;
        for (name, size) in &self.entries {
            row(f, name, *size)?;
        }
        row(f, "axios + zod, for comparison", self.instead)?;
        writeln!(f, "\ncompiled with {}", self.compiler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_in_any_column_is_named() {
        let size = Size { raw: 10, gzip: 5, brotli: 4 };
        let budget = BTreeMap::from([("a".to_owned(), size)]);
        assert!(over_budget(&[("a", size)], &budget).is_empty());
        let grown = Size { gzip: 6, ..size };
        assert_eq!(over_budget(&[("a", grown)], &budget), ["a gzip 6 of 5"]);
        assert_eq!(over_budget(&[("b", size)], &budget), ["b has no budget"]);
    }
}

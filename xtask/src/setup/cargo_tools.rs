//! Command-line tools that cargo compiles, each at one version: wasm-bindgen's and cargo-deny.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::Step;
use crate::{
    command::{Logs, command},
    progress::Line,
    project::{Project, cache, fresh_folder, remove_folder},
};

const CARGO_DENY: &str = "0.20.2";

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`, at exactly the version of the library that the crate
/// is compiled with.
pub fn wasm_bindgen(step: &mut Step, project: &Project, logs: &Logs) -> Result<PathBuf> {
    let tool = Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: project.locked_version("wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        // Its lock file lists a yanked crate, so `--locked` fails.
        arguments: &["--no-default-features"],
    };
    tool.ensure(logs, |what| step.title(what))
}

/// The path of `cargo-deny`, which only a check needs.
pub fn cargo_deny(logs: &Logs) -> Result<PathBuf> {
    let tool = Tool {
        name: "cargo-deny",
        package: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        programs: &["cargo-deny"],
        arguments: &["--locked"],
    };
    Ok(tool.ensure(logs, str::to_owned)?.join("cargo-deny"))
}

struct Tool {
    name: &'static str,
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    arguments: &'static [&'static str],
}

impl Tool {
    /// The folder with the programs, which are compiled if they are missing.
    fn ensure(&self, logs: &Logs, title: impl FnOnce(&str) -> String) -> Result<PathBuf> {
        let Self { name, version, .. } = self;
        let cache = cache()?;
        let root = cache.join(format!("{name}-{version}"));
        let bin = root.join("bin");
        if self.programs.iter().all(|program| bin.join(program).is_file()) {
            return Ok(bin);
        }

        let what = format!("{name} {version}, compiled once for all checkouts, takes minutes");
        let line = Line::begin(title(&what));
        let partial = cache.join(format!("{name}-{version}.partial"));
        // Cargo's own folder survives an interruption, so that the next attempt continues where this one stopped.
        let build = cache.join(format!("{name}-build"));
        fresh_folder(&partial)?;
        let mut install = command("cargo");
        install
            .current_dir(&cache)
            .args(["install", self.package, "--version", version])
            // Without optimisation it does the same and is compiled in a quarter of the time.
            .arg("--debug")
            .args(self.arguments)
            .arg("--root")
            .arg(&partial)
            .arg("--target-dir")
            .arg(&build);
        logs.must(&format!("setup-{name}"), &mut install)
            .with_context(|| format!("{name} could not be installed; with a working network, start again"))?;
        remove_folder(&root)?;
        fs::rename(&partial, &root).with_context(|| format!("could not create {}", root.display()))?;
        remove_folder(&build)?;
        line.end("");
        Ok(bin)
    }
}

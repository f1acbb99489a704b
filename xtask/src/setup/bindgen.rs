//! The wasm-bindgen commands, at exactly the version of the library that the crate is compiled with.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::Step;
use crate::{
    command::{Logs, command},
    progress::Line,
    project::{Project, cache, fresh_folder, remove_folder},
};

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub fn ensure(step: &mut Step, project: &Project, logs: &Logs) -> Result<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    let cache = cache()?;
    let root = cache.join(format!("wasm-bindgen-{version}"));
    let bin = root.join("bin");
    if bin.join("wasm-bindgen").is_file() && bin.join("wasm-bindgen-test-runner").is_file() {
        return Ok(bin);
    }

    let line = Line::begin(
        step.title(&format!("wasm-bindgen {version}, compiled once for all checkouts, takes minutes")),
    );
    let partial = cache.join(format!("wasm-bindgen-{version}.partial"));
    // Cargo's own folder survives an interruption, so that the second attempt goes on where the first stopped.
    let build = cache.join("wasm-bindgen-build");
    fresh_folder(&partial)?;
    let mut install = command("cargo");
    install
        .current_dir(&cache)
        .args(["install", "wasm-bindgen-cli", "--version", &version])
        // The unoptimised one writes the same files and is compiled in a quarter of the time.
        .args(["--debug", "--no-default-features"])
        .arg("--root")
        .arg(&partial)
        .arg("--target-dir")
        .arg(&build);
    logs.must("setup-wasm-bindgen", &mut install)
        .context("wasm-bindgen could not be installed; with a working network, start again")?;
    remove_folder(&root)?;
    fs::rename(&partial, &root).with_context(|| format!("could not create {}", root.display()))?;
    remove_folder(&build)?;
    line.end("");
    Ok(bin)
}

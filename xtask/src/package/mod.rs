//! `cargo xtask package`: the npm package in `pkg/`, from the crate and `pkg-template/`.

mod compile;
mod glue;
mod names;
mod sizes;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

pub use sizes::Sizes;

use crate::{
    project::{Project, fresh_folder, read, remove_folder, write},
    run::Logs,
    setup::Tools,
};

/// How much is done to the wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it is published: made small with wasm-opt.
    Release,
    /// Without wasm-opt: quicker to build, names of functions in stack traces.
    Dev,
}

/// Files that are copied from the project's root where they exist.
const FROM_ROOT: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"];

/// Builds `pkg/` and measures what a page loads of it.
pub fn build(project: &Project, tools: &Tools, logs: &Logs, mode: Mode) -> Result<Sizes> {
    let wasm = compile::compile(project, tools, logs)?;
    let parts = glue::make(project, tools, logs, &wasm, mode)?;

    // Put together on the same disk and then moved: whoever imports from pkg/ never sees half of it.
    let partial = project.path(".tools/pkg");
    fresh_folder(&partial)?;
    for name in ["omicall.js", "omicall.js.map", "omicall.wasm"] {
        copy(&parts.join(name), &partial.join(name))?;
    }
    let template = project.path("pkg-template");
    copy_folder(&template, &partial)?;
    for name in FROM_ROOT.iter().filter(|name| project.path(name).is_file()) {
        copy(&project.path(name), &partial.join(name))?;
    }
    write(
        &partial.join("index.d.ts"),
        declarations(&parts.join("omicall.d.ts"), &template.join("index.d.ts"))?,
    )?;
    set_version(&partial.join("package.json"), &project.locked_version("omicall-call-center")?)?;

    let pkg = folder(project);
    remove_folder(&pkg)?;
    fs::rename(&partial, &pkg).context("could not put pkg/ in place")?;
    sizes::measure(&pkg)
}

pub fn folder(project: &Project) -> PathBuf {
    project.path("pkg")
}

/// Classes from wasm-bindgen have `[Symbol.dispose]`. Without this line only projects whose `lib` is the very
/// newest could compile against the package.
const NEEDED_LIB: &str = "/// <reference lib=\"esnext.disposable\" />\n";

/// What wasm-bindgen wrote about the crate, and after it what the template's JavaScript adds.
fn declarations(generated: &Path, template: &Path) -> Result<String> {
    let mut text = NEEDED_LIB.to_owned() + read(generated)?.trim_end() + "\n";
    if template.is_file() {
        text = text + "\n" + &read(template)?;
    }
    Ok(text)
}

/// The template has no version of its own: Cargo.toml has it.
fn set_version(manifest: &Path, version: &str) -> Result<()> {
    if manifest.is_file() {
        let text =
            read(manifest)?.replacen("\"version\": \"0.0.0\"", &format!("\"version\": \"{version}\""), 1);
        write(manifest, text)?;
    }
    Ok(())
}

/// Copies everything inside `from` into `to`, over what is there.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("could not create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("could not copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

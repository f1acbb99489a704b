//! `cargo xtask package`: the npm package in `pkg/`, from the crate and `pkg-template/`.

mod bundle;
mod compile;
mod dead_closures;
mod declarations;
mod entries;
mod manifest;
mod minified_names;
mod modules;
mod notices;
mod reference;
mod sizes;
mod user_docs;
mod wasm_bindgen;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::Args;
pub use sizes::measure;

use crate::{
    command::Logs,
    project::{Project, fresh_folder, remove_folder, write},
    setup::Tools,
};

/// How much is done to the wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it is published: made small with wasm-opt.
    Release,
    /// With wasm-opt's short names only: quicker to build, names of functions in stack traces.
    Dev,
}

/// What the user asked for.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Quicker: leave out most of wasm-opt and keep the names of functions
    #[arg(long)]
    pub dev: bool,
    /// Make today's sizes the budget that later builds must not exceed
    #[arg(long, conflicts_with = "dev")]
    pub accept_sizes: bool,
}

impl Options {
    pub fn mode(&self) -> Mode {
        if self.dev { Mode::Dev } else { Mode::Release }
    }
}

/// Files that are copied from the project's root where they exist.
const FROM_ROOT: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds `pkg/`.
pub fn build(project: &Project, tools: &Tools, logs: &Logs, mode: Mode) -> Result<()> {
    let parts = wasm_bindgen::make(project, tools, logs, mode)?;

    // Put together on the same disk and then moved: whoever imports from pkg/ never sees half of it.
    let partial = project.path(".tools/pkg");
    fresh_folder(&partial)?;
    copy_folder(&parts.made, &partial)?;
    let template = project.path("pkg-template");
    // The command-line tool: plain JavaScript for Node, which uses the package's entries.
    copy_folder(&template.join("cli"), &partial.join("cli"))?;
    let published = manifest::published(project)?;
    write(&partial.join("package.json"), manifest::manifest(project, &published)?)?;
    for name in FROM_ROOT.iter().filter(|name| project.path(name).is_file()) {
        copy(&project.path(name), &partial.join(name))?;
    }
    write(&partial.join(notices::FILE), notices::notices(project)?)?;
    declarations::write(&parts, &template, &partial)?;
    user_docs::write(project, &published.repository, &partial)?;

    let pkg = folder(project);
    remove_folder(&pkg)?;
    fs::rename(&partial, &pkg).context("could not put pkg/ in place")
}

pub fn folder(project: &Project) -> PathBuf {
    project.path("pkg")
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

fn remove_file(path: &Path) -> Result<()> {
    fs::remove_file(path).with_context(|| format!("could not remove {}", path.display()))
}

pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("could not copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

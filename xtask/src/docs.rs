//! `cargo xtask docs`: the pages of the API, made by TypeDoc from the declarations in `pkg/`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{
    command::{Logs, command},
    project::Project,
    setup,
};

/// Installs TypeDoc where it is missing.
pub fn prepare(project: &Project, logs: &Logs) -> Result<()> {
    setup::npm_install(project, logs, "tests/docs", || "TypeDoc from npm".to_owned())
}

/// Writes the pages and returns the first of them.
pub fn build(project: &Project, logs: &Logs) -> Result<PathBuf> {
    let folder = project.path("tests/docs");
    let mut typedoc = command(folder.join("node_modules/.bin/typedoc"));
    let said = logs.must("docs", typedoc.current_dir(&folder))?;
    if said.contains("[warning]") {
        bail!("TypeDoc warns:\n{said}");
    }
    Ok(project.path("docs/api/index.html"))
}

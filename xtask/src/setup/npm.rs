//! The packages from npm that building and testing need, exactly as the lock files list them.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Step;
use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::{Project, read, write},
};

const OLDEST_NODE: u32 = 20;

/// Makes `tests/node_modules` match the lock file.
pub fn ensure(step: &mut Step, project: &Project, logs: &Logs) -> Result<()> {
    install(project, logs, "tests", || step.title("packages from npm"))
}

/// Makes `node_modules` of that folder match its lock file; the title is asked for only when there is something to do.
pub fn install(project: &Project, logs: &Logs, folder: &str, title: impl FnOnce() -> String) -> Result<()> {
    let path = project.path(folder);
    let lock = read(&path.join("package-lock.json"))?;
    // A copy of the lock inside what was installed from it: npm removes it with the rest when it begins anew.
    let stamp = path.join("node_modules/.installed-from");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }

    check_node()?;
    let line = Line::begin(title());
    let mut install = command("npm");
    // No package of ours needs its install script: they would only download or optimise.
    install.current_dir(&path).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    logs.must("setup-npm", &mut install)
        .with_context(|| format!("npm could not install the packages of {folder}/"))?;
    write(&stamp, lock)?;
    line.end("");
    Ok(())
}

/// A program of these packages.
pub fn program(project: &Project, name: &str) -> Command {
    command(project.path("tests/node_modules/.bin").join(name))
}

fn check_node() -> Result<()> {
    let Some(version) = answer(command("node").arg("--version")) else {
        bail!(
            "Node.js is missing: install version {OLDEST_NODE} or newer from nodejs.org or your system's packages"
        );
    };
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js is {version}, but {OLDEST_NODE} or newer is needed: update it");
    }
    if answer(command("npm").arg("--version")).is_none() {
        bail!("npm is missing: install it; it normally comes with Node.js");
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_node_versions() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("garbage"), None);
    }
}

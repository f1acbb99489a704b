//! Debian's packages: which are missing, and installing them with root's rights only when some are.

use std::{cell::Cell, path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::on_path,
};

/// Installs packages; one per run of xtask, so that the package lists are fetched once.
pub struct Apt {
    logs: Logs,
    lists_are_fresh: Cell<bool>,
}

impl Apt {
    pub fn new(logs: &Logs) -> Self {
        Self { logs: logs.clone(), lists_are_fresh: Cell::new(false) }
    }

    /// Whether this is a Debian (or a relative) that installs with apt.
    pub fn is_here() -> bool {
        Path::new("/etc/debian_version").exists() && on_path("apt-get").is_some()
    }

    /// Installs what is missing of `packages`; does nothing, and needs no rights, when nothing is.
    pub fn install(&self, title: &str, packages: &[&str]) -> Result<()> {
        let missing: Vec<&str> = packages.iter().copied().filter(|name| !is_installed(name)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let by_hand = format!(
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
            missing.join(" ")
        );
        if !root_is_possible() {
            bail!(
                "{title}: packages are missing, and installing them needs root. Run this, then start again:\n  {by_hand}"
            );
        }
        let line = Line::begin(format!("{title}: installing {}", missing.join(" ")));
        if !self.lists_are_fresh.get() {
            // An installation that was interrupted has to be finished before apt does anything else.
            self.logs.must("setup-dpkg", as_root("dpkg").args(["--configure", "-a"]))?;
            self.logs.must("setup-apt-update", as_root("apt-get").arg("update"))?;
            self.lists_are_fresh.set(true);
        }
        let mut install = as_root("apt-get");
        install.args(["install", "-y", "--no-install-recommends"]).args(&missing);
        let outcome = self.logs.run("setup-apt-install", &mut install)?;
        if !outcome.success {
            bail!(
                "{title}: apt-get could not install them. Try by hand:\n  {by_hand}\nIt said:\n{}",
                outcome.tail()
            );
        }
        line.end("");
        Ok(())
    }
}

fn is_installed(package: &str) -> bool {
    let status = answer(command("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// Root already, or through a sudo that asks for no password.
pub fn root_is_possible() -> bool {
    is_root() || answer(command("sudo").args(["-n", "true"])).is_some()
}

/// A command run as root. Packages must not ask questions: nobody may be there to answer.
pub fn as_root(program: &str) -> Command {
    let question_free = "DEBIAN_FRONTEND=noninteractive";
    let mut root = if is_root() { command("env") } else { command("sudo") };
    if !is_root() {
        root.args(["-n", "env"]);
    }
    root.args([question_free, program]);
    root
}

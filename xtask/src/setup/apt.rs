//! Debian's packages: which are missing, and installing them with root's rights only when some are.

use std::{
    cell::Cell,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    command::{Logs, Outcome, answer, command},
    progress::Line,
    project::on_path,
};

/// How long to wait for another program that uses apt or dpkg: automatic updates take minutes.
const LOCK_TIMEOUT: Duration = Duration::from_secs(300);
const LOCK_RETRY_DELAY: Duration = Duration::from_secs(1);

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
        let text = format!("{title}: installing {}", missing.join(" "));
        let mut line = Some(Line::begin(&text));
        let mut run = |log: &str, command: &mut Command| {
            run_when_unlocked(&self.logs, log, command, LOCK_TIMEOUT, || {
                if let Some(line) = line.take() {
                    line.end("waiting for another program that holds dpkg's lock");
                }
                line = Some(Line::begin(&text));
            })
        };
        if !self.lists_are_fresh.get() {
            // An installation that was interrupted has to be finished before apt does anything else.
            must(run("setup-dpkg", as_root("dpkg").args(["--configure", "-a"]))?)?;
            must(run("setup-apt-update", as_root("apt-get").arg("update"))?)?;
            self.lists_are_fresh.set(true);
        }
        let mut install = as_root("apt-get");
        install.args(["install", "-y", "--no-install-recommends"]).args(&missing);
        let outcome = run("setup-apt-install", &mut install)?;
        if !outcome.success {
            bail!(
                "{title}: apt-get could not install them. Try by hand:\n  {by_hand}\nIt said:\n{}",
                outcome.tail()
            );
        }
        if let Some(line) = line {
            line.end("");
        }
        Ok(())
    }
}

/// Runs apt or dpkg again and again until no other program holds a lock that it needs, or `timeout` is over.
/// `on_wait` is called once, when the waiting begins.
///
/// apt's own option `DPkg::Lock::Timeout` would not do: `apt-get update` does not wait for the lock of the package
/// lists with it, and dpkg has no such option.
fn run_when_unlocked(
    logs: &Logs,
    log: &str,
    command: &mut Command,
    timeout: Duration,
    on_wait: impl FnOnce(),
) -> Result<Outcome> {
    let begun = Instant::now();
    let mut on_wait = Some(on_wait);
    loop {
        let outcome = logs.run(log, command)?;
        if outcome.success || !says_locked(&outcome.output) || begun.elapsed() >= timeout {
            return Ok(outcome);
        }
        if let Some(on_wait) = on_wait.take() {
            on_wait();
        }
        thread::sleep(LOCK_RETRY_DELAY);
    }
}

/// Whether apt or dpkg failed because another program holds a lock. Without the rights to open the lock file they say
/// something else.
fn says_locked(output: &str) -> bool {
    ["Could not get lock", "locked by another process"].iter().any(|sentence| output.contains(sentence))
}

fn must(outcome: Outcome) -> Result<()> {
    if !outcome.success {
        bail!(
            "apt could not be prepared ({}); its output, also in {}:\n{}",
            outcome.status,
            outcome.log.display(),
            outcome.tail()
        );
    }
    Ok(())
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

/// A command run as root. Packages must not ask questions: nobody may be there to answer. Its messages are in English,
/// because some are looked for.
pub fn as_root(program: &str) -> Command {
    let environment = ["DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"];
    let mut root = if is_root() { command("env") } else { command("sudo") };
    if !is_root() {
        root.args(["-n", "env"]);
    }
    root.args(environment).arg(program);
    root
}

#[cfg(test)]
mod tests {
    use std::{env, fs, process};

    use super::*;

    /// What apt-get 2.6 and dpkg 1.21 print.
    const APT_DPKG_LOCK: &str = "\
E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7421 (unattended-upgr)
E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?
";
    const APT_LISTS_LOCK: &str = "\
E: Could not get lock /var/lib/apt/lists/lock. It is held by process 6476 (apt-get)
E: Unable to lock directory /var/lib/apt/lists/
";
    const DPKG_FRONTEND_LOCK: &str = "\
dpkg: error: dpkg frontend lock was locked by another process with pid 7421
Note: removing the lock file is always wrong, can damage the locked area
and the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.
";
    const DPKG_DATABASE_LOCK: &str =
        "dpkg: error: dpkg database lock was locked by another process with pid 7623\n";

    #[test]
    fn a_held_lock_is_told_from_other_failures() {
        for output in [APT_DPKG_LOCK, APT_LISTS_LOCK, DPKG_FRONTEND_LOCK, DPKG_DATABASE_LOCK] {
            assert!(says_locked(output), "{output}");
        }
        for output in [
            "E: Unable to locate package kamailio\n",
            "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n\
             E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
            "dpkg: error: requested operation requires superuser privilege\n",
        ] {
            assert!(!says_locked(output), "{output}");
        }
    }

    /// Runs a script in a folder of its own: the outcome, how often the script ran, how often `on_wait` was called.
    fn run_script(name: &str, script: &str, timeout: Duration) -> Result<(Outcome, usize, usize)> {
        let folder = env::temp_dir().join(format!("xtask-apt-{name}-{}", process::id()));
        let logs = Logs::new(&folder)?;
        let mut waits = 0;
        let mut shell = command("sh");
        shell.current_dir(&folder).args(["-c", &format!("echo run >> runs\n{script}")]);
        let outcome = run_when_unlocked(&logs, name, &mut shell, timeout, || waits += 1)?;
        let runs = fs::read_to_string(folder.join("runs"))?.lines().count();
        fs::remove_dir_all(folder)?;
        Ok((outcome, runs, waits))
    }

    #[test]
    fn a_held_lock_is_waited_for() -> Result<()> {
        let script = format!("[ $(wc -l < runs) -gt 2 ] || {{ echo '{DPKG_DATABASE_LOCK}' >&2; exit 2; }}");
        let (outcome, runs, waits) = run_script("held", &script, LOCK_TIMEOUT)?;
        assert!(outcome.success, "{}", outcome.output);
        assert_eq!((runs, waits), (3, 1));
        Ok(())
    }

    #[test]
    fn waiting_for_a_lock_ends() -> Result<()> {
        let script = format!("echo '{DPKG_DATABASE_LOCK}' >&2; exit 2");
        let (outcome, runs, _) = run_script("for-ever", &script, Duration::ZERO)?;
        assert!(!outcome.success && outcome.output.contains("7623"));
        assert_eq!(runs, 1);
        Ok(())
    }

    #[test]
    fn other_failures_are_not_repeated() -> Result<()> {
        let (outcome, runs, waits) =
            run_script("other", "echo 'E: Unable to locate package'; exit 100", LOCK_TIMEOUT)?;
        assert!(!outcome.success);
        assert_eq!((runs, waits), (1, 0));
        Ok(())
    }
}

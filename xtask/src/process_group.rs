//! Every child process is known here, so that Ctrl-C, an error or a plain end leaves none behind.
//!
//! Each child leads a process group of its own: the terminal's Ctrl-C then reaches only xtask, which ends the
//! children with everything *they* started (cargo's rustc, chromedriver's Chromium) and waits until they are gone.

use std::{
    collections::BTreeSet,
    fs,
    process::{self, Child, Command, ExitStatus},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// Process ids of the children that have been started and not yet been waited for.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// On Ctrl-C, SIGTERM and SIGHUP: end all children, then this process, with the customary 130.
pub fn end_all_when_interrupted() -> Result<()> {
    ctrlc::set_handler(|| {
        // The lock is kept: nothing new can be started while the process is on its way out.
        let running = running();
        for pid in running.iter() {
            end_tree(*pid);
        }
        eprintln!("\nstopped; everything that was started has been ended");
        process::exit(130);
    })
    .context("could not listen for Ctrl-C")
}

/// A running child; dropping it ends it with all its descendants.
pub struct ProcessGroup {
    pub child: Child,
    finished: bool,
}

impl ProcessGroup {
    pub fn start(command: &mut Command) -> Result<Self> {
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut running = running();
        let child = command
            .spawn()
            .with_context(|| format!("could not start `{}`", command.get_program().to_string_lossy()))?;
        running.insert(child.id());
        Ok(Self { child, finished: false })
    }

    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait().context("could not wait for a child process")?;
        self.finished = true;
        running().remove(&self.child.id());
        Ok(status)
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if !self.finished {
            end_tree(self.child.id());
            let _ = self.child.wait();
            running().remove(&self.child.id());
        }
    }
}

/// Asks a process and its descendants to end, and after three seconds insists.
fn end_tree(root: u32) {
    let mut tree = descendants(root);
    tree.insert(0, root);
    signal_all(&tree, Signal::SIGTERM);
    let deadline = Instant::now() + Duration::from_secs(3);
    while tree.iter().any(|pid| is_alive(*pid)) {
        if Instant::now() > deadline {
            signal_all(&tree, Signal::SIGKILL);
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn signal_all(pids: &[u32], signal: Signal) {
    for pid in pids {
        // A process that has ended meanwhile is what we want.
        let _ = kill(as_pid(*pid), signal);
    }
}

fn as_pid(pid: u32) -> Pid {
    Pid::from_raw(i32::try_from(pid).unwrap_or(i32::MAX))
}

/// A child that ended but has not been waited for (a zombie) does not count as alive.
fn is_alive(pid: u32) -> bool {
    match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => parse_stat(&stat).is_some_and(|(state, _)| state != 'Z'),
        Err(_) if fs::exists("/proc/self/stat").unwrap_or(false) => false,
        Err(_) => kill(as_pid(pid), None).is_ok(),
    }
}

/// All processes below `root`, parents before children.
fn descendants(root: u32) -> Vec<u32> {
    let table = parents();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(table.iter().filter(|(_, p)| *p == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found.remove(0);
    found
}

/// `(process, parent)` of everything that runs: from /proc, or from `ps` where there is none (macOS).
fn parents() -> Vec<(u32, u32)> {
    if let Ok(entries) = fs::read_dir("/proc") {
        return entries
            .flatten()
            .filter_map(|entry| {
                let pid = entry.file_name().to_str()?.parse().ok()?;
                let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
                parse_stat(&stat).map(|(_, parent)| (pid, parent))
            })
            .collect();
    }
    let listing = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output();
    let listing = listing.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    listing
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
        })
        .collect()
}

/// State and parent out of `/proc/<pid>/stat`; the name before them is in brackets and may hold anything.
fn parse_stat(stat: &str) -> Option<(char, u32)> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut words = after_name.split_whitespace();
    let state = words.next()?.chars().next()?;
    Some((state, words.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_name_with_brackets_does_not_confuse_the_parent() {
        assert_eq!(parse_stat("42 (a) b (c)) S 7 42 42 0"), Some(('S', 7)));
        assert_eq!(parse_stat("nonsense"), None);
    }

    #[test]
    fn dropping_ends_grandchildren_too() -> Result<()> {
        let running = ProcessGroup::start(Command::new("sh").args(["-c", "sleep 600 & sleep 600; true"]))?;
        let pid = running.child.id();
        let deadline = Instant::now() + Duration::from_secs(5);
        while descendants(pid).len() < 2 && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        let tree = descendants(pid);
        assert_eq!(tree.len(), 2);
        drop(running);
        assert!(tree.iter().all(|pid| !is_alive(*pid)));
        Ok(())
    }
}

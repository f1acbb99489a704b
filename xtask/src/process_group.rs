//! Every child process is known here, so that Ctrl-C, an error or a plain end leaves none behind, unless it has left its
//! group and its parent has ended before it.
//!
//! Each child leads a process group of its own: Ctrl-C in the terminal then reaches only xtask, which ends the children
//! with everything *they* started (cargo's rustc, chromedriver's Chromium) and waits until they are gone. The group
//! alone is not enough: test runners put servers and browsers into further groups, which are found by their parents.

use std::{
    collections::BTreeSet,
    os::unix::process::CommandExt as _,
    process::{self, Child, Command, ExitStatus},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::{Pid, getpgid},
};
use sysinfo::{ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System};

/// How long a process may take to end after SIGTERM, before SIGKILL.
const GRACE: Duration = Duration::from_secs(3);

/// The leaders of the groups that have been started and not yet been waited for.
static RUNNING: Mutex<BTreeSet<Pid>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// On Ctrl-C, SIGTERM and SIGHUP: ends all children, then this process with the customary exit code 130.
pub fn end_all_when_interrupted() -> Result<()> {
    ctrlc::set_handler(|| {
        // The lock is kept: nothing new can be started while this process is about to exit.
        let running = running();
        end(&running);
        eprintln!("\nstopped; everything that was started has been ended");
        process::exit(130);
    })
    .context("could not listen for Ctrl-C")
}

/// A running child with everything it starts. Dropping it ends them all.
pub struct ProcessGroup {
    pub child: Child,
    leader: Pid,
    finished: bool,
}

impl ProcessGroup {
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut running = running();
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("could not start `{}`", command.get_program().to_string_lossy()))?;
        let leader = Pid::from_raw(i32::try_from(child.id()).context("a process id is out of range")?);
        running.insert(leader);
        Ok(Self { child, leader, finished: false })
    }

    /// Waits for the child, then ends what it left running in its group.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait().context("could not wait for a child process")?;
        if killpg(self.leader, None).is_ok() {
            end(&BTreeSet::from([self.leader]));
        }
        self.finished = true;
        running().remove(&self.leader);
        Ok(status)
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if !self.finished {
            end(&BTreeSet::from([self.leader]));
            let _ = self.child.wait();
            running().remove(&self.leader);
        }
    }
}

/// Sends SIGTERM to all members of the groups, waits until they are gone, and after `GRACE` sends SIGKILL.
fn end(leaders: &BTreeSet<Pid>) {
    let deadline = Instant::now() + GRACE;
    let mut asked = BTreeSet::new();
    loop {
        let processes = processes();
        asked.retain(|asked| processes.iter().any(|(pid, _)| pid == asked));
        for pid in members(leaders, &processes) {
            if asked.insert(pid) {
                // It may have ended in the meantime, which is just as well.
                let _ = kill(pid, Signal::SIGTERM);
            }
        }
        if asked.is_empty() {
            return;
        }
        if Instant::now() > deadline {
            for pid in asked {
                let _ = kill(pid, Signal::SIGKILL);
            }
            return;
        }
        thread::sleep(Duration::from_millis(30));
    }
}

/// The processes in the groups of `leaders`, and all their descendants.
fn members(leaders: &BTreeSet<Pid>, processes: &[(Pid, Option<Pid>)]) -> BTreeSet<Pid> {
    let in_group = |pid: Pid| getpgid(Some(pid)).is_ok_and(|group| leaders.contains(&group));
    let mut members: BTreeSet<Pid> =
        processes.iter().map(|(pid, _)| *pid).filter(|pid| leaders.contains(pid) || in_group(*pid)).collect();
    loop {
        let before = members.len();
        let children = processes.iter().filter(|(_, parent)| parent.is_some_and(|p| members.contains(&p)));
        let children: Vec<Pid> = children.map(|(pid, _)| *pid).collect();
        members.extend(children);
        if members.len() == before {
            return members;
        }
    }
}

/// All running processes with their parents. A process that has ended but was not waited for (a zombie) is not running.
fn processes() -> Vec<(Pid, Option<Pid>)> {
    let mut system = System::new();
    let what = ProcessRefreshKind::nothing().without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let pid = |pid: sysinfo::Pid| i32::try_from(pid.as_u32()).map(Pid::from_raw).ok();
    let running = system.processes().values().filter(|process| process.status() != ProcessStatus::Zombie);
    running.filter_map(|process| Some((pid(process.pid())?, process.parent().and_then(pid)))).collect()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Read},
        process::{ChildStdout, Stdio},
        sync::mpsc,
    };

    use super::*;

    /// Starts a script of bash, in which `set -m` works without a terminal, and returns when it has printed a line.
    fn start(script: &str) -> Result<(ProcessGroup, BufReader<ChildStdout>)> {
        let mut group = ProcessGroup::start(
            Command::new("bash").args(["-c", script]).stdout(Stdio::piped()).stderr(Stdio::null()),
        )?;
        let mut output = BufReader::new(group.child.stdout.take().context("no output")?);
        output.read_line(&mut String::new())?;
        Ok((group, output))
    }

    /// A pipe ends when the last process that could write to it is gone.
    fn all_are_gone(mut output: BufReader<ChildStdout>) -> bool {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let _ = output.read_to_end(&mut Vec::new());
            let _ = sender.send(());
        });
        receiver.recv_timeout(Duration::from_secs(20)).is_ok()
    }

    #[test]
    fn dropping_ends_grandchildren() -> Result<()> {
        let (group, output) = start("sleep 600 & echo started; sleep 600")?;
        drop(group);
        assert!(all_are_gone(output));
        Ok(())
    }

    #[test]
    fn dropping_ends_grandchildren_in_other_groups() -> Result<()> {
        // `set -m` gives each background process a group of its own.
        let (group, output) = start("set -m; sleep 600 & echo started; wait")?;
        drop(group);
        assert!(all_are_gone(output));
        Ok(())
    }

    #[test]
    fn waiting_ends_what_the_child_left_behind() -> Result<()> {
        let (mut group, output) = start("sleep 600 & echo started")?;
        assert!(group.wait()?.success());
        assert!(all_are_gone(output));
        Ok(())
    }
}

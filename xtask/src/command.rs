//! Running other programs: their output goes to a log file, and is shown only when they fail.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::process_group::ProcessGroup;

/// How much of a failing program's output is shown; the rest is in its log.
const SHOWN_LINES: usize = 200;

/// A command without the environment variables that `cargo run` set for xtask: another cargo would see a change in
/// them and build everything again.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    // The output goes to log files.
    command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let from_cargo_run =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| text.starts_with(prefix));
        if from_cargo_run || text == "CARGO" {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a short command (`rustc --print …`) and returns its trimmed output; `None` if it cannot be started or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Returns what a `diff` prints; its exit code is 1 if there is a difference, which is not an error here.
pub fn answer_of_diff(command: &mut Command) -> String {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => format!("(no difference can be shown: {error})"),
    }
}

/// The logs of one run of xtask.
#[derive(Clone, Debug)]
pub struct Logs {
    folder: PathBuf,
}

/// How a logged program ended.
pub struct Outcome {
    pub success: bool,
    /// The exit status as text: `exit status: 101`, `signal: 9 (SIGKILL)`.
    pub status: String,
    /// Everything that it printed.
    pub output: String,
    pub log: PathBuf,
}

impl Outcome {
    /// The end of the output, which usually tells what went wrong.
    pub fn tail(&self) -> String {
        last_lines(&self.output, SHOWN_LINES)
    }
}

impl Logs {
    pub fn new(target: &Path) -> Result<Self> {
        let folder = target.join("xtask-logs");
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// The log file of the step `name`.
    pub fn path(&self, name: &str) -> PathBuf {
        let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        self.folder.join(format!("{file}.log"))
    }

    /// Runs the command to its end, writing its output to the log `name`.
    pub fn run(&self, name: &str, command: &mut Command) -> Result<Outcome> {
        let log = self.path(name);
        let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let errors = file.try_clone().context("could not share the log file")?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let status = ProcessGroup::start(command)?.wait()?;
        let output = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
        Ok(Outcome { success: status.success(), status: status.to_string(), output, log })
    }

    /// Like `run`, but a failure is an error that shows the end of the output.
    pub fn must(&self, name: &str, command: &mut Command) -> Result<String> {
        let outcome = self.run(name, command)?;
        if !outcome.success {
            let program = command.get_program().to_string_lossy().into_owned();
            bail!(
                "`{program}` failed ({}); its output, also in {}:\n{}",
                outcome.status,
                outcome.log.display(),
                outcome.tail()
            );
        }
        Ok(outcome.output)
    }
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let skipped = lines.len().saturating_sub(count);
    let shown: Vec<&str> = lines.into_iter().skip(skipped).collect();
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_output_is_shown() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
        assert_eq!(last_lines("", 2), "");
    }
}
